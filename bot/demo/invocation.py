"""One call of a method on its way: who calls, with what; and the checks that many methods share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.demo.arguments import Arguments
from bot.demo.envelope import ApiError, Json, refused
from bot.demo.journal import Call
from bot.demo.judges import Formatted
from bot.demo.state import BotAccount, Chat, Message, World

_MOST_RAW_BYTES = 32_768
# Parameters that would change where or how a message appears: ignoring them would be a made-up success.
_NOT_MODELLED = (
    "business_connection_id",
    "direct_messages_topic_id",
    "has_spoiler",
    "message_effect_id",
    "show_caption_above_media",
    "ephemeral_message_parameters",
    "rich_message",
    "suggested_post_parameters",
)
MOST_TEXT = 4_096
MOST_CAPTION = 1_024


@dataclass(frozen=True, slots=True)
class Invocation:
    """A method call: the world it happens in, the bot that calls, its arguments, its line in the journal."""

    world: World
    bot: BotAccount
    arguments: Arguments
    call: Call

    def chat(self, name: str = "chat_id") -> Chat:
        """The chat of the call; "chat not found" also for someone who never started the bot (and a violation)."""
        wanted = self.arguments.text(name)
        if not wanted:
            raise refused(f"{name} is empty")
        chat_id = self.arguments.integer(name, low=-(2**62), high=2**62)
        chat = self.bot.chats.get(chat_id)
        if chat is None or not chat.opened:
            if chat_id in self.world.users:
                self.world.journal.violation(f"the user {chat_id} never opened the chat", self.call)
            raise refused("chat not found")
        return chat

    def writable(self, name: str = "chat_id") -> Chat:
        """The chat of the call, if its user still wants to hear from the bot."""
        chat = self.chat(name)
        if chat.user.deleted:
            raise refused("user is deactivated", 403)
        if chat.blocked:
            raise refused("bot was blocked by the user", 403)
        if self.arguments.text("message_thread_id"):
            raise refused("message thread not found")
        for parameter in _NOT_MODELLED:
            if self.arguments.text(parameter):
                raise ApiError(501, f"fake: {parameter} not modelled")
        return chat

    def message(self, chat: Chat, problem: str, name: str = "message_id") -> Message:
        """An existing message of the chat; ``problem`` is the error text if there is none."""
        message = chat.existing(self.arguments.integer(name))
        if message is None:
            raise refused(problem)
        return message

    def formatted(self, name: str, mode: str = "parse_mode", entities: str = "entities") -> Formatted:
        """A text of the call with its markup read: by ``parse_mode``, or by a list of entities."""
        text = self.arguments.text(name)
        if len(text.encode()) > _MOST_RAW_BYTES:
            raise refused("text is too long")
        listed = self.arguments.json(entities, f"can't parse {entities} JSON object")
        if self.arguments.text(mode).lower() in ("", "none") and listed:
            return self.world.trimmed(Formatted(text, tuple(_within(text, listed))))
        wanted = self.arguments.text(mode)
        return self.world.formatted(text, "" if wanted.lower() == "none" else wanted)

    def text(self) -> Json:
        """``text`` as message fields; refuses empty and too long texts."""
        if not self.arguments.text("text"):
            raise refused("message text is empty")
        formatted = self.formatted("text")
        if not formatted.text:
            raise refused("text must be non-empty")
        if len(formatted.text) > MOST_TEXT:
            raise refused("message is too long")
        return text_fields(formatted)

    def caption(self) -> Json:
        """``caption`` as message fields, none if it is empty; refuses one that is too long."""
        return caption_fields(self.formatted("caption", entities="caption_entities"))

    def reply_to(self, chat: Chat) -> int | None:
        """The message the new one answers; refuses an unknown one unless that was declared harmless."""
        given = self.arguments.json("reply_parameters", "can't parse reply parameters JSON object")
        if given is None:
            given = {"message_id": self.arguments.integer("reply_to_message_id")}
            given["allow_sending_without_reply"] = self.arguments.boolean("allow_sending_without_reply")
        elif not isinstance(given, dict):
            raise refused("object expected as reply parameters")
        elif given and not isinstance(given.get("message_id"), int):
            raise refused('can\'t find field "message_id"')
        if given.get("chat_id") not in (None, chat.user.id, str(chat.user.id)):
            raise ApiError(501, "fake: replies to another chat not modelled")
        message_id = given.get("message_id") or 0
        if message_id <= 0:
            return None
        if chat.existing(message_id) is None:
            if given.get("allow_sending_without_reply"):
                return None
            raise refused("message to be replied not found")
        return int(message_id)


Method: TypeAlias = Callable[[Invocation], Any]
Methods: TypeAlias = Mapping[str, Method]


def text_fields(formatted: Formatted) -> Json:
    """A text as fields of a message."""
    return {"text": formatted.text} | ({"entities": list(formatted.entities)} if formatted.entities else {})


def caption_fields(formatted: Formatted) -> Json:
    """A caption as fields of a message; an empty caption is none."""
    if not formatted.text:
        return {}
    if len(formatted.text) > MOST_CAPTION:
        raise refused("message caption is too long")
    listed = {"caption_entities": list(formatted.entities)} if formatted.entities else {}
    return {"caption": formatted.text} | listed


def _within(text: str, listed: Any) -> list[Json]:
    """The entities that lie inside the text; the server refuses or drops the others."""
    if not isinstance(listed, list):
        raise refused("expected an Array of entities")
    units = len(text.encode("utf-16-le")) // 2
    kept = []
    for entity in listed:
        offset, length = entity.get("offset", -1), entity.get("length", 0)
        if offset < 0 or length <= 0 or offset + length > units:
            raise refused(
                f"entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 offset {units}"
            )
        if entity.get("type") == "text_mention":
            kept.append(
                {"type": "text_mention", "offset": offset, "length": length, "user_id": entity["user"]["id"]}
            )
        else:
            kept.append({name: value for name, value in entity.items() if value is not None})
    return kept
