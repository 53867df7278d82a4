"""Copy the browser files we ship out of npm packages, with their licences and checksums.

A maintainer runs `npm ci --ignore-scripts` in tools/vendor, then this; the result is committed, so that neither set-up
nor running needs Node. `--check` compares the committed files with their checksums.
"""

import hashlib
import json
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "tools" / "vendor" / "node_modules"
TARGET = ROOT / "gongchuang" / "static" / "vendor"
SUMS = TARGET / "SHA256SUMS"
# The .map goes along: the manifest storage refuses a file that names a missing one.
FILES = {
    "bootstrap": ["dist/css/bootstrap.min.css", "dist/css/bootstrap.min.css.map"],
}


def copy() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    names = []
    for package, files in FILES.items():
        version = json.loads((MODULES / package / "package.json").read_text())["version"]
        for file in files:
            names.append(Path(file).name)
            shutil.copy(MODULES / package / file, TARGET / names[-1])
        names.append(f"LICENSE.{package}-{version}.txt")
        shutil.copy(MODULES / package / "LICENSE", TARGET / names[-1])
    SUMS.write_text("".join(f"{digest(TARGET / name)}  {name}\n" for name in sorted(names)))


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def check() -> list[str]:
    """What differs from the checksums: changed, missing or added files."""
    lines = (line.split("  ", 1) for line in SUMS.read_text().splitlines())
    wanted = {name: expected for expected, name in lines}
    present = {file.name for file in TARGET.iterdir()} - {SUMS.name}
    changed = [name for name in sorted(wanted) if name in present and digest(TARGET / name) != wanted[name]]
    return changed + sorted(present ^ set(wanted))


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(", ".join(check()) or 0)
    copy()
