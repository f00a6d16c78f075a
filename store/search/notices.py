"""The sentences for what a search has to say, in Chinese; bot/texts.py has them in English too.

A key of SENTENCES is the `code` of a `Notice`, a name in braces one of its facts.
"""

SENTENCES = {
    "no_words": "请写上要找的词，例如：理发 地点:芮城",
    "only_unwanted": "只写了不要的词；请再写一个要找的词。",
    "query_cut": "搜索词太长，只看了前 {limit} 个字。",
    "too_many_words": "词太多，只看了前 {limit} 个。",
    "odd_quote": "引号没有成对，已当作没有引号来找。",
    "field_empty": "“{field}:”后面是空的，这个条件没有用上。",
    "not_a_date": "“{value}”看不出是哪一天，已当作普通的词来找。日期可以写：2024-08、8月15日、近7天、2024-07..2024-08。",
    "not_a_page": "“{value}”不是版号，这个条件没有用上。版号写数字，例如 版:3。",
    "not_a_kind": "没有“{value}”这一类，这个条件没有用上。可以写 类:图片、类:文章、类:公告。",
    "read_as_days": '“{value}”已当作日期；要找这几个字，请加引号："{value}"。',
    "paper_unknown": "没有名字里有“{value}”的报纸。现有：{papers}。",
    "place_unknown": "没有写明地点是“{value}”的文章。",
    "nothing_found": "没有找到。",
    "taking_too_long": "这样找太费时间，中途停下了；请多写一个字，或加上日期、地点。",
    "checked_newest": "含这几个字的文章太多，只核对了最近的 {limit} 篇。",
    "not_readable": "这样的搜索词读不懂，请换一种写法。",
}
