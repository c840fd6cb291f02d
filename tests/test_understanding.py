"""The order of understanding, on a small knowledge made for it and on the packaged one."""

import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.library import Edition
from knowledge.decision import (
    Answer,
    Choice,
    Decision,
    Handoff,
    OpenQuestion,
    Person,
    SmallTalk,
    Unclear,
    Urgent,
)
from knowledge.entry import (
    AskBack,
    Condition,
    Entry,
    EntryId,
    Knowledge,
    Synonyms,
    Topic,
    TopicId,
    Trigger,
    Triggers,
)
from knowledge.language import normalise
from knowledge.message import read
from knowledge.smalltalk import strip_courtesy
from knowledge.understanding import Understanding


def entry(entry_id: str, title: str, *phrasings: str) -> Entry:
    """An entry with nothing in it but what is searched."""
    return Entry(
        id=EntryId(entry_id),
        topic=TopicId("T01"),
        title=title,
        phrasings=phrasings,
        answer="Antwort.",
        details="",
        legal_basis=("§ 1 BGB",),
        programme="",
        sources=(),
        as_of="2026-08",
        review_by=date(2027, 1, 1),
        role="recht",
        related=(),
        facts=(),
        hand_over=False,
        urgent=False,
        unverified="",
        variants=(),
    )


def trigger(trigger_id: str, *words: str, aid: str = "") -> Trigger:
    """A trigger met by all of ``words`` together."""
    return Trigger(
        trigger_id,
        trigger_id,
        (Condition(tuple((word,) for word in words)),),
        (EntryId("eq"), EntryId("fort")),
        aid,
    )


