"""The command line: arguments, commands, progress on stderr, exit codes of the contract.

Nothing heavy is imported before a command runs, so that `--help` answers at once.
"""

from __future__ import annotations

import sys


def _serve_if_asked() -> None:
    """In a frozen build the computing process is this very program, started with a word for it."""
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()


def main() -> None:
    """Entry point of `bomexposure`."""
    _serve_if_asked()
    sys.exit(_run(sys.argv[1:]))


def main_gui() -> None:
    """Entry point of `bomexposure-gui`, which has no console."""
    _serve_if_asked()
    sys.exit(_run(["gui", *sys.argv[1:]]))


def _run(arguments: list[str]) -> int:
    """One call's exit code; Ctrl-C ends it quietly while the modules are still loading, too."""
    try:
        from bomexposure.cli.run import run

        return run(arguments)
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted.\n")
        return 130
