"""/control/...: how a test in another process plays the readers, sets trouble and counts what was delivered.

GET    /control/state               violations, counts per chat, unanswered calls, outcomes, pending updates
GET    /control/chats/7             the messages in a chat as a reader sees them
POST   /control/users               {"id": 7, "language_code": "zh-hans"} or {"first": 1, "count": 500}
POST   /control/send                {"user_id": 7, "text": "/start"}
POST   /control/press               {"user_id": 7, "button": "下一页", "message_id": 12}
POST   /control/faults              {"kind": "reset_after", "chat_id": 7, "times": 1}
DELETE /control/faults
POST   /control/limits              {"per_second": 30, ...} or {} to lift them
POST   /control/token               {"revoked": true}
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.loopback.records import Message
from tests.botapi.limits import LIFTED, Flood, Limits

if TYPE_CHECKING:
    from tests.botapi.server import BotApiServer


def add_routes(router: web.UrlDispatcher, server: BotApiServer) -> None:
    """Put the control routes beside the Bot API's."""
    api = server.api

    async def state(request: web.Request) -> web.Response:
        return web.json_response(
            {
                "violations": server.violations,
                "counts": server.counts(),
                "unanswered": [asdict(call) for call in server.unanswered()],
                "outcomes": Counter(f"{call.method} {call.outcome}" for call in server.calls),
                "pending_updates": len(api.updates.pending),
                "commands": {" ".join(key): value for key, value in api.profile.commands.items()},
            }
        )

    async def chat(request: web.Request) -> web.Response:
        messages = api.chat(int(request.match_info["chat_id"])).messages
        return web.json_response([seen(messages[key]) for key in sorted(messages)])

    async def users(request: web.Request) -> web.Response:
        facts: dict[str, Any] = await request.json()
        first, count = facts.pop("first", None), facts.pop("count", 1)
        first = facts.pop("id") if first is None else first
        for user_id in range(first, first + count):
            api.user(user_id, **facts)
        return web.json_response({"users": count})

    async def send(request: web.Request) -> web.Response:
        facts = await request.json()
        message_id = api.user(facts["user_id"]).send(facts["text"])
        return web.json_response({"message_id": message_id})

    async def press(request: web.Request) -> web.Response:
        facts = await request.json()
        try:
            query_id = api.user(facts["user_id"]).press(facts["button"], facts.get("message_id"))
        except LookupError as error:
            return web.json_response({"error": str(error)}, status=404)
        return web.json_response({"query_id": query_id})

    async def faults(request: web.Request) -> web.Response:
        server.faults.add(**await request.json())
        return web.json_response({})

    async def clear(request: web.Request) -> web.Response:
        server.faults.clear()
        return web.json_response({})

    async def limits(request: web.Request) -> web.Response:
        facts = await request.json()
        server.flood = Flood(Limits(**facts) if facts else LIFTED)
        return web.json_response({})

    async def token(request: web.Request) -> web.Response:
        server.revoked = bool((await request.json())["revoked"])
        return web.json_response({})

    router.add_get("/control/state", state)
    router.add_get("/control/chats/{chat_id}", chat)
    router.add_post("/control/users", users)
    router.add_post("/control/send", send)
    router.add_post("/control/press", press)
    router.add_post("/control/faults", faults)
    router.add_delete("/control/faults", clear)
    router.add_post("/control/limits", limits)
    router.add_post("/control/token", token)


def seen(message: Message) -> dict[str, Any]:
    """A message in short, for a test in another process."""
    return {
        "message_id": message.message_id,
        "from_bot": message.from_bot,
        "text": message.text,
        "buttons": [[button.as_json() for button in row] for row in message.markup.rows],
        "links": [list(link) for link in message.links],
        "edited": message.edited_at is not None,
    }
