"""The editors' word lists: ``synonyms.yaml`` and ``handover.yaml``, read with every problem at once."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, TypeVar

from pydantic import BaseModel, Field, StringConstraints, ValidationError

from knowledge.entry import AskBack, Condition, EntryId, Synonyms, Trigger, Triggers
from knowledge.language import normalise
from knowledge.lines import Lines, Path, load_with_lines
from knowledge.problems import Problem
from knowledge.schema import Form, explain, html

SYNONYMS_FILE = "synonyms.yaml"
HANDOVER_FILE = "handover.yaml"
MAX_NOTE = 600

_GROUP_IN_PHRASE = re.compile(r"\(([\w-]+)\)")

_Term = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
_Terms = Annotated[tuple[_Term, ...], Field(min_length=1)]
_Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
_Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]


class ConditionForm(Form):
    """Words that must stand together, and words that must not stand with them."""

    alle_von: Annotated[tuple[_Term | _Terms, ...], Field(min_length=1)]
    nicht_mit: tuple[_Term, ...] = ()


class TriggerForm(Form):
    """A kind of message that needs a person."""

    id: _Id
    titel: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=60)]
    hinweis: Annotated[str, html(MAX_NOTE)] = ""
    eintraege: Annotated[tuple[_Id, ...], Field(max_length=3)] = ()
    wenn: Annotated[tuple[ConditionForm, ...], Field(min_length=1)]


class HandoverForm(Form):
    """The file ``handover.yaml``."""

    wortgruppen: Mapping[_Term, _Terms] = Field(default_factory=dict)
    ueberlesen: tuple[_Term, ...] = ()
    nicht_berichtigen: tuple[_Term, ...] = ()
    gefahr: tuple[TriggerForm, ...] = ()
    dringend: tuple[TriggerForm, ...] = ()
    uebergabe: tuple[TriggerForm, ...] = ()
    nachbarthemen: tuple[TriggerForm, ...] = ()


class ReadingForm(Form):
    """One meaning of an ambiguous word: what stands on the button, and what is searched instead."""

    text: _Label
    suche: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=120)]


class AmbiguousForm(Form):
    """A word, or a vague message, that is answered by a question back."""

    frage: Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=120)]
    auch: tuple[_Term, ...] = ()
    auswahl: Annotated[tuple[ReadingForm, ...], Field(min_length=2, max_length=5)]


class SynonymsForm(Form):
    """The file ``synonyms.yaml``."""

    gruppen: Mapping[_Term, _Terms] = Field(default_factory=dict)
    abkuerzungen: Mapping[_Term, _Term] = Field(default_factory=dict)
    mehrdeutig: Mapping[_Term, AmbiguousForm] = Field(default_factory=dict)
    allgemein: AmbiguousForm | None = None
    nie_zeigen: tuple[_Term, ...] = ()


def load_wordlists(
    files: Mapping[str, bytes], entry_ids: frozenset[str] | None
) -> tuple[Synonyms, Triggers, list[Problem]]:
    """The word lists of a folder and what is wrong with them.

    ``files``: contents by name relative to the folder; a missing file is an empty list. ``entry_ids``: the entries
    that triggers may name; ``None`` leaves that unchecked.
    """
    problems: list[Problem] = []
    synonyms, triggers = Synonyms(), Triggers()
    if read_synonyms := read_file(files, SYNONYMS_FILE, SynonymsForm, problems):
        problems += _synonym_problems(*read_synonyms)
        synonyms = _synonyms(read_synonyms[0])
    if read_handover := read_file(files, HANDOVER_FILE, HandoverForm, problems):
        problems += _trigger_problems(*read_handover, entry_ids)
        triggers = _triggers(read_handover[0])
    return synonyms, triggers, problems


_FormT = TypeVar("_FormT", bound=BaseModel)


def read_file(
    files: Mapping[str, bytes], name: str, model: type[_FormT], problems: list[Problem]
) -> tuple[_FormT, Lines] | None:
    """One word list of the folder as its form; ``None`` when it is missing or has problems, which are added."""
    content = files.get(name)
    if content is None:
        return None
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = "Die Datei ist nicht in UTF-8 gespeichert. Im Editor „UTF-8“ wählen und neu speichern."
        problems.append(Problem(name, line, "", message))
        return None
    loaded = load_with_lines(text, name)
    problems.extend(loaded.problems)
    if loaded.value is None:
        return None
    try:
        return model.model_validate(loaded.value), loaded.lines
    except ValidationError as error:
        seen: set[tuple[int, str]] = set()
        for detail in error.errors():
            path: Path = tuple(step for step in detail["loc"] if not _is_variant(step))
            line = loaded.lines.of(path)
            named = tuple(step for step in path if isinstance(step, str))  # a place in a list is no field
            message = explain({**detail, "loc": named or ("Datei",)})
            if (line, message) not in seen:  # "word or list of words" fails twice, the editor hears it once
                problems.append(Problem(name, line, _owner(loaded.value, path), message))
            seen.add((line, message))
        return None


def _is_variant(step: str | int) -> bool:
    """Whether a step of pydantic's path names a type of a union, and not a place in the file."""
    return isinstance(step, str) and (
        step.startswith(("constrained-str", "tuple[", "function-")) or step == "[key]"
    )


