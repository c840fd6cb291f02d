"""``lotsenbot bench``: search latency, cold start, memory, swap of a reload, and throughput beside echo bots."""

import argparse
import asyncio
import gc
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parent.parent
# ``lotsenbot bench`` runs this file by its path: without this line the packages beside the folder are not found.
sys.path.insert(0, str(ROOT))

from benchmarks.throughput import distinct_questions  # noqa: E402 - found by sys.path above
from bot import heap  # noqa: E402 - found by sys.path above
from bot.cache import Cache  # noqa: E402 - found by sys.path above
from bot.editions import Editions  # noqa: E402 - found by sys.path above
from bot.library import Library  # noqa: E402 - found by sys.path above
from knowledge.entry import EntryId  # noqa: E402 - found by sys.path above
from knowledge.ranking import Document  # noqa: E402 - found by sys.path above
from knowledge.search import Index  # noqa: E402 - found by sys.path above

_SYLLABLES = [first + second for first in "bdfgk" for second in ("a", "e", "o", "u")]


def percentiles(values: list[float]) -> str:
    """Median and 99th percentile in milliseconds."""
    ordered = sorted(values)
    return f"p50 {1000 * statistics.median(ordered):.2f} ms, p99 {1000 * ordered[int(len(ordered) * 0.99)]:.2f} ms"


def of_size(documents: list[Document], phrasings: int) -> list[Document]:
    """The same entries with fewer phrasings each, together about as many; the titles count."""
    each = max(round(phrasings / len(documents)) - 1, 1)
    return [replace(document, phrasings=document.phrasings[:each]) for document in documents]


def padded(documents: list[Document], times: int) -> list[Document]:
    """Synthetic entries beside the real ones: the same words, each with letters of its own behind it in every copy."""
    return [
        replace(
            document,
            id=EntryId(f"{document.id}-{copy}"),
            title=f"{document.title} {copy}",
            phrasings=tuple(
                " ".join(
                    word + _SYLLABLES[copy] * (number % 3 == copy % 3)
                    for number, word in enumerate(text.split())
                )
                for text in document.phrasings
            ),
        )
        if copy
        else document
        for copy in range(times)
        for document in documents
    ]


def seconds(ask: Callable[[str], object], questions: list[str]) -> list[float]:
    """How long each took, the first fifty not counted."""
    for question in questions[:50]:
        ask(question)
    times = []
    for question in questions:
        started = time.perf_counter()
        ask(question)
        times.append(time.perf_counter() - started)
    return times


def search(cache: Path, *, large: bool) -> None:
    """The index alone at several sizes of the FAQ, and the whole way from a message to a decision, on the test set."""
    edition = Editions(None, Cache(cache)).load()
    questions = distinct_questions(1000)
    documents = [Document.of(entry) for entry in edition.knowledge.entries.values()]
    indexes = {f"{size} phrasings": of_size(documents, size) for size in (1500, 2300)}
    if large:
        indexes["20 times the entries of that"] = padded(of_size(documents, 2300), 20)
    for name, these in indexes.items():
        started = time.perf_counter()
        index = Index.build(these, edition.knowledge.synonyms)
        built = time.perf_counter() - started
        count = sum(1 + len(document.phrasings) for document in these)
        print(
            f"index of {name} ({len(these)} entries, {count} texts): built in {built:.1f} s; "
            f"search {percentiles(seconds(index.search, questions))}",
            flush=True,
        )
    count = sum(1 + len(document.phrasings) for document in documents)
    index = edition.understanding.index
    print(
        f"index of the FAQ ({len(documents)} entries, {count} texts): search {percentiles(seconds(index.search, questions))}"
    )
    print(
        f"understanding, the same: {percentiles(seconds(edition.understanding.find, questions))}", flush=True
    )
    places = ["50667", "Frankfurt", "Köln-Ehrenfeld", "Wuppertall", "Landkreis München", "bei Rosenheim"] * 50
    times = []
    for place in places:
        started = time.perf_counter()
        edition.regions.find(place)
        times.append(time.perf_counter() - started)
    print(f"place: {percentiles(times)}")


def cold(runs: int) -> None:
    """The real program until it polls, with and without a cache."""
    command = [sys.executable, "-m", "benchmarks.starting", "--runs", str(runs)]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "LOG_LEVEL": "WARNING"})


async def swap(cache: Path) -> None:
    """How long questions wait at the worst while a reload loads from the cache in a thread, and the swap itself.

    Nothing is in the memory of the process: a real reload finds the regions there, and what did not change.
    """
    library = Library(Editions(None, Cache(cache)).load(), loaded=heap.lasting)
    gaps: list[float] = []
    running = True

    async def ask() -> None:
        before = time.perf_counter()
        while running:
            library.current.understanding.find("darf ein azubi mit duldung reisen")
            await asyncio.sleep(0)
            now = time.perf_counter()
            gaps.append(now - before)
            before = now

    asking = asyncio.create_task(ask())
    await asyncio.sleep(1)
    gaps.clear()
    edition = await asyncio.to_thread(Editions(None, Cache(cache)).load)
    started = time.perf_counter()
    library.swap(edition)
    swapped = time.perf_counter() - started
    running = False
    await asking
    gc.collect()
    print(
        f"swap of a reload: {swapped * 1e6:.1f} µs; longest wait of a question meanwhile {max(gaps) * 1000:.0f} ms"
    )


def main() -> int:
    """Everything, one after the other."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--large", action="store_true", help="also 20 times the entries (a minute more)")
    parser.add_argument("--skip-throughput", action="store_true")
    given = parser.parse_args()
    cache = ROOT / ".cache" / "bench"
    search(cache, large=given.large)
    cold(given.runs)
    asyncio.run(swap(cache))
    print(
        f"memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB",
        flush=True,
    )
    if given.skip_throughput:
        return 0
    command = [sys.executable, str(ROOT / "benchmarks" / "throughput.py")]
    command += ["--runs", str(given.runs), "--questions", str(given.questions)]
    return subprocess.run(
        command, check=False, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
