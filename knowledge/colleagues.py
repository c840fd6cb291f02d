"""Who else could have a case: colleagues of a Lotse, and whoever fits a few typed words."""

from knowledge.directory import Branch, Directory, Lotse, LotseId
from knowledge.language import fold
from knowledge.region_places import Found, Guess
from knowledge.regions import Regions


def near(directory: Directory, lotse_id: str, kreis: str, land: str) -> tuple[Lotse, ...]:
    """The same chamber first, then who stands in, who serves the Kreis, who coordinates the Land."""
    own = directory.lotsen.get(LotseId(lotse_id))
    everyone = directory.lotsen.values()
    same = [one for one in everyone if own is not None and one.organisation == own.organisation]
    serving = [one for one in everyone if kreis in one.kreise]
    coordinator = directory.coordinator(land)
    found = [*same, *directory.deputies(LotseId(lotse_id)), *serving, *([coordinator] if coordinator else [])]
    return tuple({one.id: one for one in found if one.id != lotse_id}.values())


def named(directory: Directory, regions: Regions, text: str) -> tuple[Lotse, ...]:
    """Everybody whose name, chamber or town has all the words in it; else who serves the place that was named."""
    wanted = fold(text).split()
    if not wanted:
        return ()
    found = tuple(
        one
        for one in directory.lotsen.values()
        if all(word in fold(f"{one.name} {one.organisation} {one.ort} {one.id}") for word in wanted)
    )
    if found:
        return found
    match regions.find(text):
        case Found(place=place) | Guess(place=place):
            return tuple(
                candidate.lotse for candidate in directory.serving(place, Branch.UNBEKANNT).candidates
            )
        case _:
            return ()
