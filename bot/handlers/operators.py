"""/labels: what readers say is wrong, for operators only. (/health is health.py.)"""

from __future__ import annotations

import json
from dataclasses import asdict

from bot.handlers.exchange import Document, Reply, Request, tell
from bot.messages.digest import article_url
from bot.texts import plain, say
from bot.texts.markup import Html, join, link
from store.database import Store
from store.models.reading import Label

SHOWN = 10


def answer_labels(store: Store, request: Request) -> Reply:
    """The newest labels as a list, and all of them as a file."""
    language = request.language
    if not request.is_admin:
        return tell(say(language, "operators_only"))
    labels = store.labels.all()
    if not labels:
        return tell(say(language, "labels_none"))
    lines = [say(language, "labels_title", count=len(labels))]
    for label in labels[:SHOWN]:
        title = link(label.title[:60] or "—", article_url(request.bot_username, label.article_id))
        kind = plain(language, f"label_{label.kind}")
        lines.append(Html(f"• {kind}：{title} 《{label.paper}》{label.day} {label.page}版"))
    reply = tell(join("\n", lines))
    return Reply(parts=reply.parts, document=Document("labels.jsonl", exported(labels).encode()))


def exported(labels: list[Label]) -> str:
    """The labels as JSON lines, a sample for the parser each; who labelled is not in it."""
    return "".join(
        json.dumps({**asdict(label), "day": label.day.isoformat()}, ensure_ascii=False, default=str) + "\n"
        for label in labels
    )
