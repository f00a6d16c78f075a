"""Sentences about papers that are fetched, for operators."""

ZH = {
    "source_layout": "《{paper}》{day}：网站改版，读不懂了，没有存入任何内容。原网页已保存。\n{reason}",
    "source_silent": "《{paper}》{day}：到{hour}还没有来。\n{reason}",
}
EN = {
    "source_layout": "《{paper}》{day}: the site has changed and is not understood; nothing was stored. The page is kept.\n{reason}",
    "source_silent": "《{paper}》{day} has not come by {hour}.\n{reason}",
}
