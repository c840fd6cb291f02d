"""The control API for the page and for tests in other processes: ``/_fake/…``, described in ``README.md``.

Only for this machine: the server listens on 127.0.0.1, and a request whose ``Host`` (or ``Origin``) is not loopback is
refused, so that no web page can reach it through the browser.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from aiohttp import BodyPartReader, web
from yarl import URL

from bot.demo import events, wire
from bot.demo.envelope import ApiError, Json
from bot.demo.faults import ACTIONS, Rule
from bot.demo.people import ImpossibleError, Person
from bot.demo.seen import Seen
from bot.demo.state import BotAccount, Callback, User

if TYPE_CHECKING:
    from bot.demo.standin import StandIn

_LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))
_INLINE_PATIENCE = 5.0  # s
_IDLE_PATIENCE = 10.0  # s
_MOST_CALLS = 500

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Act = Callable[[Person, Json], Awaitable[Any]]


class WrongRequestError(Exception):
    """The request of the page makes no sense."""


class Control:
    """The routes; ``telegram`` is what they steer."""

    def __init__(self, telegram: "StandIn", closed: asyncio.Event) -> None:
        self._telegram = telegram
        self._world = telegram.world
        self._closed = closed

    def routes(self) -> list[web.RouteDef]:
        """Everything under ``/_fake/``."""
        gets: dict[str, Handler] = {
            "users": self._users,
            "transcript": self._transcript,
            "calls": self._calls,
            "violations": self._violations,
            "stats": self._stats,
            "faults": self._faults,
            "file": self._file,
            "events": self._events,
        }
        posts: dict[str, Handler] = {
            "users": self._add_user,
            "upload": self._upload,
            "inline": self._inline,
            "advance_time": self._advance,
            "faults": self._add_fault,
            "inject": self._inject,
            "redeliver": self._redeliver,
            "restart": self._restart,
            "reset": self._reset,
            "wait": self._wait,
        } | {name: self._acting(act) for name, act in _ACTS.items()}
        return [
            *(web.get(f"/_fake/{name}", guarded(handler)) for name, handler in gets.items()),
            *(web.post(f"/_fake/{name}", guarded(handler)) for name, handler in posts.items()),
            web.delete("/_fake/faults", guarded(self._clear_faults)),
        ]

    # -- people -----------------------------------------------------------------------------------------------

    def _person(self, values: Json) -> Person:
        try:
            user = self._world.users[int(values["chat"])]
        except (KeyError, TypeError, ValueError):
            raise WrongRequestError(f"there is no user {values.get('chat')!r}") from None
        return Person(self._world, self._bot(values), user)

    def _bot(self, values: Json) -> BotAccount:
        wanted = values.get("bot")
        for bot in self._world.bots.values():
            if wanted is None or str(bot.id) == str(wanted):
                return bot
        raise WrongRequestError(f"there is no bot {wanted!r}")

    def _acting(self, act: Act) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            values = await _body(request)
            person = self._person(values)
            return self._shown(person, await act(person, values))

        return handle

    def _shown(self, person: Person, done: Any) -> web.Response:
        match done:
            case Seen():
                return web.json_response({"message": self._described(person, done.id)})
            case Callback():
                return web.json_response({"callback": done.id})
            case [Seen(), *_]:
                return web.json_response({"messages": [self._described(person, part.id) for part in done]})
            case _:
                return web.json_response({"ok": True})

    def _described(self, person: Person, message_id: int) -> Json:
        chat = self._world.chat(person.bot, person.user)
        return self._world.described(chat, chat.messages[message_id])

    async def _users(self, request: web.Request) -> web.StreamResponse:
        bot = self._bot(dict(request.query))
        profile = bot.profile
        about = bot.wire() | {
            "description": profile.descriptions.get("", ""),
            "short_description": profile.short_descriptions.get("", ""),
        }
        return web.json_response(
            {"bot": about, "users": [self._about(bot, u) for u in self._world.users.values()]}
        )

    def _about(self, bot: BotAccount, user: User) -> Json:
        chat = self._world.chat(bot, user)
        return user.wire() | {"opened": chat.opened, "blocked": chat.blocked, "deleted": user.deleted}

    async def _add_user(self, request: web.Request) -> web.StreamResponse:
        values = await _body(request)
        number = values.get("id")
        known = self._world.users.get(number) if isinstance(number, int) else None
        if known is None:
            if not isinstance(values.get("first_name"), str):
                raise WrongRequestError("first_name is missing")
            known = self._telegram.user(values["first_name"], id=number).user
        for name in ("first_name", "last_name", "username", "language_code", "deleted"):
            if name in values:
                setattr(known, name, bool(values[name]) if name == "deleted" else str(values[name]))
        about = self._about(self._bot(values), known)
        self._world.changes.emit("user", lambda: about)
        return web.json_response(about)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        """Files of one message; more than one make an album."""
        values: Json = {}
        files: list[tuple[str, bytes]] = []
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader) and part.name:
                if part.filename is None:
                    values[part.name] = await part.text(encoding="utf-8")
                else:
                    files.append((part.filename, bytes(await part.read(decode=True))))
        if not files:
            raise WrongRequestError("no file was sent")
        person = self._person(values)
        reply_to = int(values["reply_to"]) if values.get("reply_to") else None
        sent = await person.sends_files(
            files, kind=values.get("kind", "document"), caption=values.get("caption", ""), reply_to=reply_to
        )
        return self._shown(person, sent[0] if len(sent) == 1 else sent)

    async def _inline(self, request: web.Request) -> web.StreamResponse:
        values = await _body(request)
        query = await self._person(values).asks_inline(str(values.get("query", "")))
        await self._world.changes.until(lambda: query.answer is not None, _INLINE_PATIENCE)
        return web.json_response({"query": query.id, "answer": query.answer})

    # -- looking ----------------------------------------------------------------------------------------------

    async def _transcript(self, request: web.Request) -> web.StreamResponse:
        person = self._person(dict(request.query))
        chat = self._world.chat(person.bot, person.user)
        messages = [self._world.described(chat, message) for message in chat.messages.values()]
        profile = person.bot.profile
        return web.json_response(
            {
                "user": self._about(person.bot, person.user),
                "messages": messages,
                "keyboard": chat.keyboard,
                "pinned": chat.pinned,
                "commands": profile.shown_commands(person.id, person.user.language_code),
                "menu_button": chat.menu_button or profile.menu_button,
                "description": profile.descriptions.get(person.user.language_code)
                or profile.descriptions.get("", ""),
            }
        )

    async def _calls(self, request: web.Request) -> web.StreamResponse:
        query = request.query
        chat = int(query["chat"]) if "chat" in query else None
        after = int(query.get("after", 0))
        found = [
            call for call in self._telegram.journal.calls(query.get("method"), chat) if call.number > after
        ]
        return web.json_response({"calls": [call.as_json() for call in found[-_MOST_CALLS:]]})

    async def _violations(self, _request: web.Request) -> web.StreamResponse:
        journal = self._telegram.journal
        return web.json_response(
            {"violations": journal.violations, "unanswered": self._telegram.unanswered()}
        )

    async def _stats(self, _request: web.Request) -> web.StreamResponse:
        bots = [
            {
                "id": bot.id,
                "username": bot.username,
                "polling": bot.queue.polled,
                "webhook": bot.queue.webhook_url,
                "pending": len(bot.queue),
            }
            for bot in self._world.bots.values()
        ]
        now = {
            "now": self._world.now().isoformat(),
            "running": self._telegram.dispatcher.running,
            "bots": bots,
        }
        return web.json_response(self._telegram.journal.stats() | now)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        file = self._world.files.get(request.query.get("id", ""))
        return wire.part(request, file.data, file.mime)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        return await events.stream(request, self._world.changes, self._closed)

    async def _wait(self, request: web.Request) -> web.StreamResponse:
        values = await _body(request)
        patience = float(values.get("timeout", _IDLE_PATIENCE))
        return web.json_response(
            {"idle": await self._telegram.quiet(float(values.get("quiet", 0)), patience)}
        )

    # -- steering ---------------------------------------------------------------------------------------------

    async def _advance(self, request: web.Request) -> web.StreamResponse:
        self._telegram.advance(float((await _body(request)).get("seconds", 0)))
        return web.json_response({"now": self._world.now().isoformat()})

    async def _faults(self, _request: web.Request) -> web.StreamResponse:
        rules = [_rule(rule) for rule in self._telegram.faults.rules]
        shapes = {name: [field.name for field in fields(action)] for name, action in ACTIONS.items()}
        return web.json_response({"rules": rules, "actions": shapes})

    async def _add_fault(self, request: web.Request) -> web.StreamResponse:
        values = await _body(request)
        try:
            action = ACTIONS[values.pop("action")](**values.pop("with", {}))
            rule = self._telegram.faults.add(action, **values)
        except (KeyError, TypeError) as error:
            raise WrongRequestError(f"no such fault: {error}") from None
        return web.json_response(_rule(rule))

    async def _clear_faults(self, _request: web.Request) -> web.StreamResponse:
        self._telegram.faults.clear()
        return web.json_response({"ok": True})

    async def _inject(self, request: web.Request) -> web.StreamResponse:
        values = await _body(request)
        if not isinstance(values.get("update"), dict) or not values["update"].keys() - {"update_id"}:
            raise WrongRequestError("update must be an object with one kind of update")
        return web.json_response(
            {"update_id": self._telegram.inject(values["update"], bot=self._bot(values))}
        )

    async def _redeliver(self, request: web.Request) -> web.StreamResponse:
        values = await _body(request)
        self._telegram.redeliver(new_id=bool(values.get("new_id")), bot=self._bot(values))
        return web.json_response({"ok": True})

    async def _restart(self, _request: web.Request) -> web.StreamResponse:
        asyncio.get_running_loop().call_soon(self._telegram.restart)
        return web.json_response({"ok": True})

    async def _reset(self, _request: web.Request) -> web.StreamResponse:
        self._telegram.reset()
        return web.json_response({"ok": True})


async def _body(request: web.Request) -> Json:
    if not request.can_read_body:
        return {}
    try:
        values = await request.json()
    except ValueError:
        raise WrongRequestError("the body is not JSON") from None
    if not isinstance(values, dict):
        raise WrongRequestError("the body is not a JSON object")
    return values


def _rule(rule: Rule) -> Json:
    given = {field.name: getattr(rule.action, field.name) for field in fields(rule.action)}
    about = {
        name: getattr(rule, name)
        for name in ("method", "chat", "text", "nth", "times", "probability", "struck")
    }
    return {"action": type(rule.action).__name__, "with": given} | about


def _is_local(address: str | None) -> bool:
    try:
        return address is not None and URL(address).host in _LOOPBACK
    except ValueError:
        return False


def guarded(handler: Handler) -> Handler:
    """Loopback only; what the page did wrong is said in ``{"error": …}``."""

    async def handle(request: web.Request) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        if not _is_local(f"http://{request.host}") or (origin is not None and not _is_local(origin)):
            return web.json_response({"error": "only for this machine"}, status=403)
        try:
            return await handler(request)
        except (WrongRequestError, ImpossibleError) as error:
            return web.json_response({"error": str(error)}, status=400)
        except (KeyError, ValueError, TypeError) as error:
            return web.json_response({"error": f"{type(error).__name__}: {error}"}, status=400)
        except ApiError as error:
            return web.json_response({"error": error.description}, status=error.code)

    return handle


def _optional(values: Json, names: Iterable[str]) -> Json:
    return {name: values[name] for name in names if values.get(name) is not None}


async def _choose(person: Person, values: Json) -> Any:
    query = person.bot.inline_queries.get(str(values["query"]))
    if query is None or query.user is not person.user:
        raise WrongRequestError(f"there is no inline query {values['query']!r}")
    return await person.chooses(query, str(values["result"]))


# What a person can do: the request's values become the arguments.
_ACTS: dict[str, Act] = {
    "start": lambda person, values: person.starts(str(values.get("payload", ""))),
    "say": lambda person, values: person.says(str(values["text"]), **_optional(values, ("reply_to",))),
    "press": lambda person, values: person.presses(
        values.get("text"), data=values.get("data"), message=values.get("message")
    ),
    "edit": lambda person, values: person.edits(int(values["message"]), str(values["text"])),
    "delete": lambda person, values: person.deletes(int(values["message"])),
    "react": lambda person, values: person.reacts(int(values["message"]), str(values.get("emoji", ""))),
    "contact": lambda person, values: person.sends_contact(**_optional(values, ("phone", "name"))),
    "location": lambda person, values: person.sends_location(
        float(values["latitude"]), float(values["longitude"])
    ),
    "sticker": lambda person, values: person.sends_sticker(**_optional(values, ("emoji",))),
    "voice": lambda person, values: person.sends_voice(**_optional(values, ("seconds",))),
    "forward": lambda person, values: person.forwards(
        str(values["text"]), **_optional(values, ("hidden_name",))
    ),
    "block": lambda person, _values: person.blocks(),
    "unblock": lambda person, _values: person.unblocks(),
    "choose": _choose,
}
