"""What the stand-in remembers: users, bots, private chats with their messages, open queries, the clock.

Nothing here knows HTTP. All changes are made by one event loop, so nothing needs a lock.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal, TypeAlias

from bot.demo.changes import Changes
from bot.demo.envelope import ApiError, Json
from bot.demo.files import FileStore
from bot.demo.journal import Journal
from bot.demo.judges import Formatted, Judges
from bot.demo.polling import Pending, UpdateQueue
from bot.demo.profile import Profile

Judging: TypeAlias = Literal["all", "sample", "off"]

_SAMPLED = 50  # judge="sample": every so many calls and updates
_EPOCH_MESSAGE_ID = 100


@dataclass(slots=True)
class User:
    """A person with a Telegram account."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    deleted: bool = False

    def wire(self) -> Json:
        """The ``User`` object of the Bot API."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        return user | self._optional("last_name", "username", "language_code")

    def chat(self) -> Json:
        """The ``Chat`` object of the private chat with this user."""
        return {"id": self.id, "first_name": self.first_name, "type": "private"} | self._optional(
            "last_name", "username"
        )

    def _optional(self, *names: str) -> Json:
        return {name: getattr(self, name) for name in names if getattr(self, name)}


@dataclass(slots=True)
class Message:
    """One message of a chat: its Bot API fields without the reply, which is looked up when it is shown."""

    fields: Json
    from_bot: bool
    reply_to: int | None = None
    protected: bool = False
    deleted: bool = False
    history: list[Json] = field(default_factory=list)  # the fields before each edit, oldest first
    reactions: dict[int, list[Json]] = field(default_factory=dict)  # by user or bot id

    @property
    def id(self) -> int:
        """The message_id: consecutive within the bot's private chats."""
        return int(self.fields["message_id"])

    @property
    def body(self) -> Formatted:
        """Text or caption with its entities."""
        words, marks = ("text", "entities") if "text" in self.fields else ("caption", "caption_entities")
        return Formatted(self.fields.get(words, ""), tuple(self.fields.get(marks, ())))


@dataclass(slots=True)
class Callback:
    """A press on a button that waits for answerCallbackQuery."""

    id: str
    user: User
    message_id: int
    data: str
    at: datetime
    update_id: int | None = None  # None: the bot does not want callback queries
    answers: list[Json] = field(default_factory=list)


@dataclass(slots=True)
class InlineQuery:
    """An inline query that waits for answerInlineQuery."""

    id: str
    user: User
    query: str
    at: datetime
    answer: Json | None = None


@dataclass(slots=True)
class Chat:
    """The private chat of one user with one bot."""

    user: User
    opened: bool = False  # the user has written or pressed Start
    blocked: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    keyboard: Json | None = None  # the reply keyboard shown now
    pinned: list[int] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)  # chat actions, oldest first
    instance: str = ""
    menu_button: Json | None = None

    def existing(self, message_id: int) -> Message | None:
        """A message that is there and not deleted."""
        message = self.messages.get(message_id)
        return None if message is None or message.deleted else message

    def shown(self) -> Iterator[Message]:
        """The messages on the screen, oldest first."""
        return (message for message in self.messages.values() if not message.deleted)

    def wire(self, message: Message, *, with_reply: bool = True) -> Json:
        """The ``Message`` object of the Bot API; a reply shows the message it answers, once."""
        wire = dict(message.fields)
        if with_reply and message.reply_to is not None:
            answered = self.existing(message.reply_to)
            if answered:
                wire["reply_to_message"] = self.wire(answered, with_reply=False)
        return wire


@dataclass(slots=True)
class BotAccount:
    """One bot: its token, its profile, its updates, its chats."""

    token: str
    id: int
    username: str
    queue: UpdateQueue
    profile: Profile
    chats: dict[int, Chat] = field(default_factory=dict)
    callbacks: dict[str, Callback] = field(default_factory=dict)
    inline_queries: dict[str, InlineQuery] = field(default_factory=dict)
    last_message_id: int = _EPOCH_MESSAGE_ID

    def wire(self) -> Json:
        """The bot as ``User`` in messages."""
        return {"id": self.id, "is_bot": True, "first_name": self.profile.name(""), "username": self.username}

    def new_message_id(self) -> int:
        """The next message_id; private chats of one bot share one row of numbers, as on Telegram."""
        self.last_message_id += 1
        return self.last_message_id


