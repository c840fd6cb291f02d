"""``make audit``: known vulnerabilities of the pinned packages; ``make sbom``: their list (CycloneDX).

pip-audit takes a package that its index does not know for fine. Without a network that would be all of them, so that
silence is told from "nothing found" here. Exit codes: 0 nothing found, 1 vulnerable, 2 not checked.
"""

import json
import subprocess
import sys
from pathlib import Path

_REQUIREMENTS = "requirements/run.txt"
_NOT_CHECKED = (
    "Nicht geprüft: {why}. Für die Prüfung auf bekannte Lücken braucht es eine Verbindung zum Paketindex. "
    "Das ist keine Entwarnung."
)


def main() -> int:
    """Audit, or with the argument ``sbom`` write ``sbom.json``."""
    if sys.argv[1:] == ["sbom"]:
        return _list()
    command = [
        str(Path(sys.executable).parent / "pip-audit"),
        *(
            "-r",
            _REQUIREMENTS,
            "--require-hashes",
            "--disable-pip",
            "--progress-spinner",
            "off",
            "-f",
            "json",
        ),
    ]
    ended = subprocess.run(command, check=False, capture_output=True, text=True, timeout=600)  # noqa: S603  # ours
    return _report(ended.stdout)


def _report(output: str) -> int:
    try:
        packages = json.loads(output)["dependencies"]
    except (ValueError, KeyError):
        sys.stderr.write(_NOT_CHECKED.format(why="pip-audit hat nicht geantwortet") + "\n")
        return 2
    skipped = [item["name"] for item in packages if "skip_reason" in item]
    bad = [(item, hole) for item in packages for hole in item.get("vulns", ())]
    for item, hole in bad:
        fixed = ", ".join(hole["fix_versions"]) or "noch keiner"
        sys.stdout.write(f"{item['name']} {item['version']}: {hole['id']}, behoben in: {fixed}\n")
    if bad:
        return 1
    if skipped:
        why = f"zu {len(skipped)} von {len(packages)} Paketen gab es keine Auskunft"
        sys.stderr.write(_NOT_CHECKED.format(why=why) + "\n")
        return 2
    sys.stdout.write(f"Keine bekannten Lücken in {len(packages)} Paketen.\n")
    return 0


def _list() -> int:
    """What is pinned, with the hashes that an installation accepts."""
    components = []
    for block in Path(_REQUIREMENTS).read_text("utf-8").replace("\\\n", " ").splitlines():
        pin, *hashes = block.split(" --hash=sha256:")
        name, _, version = pin.strip().partition("==")
        if version:
            components.append(
                {
                    "type": "library",
                    "bom-ref": f"{name}@{version}",
                    "name": name,
                    "version": version,
                    "purl": f"pkg:pypi/{name.lower()}@{version}",
                    "hashes": [{"alg": "SHA-256", "content": value.strip()} for value in hashes],
                }
            )
    whole = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": components}
    Path("sbom.json").write_text(json.dumps(whole, indent=1) + "\n", "utf-8")
    sys.stdout.write(f"sbom.json: {len(components)} Pakete.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
