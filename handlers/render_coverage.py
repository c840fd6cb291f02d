"""Coverage → HTML and colours of the map."""

from collections.abc import Mapping

from bot.coverage_map import Shade
from bot.model import Outgoing
from handlers import texts_coverage
from handlers.render import plain
from knowledge.coverage import Coverage, KreisCoverage, LandCoverage
from knowledge.directory import Body, Lotse

_LONGEST = 3900  # of 4,096 code points
_CHAMBERS = (Body.IHK, Body.HWK)

Reach = Mapping[str, str]  # id of a Lotse → key of texts_coverage.REACH; who is missing is not linked


def shade(row: KreisCoverage, reach: Reach) -> Shade:
    """How well a Kreis is served right now."""
    if row.missing:
        return Shade.MISSING
    chambers = sum(any(_reachable(lotse, reach) for lotse in row.lotsen[body]) for body in _CHAMBERS)
    return (Shade.NONE, Shade.ONE, Shade.BOTH)[chambers]


def overview(found: Coverage, lotsen: int, reach: Reach) -> Outgoing:
    """All Länder, a line each."""
    reachable = sum(state == "linked" for state in reach.values())
    blocked = sum(state == "blocked" for state in reach.values())
    away = sum(state == "away" for state in reach.values())
    heading = texts_coverage.HEADING.format(
        kreise=len(found.rows),
        lotsen=lotsen,
        reachable=reachable,
        blocked=blocked,
        away=away,
        unlinked=lotsen - len(reach),
        unserved=len(found.unserved),
        unverified=len(found.unverified),
    )
    lines = "\n".join(_land_line(land, reach) for land in found.laender)
    return Outgoing(f"{heading}\n\n{lines}\n\n{texts_coverage.MORE}\n\n{texts_coverage.CORRECT}")


def land(shown: LandCoverage, reach: Reach) -> Outgoing:
    """One Land, Kreis by Kreis, as many as one message holds."""
    coordinator = _lotse(shown.coordinator, reach) if shown.coordinator else texts_coverage.NOBODY
    heading = texts_coverage.LAND_HEADING.format(name=plain(shown.land.name), coordinator=coordinator)
    blocks = [kreis_block(row, reach) for row in shown.kreise]
    return Outgoing(_fitting(heading, blocks))


def kreis(row: KreisCoverage, reach: Reach) -> Outgoing:
    """One Kreis."""
    return Outgoing(f"{kreis_block(row, reach)}\n\n{texts_coverage.CORRECT}")


def kreis_block(row: KreisCoverage, reach: Reach) -> str:
    """Who serves it, who of them can be reached, what nobody verified."""
    lines = [_lotse(lotse, reach) for lotsen in row.lotsen.values() for lotse in lotsen]
    lines += [
        texts_coverage.KREIS_MISSING.format(body=body.value) for body in _CHAMBERS if not row.lotsen[body]
    ]
    kammern = ", ".join(plain(kammer.name) for kammer in row.unverified)
    return texts_coverage.KREIS.format(
        kreis=plain(row.kreis.label),
        lotsen="\n".join(lines),
        unverified=texts_coverage.KREIS_UNVERIFIED.format(kammern=kammern) if kammern else "",
    )


def _land_line(shown: LandCoverage, reach: Reach) -> str:
    shades = [shade(row, reach) for row in shown.kreise]
    gaps, unverified = shades.count(Shade.MISSING), sum(bool(row.unverified) for row in shown.kreise)
    return texts_coverage.LAND.format(
        code=plain(shown.land.code),
        name=plain(shown.land.name),
        kreise="1 Kreis" if len(shown.kreise) == 1 else f"{len(shown.kreise)} Kreise",
        full=shades.count(Shade.BOTH),
        part=shades.count(Shade.ONE),
        gaps=texts_coverage.GAPS.format(count=gaps) if gaps else "",
        unverified=texts_coverage.UNVERIFIED.format(count=unverified) if unverified else "",
        coordinator="" if shown.coordinator else texts_coverage.NO_COORDINATOR,
    )


def _lotse(lotse: Lotse, reach: Reach) -> str:
    state = texts_coverage.REACH[reach.get(lotse.id, "unlinked")]
    return f"• {plain(lotse.id)} {plain(lotse.name)} {state}"


def _reachable(lotse: Lotse, reach: Reach) -> bool:
    return reach.get(lotse.id) == "linked"


def _fitting(heading: str, blocks: list[str]) -> str:
    """As many blocks as one message holds, and how many are left out."""
    text = heading
    for number, block in enumerate(blocks):
        rest = texts_coverage.EARLIER.format(count=len(blocks) - number)
        if len(text) + len(block) + len(rest) > _LONGEST:
            return f"{text}\n\n{rest}"
        text = f"{text}\n\n{block}"
    return text
