"""What must be true after the scene of ``tests.kill_scene``, read from Telegram's journal and from the database."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

from bot.demo.journal import Call
from bot.secrets import Vault
from tests.kill_scene import WHICH, Expected, Run, Scene, words_of

# Telegram executed the call, and its answer never arrived.
_ANSWER_LOST = ("ResetAfter", "CutBody", "Stall")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What went wrong, and what was counted."""

    problems: list[str]
    figures: Counter[str]


@dataclass(frozen=True, slots=True)
class _Message:
    """A message that Telegram executed."""

    call: Call
    chat: int
    text: str
    id: int
    reply_to: int | None

    @classmethod
    def of(cls, call: Call) -> "_Message":
        """From the journal: what was asked, and the id that was given."""
        parameters = call.params
        answered = parameters.get("reply_parameters") or {}
        chat = int(parameters["chat_id"])
        return cls(call, chat, call.answer["text"], call.answer["message_id"], answered.get("message_id"))


def judge(scene: Scene) -> Verdict:
    """Everything, one after the other."""
    figures: Counter[str] = Counter(kills=sum(run.exit_code == -9 for run in scene.runs))
    problems = [
        *_updates(scene, figures),
        *_cases(scene, figures),
        *_outbox(scene, figures),
        *_messages(scene, figures),
    ]
    if scene.runs[-1].exit_code != 0:
        problems.append(f"the last run ended with {scene.runs[-1].exit_code}")
    problems += scene.telegram.journal.violations
    return Verdict(problems, figures)


def _updates(scene: Scene, figures: Counter[str]) -> list[str]:
    """No update was confirmed to Telegram without being done or kept; in the end all are done."""
    problems = []
    for number, run in enumerate(scene.runs):
        lost = run.confirmed - run.updates.keys()
        problems += [f"run {number}: update {update} was confirmed and is nowhere" for update in sorted(lost)]
        figures["parked at a kill"] += sum(state == "parked" for state in run.updates.values())
    last = scene.runs[-1]
    figures["updates"] = len(last.confirmed)
    figures["updates handed out again"] = scene.telegram.journal.redelivered
    problems += [
        f"update {update} ended as {state}" for update, state in last.updates.items() if state != "done"
    ]
    if scene.telegram.journal.expired:
        problems.append(f"{scene.telegram.journal.expired} updates became too old")
    return problems


def _cases(scene: Scene, figures: Counter[str]) -> list[str]:
    """One case for each handoff, with its question and the number that its employer was told; nobody else's words."""
    vault = Vault(scene.program.settings.key())
    with scene.database() as database:
        rows = database.execute("SELECT number, question FROM cases").fetchall()
    found = sorted((number, vault.open(question, "cases.question")) for number, question in rows)
    wanted = sorted((case, f"Frage Nummer {number}.") for number, case in scene.numbers.items())
    figures["cases"] = len(found)
    return [] if found == wanted else [f"cases {found}\nwanted {wanted}"]


def _outbox(scene: Scene, figures: Counter[str]) -> list[str]:
    """Everything said to someone else is there, as the outbox believes."""
    with scene.database() as database:
        rows = database.execute("SELECT id, kind, state, chat_id, message_id FROM outbox").fetchall()
    there = {(message.chat, message.id) for message in map(_Message.of, _executed(scene))}
    problems = []
    for number, kind, state, chat, message in rows:
        figures[f"outbox {state}"] += 1
        if state != "sent" or (chat, message) not in there:
            problems.append(f"outbox {number} ({kind}) to {chat} ended as {state}, message {message}")
    return problems


def _executed(scene: Scene) -> list[Call]:
    calls = scene.telegram.journal.calls("sendMessage")
    # Rubbish has status 200 as well, but nothing was executed.
    return [call for call in calls if call.ok and isinstance(call.answer, dict)]


def _messages(scene: Scene, figures: Counter[str]) -> list[str]:
    """Every message once; twice only where its answer was lost, or the process before the outcome was committed."""
    problems = []
    groups: dict[tuple[object, ...], list[_Message]] = defaultdict(list)
    for message in map(_Message.of, _executed(scene)):
        figures["messages"] += 1
        strangers = [n for n in words_of(message.text) if message.chat not in scene.owners.get(n, set())]
        if strangers:
            problems.append(f"words of {strangers} went to {message.chat}: {message.call}")
        if message.chat in scene.askers:
            # One question was asked: whatever the words around it, each message is a copy of its one answer.
            if scene.askers[message.chat] not in message.text:
                problems.append(f"not the answer to what was asked: {message.call}")
            groups[message.chat,].append(message)
        elif (
            message.text != WHICH
        ):  # it has no words of its own; the words it asks about are counted when they arrive
            groups[message.chat, message.text, message.reply_to].append(message)
    for copies in groups.values():
        figures["messages that came twice or more"] += len(copies) > 1
        for copy, again in pairwise(copies):
            excuse = _excuse(scene, copy)
            figures[f"twice: {excuse}" if excuse else "twice without excuse"] += 1
            if not excuse:
                problems.append(f"came twice without need:\n{copy.call}\n{again.call}")
    return problems


def _excuse(scene: Scene, copy: _Message) -> str:
    """Why a message had to be said once more; empty if it had not."""
    if any(fault in copy.call.fault for fault in _ANSWER_LOST):
        return "the answer was lost"
    run = next(run for run in scene.runs if copy.call.number <= run.last_call)
    if run is scene.runs[-1]:
        return ""
    cause = _cause(scene, copy)
    committed = (copy.chat, copy.id) in run.sent or (cause is not None and _settled(run, cause))
    return "" if committed else "the process was lost"


def _settled(run: Run, cause: Expected) -> bool:
    return run.updates.get(cause.update) == "done"


def _cause(scene: Scene, copy: _Message) -> Expected | None:
    """The update that a direct answer answers; what comes through the outbox has none."""
    for expected in scene.expected:
        if expected.chat == copy.chat and (
            expected.words == f"reply:{copy.reply_to}" or (expected.words in copy.text)
        ):
            return expected
    return None
