"""Trouble on demand: what goes wrong, where, and how often."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bot.loopback.errors import ApiError

REFUSALS = {
    "blocked": ApiError(403, "Forbidden: bot was blocked by the user"),
    "deactivated": ApiError(403, "Forbidden: user is deactivated"),
    "not_started": ApiError(403, "Forbidden: bot can't initiate conversation with a user"),
    "kicked": ApiError(403, "Forbidden: bot was kicked from the supergroup chat"),
    "group_deleted": ApiError(403, "Forbidden: the group chat was deleted"),
    "not_found": ApiError(400, "Bad Request: chat not found"),
    "no_rights": ApiError(400, "Bad Request: not enough rights to send text messages to the chat"),
    "entities_too_long": ApiError(400, "Bad Request: ENTITIES_TOO_LONG"),
    "unauthorized": ApiError(401, "Unauthorized"),
    "conflict": ApiError(
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    ),
    "restarting": ApiError(500, "Internal Server Error: restart"),
}
KINDS = frozenset({*REFUSALS, "migrated", "flood", "status", "reset_before", "reset_after", "hang", "slow"})


@dataclass(frozen=True)
class Fault:
    """One kind of trouble.

    migrated(to) · flood(retry_after) · status(code, an HTML page; `accepted`: the call is carried out all the same) ·
    reset_before, reset_after (the connection is reset before or after the call is carried out) · hang (no answer;
    `accepted` likewise) · slow(seconds) · or a refusal by name, see REFUSALS.
    """

    kind: str
    chat_id: int | None = None  # None: all chats
    method: str | None = None  # None: all methods except getUpdates
    times: int | None = 1  # None: until cleared
    skip: int = 0  # let so many matching calls pass first
    retry_after: int = 1
    code: int = 502
    accepted: bool = False
    seconds: float = 0.0
    to: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"There is no fault {self.kind!r}; there are {', '.join(sorted(KINDS))}.")

    def concerns(self, method: str, chat_id: int | None) -> bool:
        """Whether a call meets this trouble."""
        if self.method is None:
            return method != "getUpdates" and self.chat_id in (None, chat_id)
        return self.method.lower() == method.lower() and self.chat_id in (None, chat_id)

    def refusal(self) -> ApiError | None:
        """What the Bot API would say, for those troubles in which it says something."""
        if self.kind == "migrated":
            return ApiError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                {"migrate_to_chat_id": self.to},
            )
        if self.kind == "flood":
            return ApiError(
                429, f"Too Many Requests: retry after {self.retry_after}", {"retry_after": self.retry_after}
            )
        return REFUSALS.get(self.kind)


@dataclass
class Faults:
    """The troubles that are set; the first that concerns a call happens to it."""

    waiting: list[Fault] = field(default_factory=list)

    def add(self, kind: str, **facts: object) -> Fault:
        """Set a trouble, e.g. `add("reset_after", chat_id=7)` or `add("flood", retry_after=3, times=5)`."""
        fault = Fault(kind, **facts)  # type: ignore[arg-type]
        self.waiting.append(fault)
        return fault

    def clear(self) -> None:
        """End all trouble."""
        self.waiting.clear()

    def next(self, method: str, chat_id: int | None) -> Fault | None:
        """The trouble this call meets, counted down."""
        for index, fault in enumerate(self.waiting):
            if not fault.concerns(method, chat_id):
                continue
            if fault.skip:
                self.waiting[index] = replace(fault, skip=fault.skip - 1)
                continue
            if fault.times is not None:
                if fault.times <= 1:
                    del self.waiting[index]
                else:
                    self.waiting[index] = replace(fault, times=fault.times - 1)
            return fault
        return None
