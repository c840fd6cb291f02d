"""What differs by Land, as it stands in an answer."""

from handlers import texts
from knowledge.entry import Entry, Variant
from knowledge.schema import LAENDER

SHOWN_AT_ONCE = 2  # so few are shown to who has not said a Land, instead of being asked for


def is_asked(entry: Entry, land: str) -> bool:
    """Whether the answer leaves open which Land it is for."""
    return not land and len(entry.variants) > SHOWN_AT_ONCE


def by_land(entry: Entry, land: str) -> list[str]:
    """What differs in ``land``, or that it differs, when the Land is not known; nothing when it is the same everywhere."""
    if not entry.variants:
        return []
    if is_asked(entry, land):
        known = [LAENDER[variant.land] for variant in entry.variants]
        named = texts.VARIANTS_OF.format(lands=", ".join(sorted(known))) if len(known) < len(LAENDER) else ""
        return [texts.VARIES.format(named=named)]
    shown = [variant for variant in entry.variants if land in {"", variant.land}]
    if not shown:
        return [texts.VARIANT_UNKNOWN.format(land=LAENDER[land])]
    return [_text(variant) for variant in shown]


def _text(variant: Variant) -> str:
    return texts.VARIANT.format(land=LAENDER[variant.land], text=variant.text)
