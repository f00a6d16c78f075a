"""/mydata: everything kept about the asker; /forget: all of it gone, after a question."""

from __future__ import annotations

import json

from bot.handlers.exchange import Document, Reply, Request, tell
from bot.messages.callbacks import encode
from bot.texts import plain, say
from store.database import Store
from store.models.delivery import Button, Part
from store.tables import personal


def answer_mydata(store: Store, request: Request) -> Reply:
    """A JSON document with every row about this chat."""
    kept = personal.everything(store.db, request.chat_id)
    if not kept:
        return tell(say(request.language, "mydata_nothing"))
    content = json.dumps(kept, ensure_ascii=False, indent=2, default=str).encode()
    return Reply(document=Document("baozhai-mydata.json", content, say(request.language, "mydata")))


def answer_forget(store: Store, request: Request) -> Reply:
    """Ask first."""
    language = request.language
    return tell(
        say(language, "forget_ask"),
        (Button(plain(language, "forget_yes"), encode("forget")),),
        (Button(plain(language, "forget_no"), encode("leave")),),
    )


def pressed_forget(store: Store, request: Request) -> Reply:
    """Remove everything; a second press finds nothing and says the same."""
    personal.forget(store.db, request.chat_id)
    return Reply(edit=Part(say(request.language, "forgotten")))
