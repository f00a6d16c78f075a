"""来龙去脉: how a story went on."""

ZH = {
    "command_thread": "来龙去脉：一件事前前后后的报道",
    "thread_title": "🧵 <b>{title}</b>\n{days}天，{count}篇",
    "thread_line": "<b>{day}</b> {title}　{source}",
    "thread_number": "　“{text}”",
    "thread_also": "　另见：{titles}",
    "thread_earlier": "更早的还有{count}天。",
    "thread_alone": "🧵 前后{days}天的报上，这件事只有这一篇：",
    "thread_none": "🧵 没有找到说“{words}”的文章。换几个词，或先搜到一篇，再点它下面的「🧵 来龙去脉」。",
    "thread_how": "写上一件事的几个词，看它前前后后的报道，数字照每次所印：\n/thread 新桥\n或者点文章下面的「🧵 来龙去脉」。",
    "thread_open": "🧵 来龙去脉",
    "thread_follow": "⭐ 关注这件事（{words}）",
    "thread_other": "是这件？{title}",
}

EN = {
    "command_thread": "How a story went on",
    "thread_title": "🧵 <b>{title}</b>\nDays: {days}; articles: {count}",
    "thread_line": "<b>{day}</b> {title} {source}",
    "thread_number": "  “{text}”",
    "thread_also": "  See also: {titles}",
    "thread_earlier": "Earlier days: {count}.",
    "thread_alone": "🧵 Within {days} days before and after, this is the only article on it:",
    "thread_none": "🧵 No article on “{words}”. The papers are in Chinese: try other Chinese words, or find an article and tap “🧵 The story” under it.",
    "thread_how": "Name a story in a few Chinese words to see how it went on, its numbers as printed each time:\n/thread 新桥\nOr tap “🧵 The story” under an article.",
    "thread_open": "🧵 The story",
    "thread_follow": "⭐ Follow this story ({words})",
    "thread_other": "This one? {title}",
}
