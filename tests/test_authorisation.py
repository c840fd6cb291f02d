"""Who may do what: every command and every button × every role. A new one without a row here fails.

The commands come from the handler table and the buttons from their closed union, so nothing can be forgotten. Whoever
may not is told so, changes nothing, reaches nobody, and sees no word of anybody's case, also not with the next message.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from inspect import signature
from types import SimpleNamespace
from typing import Any, get_args

import pytest
from telegram.ext import CommandHandler

import handlers
from bot.config import Settings
from bot.demo import Person, StandIn
from bot.demo.seen import Seen
from bot.model import ChatId, MessageId
from bot.storage import Statement
from bot.surroundings import Surroundings
from bot.tables import asked, chats, people
from handlers import asking, buttons
from handlers.desk import REPLY_DIALOG
from tests.conftest import HWK_KOELN, IHK_KOELN, Bot, running
from tests.who_may import (
    BUTTONS,
    CASE,
    COMMANDS,
    COORDINATOR,
    EDITOR,
    EVERYBODY,
    FAR_AWAY,
    NUMBER,
    OTHER_NUMBER,
    OTHER_QUESTION,
    QUESTION,
    REFUSALS,
    ROLES,
    made,
)
from tests.whole_rows import whole
from tests.wound_clock import WoundClock


def registered() -> set[str]:
    """Every command of the handler table."""
    found: list[Any] = []
    table = SimpleNamespace(
        add_handler=lambda handler, group=0: found.append(handler),
        add_handlers=found.extend,
        add_error_handler=lambda _handler: None,
    )
    parts = {name: _Part() for name in signature(handlers.register).parameters if name != "application"}
    handlers.register(table, **parts)  # type: ignore[arg-type]  # only the table is looked at
    return {
        command for handler in found if isinstance(handler, CommandHandler) for command in handler.commands
    }


class _Part:
    """Stands where the handlers' modules stand."""

    def __getattr__(self, name: str) -> Any:
        async def callback(*_: object) -> None: ...

        return callback


def test_every_command_has_a_row() -> None:
    """A new command needs a decision who may use it."""
    assert {row.split()[0].removeprefix("/") for row in COMMANDS} == registered()


def test_every_button_has_a_row() -> None:
    """A new button needs a decision who may press it."""
    assert set(BUTTONS) == set(get_args(buttons.Button))


@dataclass
class House:
    """The bot, one person a role, two cases, one invitation that was pressed."""

    bot: Bot
    people: dict[str, Person]

    async def does(self, role: str, act: str | type[buttons.Button]) -> list[str]:
        """A command or a forged press; returns what the person was told."""
        person = self.people[role]
        before, alerts = {message.id: message.text for message in person.received}, len(person.alerts)
        if isinstance(act, str):
            await person.says(act)
        else:
            await person.forges_press(buttons.encode(made(act)), person.last)
        await self.bot.quiet()
        # New messages and changed ones.
        said = [message.text for message in person.received if before.get(message.id) != message.text]
        return [*said, *person.alerts[alerts:]]

    async def rows(self, *, without: int = 0) -> list[tuple[Any, ...]]:
        """Everything that belongs to people; ``without`` what is this chat's own."""
        read = self.bot.app.linking._store.read
        found: list[tuple[Any, ...]] = []
        for sql in (
            "SELECT id, state, lotse, employer_chat, closed_by, question FROM cases WHERE employer_chat <> ?",
            "SELECT lotse, chat_id FROM links WHERE chat_id <> ?",
            "SELECT id, state, lotse FROM invites WHERE admin_chat <> ?",
        ):
            found += whole(await read.all(sql, without))
        sql = (
            "SELECT chat_id, message_id, case_id FROM case_messages WHERE chat_id <> ?"
            " AND case_id NOT IN (SELECT id FROM cases WHERE employer_chat = ?)"
        )
        found += whole(await read.all(sql, without, without))
        return found

    def heard(self, *, without: str) -> dict[str, list[Seen]]:
        """What all others have received."""
        return {role: person.received for role, person in self.people.items() if role != without}


