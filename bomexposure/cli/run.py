"""From a call to an exit code: what each kind of fault looks like to a user."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from pathlib import Path

import click

from bomexposure.model.errors import BomExposureError, Cancelled

EXIT_USAGE = 2
EXIT_INTERNAL = 70
EXIT_INTERRUPTED = 130


def run(arguments: list[str]) -> int:
    """Carry out one call and return its exit code (design, section 6); never raises.

    A fault that a user can mend is one line on stderr; any other exception is a bug and becomes
    one line with the path of a log, never a traceback.
    """
    from bomexposure.cli.commands import program

    logging.basicConfig(level=os.environ.get("BOMEXPOSURE_LOG", "ERROR"), stream=sys.stderr)
    try:
        outcome = program.main(args=arguments, prog_name="bomexposure", standalone_mode=False)
        return outcome if isinstance(outcome, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as fault:
        fault.show(file=sys.stderr)
        return EXIT_USAGE
    except BomExposureError as fault:
        click.echo(f"{fault.what} {fault.mend}".strip(), err=True)
        return fault.exit_code
    except (KeyboardInterrupt, click.exceptions.Abort, Cancelled):
        click.echo("Interrupted; nothing half-written was left behind.", err=True)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # the reader of our output went away; there is nobody left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as bug:
        click.echo(
            f"Internal error ({type(bug).__name__}); the details are in {_log(bug)}", err=True
        )
        return EXIT_INTERNAL


def _log(bug: Exception) -> Path:
    """Write the traceback to a log in the user's own folder and return its path."""
    import tempfile

    import platformdirs

    try:
        folder = Path(platformdirs.user_log_dir("bomexposure", appauthor=False))
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "crash.log"
        with path.open("a", encoding="utf-8") as file:
            file.write("\n")
            traceback.print_exception(bug, file=file)
    except OSError:
        handle, name = tempfile.mkstemp(prefix="bomexposure-", suffix=".log")
        path = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            traceback.print_exception(bug, file=file)
    return path
