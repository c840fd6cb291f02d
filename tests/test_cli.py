"""The command line as operators and scripts use it: what is printed where, and with which exit code."""

import base64
import io
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bot.commands as program
from bot import asking
from bot.cache import Cache, Memory
from bot.commands import main
from bot.config import Settings
from bot.editions import Editions
from bot.library import Edition
from knowledge.decision import kind
from tests.conftest import KEY

DECISIONS = {"answer", "choice", "unclear", "handoff", "person", "smalltalk", "urgent"}

Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, cache_folder: Path) -> None:
    """An empty working directory, no setting but DATA_DIR, and the cache of all tests."""
    for item in Settings.model_fields.values():
        monkeypatch.delenv(item.alias or "", raising=False)
    data = tmp_path / "data"
    data.mkdir()
    (data / "cache").symlink_to(cache_folder)
    monkeypatch.setenv("DATA_DIR", str(data))
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def edition(cache_folder: Path, memory: Memory) -> Edition:
    """The small knowledge, read."""
    folder = Path(__file__).parent / "data" / "knowledge"
    return Editions(folder, Cache(cache_folder), memory=memory).load()


def test_init_makes_a_folder_that_passes_the_check(
    tmp_path: Path, shipped_cache: Path, capsys: Printed
) -> None:
    """FAQ, Lotsen, hand-over rules, words and the schema for editors; the sentence says what to enter in .env."""
    folder = tmp_path / "neu" / "wissen"

    assert main(["init", str(folder)]) == 0
    out = capsys.readouterr().out
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert {"lotsen.yaml", "handover.yaml", "synonyms.yaml", "faq.schema.json"} <= files
    assert any(name.startswith("faq/") and name.endswith(".yaml") for name in files)
    assert not [name for name in files if name.startswith("regions/") or name.endswith((".py", ".pyc"))]
    assert out == f"{len(files)} Dateien in {folder} angelegt. In .env eintragen: KNOWLEDGE_DIR={folder}\n"
    assert json.loads((folder / "faq.schema.json").read_text("utf-8"))["type"] == "object"

    assert main(["check", str(folder), "--cache", str(shipped_cache)]) == 0
    assert capsys.readouterr().out.startswith("In Ordnung: ")


def test_init_never_overwrites(tmp_path: Path, capsys: Printed) -> None:
    """A folder with anything in it, or a path that cannot be a folder: exit code 2 and nothing changed."""
    folder = tmp_path / "voll"
    folder.mkdir()
    (folder / "notiz.txt").write_text("meins", "utf-8")

    assert main(["init", str(folder)]) == 2
    assert [path.name for path in folder.iterdir()] == ["notiz.txt"]
    assert "ist nicht leer" in capsys.readouterr().err

    assert main(["init", str(folder / "notiz.txt" / "wissen")]) == 2
    assert "kann nicht angelegt werden" in capsys.readouterr().err


