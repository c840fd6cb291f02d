"""What the demo plays: three people, the knowledge they can change, the words of the guided example."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import yaml

from bot.demo.envelope import Json
from handlers import texts, texts_admin, texts_cases
from knowledge.directory import Branch

QUESTION = texts.EXAMPLES[0]
PLACE = "50667"
_DISTRICT = "05315"  # Köln, where this postcode lies
_CHAMBER = "HWK"
BRANCH = texts_cases.BRANCHES[Branch.HANDWERK]
REPLY = (
    "Guten Tag! Ja, das geht oft. Schicken Sie mir bitte keine Papiere, sondern rufen Sie mich an: Wir schauen zusammen, "
    "was auf der Duldung steht, und bereiten den Antrag vor."
)
_LINE = "• <b>Gerade geändert:</b> Diese Zeile hat die Redaktion in der Vorführung um {time} Uhr ergänzt."
_LINE_BEGINS = _LINE.partition("{")[0]


@dataclass(frozen=True, slots=True)
class Cast:
    """One of the three people."""

    first_name: str
    last_name: str
    role: str
    does: str

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"


EMPLOYER = Cast("Anna", "Albers", "Betrieb", "hat eine Werkstatt und Fragen")
LOTSE = Cast("Lukas", "Lotz", "Lotse", "berät die Betriebe seiner Region")
ADMIN = Cast("Ada", "Amsel", "Admin", "pflegt das Wissen")
EDITOR = Cast("Edda", "Ehlers", "Redaktion", "pflegt die Antworten")


class SampleError(Exception):
    """The packaged knowledge is not what the demo needs."""


def cast_lotse(folder: Path) -> str:
    """Let the Lotse of the phone be the one of the invented directory who serves crafts in Köln; returns the id."""
    file = folder / "lotsen.yaml"
    text = file.read_text("utf-8")
    for lotse in yaml.safe_load(text)["lotsen"]:
        if lotse["art"] == _CHAMBER and _DISTRICT in lotse["kreise"]:
            start, end = _entry(text, lotse["id"])
            ours = re.sub(r"(?m)^(\s*name:).*$", rf"\1 {LOTSE.name} (Muster)", text[start:end], count=1)
            ours = re.sub(r"(?m)^(\s*rolle:).*$", r"\1 Willkommenslotse", ours, count=1)
            file.write_text(text[:start] + ours + text[end:], "utf-8")
            return str(lotse["id"])
    raise SampleError(f"nobody serves {_CHAMBER} in {_DISTRICT}")


def edit(folder: Path, entry: str, now: datetime) -> Json:
    """Add a line to an entry's details, as an editor would; done again, the line only gets a new time."""
    for file in sorted((folder / "faq").glob("*.yaml")):
        text = file.read_text("utf-8")
        if re.search(rf"(?m)^ *- id: {re.escape(entry)}$", text):
            start, end = _entry(text, entry)
            file.write_text(text[:start] + _edited(text[start:end], now) + text[end:], "utf-8")
            return {"entry": entry, "file": f"faq/{file.name}"}
    raise SampleError(f"there is no entry {entry}")


def _entry(text: str, wanted: str) -> tuple[int, int]:
    """Where the list item with this id begins and ends."""
    begin = re.search(rf"(?m)^( *)- id: {re.escape(wanted)}$", text)
    if begin is None:
        raise SampleError(f"there is no {wanted}")
    following = re.compile(rf"(?m)^{begin[1]}- ").search(text, begin.end())
    return begin.start(), following.start() if following else len(text)


def _edited(block: str, now: datetime) -> str:
    """The entry with the line at the beginning of its details, or of its answer when it has none."""
    line = _LINE.format(time=f"{now:%H:%M}")
    kept = re.sub(rf"(?m)^ *{re.escape(_LINE_BEGINS)}.*\n", "", block)
    for field in ("details", "antwort"):
        changed, count = re.subn(rf"(?m)^ *{field}: \|\n( +)", rf"\g<0>{line}\n\g<1>", kept, count=1)
        if count:
            return changed
    raise SampleError("the entry has no text to change")


def guide(folder: Path) -> Json:
    """The words of the guided example, taken from the bot's own texts so that they cannot differ from its buttons."""
    return {
        "question": QUESTION,
        "sign": texts.KEY_HELPED,
        "ask": [texts.KEY_LOTSE, texts.KEY_LOTSE_FIRST],
        "place": PLACE,
        "branch": BRANCH,
        "consent": texts_cases.KEY_SEND,
        "take": texts_cases.KEY_TAKE,
        "answer": texts_cases.KEY_REPLY,
        "reply": REPLY,
        "take_over": texts_admin.KEY_ACCEPT,
        "taken_over": texts_admin.ACCEPTED_WORD,
        "folder": str(folder),
    }
