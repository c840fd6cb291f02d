"""A built index as bytes and back: a start from a cache takes a fraction of a second instead of seconds of training.

The bytes are plain arrays (``knowledge.arrays``), one of which is a JSON text; no pickle. They carry a key over the
FAQ, the word lists and the code that made them, and are refused when it is not the key of what is asked for.
"""

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from knowledge import records
from knowledge.arrays import pack, unpack
from knowledge.concepts import Concepts
from knowledge.confidence import Astray, Calibration, Confusable, Report
from knowledge.entry import EntryId, Synonyms
from knowledge.features import Reader
from knowledge.head import Head, Projection
from knowledge.meaning import WIDTH
from knowledge.ranker import Ranker
from knowledge.ranking import Document
from knowledge.search import Contents, Index
from knowledge.sparse import Rows
from knowledge.spelling import Vocabulary

# What an index depends on beside the FAQ.
_MADE_BY = (
    "arrays.py columns.py concepts.py confidence.py cues.py explained.py far_questions.txt features.py function_words.py head.py language.py lexicon.txt "
    "meaning.py ranker.py records.py rerank.py search.py sparse.py spelling.py store.py word_vectors.npz"
).split()


def key(documents: Sequence[Document], synonyms: Synonyms) -> str:
    """SHA-256 over everything an index is made of; the answers are no part of it."""
    content = [[document.id, document.title, document.phrasings] for document in documents]
    lists = [
        sorted(synonyms.groups.items()),
        sorted(synonyms.abbreviations.items()),
        synonyms.hidden,
        np.__version__,
    ]
    text = json.dumps([_code(), content, lists], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def dump(index: Index, key_: str) -> bytes:
    """The index as bytes, to be kept in a file or a database; ``key_``: the :func:`key` of what it was built from."""
    contents, ranker = index.contents, index.ranker
    report = contents.report
    about = {
        "key": key_,
        "ids": contents.ids,
        "titles": contents.titles,
        "exact": contents.exact,
        "uses": contents.uses,
        "accuracy": report.accuracy,
        "error": report.error,
        "confusable": [[pair.first, pair.second, pair.phrasings] for pair in report.confusable],
        "astray": [[lost.entry, lost.phrasing, lost.found, lost.chance] for lost in report.astray],
        "names": [] if ranker is None else ranker.names,
    }
    text = json.dumps(about, ensure_ascii=False).encode("utf-8", "surrogatepass")
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "about": np.frombuffer(text, np.uint8),
        "calibration": contents.calibration.weights,
        "answer": np.array([contents.calibration.answer], np.float64),
    }
    if ranker is not None:
        arrays |= {
            "concepts": np.frombuffer(records.dump(ranker.reader.concepts), np.uint8),
            "rarity": ranker.rarity,
            "owner": ranker.owner,
            "reranking": ranker.reranking,
            "starts": ranker.rows.starts,
            "columns": ranker.rows.columns,
            "values": ranker.rows.values,
        }
        if ranker.head is not None:
            arrays |= {
                "weights": ranker.head.weights,
                "slots": ranker.head.projection.slots,
                "signs": ranker.head.projection.signs,
            }
    return pack(arrays)


def restore(data: bytes | memoryview, key_: str) -> Index | None:
    """The index that :func:`dump` made of the content that has this key; ``None`` if the bytes are of another or damaged."""
    try:
        found = unpack(data)
    except ValueError:
        return None
    about = json.loads(found["about"].tobytes().decode("utf-8", "surrogatepass"))
    if about["key"] != key_:
        return None
    concepts = records.restore(Concepts, found["concepts"].tobytes()) if "concepts" in found else None
    contents = Contents(
        tuple(EntryId(entry) for entry in about["ids"]),
        tuple(about["titles"]),
        about["exact"],
        about["uses"],
        Calibration(found["calibration"], float(found["answer"][0])),
        Report(
            about["accuracy"],
            about["error"],
            tuple(
                Confusable(EntryId(first), EntryId(second), tuple(texts))
                for first, second, texts in about["confusable"]
            ),
            tuple(
                Astray(EntryId(entry), text, EntryId(other), chance)
                for entry, text, other, chance in about["astray"]
            ),
        ),
    )
    if concepts is None:
        return Index(contents, None)
    head = None
    if "weights" in found:
        head = Head(
            Projection(found["slots"], found["signs"], len(found["weights"]) - WIDTH), found["weights"]
        )
    rows = Rows(found["starts"], found["columns"], found["values"], len(found["rarity"]))
    reader = Reader(Vocabulary(contents.uses, concepts.known), concepts)
    ranker = Ranker(reader, about["names"], found["rarity"], rows, found["owner"], head, found["reranking"])
    return Index(contents, ranker)


@cache
def _code() -> str:
    """A digest of the modules and word lists that make an index."""
    digest = hashlib.sha256()
    for name in _MADE_BY:
        digest.update(files("knowledge").joinpath(name).read_bytes())
    return digest.hexdigest()
