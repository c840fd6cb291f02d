"""Which Land an answer is for: what the Länder regulate differently is shown for the firm's own."""

from collections.abc import Callable
from typing import Final

from bot.library import Edition
from bot.tables.situation import Situation
from knowledge.decision import Decision, Handoff, SmallTalk, Unclear
from knowledge.named_land import named_land
from knowledge.region_places import Ambiguous, Found, LandOnly, Reason

_LONGEST = 40  # code points; "wir sind in Garmisch-Partenkirchen" is an answer to "In welchem Land?"
_MOST_WORDS = 5
# Several places, and the name is understood: neither a slip of the pen nor a part of what was written.
_SURE: Final = frozenset({Reason.PLZ_BORDER, Reason.SAME_NAME, Reason.KREIS_SPLIT})


def land_for(edition: Edition, situation: Situation, text: str = "") -> str:
    """The Land that the question names, else the one that was chosen, else the firm's; empty when it was never said."""
    if land := named_land(text) or situation.talk.land:
        return land
    place = edition.regions.by_key(situation.place) if situation.place else None
    return place.land if place else ""


def land_said(edition: Edition, text: str, understood: Callable[[], Decision]) -> str:
    """The Land, when ``text`` says where the firm is and nothing else ("Bayern", "und in NRW?", "80331"), else empty.

    ``understood``: what it would mean by itself; asked only where that matters, for it is a search.
    """
    if len(text) > _LONGEST or len(text.split()) > _MOST_WORDS:
        return ""
    found = edition.regions.find(text)
    match found:
        case LandOnly(land=land):
            return land.code
        case Ambiguous(reason=Reason.LAND_OR_TOWN, lands=(land,)):
            return land.code
        case _:
            pass
    decision = understood()
    if not isinstance(decision, Handoff | SmallTalk | Unclear):
        return ""  # an emergency, a wish for a person or a question comes first
    match found:
        case Found(place=place):
            return "" if isinstance(decision, Unclear) else place.land  # "Lehre" is a place too
        case Ambiguous(places=places, reason=reason, more=more, lands=lands) if reason in _SURE:
            codes = {place.land for place in (*places, *more)} | {land.code for land in lands}
            return codes.pop() if len(codes) == 1 else ""
        case _:
            return named_land(text)
