"""What the model keeps and tells: messages, answers to presses, and events in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.loopback.formatting import NO_TEXT, Formatted, entity_json
from bot.loopback.html import Entity
from bot.loopback.keyboards import NO_MARKUP, Button, Markup
from bot.loopback.parameters import Upload


@dataclass(frozen=True)
class Message:
    """A message as it stands now; an edit replaces the record."""

    message_id: int
    chat_id: int
    sender_id: int
    date: datetime
    content: Formatted = NO_TEXT
    markup: Markup = NO_MARKUP
    from_bot: bool = True
    edited_at: datetime | None = None
    document: Upload | None = None
    file_id: str = ""
    sticker: str = ""  # its emoji
    silent: bool = False
    reply_to: int = 0
    thread_id: int = 0  # the topic of a forum
    preview: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """What a reader reads: the text, or the caption of a document."""
        return self.content.text

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The styles of `text`."""
        return self.content.entities

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The inline buttons under it, in reading order."""
        return self.markup.buttons

    @property
    def labels(self) -> list[str]:
        """What its inline buttons say."""
        return [button.text for button in self.buttons]

    def quoted(self, entity: Entity) -> str:
        """The words `entity` styles."""
        units = self.text.encode("utf-16-le", "surrogatepass")
        return units[entity.offset * 2 : entity.end * 2].decode("utf-16-le", "replace")

    @property
    def links(self) -> list[tuple[str, str]]:
        """(words, address) of every link in it, in order."""
        pairs = (
            (self.quoted(entity), entity) for entity in self.entities if entity.type in ("text_link", "url")
        )
        return [(words, entity.url or words) for words, entity in pairs]

    def as_json(self, chat: Mapping[str, Any], sender: Mapping[str, Any]) -> dict[str, Any]:
        """The Message of the Bot API."""
        record: dict[str, Any] = {
            "message_id": self.message_id,
            "from": sender,
            "chat": chat,
            "date": int(self.date.timestamp()),
        }
        if self.thread_id:
            record |= {"message_thread_id": self.thread_id, "is_topic_message": True}
        if self.edited_at is not None:
            record["edit_date"] = int(self.edited_at.timestamp())
        prefix = ""
        if self.document is not None:
            prefix = "caption_"
            record["document"] = {
                "file_id": self.file_id,
                "file_unique_id": f"u{self.file_id}",
                "file_name": self.document.filename,
                "mime_type": self.document.mime_type,
                "file_size": len(self.document.content),
            }
        if self.sticker:
            record["sticker"] = {
                "file_id": self.file_id, "file_unique_id": f"u{self.file_id}", "type": "regular", "width": 512,
                "height": 512, "is_animated": False, "is_video": False, "emoji": self.sticker,
            }  # fmt: skip
        if self.text:
            record[prefix.removesuffix("_") or "text"] = self.text
            if self.entities:
                record[f"{prefix}entities"] = [entity_json(entity) for entity in self.entities]
        markup = self.markup.as_json()
        if markup:
            record["reply_markup"] = markup
        if self.preview:
            record["link_preview_options"] = dict(self.preview)
        return record


@dataclass(frozen=True)
class Answer:
    """What the bot answered to a press: a toast, or an alert that must be closed."""

    query_id: str
    text: str = ""
    show_alert: bool = False
    url: str = ""


@dataclass(frozen=True)
class Event:
    """Something that happened in a chat: sent, received, edited, deleted, answered, action."""

    kind: str
    chat_id: int
    message: Message | None = None
    answer: Answer | None = None
    action: str = ""
