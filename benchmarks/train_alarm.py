"""Fits the weights of ``knowledge.alarm`` to examples, and writes them; run it after the examples have changed.

    python -m benchmarks.train_alarm

Examples: ``benchmarks/data/emergencies.yaml``, the messages that the tests of the editors' lists are made of, and, for what
is harmless, the phrasings of the FAQ and everyday questions. What ``tests/data/alarm_unseen.jsonl`` holds is no part of
them: how well the model does on it is printed at the end, and held by a test.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from pathlib import Path

import numpy as np
import yaml
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bot.cache import Cache
from bot.editions import Editions
from knowledge import alarm
from knowledge.confidence import far_questions
from knowledge.meaning import WIDTH
from knowledge.message import Message, read
from tests import test_person, test_smalltalk, trigger_cases, trigger_fresh, typed_messages

ROOT = Path(__file__).parent.parent
_STRENGTH = 1.0  # inverse of the penalty
_WEIGHT_OF = {"gefahr": 4.0, "dringend": 4.0, "harmlos": 3.0, "everyday": 1.0}
_LEAST = 0.05  # weights nearer to zero are left out


def examples() -> list[tuple[str, str]]:
    """(kind, text); "everyday" is harmless as well, and there is more of it."""
    written = yaml.safe_load((ROOT / "benchmarks/data/emergencies.yaml").read_text("utf-8"))
    entries = Editions(None, Cache(ROOT / ".cache" / "bench")).load().knowledge.entries.values()
    cases, fresh, typed = trigger_cases, trigger_fresh, typed_messages
    listed: dict[str, tuple[object, ...]] = {
        "gefahr": (cases.DANGER, cases.DANGER_ASIDE, cases.DANGER_LATER, fresh.DANGER, typed.DANGER),
        "dringend": (cases.URGENT, cases.URGENT_ASIDE, cases.URGENT_LATER, fresh.URGENT, typed.URGENT),
        "harmlos": (
            (
                cases.NORMAL,
                cases.NORMAL_ASIDE,
                cases.NORMAL_LATER,
                cases.HAND_OVER,
                cases.HAND_OVER_ASIDE,
                fresh.NORMAL,
            ),
            (typed.PERSON, typed.NO_PERSON, typed.NOT_URGENT, typed.NO_DANGER, typed.SMALL_TALK),
            (test_person.WISHES, test_person.WISHES_ASIDE, test_person.WISHES_LATER),
            (test_person.QUESTIONS, test_person.QUESTIONS_ASIDE, test_person.QUESTIONS_LATER),
            (test_smalltalk.SEEN, test_smalltalk.ASIDE, test_smalltalk.QUESTIONS),
        ),
        "everyday": (*((entry.title, entry.phrasings) for entry in entries), far_questions()),
    }
    kinds = {kind: (*texts_in(texts), *written.get(kind, ())) for kind, texts in listed.items()}
    frames = [f"{who} {frame}" for who in written["wer"] for frame in written["rahmen"]]
    kinds["harmlos"] = (*kinds["harmlos"], *written["harmlos_fristen"])
    kinds["everyday"] = (*kinds["everyday"], *frames)
    return [(kind, text) for kind, texts in kinds.items() for text in dict.fromkeys(texts)]


def texts_in(value: object) -> Iterator[str]:
    """Every text in tables of texts, whatever their shape; names of kinds are none."""
    match value:
        case Enum():
            pass
        case str():
            yield value
        case Mapping():
            yield from texts_in(tuple(value.values()))
        case tuple() | list():
            for item in value:
                yield from texts_in(item)
        case _:
            raise TypeError(value)


def inputs(vectorizer: DictVectorizer, messages: Iterable[Message]) -> sparse.csr_matrix:
    """The features and the meaning of messages, a row each."""
    read_ = list(messages)
    named = vectorizer.transform([dict(alarm.features(message)) for message in read_])
    meant = np.stack([alarm.meaning(message.words) for message in read_])
    return sparse.hstack([named, sparse.csr_matrix(meant)]).tocsr()


def main() -> int:
    """Fit, write, measure."""
    asked = examples()
    messages = [read(text) for _, text in asked]
    vectorizer = DictVectorizer().fit([dict(alarm.features(message)) for message in messages])
    order = ["harmlos", "gefahr", "dringend"]
    kinds = [order.index("harmlos" if kind == "everyday" else kind) for kind, _ in asked]
    model = LogisticRegression(C=_STRENGTH, max_iter=5000)
    model.fit(inputs(vectorizer, messages), kinds, sample_weight=[_WEIGHT_OF[kind] for kind, _ in asked])
    against = model.coef_[1:] - model.coef_[0]  # of danger and urgency, each against neither
    bias = model.intercept_[1:] - model.intercept_[0]
    lines = [f"bias:\t{bias[0]:.3f}\t{bias[1]:.3f}"]
    named = vectorizer.get_feature_names_out()
    lines += [
        f"{name}\t{danger:.2f}\t{urgent:.2f}"
        for name, danger, urgent in zip(named, *against[:, : len(named)], strict=True)
        if max(abs(danger), abs(urgent)) >= _LEAST
    ]
    lines += [
        f"m:{place}\t{against[0, len(named) + place]:.4f}\t{against[1, len(named) + place]:.4f}"
        for place in range(WIDTH)
    ]
    (ROOT / "knowledge" / alarm.WEIGHTS_FILE).write_text("\n".join(lines) + "\n", "utf-8")
    alarm.alarm.cache_clear()
    fitted = alarm.alarm()
    unseen = [
        json.loads(line) for line in (ROOT / "tests/data/alarm_unseen.jsonl").read_text("utf-8").splitlines()
    ]
    print(f"{len(asked)} examples, {len(lines)} weights")
    for kind in ("gefahr", "dringend", "beides", "harmlos"):
        chances = [fitted.chances(read(item["text"])) for item in unseen if item["kind"] == kind]
        rates = {
            least: sum(chance.alarming >= least for chance in chances)
            for least in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
        }
        print(
            f"{kind}: of {len(chances)} alarming from "
            + ", ".join(f"{least}: {n}" for least, n in rates.items())
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
