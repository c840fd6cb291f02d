"""The knowledge in use: an immutable value swapped by reference, so a reload never disturbs a running answer."""

from collections.abc import Callable
from dataclasses import dataclass, field

from knowledge.directory import Directory
from knowledge.entry import Knowledge
from knowledge.news import News
from knowledge.problems import Problem
from knowledge.questions import Questions
from knowledge.regions import Regions
from knowledge.understanding import Understanding


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything read from one folder at one moment."""

    knowledge: Knowledge
    understanding: Understanding
    directory: Directory
    regions: Regions
    notices: tuple[Problem, ...] = ()  # what editors should improve, though it stops nothing
    questions: Questions = field(default_factory=Questions)  # the frozen test set


class Library:
    """Holds the edition in use."""

    def __init__(
        self, edition: Edition, news: tuple[News, ...] = (), *, loaded: Callable[[], None] = lambda: None
    ) -> None:
        """``loaded`` is called now and after each swap."""
        self._loaded = loaded
        self.swap(edition, news)

    @property
    def current(self) -> Edition:
        """The edition in use; take it once for each update, so that one answer sees one edition."""
        return self._edition

    def swap(self, edition: Edition, news: tuple[News, ...] = ()) -> None:
        """Use ``edition`` from now on; whoever holds the old one finishes with it."""
        self._edition = edition
        self.news = news
        self._loaded()
