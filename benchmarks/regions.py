"""Times of the regions (load, restore, look-ups) and what becomes of misspelt towns.

    python -m benchmarks.regions [--seed 1]

Prints median and 99th percentile in milliseconds of processor time, which is the waiting time on a machine that has
nothing else to do. The typos are those of the look-up rules' trial: 1,360 times one
letter dropped, replaced, added or swapped in the name of a Gemeinde of at least 20,000 inhabitants.
"""

import argparse
import random
import re
import statistics
import string
import time
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from importlib.resources import files

from knowledge.region_places import Ambiguous, Found, Guess, LandOnly, Place, RegionResult
from knowledge.region_tables import Gemeinde
from knowledge.regions import Regions

FOLDER = files("knowledge") / "data" / "regions"
TYPOS = 1360


def timed(calls: Iterable[Callable[[], object]]) -> list[float]:
    """Milliseconds of processor time of each call."""
    times = []
    for call in calls:
        start = time.process_time()
        call()
        times.append((time.process_time() - start) * 1000)
    return sorted(times)


def report(what: str, times: list[float]) -> None:
    """One line: median, 99th percentile, how many."""
    p99 = times[min(len(times) - 1, len(times) * 99 // 100)]
    print(f"{what:<28} median {statistics.median(times):9.3f} ms   p99 {p99:9.3f} ms   n = {len(times)}")


def short_name(gemeinde: Gemeinde) -> str:
    """The name as people type it."""
    return re.split(r"[(/]| - ", gemeinde.name)[0].strip()


def misspelt(name: str, dice: random.Random) -> str:
    """One letter dropped, replaced, added or swapped with the next."""
    at, letter = dice.randrange(len(name)), dice.choice(string.ascii_lowercase)
    match dice.choice(("drop", "replace", "add", "swap")):
        case "drop":
            return name[:at] + name[at + 1 :]
        case "replace":
            return name[:at] + letter + name[at + 1 :]
        case "add":
            return name[:at] + letter + name[at:]
        case _:
            return name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :]


def judged(result: RegionResult, gemeinde: Gemeinde) -> str:
    """What the employer would see."""

    def offers(places: Iterable[Place]) -> bool:
        return any(place.key == f"g{gemeinde.ags}" for place in places)

    match result:
        case Found(place=place, others=others):
            if place.kreis == gemeinde.kreis:
                return "right, taken"
            return "another first, offered" if offers(others) else "WRONG, taken"
        case Guess(place=place, others=others):
            if place.kreis == gemeinde.kreis:
                return "right, asked"
            return "in the list" if offers(others) else "wrong, asked"
        case Ambiguous(places=places, more=more):
            return "in the list" if offers((*places, *more)) else "wrong list"
        case LandOnly():
            return "a Land, asks for the PLZ"
        case _:
            return "none, asks for the PLZ"


def print_shares(what: str, outcomes: Counter[str]) -> None:
    """One line an outcome, most frequent first."""
    total = outcomes.total()
    print(f"\n{what} ({total})")
    for outcome, count in outcomes.most_common():
        print(f"  {outcome:<28} {count:5}   {100 * count / total:5.1f} %")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--seed", type=int, default=1)
    dice = random.Random(parser.parse_args().seed)

    report("load (CSV)", timed([lambda: Regions.load(FOLDER)] * 5))
    regions = Regions.load(FOLDER)
    dumped = regions.dump()
    report(f"restore ({len(dumped) / 1e6:.1f} MB)", timed([lambda: Regions.restore(dumped)] * 5))
    report("first use after restore", timed([Regions.restore(dumped).warm for _ in range(5)]))
    regions.warm()

    gemeinden = list(regions.tables.gemeinden.values())
    large = [gemeinde for gemeinde in gemeinden if gemeinde.inhabitants >= 20_000]
    some = dice.sample(gemeinden, 2000)
    numbers = dice.sample(sorted(regions.tables.plz), 2000)
    typed = [(misspelt(short_name(one), dice), one) for one in dice.choices(large, k=TYPOS)]
    areas = [regions.tables.plz[plz] for plz in numbers]

    find = regions.find
    report("find: PLZ", timed(partial(find, plz) for plz in numbers))
    report("find: exact name", timed(partial(find, one.name) for one in some))
    report("find: name in a sentence", timed(partial(find, f"wir sind in {one.name}, danke") for one in some))
    report("find: one wrong letter", timed(partial(find, text) for text, _ in typed))
    report(
        "find: no place at all", timed([partial(find, "Was kostet eine Ausbildung im ersten Jahr?")] * 500)
    )
    report("find: 4,096 odd characters", timed([partial(find, "o\u0308 " * 1365)] * 200))
    report("locate", timed(partial(regions.locate, area.lat, area.lon) for area in areas))
    report("by_key", timed(partial(regions.by_key, f"p{plz}") for plz in numbers))

    print_shares("one wrong letter", Counter(judged(regions.find(text), one) for text, one in typed))
    bare = str.maketrans("äöüÄÖÜ", "aouAOU")
    print_shares(
        "umlauts dropped",
        Counter(
            judged(regions.find(short_name(one).translate(bare).replace("ß", "ss")), one) for one in large
        ),
    )


if __name__ == "__main__":
    main()
