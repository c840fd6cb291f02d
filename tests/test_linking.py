"""Linking a Lotse to a chat: one link, one person, one decision of the admin."""

from itertools import count

import pytest

from bot.clock import to_ms
from bot.linking import INVITE_LASTS, Linking, Pressed, Settled, Void
from bot.model import ChatId
from bot.storage import Store
from bot.tables import chats, outbox, people
from tests.wound_clock import WoundClock

ADMIN, LOTTA, OTHER = ChatId(1), ChatId(2), ChatId(3)


@pytest.fixture
def wakes() -> list[None]:
    """How often the outbox was woken."""
    return []


@pytest.fixture
def linking(store: Store, clock: WoundClock, wakes: list[None]) -> Linking:
    """Linking with tokens that count up."""
    numbers = count(1)
    return Linking(
        store, clock, new_token=lambda: f"token-{next(numbers)}", wake_outbox=lambda: wakes.append(None)
    )


async def said(store: Store) -> list[tuple[ChatId, str]]:
    """What waits in the outbox: to whom, and what kind."""
    rows = await store.read.all("SELECT * FROM outbox ORDER BY id")
    notices = [outbox.from_row(row, store.read) for row in rows]
    return [(notice.chat, notice.kind.value) for notice in notices]


async def invite_of(store: Store, lotse: str = "WL001") -> int:
    """The id of the newest invitation of a Lotse."""
    row = await store.read.one("SELECT id FROM invites WHERE lotse = ? ORDER BY id DESC", lotse)
    assert row is not None
    return int(row["id"])


async def links(linking: Linking) -> dict[str, ChatId]:
    """Who answers from where."""
    return {link.lotse: link.chat for link in await linking.links()}


async def confirmed(linking: Linking, store: Store, lotse: str, chat: ChatId) -> None:
    """Link a Lotse to a chat, with every step."""
    token = await linking.invite(lotse, ADMIN)
    assert await linking.press(token, chat, "x") == Pressed(lotse)
    assert isinstance(await linking.confirm(await invite_of(store, lotse)), Settled)


async def test_invited_pressed_confirmed(linking: Linking, store: Store, wakes: list[None]) -> None:
    """The admin hears who pressed, the Lotse that it is confirmed; only then are they reachable."""
    token = await linking.invite("WL001", ADMIN)
    assert wakes == []
    assert await linking.press(token, LOTTA, "Lotta") == Pressed("WL001")
    assert await links(linking) == {}
    settled = await linking.confirm(await invite_of(store))

    assert isinstance(settled, Settled)
    assert (settled.invite.lotse, settled.invite.pressed_chat) == ("WL001", LOTTA)
    assert settled.invite.pressed_name == "Lotta"
    assert await links(linking) == {"WL001": LOTTA}
    assert await linking.lotse_of(LOTTA) == "WL001"
    assert await linking.lotse_of(OTHER) == ""
    assert await linking.reachable() == {"WL001"}
    assert await said(store) == [(ADMIN, "link_pressed"), (LOTTA, "link_confirmed")]
    assert len(wakes) == 2


async def test_neither_token_nor_name_is_stored(linking: Linking, store: Store) -> None:
    """Only the token's hash, and the name encrypted."""
    token = await linking.invite("WL001", ADMIN)
    await linking.press(token, LOTTA, "Lotta")
    columns = ("token_hash", "lotse", "admin_chat", "pressed_chat", "pressed_name")
    held = repr(
        [[row[column] for column in columns] for row in await store.read.all("SELECT * FROM invites")]
    )
    assert token not in held
    assert "Lotta" not in held


async def test_the_same_person_may_press_twice(linking: Linking, store: Store) -> None:
    """The admin is told once."""
    token = await linking.invite("WL001", ADMIN)
    assert await linking.press(token, LOTTA, "Lotta") == Pressed("WL001")
    assert await linking.press(token, LOTTA, "Lotta") == Pressed("WL001")
    assert await said(store) == [(ADMIN, "link_pressed")]


async def test_a_second_person_gets_nothing(linking: Linking, store: Store) -> None:
    """The link was passed on: who comes second is neither linked nor shown to the admin."""
    token = await linking.invite("WL001", ADMIN)
    await linking.press(token, LOTTA, "Lotta")
    assert await linking.press(token, OTHER, "Otto") == Void()
    await linking.confirm(await invite_of(store))
    assert await links(linking) == {"WL001": LOTTA}
    assert await said(store) == [(ADMIN, "link_pressed"), (LOTTA, "link_confirmed")]


async def test_a_link_expires(linking: Linking, store: Store, clock: WoundClock) -> None:
    """Valid until the last second of its time."""
    token = await linking.invite("WL001", ADMIN)
    clock.wind(seconds=INVITE_LASTS.total_seconds() - 1)
    assert await linking.press(token, LOTTA, "Lotta") == Pressed("WL001")
    late = await linking.invite("WL002", ADMIN)
    clock.wind(seconds=INVITE_LASTS.total_seconds())
    assert await linking.press(late, LOTTA, "Lotta") == Void()
    assert await linking.press(token, LOTTA, "Lotta") == Void()


