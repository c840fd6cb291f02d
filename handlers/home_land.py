"""Which Land an answer is for: what the Länder regulate differently is shown for the firm's own."""

from bot.library import Edition
from bot.tables.situation import Situation
from knowledge.decision import Decision, Handoff, SmallTalk
from knowledge.named_land import named_land
from knowledge.region_places import Ambiguous, Found, LandOnly

_LONGEST = 40  # code points; "wir sind in Garmisch-Partenkirchen" is an answer to "In welchem Land?"
_MOST_WORDS = 5


def land_for(edition: Edition, situation: Situation, text: str = "") -> str:
    """The Land that the question names, else the one that was chosen, else the firm's; empty when it was never said."""
    if land := named_land(text) or situation.talk.land:
        return land
    place = edition.regions.by_key(situation.place) if situation.place else None
    return place.land if place else ""


def land_said(edition: Edition, text: str, decision: Decision) -> str:
    """The Land, when ``text`` says where the firm is and nothing else ("Bayern", "und in NRW?", "80331"), else empty.

    ``decision``: what it would mean by itself. "Lehre" is a place too.
    """
    if len(text) > _LONGEST or len(text.split()) > _MOST_WORDS:
        return ""
    match edition.regions.find(text):
        case LandOnly(land=land):
            return land.code
        case Found(place=place) if isinstance(decision, Handoff | SmallTalk):
            return place.land
        case Ambiguous(places=places, more=more, lands=lands):
            codes = {place.land for place in (*places, *more)} | {land.code for land in lands}
            return codes.pop() if len(codes) == 1 else ""
        case _:
            return named_land(text) if isinstance(decision, Handoff | SmallTalk) else ""
