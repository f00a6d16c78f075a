"""The methods about the bot itself, about chats, and about the webhook."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.loopback.chats import Chat
from bot.loopback.errors import bad_request
from bot.loopback.parameters import Parameters
from bot.loopback.state import State, Webhook

MAX_COMMANDS = 100  # setMyCommands, Bot API
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LIMITS = {"description": 512, "short_description": 120, "name": 64}


def get_me(api: State, parameters: Parameters) -> dict[str, Any]:
    """getMe."""
    return {
        **api.me,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(api: State, parameters: Parameters) -> bool:
    """setMyCommands, per scope and language."""
    commands = parameters.records("commands")
    if len(commands) > MAX_COMMANDS:
        raise bad_request("too many bot commands specified")
    for record in commands:
        if not _COMMAND.fullmatch(str(record.get("command", ""))):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(record.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    api.profile.commands[_scope(parameters), _language(parameters)] = commands
    return True


def get_my_commands(api: State, parameters: Parameters) -> list[Mapping[str, Any]]:
    """getMyCommands: exactly this scope and language."""
    return api.profile.commands.get((_scope(parameters), _language(parameters)), [])


def delete_my_commands(api: State, parameters: Parameters) -> bool:
    """deleteMyCommands."""
    api.profile.commands.pop((_scope(parameters), _language(parameters)), None)
    return True


def _setter(noun: str) -> Callable[[State, Parameters], bool]:
    def set_text(api: State, parameters: Parameters) -> bool:
        text = parameters.text(noun)
        if len(text) > _LIMITS[noun]:
            raise bad_request(f"bot {noun.replace('_', ' ')} is too long")
        api.profile.texts[noun, _language(parameters)] = text
        return True

    return set_text


def _getter(noun: str) -> Callable[[State, Parameters], dict[str, str]]:
    def get_text(api: State, parameters: Parameters) -> dict[str, str]:
        texts = api.profile.texts
        default = texts.get((noun, ""), api.me["first_name"] if noun == "name" else "")
        return {noun: texts.get((noun, _language(parameters))) or default}

    return get_text


def set_chat_menu_button(api: State, parameters: Parameters) -> bool:
    """setChatMenuButton."""
    api.profile.menu_button = parameters.structure("menu_button") or {"type": "commands"}
    return True


def get_chat_menu_button(api: State, parameters: Parameters) -> Mapping[str, Any]:
    """getChatMenuButton."""
    return api.profile.menu_button


def get_chat(api: State, parameters: Parameters) -> dict[str, Any]:
    """getChat."""
    chat = api.addressed(parameters)
    return {
        **chat.as_json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }


def get_chat_member(api: State, parameters: Parameters) -> dict[str, Any]:
    """getChatMember; asked anew for every press that needs rights."""
    chat, user_id = api.addressed(parameters), parameters.number("user_id")
    status = chat.bot_status if user_id == api.me["id"] else chat.members.get(user_id, "left")
    if chat.private and user_id == chat.id:
        status = "member"
    return member_record(status, api.person(user_id), chat)


def get_chat_administrators(api: State, parameters: Parameters) -> list[dict[str, Any]]:
    """getChatAdministrators."""
    chat = api.addressed(parameters)
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    leading = [user for user, status in chat.members.items() if status in ("creator", "administrator")]
    return [member_record(chat.members[user], api.person(user), chat) for user in leading]


_RESTRICTED = (
    "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos", "can_send_video_notes",
    "can_send_voice_notes", "can_send_polls", "can_send_other_messages", "can_add_web_page_previews", "can_react_to_messages",
    "can_edit_tag", "can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics",
)  # fmt: skip
"""What a restricted member may not do (ChatMemberRestricted, Bot API)."""


def member_record(
    status: str, person: Mapping[str, Any], chat: Chat, *, may_write: bool | None = None
) -> dict[str, Any]:
    """The ChatMember of the Bot API for someone with this standing in the chat."""
    if may_write is None:
        may_write = chat.may_write
    record: dict[str, Any] = {"status": status, "user": person}
    if status == "creator":
        record["is_anonymous"] = False
    elif status == "administrator":
        rights = (
            "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
            "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
            "can_edit_stories", "can_delete_stories",
        )  # fmt: skip
        record.update(dict.fromkeys(rights, True))
        if chat.type == "channel":
            record["can_post_messages"] = may_write
    elif status == "restricted":
        record.update(dict.fromkeys(_RESTRICTED, False))
        record |= {"is_member": True, "until_date": 0, "can_send_messages": may_write}
    elif status == "kicked":
        record["until_date"] = 0
    return record


def get_file(api: State, parameters: Parameters) -> dict[str, Any]:
    """getFile: the model keeps no files to fetch."""
    raise bad_request("invalid file_id" if parameters.text("file_id") else "file_id not specified")


def set_webhook(api: State, parameters: Parameters) -> bool:
    """setWebhook; an empty url removes it."""
    url, secret = parameters.text("url"), parameters.text("secret_token")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    # Telegram wants https on 443, 80, 88 or 8443; the tests' server stands on 127.0.0.1 and is let through.
    if url and not url.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    api.updates.allow(parameters.structure("allowed_updates"))
    if parameters.flag("drop_pending_updates"):
        api.updates.pending.clear()
    api.webhook = Webhook(url, secret if url else "", parameters.number("max_connections", 40))
    api.wake()
    return True


def delete_webhook(api: State, parameters: Parameters) -> bool:
    """deleteWebhook."""
    if parameters.flag("drop_pending_updates"):
        api.updates.pending.clear()
    api.webhook = Webhook()
    api.wake()
    return True


def get_webhook_info(api: State, parameters: Parameters) -> dict[str, Any]:
    """getWebhookInfo."""
    info: dict[str, Any] = {
        "url": api.webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(api.updates.pending),
    }
    if api.webhook.url:
        info["max_connections"] = api.webhook.max_connections
    if api.updates.allowed:
        info["allowed_updates"] = list(api.updates.allowed)
    return info


def _scope(parameters: Parameters) -> str:
    scope = parameters.structure("scope") or {"type": "default"}
    named = [str(scope.get(key)) for key in ("type", "chat_id", "user_id") if scope.get(key) is not None]
    return ":".join(named)


def _language(parameters: Parameters) -> str:
    code = parameters.text("language_code")
    if code and not _LANGUAGE.fullmatch(code):
        raise bad_request("LANG_CODE_INVALID" if len(code) > 8 else "invalid language code specified")
    return code


METHODS: dict[str, Callable[[State, Parameters], Any]] = {
    "getme": get_me,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    "setmydescription": _setter("description"),
    "getmydescription": _getter("description"),
    "setmyshortdescription": _setter("short_description"),
    "getmyshortdescription": _getter("short_description"),
    "setmyname": _setter("name"),
    "getmyname": _getter("name"),
    "setchatmenubutton": set_chat_menu_button,
    "getchatmenubutton": get_chat_menu_button,
    "getchat": get_chat,
    "getchatmember": get_chat_member,
    "getchatadministrators": get_chat_administrators,
    "getfile": get_file,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
}