class World:
    """Everything of one stand-in."""

    def __init__(
        self, *, now: Callable[[], datetime], seed: int, judges: Judges, judge: Judging, journal: Journal
    ) -> None:
        self._now = now
        self._ahead = timedelta()
        self._judge = judge
        self._judged = 0
        self.random = random.Random(seed)  # noqa: S311 - repeatable ids, nothing secret
        self.judges = judges
        self.journal = journal
        self.changes = Changes()
        self.files = FileStore(self.random)
        self.users: dict[int, User] = {}
        self.bots: dict[str, BotAccount] = {}

    def now(self) -> datetime:
        """The stand-in's time: the injected clock plus what was wound by ``advance``."""
        return self._now() + self._ahead

    def unix_time(self) -> int:
        """Now in the Bot API's unit: whole seconds since 1970."""
        return int(self.now().timestamp())

    def advance(self, seconds: float) -> None:
        """Wind the clock."""
        self._ahead += timedelta(seconds=seconds)
        self.changes.emit("time", lambda: {"now": self.now().astimezone(UTC).isoformat()})

    def judging(self) -> bool:
        """Whether to judge this time: always, now and then, or never."""
        if self._judge == "sample":
            self._judged += 1
            return self._judged % _SAMPLED == 1
        return self._judge == "all"

    def chat(self, bot: BotAccount, user: User) -> Chat:
        """The private chat of the two, made at first sight (not yet opened)."""
        if user.id not in bot.chats:
            bot.chats[user.id] = Chat(user, instance=str(self.random.randrange(10**18, 9 * 10**18)))
        return bot.chats[user.id]

    def formatted(self, text: str, mode: str) -> Formatted:
        """``text`` with its markup read and everything added that Telegram finds by itself."""
        marked = self.judges.parsed(text, mode) if mode else Formatted(text)
        return self.trimmed(marked)

    def trimmed(self, marked: Formatted) -> Formatted:
        """Blanks cut at both ends, users of mentions filled in, found entities added (td's ``fix_formatted_text``)."""
        named = self._named(marked)
        text, entities = _trimmed(named.text, named.entities)
        taken = [_span(e) for e in entities if e["type"] in ("code", "pre", "text_link", "text_mention")]
        found = [e for e in self.judges.found(text) if not any(_overlap(_span(e), span) for span in taken)]
        return Formatted(text, tuple(sorted([*entities, *found], key=lambda e: (e["offset"], -e["length"]))))

    def _named(self, marked: Formatted) -> Formatted:
        """Mentions by id carry the user; of unknown users only the words stay."""
        entities: list[Json] = []
        for entity in marked.entities:
            if "user_id" not in entity:
                entities.append(entity)
            elif entity["user_id"] in self.users:
                user = self.users[entity["user_id"]].wire()
                entities.append(
                    {
                        "type": "text_mention",
                        "offset": entity["offset"],
                        "length": entity["length"],
                        "user": user,
                    }
                )
        return Formatted(marked.text, tuple(entities))

    def post(
        self,
        bot: BotAccount,
        chat: Chat,
        content: Json,
        *,
        from_bot: bool,
        reply_to: int | None = None,
        protected: bool = False,
    ) -> Message:
        """Put a message into a chat; ``content`` holds what is beside ids, date, sender and chat."""
        sender = bot.wire() if from_bot else chat.user.wire()
        fields: Json = {"message_id": bot.new_message_id(), "from": sender, "chat": chat.user.chat()}
        fields |= {"date": self.unix_time()} | content
        if protected:
            fields["has_protected_content"] = True
        message = Message(fields, from_bot, reply_to, protected)
        chat.messages[message.id] = message
        self.show("message", bot, chat, message)
        return message

    def show(self, kind: str, bot: BotAccount, chat: Chat, message: Message) -> None:
        """Tell whoever watches that a message is new, edited, deleted, pinned or reacted to."""

        def describe() -> Json:
            where: Json = {"bot": bot.id, "chat": chat.user.id}
            return where | {
                "message": self.described(chat, message),
                "keyboard": chat.keyboard,
                "pinned": list(chat.pinned),
            }

        self.changes.emit(kind, describe)

    def described(self, chat: Chat, message: Message) -> Json:
        """A message for the page: the Bot API object and what only a client knows."""
        return {
            "id": message.id,
            "from_bot": message.from_bot,
            "html": self.judges.html(message.body),
            "edits": len(message.history),
            "deleted": message.deleted,
            "reactions": {str(who): reactions for who, reactions in message.reactions.items()},
            "wire": chat.wire(message),
        }

    def deliver(self, bot: BotAccount, kind: str, payload: Json, *, line: str) -> int | None:
        """Queue an update for a bot; ``line`` names the queue whose order is kept. Nothing if the bot refuses it."""
        update_id = bot.queue.push(kind, payload, line=line, now=self.now())
        if update_id is not None and self.judging():
            for problem in self.judges.update({"update_id": update_id, kind: payload}):
                self.journal.violation(f"the stand-in's own update {update_id}: {problem}")
        self.changes.notify()
        return update_id

    def is_quiet(self) -> bool:
        """Whether every update is confirmed or too old."""
        return all(bot.queue.is_empty(self.now()) for bot in self.bots.values())

    def pending(self) -> list[tuple[BotAccount, Pending]]:
        """The updates nobody has confirmed yet."""
        return [(bot, update) for bot in self.bots.values() for update in bot.queue.waiting(self.now())]

    def bot_of(self, token: str) -> BotAccount:
        """The bot with this token; 401 for a stranger, 404 for what is no token at all."""
        if token in self.bots:
            return self.bots[token]
        number, colon, secret = token.partition(":")
        if not (number.isdigit() and colon and secret):
            raise ApiError(404, "Not Found")
        raise ApiError(401, "Unauthorized")


def _span(entity: Json) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _trimmed(text: str, entities: tuple[Json, ...]) -> tuple[str, list[Json]]:
    """``text`` without blanks at its ends; leading blanks inside an entity stay, as in td."""
    cut = text.rstrip()
    end = _units(cut)
    first = min((e["offset"] for e in entities), default=end)
    lead = 0
    while lead < len(cut) and lead < first and cut[lead].isspace():  # blanks are one unit each
        lead += 1
    kept = [
        e | {"offset": e["offset"] - lead, "length": min(e["length"], end - e["offset"])} for e in entities
    ]
    return cut[lead:], [e for e in kept if e["length"] > 0]