SMALL = Knowledge(
    topics=(
        Topic(
            TopicId("T01"),
            "Alles",
            (
                entry("eq", "Was ist eine Einstiegsqualifizierung?", "einstiegsqualifizierung erklärung"),
                entry("eq-geld", "Wie hoch ist der Zuschuss zur Einstiegsqualifizierung?", "einstiegsqualifizierung zuschuss höhe"),
                entry("eq-dauer", "Wie lange dauert eine Einstiegsqualifizierung?", "einstiegsqualifizierung dauer monate"),
                entry("lotse", "Wie erreiche ich einen Lotsen?", "Rückruf bitte", "morgen gefahr", "feuer", "hallo lotse"),
                entry("fall", "Was gilt bei einer Ablehnung?", "Ablehnung im März"),
                entry("probezeit", "Wie lang ist die Probezeit?", "probezeit länge", "how long is the probation period"),
            ),
        ),
    ),
    synonyms=Synonyms(
        ambiguous={"Zuschuss": AskBack("Welcher Zuschuss?", (("EQ", "Zuschuss EQ"), ("BAB", "BAB")))},
        general=AskBack("Worum geht es?", (("EQ", "EQ"), ("BAB", "BAB"))),
    ),
    triggers=Triggers(
        danger=(trigger("brand", "Feuer", aid="112"),),
        urgent=(trigger("eilig", "morgen", "Gefahr"),),
        hand_over=(trigger("einzelfall", "mein Azubi", "Ablehnung"),),
        neighbours=(trigger("stipendium", "Einstiegsqualifizierung", "Stipendium"),),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def small() -> Understanding:
    """The understanding of the small knowledge."""
    return Understanding.build(SMALL)


@pytest.fixture(scope="module")
def knowledge(shipped: Edition) -> Knowledge:
    """The packaged knowledge."""
    return shipped.knowledge


@pytest.fixture(scope="module")
def packaged(shipped: Edition) -> Understanding:
    """The understanding of the packaged knowledge."""
    return shipped.understanding


def ids(decision: Decision) -> list[str]:
    """The entries of a decision, best first."""
    match decision:
        case Answer(hits=hits) | Choice(hits=hits) | Handoff(hits=hits) | Urgent(hits=hits):
            return [hit.entry.id for hit in hits]
        case _:
            return []


def test_danger_comes_before_a_stored_phrasing(small: Understanding) -> None:
    """Even a phrasing that an editor stored word for word does not hide a danger to life."""
    decision = small.find("Feuer!")
    assert isinstance(decision, Urgent)
    assert decision.danger
    assert decision.trigger.first_aid == "112"
    assert ids(decision) == ["eq"]


def test_a_neighbouring_subject_is_never_answered_at_once(small: Understanding) -> None:
    """The FAQ has the words, and nothing on what is asked: its entries are offered, not said to be the answer."""
    text = "Wie hoch ist der Zuschuss zur Einstiegsqualifizierung"
    assert isinstance(small.find(f"{text}?"), Answer)
    found = small.explain(f"{text}, Stipendium?")
    assert isinstance(found.decision, Choice)
    assert found.step == "Nachbarthema: stipendium"
    assert ids(found.decision)[0] == "eq-geld"


@pytest.mark.parametrize(
    ("text", "direct"),
    [
        ("Kann ich Elternzeit beantragen", False),
        ("mein geselle will elternzeit", False),
        ("wie gründe ich einen Betriebsrat", False),
        ("wie melde ich Kurzarbeit an", False),
        ("minijob und rente", False),
        ("Wie kündige ich meinem Gesellen?", False),
        ("Welche Steuerklasse habe ich als Selbstständiger?", False),
        ("Wie hoch ist das Bürgergeld?", False),
        ("Wie kündige ich meinem Azubi?", True),
        ("Meine Auszubildende geht in Elternzeit", True),
        ("Verliert der Geselle bei Kurzarbeit seinen Aufenthalt?", True),
        ("Muss der Betriebsrat zustimmen, wenn wir einen Geflüchteten einstellen?", True),
    ],
)
def test_what_only_sounds_like_the_faq_is_offered(
    packaged: Understanding, text: str, *, direct: bool
) -> None:
    """General labour law is not answered with what the FAQ says about apprentices and refugees."""
    assert isinstance(packaged.find(text), Answer) is direct


def test_urgent_comes_before_a_stored_phrasing(small: Understanding) -> None:
    """The same for urgent cases."""
    decision = small.find("morgen Gefahr")
    assert isinstance(decision, Urgent)
    assert not decision.danger


def test_a_stored_phrasing_comes_before_the_wish_for_a_person(small: Understanding) -> None:
    """What an editor stored is answered."""
    assert ids(small.find("rueckruf BITTE")) == ["lotse"]
    assert isinstance(small.find("Bitte um Rückruf"), Person)


def test_a_stored_phrasing_comes_before_small_talk_and_cases(small: Understanding) -> None:
    """Neither a greeting nor the words of a case hide it."""
    assert ids(small.find("Hallo Lotse")) == ["lotse"]
    assert ids(small.find("Guten Tag, was ist eine Einstiegsqualifizierung? Danke!")) == ["eq"]
    assert ids(small.find("und was ist eine Einstiegsqualifizierung?")) == ["eq"]
    assert isinstance(small.find("Hallo"), SmallTalk)


def test_the_general_information_is_what_the_words_ask_for(packaged: Understanding) -> None:
    """Of the entries that the editors named for a case, the one that the message asks for comes first."""
    apprentice = packaged.find("Mein Azubi soll abgeschoben werden – was jetzt?")
    employee = packaged.find("Meinem Mitarbeiter droht die Abschiebung: Was kann ich tun?")
    assert ids(apprentice)[0] == "azubi-abschiebung-droht"
    assert ids(employee)[0] == "abschiebung-droht"


def test_an_individual_case_is_handed_over_with_general_information(small: Understanding) -> None:
    """The index and the editors say what to show; the bot does not judge."""
    decision = small.find("Mein Azubi hat eine Ablehnung bekommen")
    assert isinstance(decision, Handoff)
    assert decision.trigger is not None
    assert "eq" in ids(decision)


def test_another_language_is_named(small: Understanding) -> None:
    """Turkish is not searched; English is, and named only when nothing is found."""
    assert small.find("Çalışma izni nasıl alınır?") == SmallTalk("foreign", "tr")
    assert ids(small.find("How long is the probation period?")) == ["probezeit"]
    assert small.find("Where can I buy the cheapest bicycle?") == SmallTalk("foreign", "en")


@pytest.mark.parametrize(
    "text", ["What is the weather like tomorrow?", "Where can I buy the cheapest bicycle?"]
)
def test_english_is_not_offered_what_only_looks_alike(packaged: Understanding, text: str) -> None:
    """An unlikely choice of German entries helps nobody who writes English: the sentence in English does."""
    assert packaged.find(text) == SmallTalk("foreign", "en")


@pytest.mark.parametrize("text", ["Can I pay the wage in cash?", "May my apprentice work at night?"])
def test_english_that_likely_finds_its_entry_is_offered_it(packaged: Understanding, text: str) -> None:
    """A choice that is not sure, yet far from chance, is worth a tap."""
    assert isinstance(packaged.find(text), Answer | Choice)


@pytest.mark.parametrize(
    "text", ["was kostet das", "und wie lange dauert das?", "Wer zahlt das?", "mitarbeiter", "mein Azubi"]
)
def test_what_only_points_at_something_is_never_answered(packaged: Understanding, text: str) -> None:
    """Nobody has said what "das" is: entries are offered, however sure one of them looks."""
    assert isinstance(packaged.find(text), Choice | Unclear | Handoff)


def test_a_vague_message_is_asked_back_once(small: Understanding) -> None:
    """A second question back in a row would only annoy."""
    assert isinstance(small.find("Zuschuss"), Unclear)
    assert not isinstance(small.find("Zuschuss", rephrased=True), Unclear)
    assert isinstance(small.find("Ich habe eine Frage"), Unclear)


def test_two_questions_are_both_answered(small: Understanding) -> None:
    """Each in its turn, in the order asked."""
    decision = small.find("Wie lang ist die Probezeit? Und was ist eine Einstiegsqualifizierung?")
    assert isinstance(decision, Answer)
    assert ids(decision) == ["probezeit", "eq"]
    assert decision.open == ()


def test_what_remains_unanswered_is_said(small: Understanding) -> None:
    """The half that nothing answers is named, never dropped."""
    decision = small.find("Wie lang ist die Probezeit? Wo kaufe ich Fahrräder für Kinder?")
    assert isinstance(decision, Answer)
    assert ids(decision) == ["probezeit"]
    assert decision.open == (OpenQuestion("Wo kaufe ich Fahrräder für Kinder?"),)


def test_what_may_answer_the_open_half_is_offered(packaged: Understanding) -> None:
    """The unsure half of a message is offered as a choice beside the sure answer, never dropped."""
    decision = packaged.find("Wie lange dauert die Probezeit? Und wer bezahlt Zimmer und Bücher?")
    assert isinstance(decision, Answer)
    assert ids(decision) == ["probezeit-dauer"]
    (left,) = decision.open
    assert left.text == "wer bezahlt Zimmer und Bücher?"
    assert "ausbildungsmittel-kosten" in [hit.entry.id for hit in left.hits]


def test_a_follow_up_uses_the_last_answer(small: Understanding) -> None:
    """ "Wie lange dauert das?" is about what was answered just before, and does not repeat it."""
    assert ids(small.find("und wie lange dauert das?", after=EntryId("eq")))[0] == "eq-dauer"
    assert ids(small.find("und wie hoch ist der Zuschuss?", after=EntryId("eq")))[0] == "eq-geld"


def test_an_old_last_answer_is_forgotten(small: Understanding) -> None:
    """An entry that is gone is no context."""
    decision = small.find("Wie lange dauert eine Einstiegsqualifizierung?", after=EntryId("weg"))
    assert ids(decision) == ["eq-dauer"]


def test_nothing_that_fits_is_handed_over(small: Understanding) -> None:
    """No guess."""
    assert small.find("Wo kaufe ich Fahrräder für Kinder?") == Handoff()
    assert small.find("Wo kaufe ich Fahrräder? Wer repariert Fernseher?") == Handoff()


def test_the_explanation_tells_the_step(small: Understanding) -> None:
    """Every step names itself, and a search shows what it weighed."""
    for text, step in (
        ("Feuer", "Gefahr: brand"),
        ("morgen Gefahr", "dringend: eilig"),
        ("Was ist eine Einstiegsqualifizierung?", "wörtliche Formulierung"),
        ("Bitte um Rückruf", "Wunsch nach einem Menschen"),
        ("Hallo", "keine Frage: greeting"),
        ("Mein Azubi hat eine Ablehnung", "Einzelfall: einzelfall"),
        ("Zuschuss", "zu allgemein: Rückfrage"),
        ("Wo kaufe ich Fahrräder für Kinder?", "Suche: nichts passt"),
    ):
        assert step in small.explain(text).text()
    told = small.explain("einstiegsqualifizierung zuschus").text()
    assert "eq-geld" in told
    assert "Antwort ab" in told


def test_every_phrasing_finds_its_entry(packaged: Understanding, knowledge: Knowledge) -> None:
    """Each title and phrasing is answered by its own entry; only those of urgent entries may set off the alarm."""
    found = [
        (item, text, packaged.find(text))
        for item in knowledge.entries.values()
        for text in (item.title, *item.phrasings)
    ]
    alarmed = [
        (item.id, text) for item, text, decision in found if isinstance(decision, Urgent) and not item.urgent
    ]
    assert alarmed == []
    wrong = [
        (item.id, text)
        for item, text, decision in found
        if not isinstance(decision, Urgent) and ids(decision) != [item.id]
    ]
    assert wrong == []


def test_no_phrasing_is_taken_for_courtesy(knowledge: Knowledge) -> None:
    """What an editor stored is a question to its last word, so nothing of it is cut away."""
    cut = [
        (text, stripped)
        for item in knowledge.entries.values()
        for text in (item.title, *item.phrasings)
        if normalise(stripped := strip_courtesy(read(text))) != normalise(text)
    ]
    assert cut == []


def test_every_choice_of_a_question_back_is_answered(packaged: Understanding, knowledge: Knowledge) -> None:
    """A button of a question back leads to an answer, never to another question."""
    asks = [*knowledge.synonyms.ambiguous.values(), knowledge.synonyms.general]
    dead = [
        (label, search)
        for ask in asks
        if ask is not None
        for label, search in ask.options
        if not isinstance(packaged.find(search), Answer | Urgent)
    ]
    assert dead == []


def test_every_ambiguous_word_is_asked_back(packaged: Understanding, knowledge: Knowledge) -> None:
    """Unless an editor stored the bare word as a phrasing, it is asked back."""
    for word in knowledge.synonyms.ambiguous:
        assert isinstance(packaged.find(word), Unclear | Answer), word


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_understood(small: Understanding, text: str) -> None:
    """No text makes it fail, alone or after an answer."""
    assert small.find(text) is not None
    assert small.find(text, after=EntryId("eq"), rephrased=True) is not None
    assert small.explain(text).text()


@pytest.mark.parametrize(
    "piece",
    ["und wie ", "a", "1. ", "mein azubi wurde von der polizei ", "👍", "ä ", "? ", "0 1/", "am der "],
)
def test_the_longest_message_takes_bounded_time(small: Understanding, piece: str) -> None:
    """4,096 code points of anything are understood within a second, on a slow machine too."""
    began = time.process_time()
    small.find((piece * 4096)[:4096])
    assert time.process_time() - began < 1.0


def test_what_is_only_shown_changes_no_decision(knowledge: Knowledge, packaged: Understanding) -> None:
    """An index and verdicts are kept for the next reload as long as the basis is the same; it is what decides."""
    bare = replace(
        knowledge,
        topics=tuple(
            replace(topic, title="", entries=tuple(map(without_what_is_shown, topic.entries)))
            for topic in knowledge.topics
        ),
        pages=(),
        digest="",
    )
    again = Understanding.restored(bare, packaged.dump())
    assert again is not None
    texts = [text for item in knowledge.entries.values() for text in item.phrasings[:1]]

    assert Understanding.basis(bare) == Understanding.basis(knowledge)
    assert [ids(again.find(f"{text} bitte")) for text in texts] == [
        ids(packaged.find(f"{text} bitte")) for text in texts
    ]


@pytest.mark.parametrize(
    "changed",
    [
        replace(SMALL, triggers=replace(SMALL.triggers, urgent=())),
        replace(SMALL, synonyms=replace(SMALL.synonyms, general=None, ambiguous={})),
        replace(SMALL, topics=(replace(SMALL.topics[0], entries=SMALL.topics[0].entries[1:]),)),
    ],
)
def test_the_basis_knows_rules_words_and_entries(changed: Knowledge) -> None:
    """Other rules, other questions back, other entries: another basis."""
    assert Understanding.basis(changed) != Understanding.basis(SMALL)


def without_what_is_shown(item: Entry) -> Entry:
    """An entry of which only id and questions are left."""
    return replace(
        entry(item.id, item.title, *item.phrasings), topic=item.topic, answer="", legal_basis=(), role=""
    )


@pytest.mark.parametrize("text", ["lol", "bitte", "mach ich", "na"])
def test_a_word_in_passing_is_no_question(packaged: Understanding, text: str) -> None:
    """It is acknowledged; nothing is searched."""
    assert packaged.find(text) == SmallTalk("ok")


def test_a_subject_named_as_a_question_is_searched_alone(packaged: Understanding) -> None:
    """ "Frage zum Berichtsheft" asks about the Berichtsheft, not about questions in an interview."""
    assert ids(packaged.find("Frage zum Berichtsheft"))[0] == "berichtsheft"
    assert not isinstance(packaged.find("Frage zum Aufenthalt"), Answer)


@pytest.mark.parametrize(
    "text", ["Die Polizei steht im Betrieb und will meinen Azubi mitnehmen", "Mein Azubi in Haft!"]
)
def test_police_in_the_firm_is_urgent(packaged: Understanding, text: str) -> None:
    """So is somebody in custody."""
    assert isinstance(packaged.find(text), Urgent)
