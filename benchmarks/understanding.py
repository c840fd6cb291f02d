"""How well questions are understood, on two German data sets and beside other systems, in one run.

    python -m benchmarks.understanding [folder]        the folder with robo.json, covid.json and xsid_de.txt

Without the folder (default ``../shared/benchmarks``) it says so and ends. Tuned on the development part of "robo" only;
shown are its test part, "covid" in three folds, and the decisions at the shipped thresholds.
"""

import difflib
import json
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union

from knowledge.confidence import band, calibration_error
from knowledge.entry import EntryId, Synonyms
from knowledge.language import normalise, stems, words
from knowledge.ranking import Document
from knowledge.search import Index

ROOT = Path(__file__).parent.parent
Asked = list[tuple[str, str]]
Ranks = Callable[[str], list[str]]
_FOLDS, _TYPO, _TYPO_FROM = 3, 0.18, 4
_SLOW = 150  # questions that the slowest peer is asked
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def noisy(text: str, chance: random.Random) -> str:
    """As typed in a hurry: small letters, no punctuation, umlauts lost, a typo in every sixth longer word."""
    plain = re.sub(r"[^\w\s]", " ", text.lower())
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        plain = plain.replace(umlaut, letters if chance.random() < 0.5 else letters[0])
    return " ".join(_mistyped(word, chance) for word in plain.replace("ß", "ss").split())


def _mistyped(word: str, chance: random.Random) -> str:
    if len(word) < _TYPO_FROM or chance.random() >= _TYPO:
        return word
    place = chance.randrange(len(word) - 1)
    letter, head, tail = chance.choice(_LETTERS), word[:place], word[place + 1 :]
    swapped = head + tail[0] + word[place] + tail[1:]
    return chance.choice((swapped, head + tail, head + letter + tail, head + letter + word[place:]))


def with_noise(asked: Asked, seed: int) -> Asked:
    """The same questions, typed in a hurry."""
    chance = random.Random(seed)
    return [(noisy(text, chance), entry) for text, entry in asked]


def ours(documents: list[Document]) -> Ranks:
    """The index of this program, without its bands."""
    index = Index.build(documents, Synonyms())
    return lambda text: [item.entry for item in index.search(text, 3).ranked]


def _best(scored: Iterator[tuple[str, float]]) -> list[str]:
    best: dict[str, float] = {}
    for entry, score in scored:
        best[entry] = max(score, best.get(entry, -1.0))
    return sorted(best, key=lambda entry: best[entry], reverse=True)[:3]


def _texts(documents: list[Document]) -> tuple[list[str], list[str]]:
    pairs = [(text, item.id) for item in documents for text in (item.title, *item.phrasings)]
    return [text for text, _ in pairs], [entry for _, entry in pairs]


def rapidfuzz_with(scorer: Callable[..., float]) -> Callable[[list[Document]], Ranks]:
    """``process`` of rapidfuzz over all phrasings."""

    def build(documents: list[Document]) -> Ranks:
        texts, owner = _texts(documents)
        plain = [normalise(text) for text in texts]

        def ranks(text: str) -> list[str]:
            scores = process.cdist([normalise(text)], plain, scorer=scorer)[0]
            return _best(zip(owner, map(float, scores), strict=True))

        return ranks

    return build


def bm25(documents: list[Document]) -> Ranks:
    """bm25s over stems."""
    texts, owner = _texts(documents)
    index = bm25s.BM25()
    index.index([list(stems(words(text))) for text in texts], show_progress=False)

    def ranks(text: str) -> list[str]:
        known = [stem for stem in stems(words(text)) if stem in index.vocab_dict]
        if not known:
            return []
        return _best(zip(owner, map(float, index.get_scores(known)), strict=True))

    return ranks


def regression(documents: list[Document]) -> Ranks:
    """TF-IDF of words and letters with logistic regression, as in Rasa's light pipelines."""
    texts, owner = _texts(documents)
    model = make_pipeline(
        make_union(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
        ),
        LogisticRegression(C=10, max_iter=60),
    )
    model.fit(texts, owner)

    def ranks(text: str) -> list[str]:
        chance = model.predict_proba([text])[0]
        return [model.classes_[place] for place in np.argsort(-chance)[:3]]

    return ranks


def chatterbot(documents: list[Document]) -> Ranks:
    """The comparison of ChatterBot: difflib over lower-case text."""
    texts, owner = _texts(documents)

    def ranks(text: str) -> list[str]:
        lowered = text.lower()
        scores = (difflib.SequenceMatcher(None, lowered, other.lower()).ratio() for other in texts)
        return _best(zip(owner, scores, strict=True))

    return ranks


SYSTEMS = {
    "Lotsenbot": ours,
    "TF-IDF + log. regression": regression,
    "bm25s": bm25,
    "rapidfuzz token_set": rapidfuzz_with(fuzz.token_set_ratio),
    "rapidfuzz WRatio": rapidfuzz_with(fuzz.WRatio),
    "difflib (ChatterBot)": chatterbot,
}


def share_right(ranks: Ranks, asked: Asked) -> tuple[float, float, float]:
    """Percent first and among three, and the median milliseconds of a question."""
    first = three = 0
    spent = []
    for text, entry in asked:
        started = time.perf_counter()
        found = ranks(text)
        spent.append(time.perf_counter() - started)
        first += found[:1] == [entry]
        three += entry in found
    return 100 * first / len(asked), 100 * three / len(asked), 1000 * statistics.median(spent)


