"""A question → the curated answer, „Meinten Sie?“, or the offer of a person."""

from dataclasses import dataclass, replace
from typing import assert_never

from telegram import CallbackQuery, Update

from bot.clock import Clock
from bot.conversations import Conversations, Signal
from bot.finding import ASKED
from bot.gaps import Gaps, Why
from bot.library import Edition, Library
from bot.metrics import Metrics
from bot.model import ChatId, MessageId, Outgoing, Talk
from bot.promises import Promises
from bot.survey import CHOSEN, HELPED, NONE_OF_THESE, NOT_HELPED, QUESTION
from bot.tables.situation import Situation
from bot.workdays import calendar_of
from handlers import buttons, render, render_promises, texts
from handlers.home_land import land_for, land_said
from handlers.rendered import Rendered
from handlers.replies import (
    Context,
    acknowledge,
    add_keys,
    cause_of,
    chat_of,
    drop_keys,
    put_in_place,
    say,
    show,
)
from knowledge.decision import (
    Answer,
    Choice,
    Decision,
    Handoff,
    Hit,
    Person,
    SmallTalk,
    Unclear,
    Urgent,
    kind,
)
from knowledge.entry import EntryId
from knowledge.language import words
from knowledge.named_land import named_land
from knowledge.region_places import Found
from knowledge.schema import LAENDER
from knowledge.smalltalk import SmallTalkKind
from knowledge.trades import branch_of

_FOLLOW_UP_S = 10 * 60  # how long the last answer stays the context of "und wie lange dauert das?"
_BURST_S = 5  # how soon a fragment follows the message it belongs to
_PLACE_WORDS = 4
_PLACE = SmallTalk(SmallTalkKind.POSTCODE)
_LONGEST_QUESTION = 4096