@pytest.mark.parametrize(
    "token", ["", "token-2", "TOKEN-1", "x" * 4000, "\ud800".encode("utf-8", "replace").decode()]
)
async def test_unknown_tokens(linking: Linking, store: Store, token: str) -> None:
    """Nothing happens."""
    await linking.invite("WL001", ADMIN)
    assert await linking.press(token, LOTTA, "Lotta") == Void()
    assert await said(store) == []


async def test_a_new_invitation_voids_the_old_one(linking: Linking, store: Store) -> None:
    """Sent or pressed: only the newest link counts, and what was asked about the old one settles nothing."""
    first = await linking.invite("WL001", ADMIN)
    second = await linking.invite("WL001", ADMIN)
    assert await linking.press(first, OTHER, "Otto") == Void()
    assert await linking.press(second, OTHER, "Otto") == Pressed("WL001")
    pressed = await invite_of(store)
    third = await linking.invite("WL001", ADMIN)
    assert await linking.confirm(pressed) == Void()
    assert await linking.press(third, LOTTA, "Lotta") == Pressed("WL001")
    await linking.confirm(await invite_of(store))
    assert await links(linking) == {"WL001": LOTTA}


async def test_confirmed_twice_is_once(linking: Linking, store: Store) -> None:
    """Two taps, or two admins: one link, one message."""
    token = await linking.invite("WL001", ADMIN)
    await linking.press(token, LOTTA, "Lotta")
    invite = await invite_of(store)
    assert isinstance(await linking.confirm(invite), Settled)
    assert isinstance(await linking.confirm(invite), Settled)
    assert await said(store) == [(ADMIN, "link_pressed"), (LOTTA, "link_confirmed")]


async def test_rejected_stays_rejected(linking: Linking, store: Store) -> None:
    """The person is told; a later yes does not link."""
    token = await linking.invite("WL001", ADMIN)
    await linking.press(token, OTHER, "Otto")
    invite = await invite_of(store)
    assert isinstance(await linking.reject(invite), Settled)
    assert await linking.confirm(invite) == Void()
    assert await links(linking) == {}
    assert await linking.press(token, OTHER, "Otto") == Void()
    assert await said(store) == [(ADMIN, "link_pressed"), (OTHER, "link_rejected")]


async def test_confirmed_cannot_be_rejected(linking: Linking, store: Store) -> None:
    """A late no changes nothing; /entkoppeln is for that."""
    await confirmed(linking, store, "WL001", LOTTA)
    assert await linking.reject(await invite_of(store)) == Void()
    assert await links(linking) == {"WL001": LOTTA}


async def test_nothing_to_confirm(linking: Linking, store: Store) -> None:
    """An unknown invitation, or one that nobody pressed."""
    await linking.invite("WL001", ADMIN)
    assert await linking.confirm(await invite_of(store)) == Void()
    assert await linking.reject(999) == Void()


async def test_a_lotse_moves_to_another_chat(linking: Linking, store: Store) -> None:
    """The old chat is no longer the Lotse's."""
    await confirmed(linking, store, "WL001", LOTTA)
    await confirmed(linking, store, "WL001", OTHER)
    assert await links(linking) == {"WL001": OTHER}
    assert await linking.lotse_of(LOTTA) == ""


async def test_a_chat_becomes_another_lotse(linking: Linking, store: Store) -> None:
    """One chat speaks for one Lotse: nobody answers for two without knowing which."""
    await confirmed(linking, store, "WL001", LOTTA)
    await confirmed(linking, store, "WL002", LOTTA)
    assert await links(linking) == {"WL002": LOTTA}


async def test_unlinked_by_somebody_else(linking: Linking, store: Store, clock: WoundClock) -> None:
    """The former Lotse is told; a second time there is nothing to do; linking again is possible."""
    await confirmed(linking, store, "WL001", LOTTA)
    link = await linking.unlink("WL001", told=True)
    assert link == people.Link("WL001", LOTTA, blocked=False)
    assert await linking.unlink("WL001", told=True) is None
    assert (await said(store))[2:] == [(LOTTA, "unlinked")]
    assert await linking.reachable() == frozenset()

    clock.wind(seconds=1)
    await confirmed(linking, store, "WL001", LOTTA)
    await linking.unlink("WL001", told=True)
    assert [kind for _, kind in await said(store)].count("unlinked") == 2


async def test_unlinked_by_the_lotse(linking: Linking, store: Store) -> None:
    """Who did it knows it."""
    await confirmed(linking, store, "WL001", LOTTA)
    assert await linking.unlink("WL001", told=False) is not None
    assert (ADMIN, "unlinked") not in await said(store)
    assert (LOTTA, "unlinked") not in await said(store)


async def test_who_blocked_is_linked_but_not_reachable(
    linking: Linking, store: Store, clock: WoundClock
) -> None:
    """Nobody is promised a Lotse who gets no messages."""
    await confirmed(linking, store, "WL001", LOTTA)
    async with store.transaction() as tx:
        await chats.set_blocked(tx, LOTTA, to_ms(clock.now()))
    assert await links(linking) == {"WL001": LOTTA}
    assert await linking.reachable() == frozenset()
