"""Writing a followed or muted rule anew."""

ZH = {
    "reword": "✏️ 改",
    "reword_ask": "现在是 {rule}。要改成什么？例如：供热|暖气 -培训",
    "reworded": "“{old}”改成了 {new}：近{days}天命中 {count} 条。",
}

EN = {
    "reword": "✏️ Edit",
    "reword_ask": "It reads {rule} now. What shall it be? For example: 供热|暖气 -培训",
    "reworded": "“{old}” is now {new}: {count} matching articles in the last {days} days.",
}
