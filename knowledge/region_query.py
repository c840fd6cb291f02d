"""What an employer typed, reduced to the words that can be part of a place's name."""

from dataclasses import dataclass

from knowledge.region_names import CONNECTORS, MOST_WORDS, drop_titles, strict, words

# Said around a place's name. Towns that are called so ("Waren", "Meine") are tried without dropping anything.
FILLERS = frozenset(
    """
    aber also am arbeit arbeite arbeiten aus bin betrieb bitte buero bundesland danke das dass dem den denn der des
    deutschland die ein eine einem einen einer er es filiale firma fuer gemeinde genau germany geschaeft gmbh grad
    gerade gruss gruesse guten habe haben hallo handwerksbetrieb hast hat hauptsitz herr hier ich ihr im in ist ja kg
    komme kommen kommt kreisfreie kreisfreien laden liegen liegt mein meine meinem meinen meiner mfg mich mir mit moin
    nach naemlich nein nun nur ort ortschaft ortsteil plz postleitzahl sein seit servus sich sie sind sitz sitze
    sitzen sitzt so standort stadtteil tag taetig unser unsere unserem unseren unserer unternehmen viel vielen von
    waere war waren werkstatt wir wohne wohnen wohnt zu zurzeit zwar
    """.split()
)
AROUND = frozenset("bei gegend grossraum nahe naehe raum region richtung umgebung umkreis umland".split())
KREIS = frozenset("kreis landkreis landkreises landratsamt lk lkr".split())
_NO_KREIS = frozenset("stadtkreis umkreis".split())
OPTIONAL = frozenset("dorf gemeinde markt oder ort sowie stadt stadtkreis".split())
BEFORE_NAMES = frozenset("aus bei im in kreis landkreis nach nahe naehe raum stadt um von".split())


@dataclass(frozen=True, slots=True)
class Query:
    """The words of a message, all and without what is said around a name."""

    all: tuple[str, ...]
    core: tuple[str, ...]
    around: str  # "bei", "raum", "naehe" before the name; empty when there is no such word
    kreis: bool  # "Landkreis", "LK", "…kreis"
    land: bool  # "Bundesland"


def listen(text: str) -> Query:
    """The query in ``text``; looks at its first words only and never raises."""
    heard = drop_titles(words(strict(text)))[:MOST_WORDS]
    core = [word for word in heard if word not in FILLERS]
    # "bei" before the name is vague; inside it ("Neustadt bei Coburg") it belongs to the name.
    around = core[0] if core and core[0] in AROUND else ""
    while core and (core[0] in AROUND or core[0] in CONNECTORS):
        core = core[1:]
    kreis = any(word in KREIS or (word.endswith("kreis") and word not in _NO_KREIS) for word in heard)
    return Query(tuple(heard), tuple(core), around, kreis, "bundesland" in heard)
