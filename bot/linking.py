"""How a Lotse of the directory gets linked to a Telegram chat: one-time link, the admin sees who pressed, confirms."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock, to_ms
from bot.model import ChatId, NoticeKind
from bot.storage import Store
from bot.tables import absences, outbox, people
from bot.tables.people import Invite, Link

INVITE_LASTS = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Pressed:
    """The admin will be asked to confirm this person."""

    lotse: str


@dataclass(frozen=True, slots=True)
class Void:
    """The link is unknown, used or expired."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The invitation is confirmed or rejected."""

    invite: Invite


class Linking:
    """Invites, links and unlinks Lotsen."""

    def __init__(
        self, store: Store, clock: Clock, *, new_token: Callable[[], str], wake_outbox: Callable[[], None]
    ) -> None:
        self._store = store
        self._clock = clock
        self._new_token = new_token
        self._wake_outbox = wake_outbox

    async def invite(self, lotse: str, admin: ChatId) -> str:
        """A new one-time token for this Lotse; earlier unused ones become void. Only its hash is stored."""
        token = self._new_token()
        async with self._store.transaction() as tx:
            await people.insert_invite(
                tx,
                token_hash=_hash(token),
                lotse=lotse,
                admin=admin,
                expires_at=to_ms(self._clock.now() + INVITE_LASTS),
            )
        return token

    async def press(self, token: str, chat: ChatId, name: str) -> Pressed | Void:
        """Someone opened the link; the admin is told who. The same person again is the same as once."""
        now = to_ms(self._clock.now())
        async with self._store.transaction() as tx:
            invite = await people.invite_by_token(tx, _hash(token))
            if invite is None or invite.expires_at <= now:
                return Void()
            if not await people.press(tx, invite.id, chat, name):
                again = invite.state == "pressed" and invite.pressed_chat == chat
                return Pressed(invite.lotse) if again else Void()
            await outbox.put(
                tx,
                invite.admin,
                NoticeKind.LINK_PRESSED,
                dedupe=f"invite{invite.id}:pressed",
                now=now,
                data={"invite": invite.id, "lotse": invite.lotse, "name": name, "chat": chat},
            )
        self._wake_outbox()
        return Pressed(invite.lotse)

    async def confirm(self, invite_id: int) -> Settled | Void:
        """The admin says: that is the Lotse."""
        return await self._settle(invite_id, "confirmed", NoticeKind.LINK_CONFIRMED)

    async def reject(self, invite_id: int) -> Settled | Void:
        """The admin says: that is somebody else."""
        return await self._settle(invite_id, "rejected", NoticeKind.LINK_REJECTED)

    async def _settle(self, invite_id: int, state: str, kind: NoticeKind) -> Settled | Void:
        now = to_ms(self._clock.now())
        async with self._store.transaction() as tx:
            invite = await people.invite(tx, invite_id)
            if invite is None or invite.pressed_chat is None:
                return Void()
            if not await people.settle(tx, invite_id, state):
                return Settled(invite) if invite.state == state else Void()
            if state == "confirmed":
                await people.link(tx, invite.lotse, invite.pressed_chat, now)
            await outbox.put(
                tx,
                invite.pressed_chat,
                kind,
                dedupe=f"invite{invite_id}:{state}",
                now=now,
                data={"lotse": invite.lotse},
            )
        self._wake_outbox()
        return Settled(invite)

    async def unlink(self, lotse: str, *, told: bool) -> Link | None:
        """Remove a link; the Lotse is told when somebody else did it (``told``)."""
        now = to_ms(self._clock.now())
        async with self._store.transaction() as tx:
            link = await people.link_of_lotse(tx, lotse)
            if link is None:
                return None
            await people.unlink(tx, lotse)
            if told:
                dedupe = f"unlink:{lotse}:{now}"
                await outbox.put(
                    tx, link.chat, NoticeKind.UNLINKED, dedupe=dedupe, now=now, data={"lotse": lotse}
                )
        self._wake_outbox()
        return link

    async def links(self) -> tuple[Link, ...]:
        """Every linked Lotse."""
        return await people.links(self._store.read)

    async def lotse_of(self, chat: ChatId) -> str:
        """The Lotse who answers from this chat, or an empty text."""
        link = await people.link_of_chat(self._store.read, chat)
        return link.lotse if link else ""

    async def reachable(self) -> frozenset[str]:
        """Lotsen who pressed Start, were confirmed, have not blocked the bot and are not away: only of them may be promised."""
        away = await self.away()
        return frozenset(
            link.lotse for link in await self.links() if not link.blocked and link.lotse not in away
        )

    async def away(self) -> frozenset[str]:
        """Lotsen who are away now."""
        now = to_ms(self._clock.now())
        found = await absences.of_all(self._store.read)
        return frozenset(lotse for lotse, absence in found.items() if absence.covers(now))


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
