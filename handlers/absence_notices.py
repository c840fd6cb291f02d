"""What the outbox says about absences, rendered at delivery."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from bot.absences import Absences
from bot.cases import Cases
from bot.clock import Clock, from_ms
from bot.library import Library
from bot.linking import Linking
from bot.model import Case, CaseState, ChatId, Notice, NoticeKind, Outgoing
from bot.standing_in import Presence
from bot.workdays import BERLIN, calendar_of
from handlers import buttons, render_absence, texts_absence, texts_waiting
from handlers.render import case_place, key, plain
from knowledge.directory import LotseId

KINDS: Final = frozenset(
    {
        NoticeKind.ABSENCE_SOON,
        NoticeKind.ABSENCE_BEGUN,
        NoticeKind.ABSENCE_ENDS_SOON,
        NoticeKind.ABSENCE_OVER,
        NoticeKind.ACTING_CHANGED,
        NoticeKind.DEPUTY_NAMED,
        NoticeKind.DEPUTY_RELEASED,
    }
)

_BEFORE_THE_END: Final = KINDS - {NoticeKind.ABSENCE_OVER, NoticeKind.DEPUTY_RELEASED}


@dataclass(frozen=True, slots=True)
class AbsenceNotices:
    """Renders them; nothing rings for somebody who is away, or outside the office hours."""

    library: Library
    cases: Cases
    linking: Linking
    absences: Absences
    clock: Clock

    async def __call__(self, notice: Notice) -> Outgoing | None:
        """The message for one row of the outbox; ``None`` when it waited until it was not true any more."""
        directory, now = self.library.current.directory, self.clock.now()
        data, lotse = notice.data, str(notice.data["lotse"])
        if notice.kind in _BEFORE_THE_END and from_ms(data["ends"]) <= now:
            return None
        names = {
            "span": render_absence.span(data["starts"], data["ends"], now),
            "deputy": render_absence.deputy_name(data["deputy"], directory),
            "lotse": render_absence.lotse_name(lotse, directory),
        }
        match notice.kind:
            case NoticeKind.ABSENCE_SOON if now < from_ms(data["starts"]):
                return await self._with_cases(lotse, texts_absence.SOON.format(**names), data)
            case NoticeKind.ABSENCE_SOON | NoticeKind.ABSENCE_BEGUN:
                return await self._with_cases(lotse, texts_absence.BEGUN.format(**names), data)
            case NoticeKind.ABSENCE_ENDS_SOON:
                example = from_ms(data["ends"]).astimezone(BERLIN) + timedelta(days=6)
                text = texts_absence.ENDS_SOON.format(example=f"{example:%d.%m.}")
                return Outgoing(text, silent=True)
            case NoticeKind.ABSENCE_OVER:
                return await self._welcome(lotse, data["starts"])
            case NoticeKind.ACTING_CHANGED:
                return self._acting_changed(notice)
            case NoticeKind.DEPUTY_NAMED:
                return Outgoing(texts_absence.NAMED.format(**names), silent=not self._working(notice))
            case _:
                return Outgoing(texts_absence.RELEASED.format(**names), silent=True)

    async def quiet(self, chat: ChatId) -> bool:
        """Whether nothing should ring in this chat: its Lotse is away, or has no office hours."""
        lotse = await self.linking.lotse_of(chat)
        return not self._office_hours(lotse) or await self.absences.now_of(lotse) is not None

    async def unanswered(self, case: Case) -> Outgoing | None:
        """To the employer whose Lotse is away and has not answered; without a button nobody stands in."""
        away = await self.absences.now_of(case.lotse)
        if away is None:
            return None
        directory, now = self.library.current.directory, self.clock.now()
        shown = Outgoing(texts_absence.UNANSWERED.format(number=plain(case.number)))
        return render_absence.words_wait(shown, case, away, directory, now)

    async def to_call(self, lotse: str, land: str) -> str:
        """Whom an employer can call: somebody who is not away, if there is anybody."""
        return await self.absences.to_call(lotse, land)

    def handed_over(self, notice: Notice, names: dict[str, str]) -> str:
        """The one honest sentence for the employer; ``names`` as of the case now."""
        data, directory = notice.data, self.library.current.directory
        return texts_absence.HANDED_OVER.format(
            **names,
            away=render_absence.lotse_name(data["from"], directory),
            span=render_absence.span(data["starts"], data["ends"], self.clock.now()),
        )

    async def _with_cases(self, lotse: str, text: str, data: dict[str, Any]) -> Outgoing:
        left = await self.cases.of_lotse(lotse)
        silent = from_ms(data["starts"]) <= self.clock.now() or not self._office_hours(lotse)
        if not left or not data["deputy"]:
            return Outgoing(text, silent=silent)
        text += texts_absence.LEFT.format(count=len(left))
        return Outgoing(text, render_absence.offer(left, self.place), silent=silent)

    async def _welcome(self, lotse: str, since: int) -> Outgoing:
        if from_ms(since) > self.clock.now():
            return Outgoing(texts_absence.CALLED_OFF)
        directory = self.library.current.directory
        answered = await self.absences.answered_for(lotse, since)
        text = texts_absence.WELCOME + render_absence.meanwhile(answered, directory, self.place)
        mine = await self.cases.of_lotse(lotse)
        if not mine:
            return Outgoing(text, silent=not self._office_hours(lotse))
        untaken = sum(case.state is CaseState.OPEN for case in mine)
        text += texts_absence.WAITING.format(mine=len(mine), untaken=untaken)
        keys = ((key(texts_waiting.KEY_DIGEST, buttons.ShowCases(0)),),)
        return Outgoing(text, keys, silent=not self._office_hours(lotse))

    def _acting_changed(self, notice: Notice) -> Outgoing:
        directory, data = self.library.current.directory, notice.data
        names = {
            "before": render_absence.lotse_name(data["before"], directory),
            "why": texts_absence.WHY[Presence(data["why"])],
            "deputy": render_absence.lotse_name(data["deputy"], directory),
        }
        if not data["deputy"]:
            return Outgoing(texts_absence.ACTING_NOBODY.format(**names), silent=True)
        text = texts_absence.ACTING_CHANGED if data["before"] else texts_absence.ACTING_FOUND
        return Outgoing(text.format(**names), silent=True)

    def _working(self, notice: Notice) -> bool:
        return self._office_hours(str(notice.data["deputy"]))

    def _office_hours(self, lotse: str) -> bool:
        known = self.library.current.directory.lotsen.get(LotseId(lotse))
        return calendar_of(known).working(self.clock.now())

    def place(self, case: Case) -> str:
        """The case's place in words."""
        return case_place(case, self.library.current)
