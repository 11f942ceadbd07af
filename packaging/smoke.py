"""Does the built program work? `python packaging/smoke.py [dist/bomexposure]`

Starts each executable as a user would: the command line analyses the shipped sample into JSON,
Excel and PDF, and the window opens on it, computes, and closes. Needs a display or `xvfb-run`, else
the window runs offscreen.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

LIMIT_S = 300
END = ".exe" if sys.platform == "win32" else ""


def run(command: list[str], **more: str) -> str:
    """Run it; what it printed. SystemExit with its words when it fails."""
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=LIMIT_S, env={**os.environ, **more},
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{command[0]} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def check(holds: bool, words: str) -> None:
    """Say that it holds, or end."""
    if not holds:
        raise SystemExit(f"FAILED: {words}")
    print(f"ok: {words}")


def main() -> int:
    """All checks; 0 when they hold."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "dist/bomexposure").absolute()
    terminal, window = folder / f"bomexposure{END}", folder / f"bomexposure-gui{END}"
    sample = next(folder.rglob("samples/coolant-pump.xlsx"))
    check("bomexposure" in run([str(terminal), "--version"]), "the command line starts")
    with tempfile.TemporaryDirectory() as scratch:
        out = {kind: Path(scratch) / f"out.{kind}" for kind in ("json", "xlsx", "pdf")}
        outputs = [word for kind, path in out.items() for word in (f"--{kind}", str(path))]
        run([str(terminal), "analyze", str(sample), "--as-of", "2026-11-22", *outputs])
        told = json.loads(out["json"].read_bytes())
        check(str(told["schema"]).startswith("bomexposure/analysis/"), "JSON has its schema")
        names = zipfile.ZipFile(out["xlsx"]).namelist()
        check("xl/workbook.xml" in names, "the workbook is one")
        check(out["pdf"].read_bytes().startswith(b"%PDF-"), "the PDF is one")
        looks = {} if os.environ.get("DISPLAY") or END else {"QT_QPA_PLATFORM": "offscreen"}
        picture = Path(scratch) / "window.png"
        run(
            [str(window), str(sample)], **looks, BOMEXPOSURE_SMOKE=str(picture),
            BOMEXPOSURE_SETTINGS=str(Path(scratch) / "settings.ini"),
        )  # fmt: skip
        check(picture.read_bytes().startswith(b"\x89PNG"), "the window opens the sample")
    return 0


if __name__ == "__main__":
    sys.exit(main())
