"""那年今日: what the papers had on this day of earlier years."""

ZH = {
    "command_onthisday": "那年今日：往年今天的报纸",
    "onthisday_title": "🕰 <b>那年今日</b>　{day}",
    "onthisday_year": "<b>{year}年</b>（{ago}年前）",
    "onthisday_line": "• {title}　{source}",
    "onthisday_more": "那天共{count}篇",
    "onthisday_open": "📰 {year}年",
    "onthisday_none": "往年{day}的报纸，这里还没有。最早的一份是{first}的。",
    "onthisday_empty": "还没有读进任何报纸，等有了再来看。",
    "onthisday_how": "“{words}”看不出是哪一天。可以这样写：/onthisday 8月5日",
}

EN = {
    "command_onthisday": "This day in earlier years",
    "onthisday_title": "🕰 <b>On this day</b>: {day}",
    "onthisday_year": "<b>{year}</b> (years ago: {ago})",
    "onthisday_line": "• {title} {source}",
    "onthisday_more": "Articles on that day: {count}",
    "onthisday_open": "📰 {year}",
    "onthisday_none": "There is no paper of {day} of an earlier year here yet. The oldest one is of {first}.",
    "onthisday_empty": "No paper has been read yet.",
    "onthisday_how": "“{words}” is no day. Write for example /onthisday 8月5日",
}