@dataclass(frozen=True, slots=True)
class Ask:
    """Answers questions and the buttons under answers."""

    library: Library
    conversations: Conversations
    clock: Clock
    metrics: Metrics
    rendered: Rendered
    gaps: Gaps
    promises: Promises

    async def question(
        self, update: Update, context: Context, text: str, situation: Situation, *, asked_in: int = 0
    ) -> None:
        """Understand, answer, remember; a fragment right behind a question is searched together with it.

        ``asked_in``: the message it was written in, if that is not the update's.
        """
        chat = chat_of(update)
        asked_in = asked_in or (update.message.message_id if update.message is not None else 0)
        edition = self.library.current
        talk = _going_on(situation)
        if await self._for_land_said(update, context, text, talk):
            return
        named = named_land(text)
        talk = replace(talk, land=named or talk.land)
        land = land_for(edition, situation, text)
        if situation.talk_age <= _BURST_S and await self._joined(update, context, text, talk, edition, land):
            return
        decision = self.metrics.understood(lambda: self.understood(text, situation))
        # "und in Hessen?" asks for another answer, even where it is the same entry.
        before = replace(talk, last_entry="") if named else talk
        messages = self._said(decision, edition, before, land)
        ids = [await say(context, chat, message) for message in messages]
        shown = [hit.entry.id for hit in decision.hits] if isinstance(decision, Answer) else []
        counted = [Signal(ASKED, entry, f"asked:{chat}:{ids[0]}:{entry}") for entry in shown]
        if not isinstance(decision, SmallTalk):
            counted.append(Signal(QUESTION, kind(decision), f"u{cause_of(update)}:question"))
        refused = isinstance(decision, Handoff) and decision.trigger is None
        self.conversations.remember_at_end(
            cause_of(update),
            chat,
            _remembered(talk, text, decision, ids, asked_in),
            counted,
            self.gaps.kept(chat, text, Why.REFUSED) if refused else (),
        )
        if situation.corrections:
            await self.promises.got(chat, _given(decision))

    def understood(self, text: str, situation: Situation) -> Decision:
        """What ``text`` means here: a follow-up to the last answer, or a question of its own."""
        talk = _going_on(situation)
        after = EntryId(talk.last_entry) if talk.last_entry else None
        edition = self.library.current
        decision = edition.understanding.find(text, after=after, rephrased=talk.unclear > 0)
        refused = isinstance(decision, Handoff) and decision.trigger is None
        return _PLACE if refused and _is_place(edition, text) else decision

    async def _for_land_said(self, update: Update, context: Context, text: str, talk: Talk) -> bool:
        """Whether ``text`` is the Land or the place to an answer that differs by Land: then it is said for there."""
        edition = self.library.current
        entry = edition.knowledge.get(talk.last_entry)
        if entry is None or not entry.variants:
            return False
        land = land_said(edition, text, lambda: edition.understanding.find(text))
        if not land:
            return False
        chat = chat_of(update)
        answer = self.rendered.answer(entry, edition, self.clock.now().date(), land)
        message_id = await say(context, chat, answer)
        told = replace(talk, land=land, answer_message=message_id)
        self.conversations.remember_at_end(cause_of(update), chat, told)
        return True

    async def _joined(  # the question of before and of now
        self, update: Update, context: Context, text: str, talk: Talk, edition: Edition, land: str
    ) -> bool:
        """Whether ``text`` only goes on with the last message: then that answer is edited. No chat waits on a timer."""
        chat = chat_of(update)
        if not talk.question or not talk.answer_message or talk.urgent:  # whom to call is never taken back
            return False
        alone = edition.understanding.find(text)
        own_question = isinstance(alone, Answer | SmallTalk)
        if isinstance(alone, Urgent | Person) or (own_question and not talk.unclear):
            return False
        together = edition.understanding.find(f"{talk.question} {text}")
        # An answer that was sure is not taken back for a guess: then this is a question of its own.
        surer = own_question or (talk.last_entry and not talk.unclear)
        # Nor does the answer that stands there already swallow a question that has choices of its own.
        swallowed = isinstance(alone, Choice) and _given(together) == [talk.last_entry]
        if swallowed or not isinstance(together, Answer if surer else Answer | Choice):
            return False
        messages = self._said(together, edition, replace(talk, last_entry="", unclear=0), land)
        if len(messages) != 1:
            return False
        message_id = await put_in_place(context, chat, MessageId(talk.answer_message), messages[0])
        before = replace(talk, last_entry="", unclear=0)
        self.conversations.remember_at_end(
            cause_of(update), chat, _remembered(before, f"{talk.question} {text}", together, [message_id], 0)
        )
        return True

    def _said(self, decision: Decision, edition: Edition, talk: Talk, land: str) -> list[Outgoing]:
        """What to say, given what was said just before: the same answer twice in a row helps nobody."""
        if isinstance(decision, Answer) and [hit.entry.id for hit in decision.hits] == [talk.last_entry]:
            return [render.same_answer(decision.hits[0].entry)]
        return self.messages(decision, edition, land, unclear=talk.unclear)

    def messages(
        self, decision: Decision, edition: Edition, land: str = "", *, unclear: int = 0
    ) -> list[Outgoing]:
        """What to say to a decision, for the firm's Land; ``unclear`` answers came right before."""
        match decision:
            case Answer(hits=hits, open=open_):
                return [*(self._answer(hit, edition, land) for hit in hits), *render.still_open(open_)]
            case Choice(open=open_) if open_:
                return render.still_open(open_)
            case Choice(hits=hits):
                return [render.did_you_mean(hits, lotse=unclear > 0)]
            case Unclear() if unclear > 0:
                return [render.offer_lotse(texts.STILL_UNCLEAR)]
            case Unclear(question=question, options=options):
                return [render.ask_back(question, options)]
            case Handoff(hits=hits, trigger=trigger, sure=sure):
                general = self._general(hits, edition, land, sure=sure)
                if trigger is not None:
                    answered = general and sure
                    sentence = texts.NEEDS_PERSON_AFTER_ANSWER if answered else texts.NEEDS_PERSON
                else:
                    sentence = texts.STILL_UNCLEAR if unclear > 0 else texts.NOT_FOUND
                note = self._outside_hours() if trigger is not None else ""
                later = trigger is None and not general
                return [
                    *general,
                    render.offer_lotse(sentence + note, topics=trigger is None, later=later),
                ]
            case Urgent(trigger=trigger, hits=hits, sure=sure):
                aid = f"{trigger.first_aid}\n\n" if trigger.first_aid else ""
                general = self._general(hits, edition, land, sure=sure)
                return [
                    render.offer_lotse(aid + texts.URGENT + self._outside_hours(), topics=False),
                    *general,
                ]
            case Person():
                return [render.offer_lotse(texts.PERSON, topics=False)]
            case SmallTalk():
                return [_small_talk(decision)]
            case _:
                assert_never(decision)

    def _general(self, hits: tuple[Hit, ...], edition: Edition, land: str, *, sure: bool) -> list[Outgoing]:
        """What is known of a case that a person must judge: said where it is sure, else offered."""
        if hits and not sure:
            return [render.did_you_mean(hits)]
        return [self._answer(hit, edition, land) for hit in hits[:1]]

    def _outside_hours(self) -> str:
        """The truth about when a person can be there, before the region is known."""
        opens = calendar_of(None).next_opening(self.clock.now())
        return texts.OUTSIDE_HOURS.format(opens=render.moment(opens)) if opens else ""

    def _answer(self, hit: Hit, edition: Edition, land: str) -> Outgoing:
        return self.rendered.answer(hit.entry, edition, self.clock.now().date(), land)

    async def on_button(
        self,
        update: Update,
        context: Context,
        query: CallbackQuery,
        button: buttons.ShowEntry
        | buttons.ChooseLand
        | buttons.ForLand
        | buttons.Choose
        | buttons.Ask
        | buttons.NoneOfThese
        | buttons.Rate,
    ) -> None:
        """A button under an answer, a choice or a question back."""
        chat = chat_of(update)
        match button:
            case buttons.ShowEntry(entry=entry):
                await self._entry(context, query, chat, entry, in_place=False)
            case buttons.ChooseLand(entry=entry):
                await self._which_land(context, query, chat, entry)
            case buttons.ForLand(entry=entry, land=land):
                await self._entry(context, query, chat, entry, in_place=True, land=land)
            case buttons.Choose(entry=entry):
                await self.conversations.signal(CHOSEN, entry, cause=f"u{cause_of(update)}")
                await self._entry(context, query, chat, entry, in_place=True)
            case buttons.Ask(text=text):
                await acknowledge(query)
                await self.question(update, context, text, await self.conversations.situation(chat))
            case buttons.NoneOfThese():
                await self._none_of_these(update, context, query)
            case buttons.Rate(entry=entry, helped=helped):
                await self._rated(update, context, query, entry, helped=helped == 1)
            case _:
                assert_never(button)

    async def _which_land(self, context: Context, query: CallbackQuery, chat: ChatId, entry_id: str) -> None:
        """The same answer with the Länder under it."""
        edition = self.library.current
        entry = edition.knowledge.get(entry_id)
        await acknowledge(query, "" if entry else texts.ENTRY_GONE, alert=entry is None)
        if entry is None:
            return
        land = land_for(edition, await self.conversations.situation(chat))
        shown = self.rendered.answer(entry, edition, self.clock.now().date(), land)
        await show(context, query, replace(shown, keys=render.land_keys(entry)))

    async def _entry(  # who pressed what, and where the answer goes
        self,
        context: Context,
        query: CallbackQuery,
        chat: ChatId,
        entry_id: str,
        *,
        in_place: bool,
        land: str = "",
    ) -> None:
        edition = self.library.current
        entry = edition.knowledge.get(entry_id)
        await acknowledge(query, "" if entry else texts.ENTRY_GONE, alert=entry is None)
        if entry is None:
            return
        situation = await self.conversations.situation(chat)
        chosen = land if land in LAENDER else ""  # a button of another program may name anything
        talk = replace(situation.talk, land=chosen or situation.talk.land)
        await self.conversations.remember(chat, _shown(talk, (entry.id,)))
        await self.promises.got(chat, [entry.id])
        land = chosen or land_for(edition, situation)
        message = self.rendered.answer(entry, edition, self.clock.now().date(), land)
        if in_place:
            await show(context, query, message)
        else:
            await say(context, chat, message)

    async def _none_of_these(self, update: Update, context: Context, query: CallbackQuery) -> None:
        chat = chat_of(update)
        await acknowledge(query)
        talk = (await self.conversations.situation(chat)).talk
        decision = self.library.current.understanding.find(talk.question) if talk.question else None
        offered = tuple(hit.entry.id for hit in _offered(decision))
        rejected = tuple(dict.fromkeys((*talk.rejected, *offered)))
        await self.conversations.signal(NONE_OF_THESE, ",".join(offered), cause=f"u{cause_of(update)}")
        await self.conversations.remember(chat, replace(talk, rejected=rejected, unclear=talk.unclear + 1))
        if offered:
            await self.gaps.happened(chat, talk.question, Why.NONE_FITS, offered[0])
        await drop_keys(context, query)
        await say(context, chat, render.offer_lotse(texts.NONE_FITS, later=bool(talk.question)))

    async def _rated(
        self, update: Update, context: Context, query: CallbackQuery, entry: str, *, helped: bool
    ) -> None:
        chat = chat_of(update)
        # One voice a message: pressing twice, or 👍 after 👎, counts the first.
        cause = f"rate:{query.message.message_id if query.message else query.id}:{chat}"
        await self.conversations.signal(HELPED if helped else NOT_HELPED, entry, cause=cause)
        await acknowledge(query, texts.RATED_HELPED if helped else texts.RATED_NOT_HELPED)
        if helped:
            if not await self.promises.wants_corrections(chat):
                await add_keys(context, query, render_promises.key_corrections(entry))
            return
        talk = (await self.conversations.situation(chat)).talk
        rejected = tuple(dict.fromkeys((*talk.rejected, entry)))
        await self.conversations.remember(chat, replace(talk, rejected=rejected))
        if (
            talk.question and talk.last_entry == entry
        ):  # else it was another question that it did not help with
            await self.gaps.happened(chat, talk.question, Why.NOT_HELPED, entry)
        await say(context, chat, render.offer_lotse(texts.NOT_HELPED))


