"""A week in figures."""

ZH = {
    "command_week": "这一周：哪些地方、哪些事见报多",
    "week_title": "📊 <b>这一周</b>　{days}　{count}篇",
    "week_places": "<b>地方</b>",
    "week_words": "<b>词</b>",
    "week_line": "{name}　{count}篇",
    "week_line_usual": "{name}　{count}篇（前四周平均{usual}篇）",
    "week_foot": "只数报上印了多少篇，不说轻重。点一个就能看。",
    "week_none": "还没有读进任何报纸，等有了再来看。",
}

EN = {
    "command_week": "The week in figures: places and words",
    "week_title": "📊 <b>The week</b>, {days}. Articles: {count}",
    "week_places": "<b>Places</b>",
    "week_words": "<b>Words</b>",
    "week_line": "{name}: {count}",
    "week_line_usual": "{name}: {count} (weekly average of the four weeks before: {usual})",
    "week_foot": "It only counts articles; it does not weigh them. Tap one to see them.",
    "week_none": "No paper has been read yet.",
}