def _owner(value: object, path: Path) -> str:
    """The id of the trigger that ``path`` leads into, or the name of the group; empty at the top of the file."""
    match path, value:
        case (str() as part, int() as number, *_), dict():
            triggers = value.get(part)
            if isinstance(triggers, list) and number < len(triggers) and isinstance(triggers[number], dict):
                return str(triggers[number].get("id", ""))
        case (str(), str() as name, *_), _:
            return name
        case _:
            pass
    return ""


def _synonym_problems(form: SynonymsForm, lines: Lines) -> Iterator[Problem]:
    """Words that stand in two groups: the search could not know which of them is meant."""
    seen: dict[str, str] = {}
    for leader, others in form.gruppen.items():
        for number, word in enumerate((leader, *others)):
            path: Path = ("gruppen", leader) if number == 0 else ("gruppen", leader, number - 1)
            key = normalise(word)
            if not key:
                message = f"„{word}“ enthält kein Wort. Bitte löschen."
                yield Problem(SYNONYMS_FILE, lines.of(path), leader, message)
            elif key in seen:
                where = (
                    "zweimal in dieser Gruppe" if seen[key] == leader else f"auch in der Gruppe „{seen[key]}“"
                )
                message = f"„{word}“ steht {where}. Ein Wort gehört nur in eine Gruppe; eines bitte löschen."
                yield Problem(SYNONYMS_FILE, lines.of(path), leader, message)
            seen.setdefault(key, leader)


def _term_problems(
    terms: Iterable[str], groups: Mapping[str, object], path: Path, lines: Lines, owner: str
) -> Iterator[Problem]:
    """Terms without a word, and groups named in a phrase that do not exist."""
    for number, term in enumerate(terms):
        line = lines.of((*path, number))
        for name in _GROUP_IN_PHRASE.findall(term):
            if name not in groups:
                message = f"Die Wortgruppe „{name}“ in „{term}“ gibt es nicht. Unter „wortgruppen“ anlegen."
                yield Problem(HANDOVER_FILE, line, owner, message)
        if not normalise(term):
            yield Problem(HANDOVER_FILE, line, owner, f"„{term}“ enthält kein Wort. Bitte löschen.")


