"""Is it in the paper?"""

ZH = {
    "inpaper_found": "🗞 报上有：",
    "inpaper_nothing": "近{days}天的报上没有找到这件事。",
    "inpaper_promise": "⏳ 有了告诉我（{words}）",
    "inpaper_search": "🔎 搜 {words}",
    "inpaper_day": "\n日期不同（{fact}）：",
    "inpaper_hour": "\n时间不同（{fact}）：",
    "inpaper_phone": "\n号码不同（{fact}）：",
    "inpaper_number": "\n数字不同（{fact}）：",
    "inpaper_name": "\n名字不同（{fact}）：",
    "inpaper_said": "转来：{text}",
    "inpaper_printed": "报上：{text}",
}

EN = {
    "inpaper_found": "🗞 In the paper:",
    "inpaper_nothing": "Not found in the papers of the last {days} days.",
    "inpaper_promise": "⏳ Tell me when it is ({words})",
    "inpaper_search": "🔎 Search {words}",
    "inpaper_day": "\nAnother day ({fact}):",
    "inpaper_hour": "\nAnother hour ({fact}):",
    "inpaper_phone": "\nAnother telephone number ({fact}):",
    "inpaper_number": "\nAnother number ({fact}):",
    "inpaper_name": "\nAnother name ({fact}):",
    "inpaper_said": "Forwarded: {text}",
    "inpaper_printed": "Printed: {text}",
}
