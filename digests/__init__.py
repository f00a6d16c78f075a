"""What we write: sentences, summaries, the order and the text of a day's digest.

Ordinary functions over records; `digests` imports `store` and never `bot`.
"""