def _trigger_problems(
    form: HandoverForm, lines: Lines, entry_ids: frozenset[str] | None
) -> Iterator[Problem]:
    for name, terms in form.wortgruppen.items():
        yield from _term_problems(terms, form.wortgruppen, ("wortgruppen", name), lines, name)
    yield from _term_problems(form.ueberlesen, form.wortgruppen, ("ueberlesen",), lines, "")
    ids: set[str] = set()
    for part, triggers in (
        ("gefahr", form.gefahr),
        ("dringend", form.dringend),
        ("uebergabe", form.uebergabe),
        ("nachbarthemen", form.nachbarthemen),
    ):
        for number, trigger in enumerate(triggers):
            path: Path = (part, number)
            if trigger.id in ids:
                message = f"Die id „{trigger.id}“ gibt es hier schon. Bitte eine andere wählen."
                yield Problem(HANDOVER_FILE, lines.of((*path, "id")), trigger.id, message)
            ids.add(trigger.id)
            if part == "gefahr" and "112" not in trigger.hinweis:
                message = "Bei Gefahr muss „hinweis“ den Notruf 112 nennen. Bitte ergänzen."
                yield Problem(HANDOVER_FILE, lines.of(path), trigger.id, message)
            for place, entry in enumerate(trigger.eintraege):
                if entry_ids is not None and entry not in entry_ids:
                    message = f"„{entry}“ ist kein Eintrag. Id berichtigen oder Zeile löschen."
                    yield Problem(HANDOVER_FILE, lines.of((*path, "eintraege", place)), trigger.id, message)
            for place, condition in enumerate(trigger.wenn):
                at: Path = (*path, "wenn", place)
                yield from _term_problems(
                    condition.nicht_mit, form.wortgruppen, (*at, "nicht_mit"), lines, trigger.id
                )
                for which, group in enumerate(condition.alle_von):
                    if not isinstance(group, str):
                        where = (*at, "alle_von", which)
                        yield from _term_problems(group, form.wortgruppen, where, lines, trigger.id)
                    if isinstance(group, str) and group not in form.wortgruppen:
                        where = (*at, "alle_von", which)
                        message = (
                            f"Die Wortgruppe „{group}“ gibt es nicht. Unter „wortgruppen“ anlegen, "
                            f"oder ein einzelnes Wort in eckige Klammern setzen: [{group}]."
                        )
                        yield Problem(HANDOVER_FILE, lines.of(where), trigger.id, message)


def _ask_back(form: AmbiguousForm) -> AskBack:
    return AskBack(form.frage, tuple((reading.text, reading.suche) for reading in form.auswahl))


def _synonyms(form: SynonymsForm) -> Synonyms:
    return Synonyms(
        groups=dict(form.gruppen),
        abbreviations=dict(form.abkuerzungen),
        ambiguous={
            word: _ask_back(ambiguous)
            for leader, ambiguous in form.mehrdeutig.items()
            for word in (leader, *ambiguous.auch)
        },
        general=_ask_back(form.allgemein) if form.allgemein else None,
        hidden=form.nie_zeigen,
    )


def _triggers(form: HandoverForm) -> Triggers:
    def expanded(terms: Iterable[str]) -> tuple[str, ...]:
        """The terms, the name of a group replaced by its words, also within a phrase: "(mein) (azubi)"."""
        return tuple(
            _GROUP_IN_PHRASE.sub(lambda match: "/".join(form.wortgruppen.get(match[1], (match[1],))), word)
            for term in terms
            for word in form.wortgruppen.get(term, (term,))
        )

    def compiled(triggers: tuple[TriggerForm, ...]) -> tuple[Trigger, ...]:
        return tuple(
            Trigger(
                id=trigger.id,
                title=trigger.titel,
                conditions=tuple(
                    Condition(
                        tuple(
                            expanded((group,) if isinstance(group, str) else group)
                            for group in condition.alle_von
                        ),
                        expanded(condition.nicht_mit),
                    )
                    for condition in trigger.wenn
                ),
                entries=tuple(EntryId(entry) for entry in trigger.eintraege),
                first_aid=trigger.hinweis,
            )
            for trigger in triggers
        )

    return Triggers(
        hand_over=compiled(form.uebergabe),
        urgent=compiled(form.dringend),
        danger=compiled(form.gefahr),
        neighbours=compiled(form.nachbarthemen),
        ignored=expanded(form.ueberlesen),
        as_typed=form.nicht_berichtigen,
    )
