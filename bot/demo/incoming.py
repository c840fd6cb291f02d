"""What people do on their phones, and the updates a bot gets of it."""

from dataclasses import dataclass
from typing import Any

from bot.demo.envelope import Json
from bot.demo.invocation import MOST_TEXT, caption_fields, text_fields
from bot.demo.judges import Formatted
from bot.demo.state import BotAccount, Callback, Chat, InlineQuery, Message, User, World


class ImpossibleError(Exception):
    """Something no phone could do: press a button that is not there, write to a blocked bot."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One user in front of one bot: every act changes the world and queues the update."""

    world: World
    bot: BotAccount
    user: User

    @property
    def chat(self) -> Chat:
        """The private chat of the two."""
        return self.world.chat(self.bot, self.user)

    def send(self, content: Json, *, reply_to: int | None = None) -> Message:
        """A message of the user; the first one opens the chat."""
        chat = self._writable()
        chat.opened = True
        message = self.world.post(self.bot, chat, content, from_bot=False, reply_to=reply_to)
        self._deliver("message", chat.wire(message), line=f"chat:{self.user.id}")
        return message

    def _writable(self) -> Chat:
        chat = self.chat
        if chat.blocked:
            raise ImpossibleError(f"{self.user.first_name} has blocked the bot and cannot write to it")
        return chat

    def text(self, text: str, mode: str = "") -> Json:
        """A text as message fields, with what Telegram finds in it; ``mode`` is a parse mode for formatted words."""
        formatted = self.world.formatted(text, mode)
        if not formatted.text or len(formatted.text) > MOST_TEXT:
            raise ImpossibleError(f"a message has 1 to {MOST_TEXT} characters, not {len(formatted.text)}")
        return text_fields(formatted)

    def caption(self, text: str) -> Json:
        """A caption as message fields."""
        return caption_fields(self.world.formatted(text, ""))

    def edit(self, message_id: int, text: str) -> Message:
        """The user changes an own message, text or caption."""
        chat = self._writable()
        message = chat.existing(message_id)
        if message is None or message.from_bot:
            raise ImpossibleError(f"message {message_id} is not a message of {self.user.first_name}")
        message.history.append(message.fields)
        words = ("text", "entities", "caption", "caption_entities")
        kept = {name: value for name, value in message.fields.items() if name not in words}
        new = self.text(text) if "text" in message.fields else self.caption(text)
        message.fields = kept | {"edit_date": self.world.unix_time()} | new
        self.world.show("edit", self.bot, chat, message)
        self._deliver("edited_message", chat.wire(message), line=f"chat:{self.user.id}")
        return message

    def delete(self, message_id: int) -> None:
        """The user deletes a message for both sides; bots are not told."""
        message = self.chat.existing(message_id)
        if message is None:
            raise ImpossibleError(f"there is no message {message_id}")
        message.deleted = True
        self.world.show("delete", self.bot, self.chat, message)

    def press(self, message: Message, data: str) -> Callback:
        """The user presses a callback button of a message that is on the screen."""
        chat = self._writable()
        number = str(self.world.random.randrange(10**17, 10**18))
        callback = Callback(number, self.user, message.id, data, self.world.now())
        self.bot.callbacks[number] = callback
        query: Json = {"id": number, "from": self.user.wire(), "chat_instance": chat.instance, "data": data}
        query["message"] = chat.wire(message)
        callback.update_id = self._deliver("callback_query", query, line=f"callback:{self.user.id}")
        return callback

    def block(self, *, blocked: bool) -> None:
        """The user blocks the bot or lets it write again."""
        chat = self.chat
        if chat.blocked == blocked:
            return
        chat.blocked = blocked
        member: Json = {"user": self.bot.wire(), "status": "member"}
        kicked: Json = {"user": self.bot.wire(), "status": "kicked", "until_date": 0}
        change: Json = {"chat": self.user.chat(), "from": self.user.wire(), "date": self.world.unix_time()}
        change |= (
            {"old_chat_member": member, "new_chat_member": kicked}
            if blocked
            else {"old_chat_member": kicked, "new_chat_member": member}
        )
        self._deliver("my_chat_member", change, line=f"my_chat_member:{self.user.id}")
        self.world.changes.emit(
            "block", lambda: {"bot": self.bot.id, "chat": self.user.id, "blocked": blocked}
        )

    def react(self, message_id: int, emoji: str) -> None:
        """The user reacts with one emoji, or takes the reaction back (empty)."""
        chat = self._writable()
        message = chat.existing(message_id)
        if message is None:
            raise ImpossibleError(f"there is no message {message_id}")
        if emoji and not self.world.judges.is_reaction(emoji):
            raise ImpossibleError(f"{emoji} is no reaction")
        before = message.reactions.get(self.user.id, [])
        message.reactions[self.user.id] = [{"type": "emoji", "emoji": emoji}] if emoji else []
        change: Json = {"chat": self.user.chat(), "message_id": message_id, "user": self.user.wire()}
        change |= {
            "date": self.world.unix_time(),
            "old_reaction": before,
            "new_reaction": message.reactions[self.user.id],
        }
        self._deliver("message_reaction", change, line=f"reaction:{self.user.id}")
        self.world.show("reaction", self.bot, chat, message)

    def ask_inline(self, words: str) -> InlineQuery:
        """The user types the bot's name and some words in any chat."""
        number = str(self.world.random.randrange(10**17, 10**18))
        query = InlineQuery(number, self.user, words, self.world.now())
        self.bot.inline_queries[number] = query
        wire: Json = {
            "id": number,
            "from": self.user.wire(),
            "query": words,
            "offset": "",
            "chat_type": "private",
        }
        self._deliver("inline_query", wire, line=f"inline:{self.user.id}")
        return query

    def choose_inline(self, query: InlineQuery, result_id: str) -> Formatted:
        """The user sends a result of an inline query to somebody; returns what that somebody gets."""
        results = (query.answer or {}).get("results", [])
        for result in results:
            if result["id"] == result_id:
                wire: Json = {"result_id": result_id, "from": self.user.wire(), "query": query.query}
                self._deliver("chosen_inline_result", wire, line=f"chosen:{self.user.id}")
                return Formatted(result["shown"]["text"], tuple(result["shown"]["entities"]))
        raise ImpossibleError(f"no result {result_id!r} among {[r['id'] for r in results]}")

    def _deliver(self, kind: str, payload: Any, *, line: str) -> int | None:
        return self.world.deliver(self.bot, kind, payload, line=line)
