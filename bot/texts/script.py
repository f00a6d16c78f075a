"""An article in traditional characters, for readers who have the bot speak so."""

ZH = {
    "article_traditional": "繁 换成繁体",
    "article_printed": "简 照原样",
}

EN = {
    "article_traditional": "繁 Traditional",
    "article_printed": "简 As printed",
}