def test_check_of_a_clean_folder(
    knowledge_folder: Path, cache_folder: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counts and exit code 0; the folder is the argument, else KNOWLEDGE_DIR, which .env may set."""
    assert main(["check", str(knowledge_folder), "--cache", str(cache_folder)]) == 0
    counted = capsys.readouterr().out
    assert counted.startswith("In Ordnung: 15 Einträge, ")
    assert ", 5 Lotsen.\n" in counted

    monkeypatch.setenv("KNOWLEDGE_DIR", str(knowledge_folder))
    assert main(["check", "--cache", str(cache_folder)]) == 0
    assert capsys.readouterr().out == counted

    monkeypatch.delenv("KNOWLEDGE_DIR")
    Path(".env").write_text(f"KNOWLEDGE_DIR={knowledge_folder}\n", "utf-8")
    assert main(["check", "--cache", str(cache_folder)]) == 0
    assert capsys.readouterr().out == counted


def test_check_lists_open_points(knowledge_folder: Path, cache_folder: Path, capsys: Printed) -> None:
    """With --offen the list of open points is printed instead."""
    assert main(["check", str(knowledge_folder), "--cache", str(cache_folder), "--offen"]) == 0
    out = capsys.readouterr().out
    assert out.strip()
    assert "In Ordnung" not in out


def test_check_names_every_problem(knowledge_folder: Path, cache_folder: Path, capsys: Printed) -> None:
    """Four mistakes in one run: each with file and line, all at once, exit code 1."""
    faq = knowledge_folder / "faq"
    spoil(faq / "t05-eq.yaml", "stand: 2026-08", "stand: gestern")
    spoil(faq / "t06-alltag.yaml", "pruefen_bis: 2", "pruefen_bis: x2")
    spoil(faq / "t01-duldung.yaml", "- dreiplus2", "- gibt-es-nicht")
    spoil(knowledge_folder / "lotsen.yaml", "art: HWK", "art: GmbH")

    assert main(["check", str(knowledge_folder), "--cache", str(cache_folder)]) == 1
    out = capsys.readouterr().out
    places = re.findall(r"^(\S+\.yaml):(\d+): ", out, re.MULTILINE)
    assert len(places) >= 4, out
    assert {
        "faq/t05-eq.yaml",
        "faq/t06-alltag.yaml",
        "faq/t01-duldung.yaml",
        "lotsen.yaml",
    } <= {name for name, _ in places}, out
    for name, line in places:
        assert 0 < int(line) <= len((knowledge_folder / name).read_text("utf-8").splitlines())


def spoil(file: Path, old: str, new: str) -> None:
    """Put a mistake into a file, once."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_check_of_nothing(tmp_path: Path, capsys: Printed) -> None:
    """A folder that is not there is one problem, not a traceback."""
    assert main(["check", str(tmp_path / "fehlt")]) == 1
    assert capsys.readouterr().out.strip()


def test_ask_prints_the_answer(knowledge_folder: Path, capsys: Printed) -> None:
    """Title, answer without markup, legal basis, source and date."""
    assert main(["ask", "eq dauer monate", "--folder", str(knowledge_folder)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Wie lange dauert eine EQ?\nVier bis zwölf Monate.")
    assert "<b>" not in out
    assert "§ 54a SGB III · https://www.gesetze-im-internet.de" in out
    assert "Stand 2026-08" in out


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Hallo", "[smalltalk]"),
        ("Ich möchte mit einem Menschen sprechen", "[person]"),
        ("Wie repariere ich meine Waschmaschine?", "[handoff]"),
        ("Morgen wird mein Azubi abgeschoben!", "[urgent]"),
    ],
)
def test_ask_names_what_is_no_answer(edition: Edition, question: str, begins: str) -> None:
    """Everything that is neither answer nor choice is shown by its name."""
    assert asking.answer_text(edition, question).startswith(begins)


def test_ask_offers_and_asks_back(edition: Edition) -> None:
    """Several possible entries are listed with their confidence; a vague message gets the question back."""
    vague = {
        kind(edition.understanding.find(text)): asking.answer_text(edition, text)
        for text in (
            "Duldung",
            "EQ",
            "Geld",
            "Hilfe",
            "Ausbildung 3+2 Duldung",
            "Azubi Schule frei",
            "Wie viel?",
        )
    }
    assert vague["choice"].startswith("Meinten Sie:\n  ")
    assert "%)" in vague["choice"]
    assert vague["unclear"].endswith("?")


def test_ask_tells_what_differs_by_land(edition: Edition) -> None:
    """Every Land that is known, or the one that is named; what is unverified is said."""
    everywhere, bavaria = (
        asking.answer_text(edition, f"Wann gilt die Identität als geklärt?{more}")
        for more in ("", " In Bayern?")
    )

    assert "Gilt für Sachsen: In Sachsen hilft" in everywhere
    assert "Bitte vor Ort prüfen: Die Fristen" in everywhere
    assert "Gilt für Bayern: In Bayern hilft" in bavaria
    assert "Gilt für Sachsen" not in bavaria


def test_ask_without_a_question(knowledge_folder: Path, capsys: Printed) -> None:
    """An example, and exit code 2."""
    assert main(["ask", "--folder", str(knowledge_folder)]) == 2
    assert "So geht es: lotsenbot ask" in capsys.readouterr().err


def test_ask_json_reads_line_by_line(
    knowledge_folder: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One object a line in the order of the questions; empty lines none; rubbish is a question like any other."""
    lines = [
        "eq dauer monate",
        "",
        json.dumps({"question": "und wie viel geld gibt es?", "after": "eq-dauer"}),
        json.dumps({"question": "Hallo"}),
        "{kein json",
        '{"frage": "falscher Schlüssel"}',
        "[1, 2]",
        "\x00\ufffd",
        json.dumps({"question": None, "after": 7}),
        "   ",
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))

    assert main(["ask", "--json", "--folder", str(knowledge_folder)]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["question"] for answer in answers] == [
        "eq dauer monate",
        "und wie viel geld gibt es?",
        "Hallo",
        "{kein json",
        '{"frage": "falscher Schlüssel"}',
        "[1, 2]",
        "\x00\ufffd",
        "None",
    ]
    assert answers[0]["decision"] == "answer"
    assert answers[0]["entries"][0]["id"] == "eq-dauer"
    assert answers[2]["decision"] == "smalltalk"
    for answer in answers:
        assert set(answer) == {"question", "decision", "entries"}
        assert answer["decision"] in DECISIONS
        assert all(0 <= entry["confidence"] <= 1 for entry in answer["entries"])


def test_ask_json_with_a_question(knowledge_folder: Path, capsys: Printed) -> None:
    """The question may be the argument as well."""
    assert main(["ask", "eq dauer monate", "--json", "--folder", str(knowledge_folder)]) == 0
    [line] = capsys.readouterr().out.splitlines()
    assert json.loads(line)["entries"][0]["id"] == "eq-dauer"


def test_json_output_keeps_umlauts(edition: Edition) -> None:
    """Not escaped: people read it too."""
    assert "Überstunden" in asking.answer_line(edition, "Überstunden")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(line=st.text(max_size=80))
def test_any_line_gets_one_line(edition: Edition, line: str) -> None:
    """Whatever comes in: one JSON object on one line with a known decision."""
    answer = asking.answer_line(edition, line)
    assert "\n" not in answer
    assert json.loads(answer)["decision"] in DECISIONS


def test_key_makes_keys(capsys: Printed) -> None:
    """32 bytes in Base64, another one every time, accepted as DATA_KEY."""
    assert main(["key"]) == 0
    assert main(["key"]) == 0
    first, second = capsys.readouterr().out.split()
    assert first != second
    assert len(base64.b64decode(first, validate=True)) == 32
    assert Settings.from_env({"BOT_TOKEN": "123456:ABCDEFGH", "ADMIN_IDS": "1", "DATA_KEY": first}).key()


def test_run_without_settings(capsys: Printed) -> None:
    """A sentence for each missing setting, exit code 2, nothing started."""
    assert main(["run"]) == 2
    err = capsys.readouterr().err.splitlines()
    assert [line.partition(" ")[0] for line in err] == ["BOT_TOKEN", "ADMIN_IDS"]
    assert all("fehlt" in line for line in err)


def test_run_without_a_key(capsys: Printed, monkeypatch: pytest.MonkeyPatch) -> None:
    """What .env holds is used, what it lacks is named; the environment overrules it."""
    Path(".env").write_text("BOT_TOKEN=123456:ABCDEFGH\nADMIN_IDS=wir\n", "utf-8")
    monkeypatch.setenv("ADMIN_IDS", "5")
    assert main(["run"]) == 2
    assert capsys.readouterr().err.startswith("DATA_KEY fehlt: ")


def test_run_on_a_database_that_cannot_be_used(
    knowledge_folder: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence and exit code 2; Telegram is asked for nothing (the address leads nowhere)."""
    monkeypatch.setenv("BOT_TOKEN", "123456:ABCDEFGH")
    monkeypatch.setenv("ADMIN_IDS", "5")
    monkeypatch.setenv("DATA_KEY", KEY)
    monkeypatch.setenv("KNOWLEDGE_DIR", str(knowledge_folder))
    monkeypatch.setenv("TELEGRAM_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("LOG_LEVEL", "ERROR")
    Path("data/lotsenbot.db").write_bytes(b"keine Datenbank" * 100)
    assert main(["run"]) == 2
    assert "ist beschädigt" in capsys.readouterr().err


@contextmanager
def nobody() -> Iterator[None]:
    """Without root's rights, which no folder stops."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


def test_run_in_a_folder_that_may_not_be_written(capsys: Printed, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence that names the folder, exit code 2, and nothing was written."""
    monkeypatch.setenv("BOT_TOKEN", "123456:ABCDEFGH")
    monkeypatch.setenv("ADMIN_IDS", "5")
    monkeypatch.setenv("DATA_KEY", KEY)
    monkeypatch.setenv("TELEGRAM_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("DATA_DIR", "data")
    Path().chmod(0o755)
    Path("data").chmod(0o555)
    with nobody():
        assert main(["run"]) == 2
    Path("data").chmod(0o755)
    assert "Der Ordner data ist nicht beschreibbar" in capsys.readouterr().err
    assert not list(Path("data").glob("lotsenbot*"))


def test_eval_measures(knowledge_folder: Path, capsys: Printed) -> None:
    """The table with the targets; with --json one object; the exit code says whether a target was missed."""
    code = main(["eval", str(knowledge_folder)])
    table = capsys.readouterr().out
    assert "Ziel" in table
    assert "Titel und Formulierungen finden ihren Eintrag" in table
    assert code == (1 if "verfehlt" in table else 0)

    assert main(["eval", str(knowledge_folder), "--json"]) == code
    assert "stored" in json.loads(capsys.readouterr().out)["shares"]


def test_bench_needs_the_source(capsys: Printed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An installed program has no folder benchmarks: a sentence and exit code 2."""
    monkeypatch.setattr(program, "__file__", str(tmp_path / "site-packages" / "bot" / "commands.py"))
    assert main(["bench"]) == 2
    assert "nur im Quelltext" in capsys.readouterr().err


def test_bench_runs_the_script(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The exit code is the script's."""
    script = tmp_path / "benchmarks" / "everything.py"
    script.parent.mkdir()
    script.write_text("raise SystemExit(7)\n", "utf-8")
    monkeypatch.setattr(program, "__file__", str(tmp_path / "bot" / "commands.py"))
    assert main(["bench"]) == 7


@pytest.mark.parametrize("arguments", [[], ["unsinn"], ["run", "--schnell"]])
def test_unknown_commands(arguments: list[str], capsys: Printed) -> None:
    """How it is used, and exit code 2."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: lotsenbot" in capsys.readouterr().err


def test_help_tells_every_command(capsys: Printed) -> None:
    """--help names all commands in German."""
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    out = capsys.readouterr().out
    for command in ("run", "demo", "init", "check", "ask", "eval", "bench", "key"):
        assert re.search(rf"^\s+{command}\s", out, re.MULTILINE), command
