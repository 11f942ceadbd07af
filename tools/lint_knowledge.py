"""Checks resources/knowledge: elements, ids, sums, unique keys, sources, words that collide.

    python tools/lint_knowledge.py [FOLDER]

Prints one line per fault and leaves with 1 if there are any. The same checks run as a test.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bomexposure.content.lint import faults_of
from bomexposure.model.errors import BomExposureError
from bomexposure.model.resources import resource


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else resource("knowledge")
    try:
        faults = faults_of(folder)
    except BomExposureError as fault:
        faults = [str(fault)]
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults in {folder.name}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
