"""What a bot says of itself and asks of a chat: getMe, names, descriptions, commands, menu button, getChat."""

import re
from typing import Any

from bot.demo.envelope import Json, refused
from bot.demo.invocation import Invocation, Methods
from bot.demo.profile import stored

_COMMAND = re.compile(r"[a-z0-9_]{1,32}\Z")
_LANGUAGE = re.compile(r"([a-z]{2})?\Z")
_MOST_COMMANDS = 100
_MOST_COMMAND_DESCRIPTION = 256
_MOST_NAME = 64
_MOST_DESCRIPTION = 512
_MOST_SHORT_DESCRIPTION = 120
_SCOPES = frozenset("default all_private_chats all_group_chats all_chat_administrators".split())


def get_me(this: Invocation) -> Json:
    """getMe."""
    return this.bot.wire() | {
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(this: Invocation) -> Json:
    """getChat of a private chat."""
    chat = this.chat()
    full: Json = chat.user.chat() | {
        "accent_color_id": chat.user.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            True,
        ),
    }
    if chat.user.username:
        full["active_usernames"] = [chat.user.username]
    pinned = [chat.existing(number) for number in chat.pinned]
    if pinned and pinned[-1]:
        full["pinned_message"] = chat.wire(pinned[-1], with_reply=False)
    return full


def _language(this: Invocation) -> str:
    code = this.arguments.text("language_code")
    if not _LANGUAGE.match(code):
        raise refused("invalid language code specified")
    return code


def _set_text(this: Invocation, name: str, most: int, values: dict[str, str]) -> bool:
    value = this.arguments.text(name).strip()
    if len(value) > most:
        raise refused(f"bot {name.replace('_', ' ')} is too long")
    stored(values, _language(this), value)
    _changed(this)
    return True


def set_my_name(this: Invocation) -> bool:
    """setMyName."""
    return _set_text(this, "name", _MOST_NAME, this.bot.profile.names)


def set_my_description(this: Invocation) -> bool:
    """setMyDescription: what an empty chat shows."""
    return _set_text(this, "description", _MOST_DESCRIPTION, this.bot.profile.descriptions)


def set_my_short_description(this: Invocation) -> bool:
    """setMyShortDescription: what the profile shows."""
    return _set_text(this, "short_description", _MOST_SHORT_DESCRIPTION, this.bot.profile.short_descriptions)


def get_my_name(this: Invocation) -> Json:
    """getMyName."""
    return {"name": this.bot.profile.name(_language(this))}


def get_my_description(this: Invocation) -> Json:
    """getMyDescription."""
    return {"description": this.bot.profile.descriptions.get(_language(this), "")}


def get_my_short_description(this: Invocation) -> Json:
    """getMyShortDescription."""
    return {"short_description": this.bot.profile.short_descriptions.get(_language(this), "")}


def _scope(this: Invocation) -> str:
    scope = this.arguments.json("scope", "can't parse BotCommandScope JSON object")
    if scope is None:
        return "default"
    if not isinstance(scope, dict) or "type" not in scope:
        raise refused("can't parse BotCommandScope: Can't find field \"type\"")
    if scope["type"] in _SCOPES:
        return str(scope["type"])
    if scope["type"] != "chat":
        raise refused("can't parse BotCommandScope: Unsupported type specified")
    chat = this.bot.chats.get(int(scope.get("chat_id") or 0))
    if chat is None or not chat.opened:
        raise refused("chat not found")
    return f"chat:{chat.user.id}"


def set_my_commands(this: Invocation) -> bool:
    """setMyCommands for a scope and a language."""
    key = (_scope(this), _language(this))
    listed = this.arguments.json("commands", "can't parse commands JSON object")
    if listed is None:
        listed = []
    if not isinstance(listed, list):
        raise refused("expected an Array of BotCommand")
    if len(listed) > _MOST_COMMANDS:
        raise refused("BOT_COMMANDS_TOO_MUCH")
    this.bot.profile.commands[key] = [_command(command) for command in listed]
    _changed(this)
    return True


def _command(command: Any) -> Json:
    if not isinstance(command, dict) or not isinstance(command.get("command"), str):
        raise refused("can't parse BotCommand: Can't find field \"command\"")
    name, description = command["command"].removeprefix("/"), command.get("description") or ""
    if not _COMMAND.match(name):
        raise refused("BOT_COMMAND_INVALID")
    if not 0 < len(description) <= _MOST_COMMAND_DESCRIPTION:
        raise refused("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def get_my_commands(this: Invocation) -> list[Json]:
    """getMyCommands of exactly this scope and language."""
    return this.bot.profile.commands.get((_scope(this), _language(this)), [])


def delete_my_commands(this: Invocation) -> bool:
    """deleteMyCommands of exactly this scope and language."""
    this.bot.profile.commands.pop((_scope(this), _language(this)), None)
    _changed(this)
    return True


def set_chat_menu_button(this: Invocation) -> bool:
    """setChatMenuButton of one chat, or of all."""
    button = this.arguments.json("menu_button", "can't parse menu button JSON object") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in ("default", "commands", "web_app"):
        raise refused("menu button has invalid type")
    if this.arguments.text("chat_id"):
        this.chat().menu_button = None if button["type"] == "default" else button
    else:
        this.bot.profile.menu_button = {"type": "commands"} if button["type"] == "default" else button
    _changed(this)
    return True


def _changed(this: Invocation) -> None:
    this.world.changes.emit("profile", lambda: {"bot": this.bot.id})


def log_out(this: Invocation) -> bool:
    """logOut and close: nothing to do for a bot that stays."""
    _changed(this)
    return True


METHODS: Methods = {
    "getme": get_me,
    "getchat": get_chat,
    "setmyname": set_my_name,
    "getmyname": get_my_name,
    "setmydescription": set_my_description,
    "getmydescription": get_my_description,
    "setmyshortdescription": set_my_short_description,
    "getmyshortdescription": get_my_short_description,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    "setchatmenubutton": set_chat_menu_button,
    "logout": log_out,
    "close": log_out,
}
