"""How the program is delivered: container files, audit, list of parts. No container engine runs here; what can be read is."""

import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from bot.commands import Exit, _parser
from bot.config import Settings
from bot.updates import Patience

ROOT = Path(__file__).parent.parent
SETTINGS = {item.alias for item in Settings.model_fields.values()}


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    """deploy/audit.py."""
    spec = importlib.util.spec_from_file_location("audit", ROOT / "deploy" / "audit.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_compose_is_locked_down() -> None:
    """Nobody's rights, read-only root, no capabilities, key apart from the data, known settings only."""
    whole = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    service = whole["services"]["lotsenbot"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not service["user"].startswith("0")
    assert "ports" not in service
    assert set(service["environment"]) <= SETTINGS
    assert service["environment"]["DATA_KEY_FILE"] == "/run/secrets/data_key"
    assert set(service["secrets"]) == set(whole["secrets"])
    # What the bot writes lies on a volume or in memory.
    assert {volume.partition(":")[2] for volume in service["volumes"]} == {"/app/data", "/app/wissen"}
    # With the settings of the file the program would start.
    Settings.from_env(
        {
            **{name: str(value) for name, value in service["environment"].items()},
            "BOT_TOKEN": "123456:ABCDEFGH",
            "ADMIN_IDS": "1",
            "DATA_KEY": "A" * 43 + "=",
        }
    )


def test_dockerfile_copies_what_is_there_and_runs_as_nobody() -> None:
    """Sources exist and are let in by .dockerignore; the last user is not root; the command is one of the program."""
    text = (ROOT / "Dockerfile").read_text("utf-8")
    let_in = {
        line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")
    }
    for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE):
        *sources, _target = line.split()
        for source in sources:
            assert (ROOT / source).exists()
            assert source in let_in
    users = re.findall(r"^USER (\d+)", text, re.MULTILINE)
    assert users
    assert users[-1] != "0"
    assert "--require-hashes" in text
    assert set(re.findall(r"\b([A-Z]+_[A-Z]+)=", text)) & SETTINGS == {"DATA_DIR", "METRICS_LISTEN"}
    [command] = re.findall(r"^CMD (\[.+\])$", text, re.MULTILINE)
    _parser().parse_args(json.loads(command))


def unit() -> dict[str, list[str]]:
    """The settings of the systemd unit by name; a name may stand there more than once."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / "deploy" / "lotsenbot.service").read_text("utf-8").splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


def test_systemd_restarts_after_a_crash_and_not_into_a_quarrel() -> None:
    """The exit codes of wrong settings and of a second instance are final; a crash is tried again, but not for ever."""
    settings = unit()
    final = {int(code) for code in settings["RestartPreventExitStatus"][0].split()}
    assert final == {Exit.SETTINGS, Exit.SECOND_INSTANCE}
    assert settings["Restart"] == ["on-failure"]
    assert int(settings["StartLimitBurst"][0]) * int(settings["RestartSec"][0]) < int(
        settings["StartLimitIntervalSec"][0]
    )
    # What is being worked on at SIGTERM has time to end.
    assert int(settings["TimeoutStopSec"][0]) > 2 * Patience().grace.total_seconds()
    [command] = settings["ExecStart"]
    program, *arguments = command.split()
    assert program.endswith("/bin/lotsenbot")
    _parser().parse_args(arguments)


LOCKED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "ProtectKernelTunables": "yes",
    "ProtectControlGroups": "yes",
    "MemoryDenyWriteExecute": "yes",
    "RestrictNamespaces": "yes",
    "CapabilityBoundingSet": "",
    "UMask": "0027",
    "StateDirectory": "lotsenbot",
}


def test_systemd_locks_the_bot_in() -> None:
    """It may write its own folder and talk; the key comes as a credential and lies apart from the data."""
    settings = unit()
    assert {name: settings[name][-1] for name in LOCKED} == LOCKED
    assert settings["User"] != ["root"]
    assert "ReadWritePaths" not in settings
    [credential] = settings["LoadCredential"]
    key = credential.partition(":")[2]
    assert not key.startswith(settings["WorkingDirectory"][0])


def test_systemd_itself_finds_nothing_to_say(tmp_path: Path) -> None:
    """``systemd-analyze``, where there is one: no unknown or misspelt setting, and an exposure that it calls OK."""
    analyze = shutil.which("systemd-analyze")
    text = (ROOT / "deploy" / "lotsenbot.service").read_text("utf-8")
    copy = tmp_path / "lotsenbot.service"
    # The program is not installed where the tests run.
    copy.write_text(
        re.sub(r"^ExecStart=.*", f"ExecStart={sys.executable}", text, flags=re.MULTILINE), "utf-8"
    )
    assert f"ExecStart={sys.executable}" in copy.read_text("utf-8")
    if analyze is None:
        return
    verified = subprocess.run([analyze, "verify", str(copy)], capture_output=True, text=True, check=False)
    assert str(copy) not in verified.stderr, verified.stderr
    assert "lotsenbot.service" not in verified.stderr, verified.stderr
    command = [analyze, "security", "--offline=yes", "--threshold=25", str(copy)]
    exposed = subprocess.run(command, capture_output=True, text=True, check=False)
    assert exposed.returncode == 0, exposed.stdout[-400:]


def test_docker_restarts_only_what_failed_and_looks_at_health() -> None:
    """Compose gives the bot the time it needs to end; the image asks the bot itself how it is, on loopback."""
    service = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]["lotsenbot"]
    assert re.fullmatch(r"on-failure:\d+", service["restart"])
    assert int(service["stop_grace_period"].removesuffix("s")) > 2 * Patience().grace.total_seconds()
    assert service["mem_limit"]
    assert service["pids_limit"]
    assert service["logging"]["options"]["max-size"]
    text = (ROOT / "Dockerfile").read_text("utf-8")
    [address] = re.findall(r"METRICS_LISTEN=(\S+)", text)
    assert f"http://{address}/healthz" in text
    assert address == service["environment"]["METRICS_LISTEN"]
    assert "STOPSIGNAL SIGTERM" in text
    # Nothing that is secret or private gets into the image.
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert ignored[0] == "*" or "*" in ignored
    assert not {".env", "secrets", "data"} & {line[1:] for line in ignored if line.startswith("!")}


def test_an_audit_without_answers_is_no_all_clear(
    audit: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    """pip-audit ends with 0 when its index knows no package: that is told from nothing found."""
    unknown = {"name": "x", "skip_reason": "Dependency not found on PyPI"}
    fine = {"name": "y", "version": "1", "vulns": []}
    assert audit._report(json.dumps({"dependencies": [unknown, fine]})) == 2
    assert "zu 1 von 2 Paketen gab es keine Auskunft" in capsys.readouterr().err
    assert audit._report("") == 2
    assert "Das ist keine Entwarnung" in capsys.readouterr().err
    assert audit._report(json.dumps({"dependencies": [fine]})) == 0
    assert capsys.readouterr().out == "Keine bekannten Lücken in 1 Paketen.\n"
    hole = {"id": "CVE-1", "fix_versions": ["2"]}
    assert audit._report(json.dumps({"dependencies": [{**fine, "vulns": [hole]}, unknown]})) == 1
    assert capsys.readouterr().out == "y 1: CVE-1, behoben in: 2\n"


def test_the_list_of_parts_is_whole(
    audit: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every pinned package with its hashes; and every one of them in the list of licences."""
    requirements = (ROOT / "requirements" / "run.txt").read_text("utf-8")
    pinned = re.findall(r"^([A-Za-z0-9_.-]+)==(\S+)", requirements, re.MULTILINE)
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "run.txt").write_text(requirements, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert audit._list() == 0
    parts = json.loads((tmp_path / "sbom.json").read_text("utf-8"))["components"]
    assert [(part["name"], part["version"]) for part in parts] == pinned
    assert all(part["hashes"] and len(part["hashes"][0]["content"]) == 64 for part in parts)
    licences = (ROOT / "docs" / "lizenzen.md").read_text("utf-8").lower().replace("_", "-").replace(".", "-")
    assert [name for name, _ in pinned if f"| {name.lower()} " not in licences] == []
    assert "index-url" not in requirements