def robo_documents(robo: dict[str, Any]) -> list[Document]:
    """The entries of the first data set."""
    return [
        Document(EntryId(item["id"]), item["title"], tuple(item["phrasings"])) for item in robo["entries"]
    ]


def covid_folds(covid: dict[str, Any]) -> Iterator[tuple[list[Document], Asked]]:
    """Entries with two thirds of their paraphrases, and the others as questions; three times."""
    chance = random.Random(1)
    shuffled = [
        (item, chance.sample(item["paraphrases"], len(item["paraphrases"]))) for item in covid["entries"]
    ]
    for fold in range(_FOLDS):
        documents = [
            Document(
                EntryId(item["id"]),
                item["title"],
                tuple(t for n, t in enumerate(texts) if n % _FOLDS != fold),
            )
            for item, texts in shuffled
        ]
        asked = [
            (t, item["id"]) for item, texts in shuffled for n, t in enumerate(texts) if n % _FOLDS == fold
        ]
        yield documents, asked


def decisions(robo: dict[str, Any], foreign: list[str]) -> None:
    """What is done with the questions at the shipped thresholds, and how true the confidence is."""
    started = time.process_time()
    index = Index.build(robo_documents(robo), Synonyms())
    print(f"\nindex of {len(robo['entries'])} entries built in {time.process_time() - started:.1f} s of CPU")
    test = [item for item in robo["queries"] if item["split"] == "test"]
    groups = {
        "in scope": [(item["text"], item["id"]) for item in test if item["kind"] == "in"],
        "near": [(item["text"], "") for item in test if item["kind"] == "near_oos"],
        "far": [(text, "") for text in foreign],
    }
    weights = {"in scope": 0.7, "near": 0.2, "far": 0.1}
    said, true, mass, spent = [], [], [], []
    print("\nat the shipped thresholds (%)   answered: right  wrong   choice: with  without   handed over")
    for name, asked in groups.items():
        counts = dict.fromkeys(("answered right", "answered wrong", "with", "without", "none"), 0)
        for text, entry in asked:
            began = time.perf_counter()
            ranking = index.search(text, 3)
            spent.append(time.perf_counter() - began)
            found = [item.entry for item in ranking.ranked]
            said.append(ranking.ranked[0].confidence if found else 0.0)
            true.append(float(found[:1] == [entry]))
            mass.append(weights[name] / len(asked))
            decided = band(ranking, index.thresholds)
            if decided == "answer":
                counts["answered right" if found[0] == entry else "answered wrong"] += 1
            elif decided == "choice":
                counts["with" if entry in found else "without"] += 1
            else:
                counts["none"] += 1
        shares = [100 * count / len(asked) for count in counts.values()]
        print(f"  {name:9} ({len(asked):3})                    {shares[0]:5.1f}  {shares[1]:5.1f}          "
              f"{shares[2]:5.1f}    {shares[3]:5.1f}         {shares[4]:5.1f}")  # fmt: skip
    error = calibration_error(np.array(said), np.array(true), np.array(mass))
    print(f"calibration error {100 * error:.1f} %")
    ordered = sorted(spent)
    print(
        f"search {1000 * statistics.median(ordered):.2f} ms p50, {1000 * ordered[int(0.99 * len(ordered))]:.2f} ms p99"
    )


def main(folder: Path) -> int:
    """Print the tables."""
    if not (folder / "robo.json").exists():
        print(f"Keine Vergleichsdaten in {folder}: nichts zu messen.")
        return 0
    robo, covid = (json.loads((folder / name).read_text("utf-8")) for name in ("robo.json", "covid.json"))
    test = [(i["text"], i["id"]) for i in robo["queries"] if i["split"] == "test" and i["kind"] == "in"]
    print("top-1 / top-3 in %                 robo test    with noise   ms p50  covid, 3 folds  with noise")
    for name, build in SYSTEMS.items():
        asked = test if name != "difflib (ChatterBot)" else random.Random(1).sample(test, _SLOW)
        ranks = build(robo_documents(robo))
        clean, noise = share_right(ranks, asked), share_right(ranks, with_noise(asked, 7))
        folds = [
            (len(questions), share_right(ranks_, questions), share_right(ranks_, with_noise(questions, 7)))
            for documents, questions in covid_folds(covid)
            for ranks_ in (build(documents),)
        ]
        size = sum(count for count, _, _ in folds)
        mean = [
            sum(count * kinds[kind][place] for count, *kinds in folds) / size
            for kind in (0, 1)
            for place in (0, 1)
        ]
        print(f"{name:30} {clean[0]:7.1f}/{clean[1]:.1f} {noise[0]:8.1f}/{noise[1]:.1f} {clean[2]:8.2f} "
              f"{mean[0]:9.1f}/{mean[1]:.1f} {mean[2]:8.1f}/{mean[3]:.1f}", flush=True)  # fmt: skip
    decisions(robo, (folder / "xsid_de.txt").read_text("utf-8").splitlines()[145:])
    return 0


if __name__ == "__main__":
    default = ROOT.parent / "shared" / "benchmarks"
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else default))
