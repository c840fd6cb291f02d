"""Admins by command: why this answer, invite and unlink Lotsen. Everyone else is refused and it is logged."""

from dataclasses import dataclass

from telegram import CallbackQuery, Update

from bot.clock import Clock
from bot.library import Library
from bot.linking import INVITE_LASTS, Linking, Settled
from bot.model import ChatId, Outgoing
from handlers import buttons, menus, render, render_admin, render_cases, texts
from handlers.render import deep_link, echoed, plain
from handlers.replies import Context, acknowledge, chat_of, refuse, refuse_press, say, show
from handlers.roles import Roles
from handlers.start import LINK_PREFIX
from knowledge.directory import Lotse, LotseId

_MOST_MATCHES = 10


@dataclass(frozen=True, slots=True)
class Admin:
    """The admins' commands."""

    library: Library
    linking: Linking
    roles: Roles
    clock: Clock

    async def on_check(self, update: Update, context: Context) -> None:
        """/pruefen Frage: score parts, runners-up, thresholds."""
        chat = chat_of(update)
        if not await self._allowed(context, chat, "pruefen"):
            return
        question = " ".join(context.args or ())
        if not question:
            await say(context, chat, Outgoing(texts.CHECK_USAGE))
            return
        edition = self.library.current
        await say(context, chat, render_admin.explanation(question, edition.understanding.explain(question)))

    async def on_invite(self, update: Update, context: Context) -> None:
        """/einladen Lotse: a one-time link."""
        chat = chat_of(update)
        if not await self._allowed(context, chat, "einladen"):
            return
        query = " ".join(context.args or ())
        found = self._search(query)
        match found:
            case [] if query:
                await say(context, chat, Outgoing(texts.INVITE_NONE.format(query=echoed(query))))
            case []:
                await say(context, chat, Outgoing(texts.INVITE_USAGE))
            case [lotse]:
                token = await self.linking.invite(lotse.id, chat)
                text = texts.INVITE_LINK.format(
                    lotse=render_cases.name(lotse, self.library.current.directory),
                    until=render.moment(self.clock.now() + INVITE_LASTS),
                    link=deep_link(context.bot.username, f"{LINK_PREFIX}{token}"),
                )
                await say(context, chat, Outgoing(text))
            case _:
                await say(context, chat, render_admin.many_lotsen(found[:_MOST_MATCHES]))

    async def on_unlink(self, update: Update, context: Context) -> None:
        """/entkoppeln: a Lotse unlinks the own chat, an admin any Lotse."""
        chat = chat_of(update)
        wanted = " ".join(context.args or ())
        own = await self.linking.lotse_of(chat)
        if not wanted:
            if own:
                await self.linking.unlink(own, told=False)
                await menus.show_menu(context.bot, chat, lotse=False, roles=self.roles)
            text = (
                texts.UNLINKED
                if own
                else texts.UNLINK_USAGE
                if self.roles.is_admin(chat)
                else texts.NOT_LINKED
            )
            await say(context, chat, Outgoing(text))
            return
        if not await self._allowed(context, chat, "entkoppeln"):
            return
        directory = self.library.current.directory
        # An id first: who is linked may be in the directory no longer.
        link = await self.linking.unlink(wanted.upper(), told=True)
        found = self._search(wanted) if link is None else []
        if len(found) > 1:
            await say(context, chat, render_admin.many_lotsen(found[:_MOST_MATCHES]))
            return
        lotse = found[0] if found else directory.lotsen.get(LotseId(wanted.upper()))
        if link is None and lotse is None:
            await say(context, chat, Outgoing(texts.INVITE_NONE.format(query=echoed(wanted))))
            return
        if link is None and lotse is not None:
            link = await self.linking.unlink(lotse.id, told=True)
        shown = render_cases.name(lotse, directory) if lotse else echoed(wanted)
        if link is not None:
            await menus.show_menu(context.bot, link.chat, lotse=False, roles=self.roles)
        text = texts.UNLINKED_ADMIN if link else texts.NOT_LINKED_ADMIN
        await say(context, chat, Outgoing(text.format(lotse=shown)))

    async def on_button(
        self,
        update: Update,
        context: Context,
        query: CallbackQuery,
        button: buttons.ConfirmLink | buttons.RejectLink,
    ) -> None:
        """The admin says whether the person who pressed is the Lotse."""
        chat = chat_of(update)
        if not self.roles.is_admin(chat):
            await refuse_press(query, chat, role="admin")
            return
        confirm = isinstance(button, buttons.ConfirmLink)
        outcome = await (
            self.linking.confirm(button.invite) if confirm else self.linking.reject(button.invite)
        )
        await acknowledge(query)
        if not isinstance(outcome, Settled):
            await show(context, query, Outgoing(texts.LINK_SETTLED_VOID))
            return
        if confirm and outcome.invite.pressed_chat is not None:
            linked = outcome.invite.pressed_chat
            await menus.show_menu(context.bot, linked, lotse=True, roles=self.roles)
        directory = self.library.current.directory
        lotse = directory.lotsen.get(LotseId(outcome.invite.lotse))
        shown = render_cases.name(lotse, directory) if lotse else plain(outcome.invite.lotse)
        text = texts.LINK_SETTLED_YES if confirm else texts.LINK_SETTLED_NO
        await show(context, query, Outgoing(text.format(lotse=shown)))

    async def _allowed(self, context: Context, chat: ChatId, command: str) -> bool:
        if self.roles.is_admin(chat):
            return True
        await refuse(context, chat, command)
        return False

    def _search(self, query: str) -> list[Lotse]:
        """The Lotse of this id, else those whose name, organisation or place holds the words."""
        lotsen = self.library.current.directory.lotsen
        exact = lotsen.get(LotseId(query.strip().upper()))
        if exact is not None:
            return [exact]
        words = query.casefold().split()
        if not words:
            return []
        return [
            lotse
            for lotse in lotsen.values()
            if all(word in f"{lotse.name} {lotse.organisation} {lotse.ort}".casefold() for word in words)
        ]
