"""`@bot 托管班` in any chat."""

ZH = {
    "inline_nothing": "报上没有找到“{words}”，点这里问报摘",
    "inline_latest": "最新一期，输入几个字就能搜",
    "inline_read": "📖 读全文",
}

EN = {
    "inline_nothing": "No paper has “{words}”: ask Baozhai",
    "inline_latest": "The newest papers. Type Chinese words to search",
    "inline_read": "📖 Read it",
}
