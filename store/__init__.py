"""What we keep: pages read and parsed, articles, search, digests, subscribers, outbox.

`store` imports nothing of `digests` or `bot`; it alone knows SQL, file formats and jieba.
"""
