"""What a handoff is prepared from: the draft of a dialogue, and who it is for in the edition in use."""

from dataclasses import replace
from typing import Any

from bot.library import Edition
from bot.model import Case, Draft, MessageId
from handlers import buttons
from knowledge.directory import Branch, Candidate, Directory, LotseId
from knowledge.region_places import Place

# Those that act on the text shown above them.
PreviewButton = (
    buttons.SendDraft
    | buttons.EditDraft
    | buttons.EditContact
    | buttons.DropPersonalData
    | buttons.KeepPersonalData
)


def asked_instead(draft: Draft, candidate: Candidate, directory: Directory) -> Candidate:
    """Who is shown: the candidate, or whoever stands in."""
    deputy = directory.lotsen.get(LotseId(draft.lotse)) if draft.instead_of else None
    return replace(candidate, lotse=deputy) if deputy is not None else candidate


def read(data: dict[str, Any]) -> Draft:
    """The draft that a dialogue keeps."""
    values = {name: value for name, value in data.items() if name not in {"step", "asked"}}
    return Draft(**{**values, "shown": tuple(values["shown"]), "rejected": tuple(values["rejected"])})


def added(draft: Draft, text: str) -> Draft:
    """The draft with more words: nobody has looked at them for personal data yet, and no one message is the question."""
    return replace(draft, question=f"{draft.question}\n{text}".strip(), screened=False, asked_in=0)


def who(edition: Edition, draft: Draft) -> tuple[Place | None, Candidate | None]:
    """The draft's place and Lotse in the edition in use; the Lotse only if he or she still serves that place.

    Who only stands in is not asked for the place, but must still be in the directory.
    """
    place = edition.regions.by_key(draft.place)
    if place is None or draft.branch not in {item.value for item in Branch}:
        return None, None
    serving = edition.directory.serving(place, Branch(draft.branch)).candidates
    if draft.instead_of and draft.lotse not in edition.directory.lotsen:
        return place, None
    wanted = draft.instead_of or draft.lotse
    return place, next((item for item in serving if item.lotse.id == wanted), None)


def one_each(candidates: list[Candidate]) -> list[Candidate]:
    """The first candidate of each organisation."""
    return list({item.lotse.organisation: item for item in reversed(candidates)}.values())[::-1]


def again(case: Case) -> Draft:
    """The question of a case once more; the employer has decided about third persons' data in it."""
    return Draft(
        question=case.question,
        place=case.place,
        branch=case.branch,
        lotse=case.first_lotse,
        urgent=case.urgent,
        shown=case.shown,
        rejected=case.rejected,
        screened=True,
        instead_of=case.instead_of,
    )


def is_old(button: object, pressed: MessageId | None, data: dict[str, Any]) -> bool:
    """Whether the button acts on a text, and the message it was pressed in is not the preview of the draft that waits."""
    previewed = data["step"] == "preview"
    shown = previewed and data.get("asked") == pressed
    acts_on_it = isinstance(button, PreviewButton) or (previewed and isinstance(button, buttons.CancelDraft))
    return acts_on_it and not shown
