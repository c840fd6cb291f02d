"""Numbers for Prometheus. Nothing in them is about a person: no chat, no words, no entry anybody asked for."""

import time
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.tables.figures_of_operation import Operation
from knowledge.decision import Answer, Choice, Decision, Handoff, Urgent, kind

_CASE_STATES = ("open", "taken", "answered", "closed")
_HELD_STATES = ("parked", "aside")


class Metrics:
    """Counters that grow while the program runs, and gauges that are set when they are asked for."""

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry()
        self._updates = Counter(
            "lotsenbot_updates", "Attempts at handling an update", ["outcome"], registry=registry
        )
        self._decisions = Counter(
            "lotsenbot_decisions", "How questions were understood", ["kind"], registry=registry
        )
        self._confidence = Histogram(
            "lotsenbot_confidence",
            "Confidence of the first hit",
            buckets=[step / 10 for step in range(1, 11)],
            registry=registry,
        )
        self._search = Histogram(
            "lotsenbot_search_seconds",
            "Time to understand a question",
            buckets=[0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5],
            registry=registry,
        )
        self._waiting = Gauge("lotsenbot_outbox_waiting", "Messages that wait to be sent", registry=registry)
        self._oldest = Gauge(
            "lotsenbot_outbox_oldest_seconds", "How long the oldest of them waits", registry=registry
        )
        self._retries = Gauge("lotsenbot_outbox_retries", "Attempts made for them in vain", registry=registry)
        self._cases = Gauge("lotsenbot_cases", "Cases by state", ["state"], registry=registry)
        self._held = Gauge(
            "lotsenbot_updates_held", "Updates parked or set aside", ["state"], registry=registry
        )

    def handled(self, *, failed: bool) -> None:
        """An update was tried."""
        self._updates.labels("failed" if failed else "done").inc()

    def understood(self, find: Callable[[], Decision]) -> Decision:
        """What ``find`` decides, counted and timed."""
        begun = time.perf_counter()
        decision = find()
        self._search.observe(time.perf_counter() - begun)
        self._decisions.labels(kind(decision)).inc()
        if isinstance(decision, Answer | Choice | Handoff | Urgent) and decision.hits:
            self._confidence.observe(decision.hits[0].confidence)
        return decision

    def text(self, operation: Operation) -> bytes:
        """The page that Prometheus reads."""
        self._waiting.set(operation.waiting)
        self._oldest.set(operation.oldest_ms / 1000)
        self._retries.set(operation.retries)
        for state in _CASE_STATES:
            self._cases.labels(state).set(operation.cases.get(state, 0))
        for state in _HELD_STATES:
            self._held.labels(state).set(operation.held.get(state, 0))
        return generate_latest(self._registry)