def _is_place(edition: Edition, text: str) -> bool:
    """Whether ``text`` is only the name of a place or a Land, as a postcode is: "Nürnberg", "bei uns in Bayern"."""
    if len(words(text)) > _PLACE_WORDS or branch_of(text) is not None:
        return False
    return bool(named_land(text)) or isinstance(edition.regions.find(text), Found)


def _given(decision: Decision) -> list[str]:
    """The entries whose answers were sent."""
    match decision:
        case Answer(hits=hits):
            return [hit.entry.id for hit in hits]
        case Handoff(hits=hits, sure=True) | Urgent(hits=hits, sure=True):
            return [hit.entry.id for hit in hits[:1]]
        case _:
            return []


def _offered(decision: Decision | None) -> tuple[Hit, ...]:
    """The entries that were offered as buttons."""
    match decision:
        case Choice(hits=hits) | Handoff(hits=hits, sure=False) | Urgent(hits=hits, sure=False):
            return hits
        case Answer(open=open_):
            return tuple(hit for question in open_ for hit in question.hits)
        case _:
            return ()


def _going_on(situation: Situation) -> Talk:
    """What was talked about just before; nothing when that is too long ago to go on with."""
    return situation.talk if situation.talk_age <= _FOLLOW_UP_S else Talk(land=situation.talk.land)