@pytest.fixture
async def house(
    telegram_by_hand: StandIn, clock: WoundClock, settings: Settings, around: Surroundings
) -> AsyncIterator[House]:
    """Everybody is there; Anna's case is with the Handwerk, the other employer's with the IHK."""
    telegram = telegram_by_hand
    telegram.journal.allow("was answered before")
    changed = settings.model_copy(update={"editor_ids": (EDITOR,), "flood_per_minute": 0})
    async with running(telegram, clock, changed, around) as bot:
        found = {role: telegram.user(role) for role in ROLES if role not in {"employer", "lotse", "admin"}}
        found |= {"employer": bot.employer, "lotse": bot.lotse, "admin": bot.admin}
        found["editor"] = telegram.user("editor", id=EDITOR)
        for person in found.values():
            await person.starts()
        linking = bot.app.linking
        for lotse, role in (
            (HWK_KOELN, "lotse"),
            (IHK_KOELN, "other_lotse"),
            (COORDINATOR, "coordinator"),
            (FAR_AWAY, "foreign_lotse"),
        ):
            async with linking._store.transaction() as tx:
                await people.link(tx, lotse, ChatId(found[role].id), 0)
        token = await linking.invite("WL018", ChatId(bot.admin.id))
        stranger = telegram.user("Fremd")
        stranger.opens()
        await linking.press(token, ChatId(stranger.id), "Fremd")
        await bot.quiet()
        for role, question, branch in (
            ("employer", QUESTION, "🔧 Handwerk"),
            ("other_employer", OTHER_QUESTION, "🏭 Industrie, Handel, Gastro, Dienstleistung"),
        ):
            for step in (f"/lotse {question}", "50667"):
                await found[role].says(step)
            await bot.quiet()
            for press in (branch, "✅ Einverstanden, senden"):
                await found[role].presses(press)
                await bot.quiet()
        yield House(bot, found)


def secrets_of(role: str) -> list[str]:
    """What this role may never read."""
    own = {"employer": 0, "lotse": 0, "other_employer": 1, "other_lotse": 1}.get(role)
    found = [(QUESTION, NUMBER), (OTHER_QUESTION, OTHER_NUMBER)]
    return [word for number, words in enumerate(found) if number != own for word in words]


@pytest.mark.parametrize("role", ROLES)
async def test_what_a_role_may_not_do(house: House, role: str) -> None:
    """Told so, nothing changed, nobody reached, nothing learned; the next message goes nowhere either."""
    refused = [act for act, may in (*COMMANDS.items(), *BUTTONS.items()) if role not in may]
    assert refused or role == "admin"
    before, heard = await house.rows(), house.heard(without=role)
    for act in refused:
        told = await house.does(role, act)
        assert any(text in REFUSALS for text in told), (act, told)
        told += await house.does(role, "Und noch ein Wort dazu")
        assert [word for word in secrets_of(role) if any(word in text for text in told)] == [], (act, told)
        assert await house.rows() == before, act
        assert house.heard(without=role) == heard, act


@pytest.mark.parametrize("role", ROLES)
async def test_what_everybody_may_do_harms_nobody_else(house: House, role: str) -> None:
    """Public commands and buttons, forged with the ids of others: only what is one's own is touched or shown."""
    public = [act for act, may in (*COMMANDS.items(), *BUTTONS.items()) if may == EVERYBODY]
    person = house.people[role]
    before = set(await house.rows(without=person.id))
    heard = house.heard(without=role)
    for act in public:
        told = await house.does(role, act)
        assert not any(text in REFUSALS for text in told), (act, told)
        assert [word for word in secrets_of(role) if any(word in text for text in told)] == [], (act, told)
        # Erasing, the last one, tells the other side of one's own case.
        assert act is buttons.EraseSurely or house.heard(without=role) == heard, act
    assert public[-1] is buttons.EraseSurely
    assert before
    assert set(await house.rows(without=person.id)) == before


@pytest.mark.parametrize("role", [role for role in ROLES if role != "stranger"])
async def test_what_a_role_may_do(house: House, role: str) -> None:
    """Those who may are not refused; the order of the table is that of a case's life."""
    for act, may in (*COMMANDS.items(), *BUTTONS.items()):
        if may != EVERYBODY and role in may:
            told = await house.does(role, act)
            assert not any(text in REFUSALS for text in told), (act, told)


@pytest.mark.parametrize("role", ["other_lotse", "foreign_lotse", "coordinator", "other_employer"])
async def test_words_that_wait_go_to_no_foreign_case(house: House, role: str) -> None:
    """With a text that waits for its case, the button of a foreign case is forged: refused, nobody reached."""
    person, store = house.people[role], house.bot.app.linking._store
    before, heard = await house.rows(), house.heard(without=role)
    chat, vault, words = ChatId(person.id), store.vault, {"text": "GEHEIMES WORT", "message": person.last.id}
    waiting: dict[str | type[buttons.Button], Statement] = {
        buttons.SendToCase: asked.saved(vault, chat, MessageId(person.last.id), asking.WHICH, words, 2**41),
        "GEHEIMES WORT": chats.dialog_saved(vault, chat, REPLY_DIALOG, {"case": CASE}, 2**41),
    }
    for act, waits in waiting.items():
        await store.append(waits)
        told = await house.does(role, act)
        assert any(text in REFUSALS for text in told), told

    assert await house.rows() == before
    assert house.heard(without=role) == heard