def _small_talk(decision: SmallTalk) -> Outgoing:
    if decision.language:
        return Outgoing(texts.FOREIGN.get(decision.language, texts.FOREIGN["en"]))
    text = texts.SMALLTALK.get(decision.kind, texts.SMALLTALK_OTHER)
    return render.offer_lotse(text) if decision.kind in texts.SMALLTALK_WITH_LOTSE else Outgoing(text)


def _remembered(talk: Talk, text: str, decision: Decision, messages: list[MessageId], asked_in: int) -> Talk:
    """The talk after ``text`` was understood as ``decision``; small talk changes nothing."""
    if isinstance(decision, SmallTalk):
        return talk
    urgent = isinstance(decision, Urgent) or (talk.urgent and isinstance(decision, Person))
    talk = replace(talk, answer_message=messages[0] if len(messages) == 1 else 0, urgent=urgent)
    match decision:
        case Answer(hits=hits):
            return replace(
                _shown(talk, tuple(hit.entry.id for hit in hits)),
                question=text[:_LONGEST_QUESTION],
                wish="",  # answered: what comes next is another matter
                asked_in=asked_in,
                unclear=0,
            )
        case Person() if talk.question:
            return replace(talk, wish=text[:_LONGEST_QUESTION]) if any(map(str.isdigit, text)) else talk
        case Person():
            return replace(talk, question=text[:_LONGEST_QUESTION], asked_in=asked_in)
        case Choice() | Unclear() | Handoff() | Urgent():
            asked = replace(talk, question=text[:_LONGEST_QUESTION], asked_in=asked_in)
            return replace(asked, unclear=talk.unclear + 1, last_entry="")
        case _:
            assert_never(decision)


def _shown(talk: Talk, entries: tuple[EntryId, ...]) -> Talk:
    shown = tuple(dict.fromkeys((*talk.shown, *entries)))[-10:]
    return replace(talk, shown=shown, last_entry=entries[-1] if entries else "")
