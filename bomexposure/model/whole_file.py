"""Files are written whole or not at all: into a scratch file beside the target, then swapped."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bomexposure.model.errors import OutputError

LONGEST_SHOWN = 80
"""Letters of a name in a message."""


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A scratch path to write to; it becomes `path` when the block ends well, else it is deleted.

    Raises OutputError, with what mends it, when the folder or the file cannot be written.
    """
    scratch: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=".part-", suffix=path.suffix, dir=path.parent)
        os.close(handle)
        scratch = Path(name)
        yield scratch
        # mkstemp makes the file private; an output has the rights of any other new file
        mask = os.umask(0)
        os.umask(mask)
        scratch.chmod(0o666 & ~mask)
        scratch.replace(path)
        scratch = None
    except OSError as fault:
        raise _output_error(path, path.name, fault) from fault
    finally:
        if scratch is not None:
            with contextlib.suppress(OSError):
                scratch.unlink()


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """A scratch folder; its files move into `folder` when the block ends well, else it is deleted.

    `folder` is made if it is not there; other files in it stay. Raises OutputError, with what mends
    it, when the folder or a file of the same name in it cannot be written.
    """
    scratch: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=".part-", dir=folder.parent))
        yield scratch
        made = sorted(scratch.iterdir())
        folder.mkdir(exist_ok=True)
        for path in made:
            path.replace(folder / path.name)
    except OSError as fault:
        raise _output_error(folder, f"The folder {folder.name}", fault) from fault
    finally:
        if scratch is not None:
            shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def staged(path: Path) -> Iterator[Path]:
    """A scratch folder beside `path`, for whoever writes `path` under its own name in there.

    What lies in it when the block ends well takes its place beside `path` (the files of a folder
    one by one), else it is deleted. Raises OutputError like the others.
    """
    scratch: Path | None = None
    try:
        scratch = Path(tempfile.mkdtemp(prefix=".part-", dir=path.parent))
        yield scratch
        for made in sorted(scratch.iterdir()):
            target = path.parent / made.name
            if made.is_dir():
                target.mkdir(exist_ok=True)
                for one in sorted(made.iterdir()):
                    one.replace(target / one.name)
            else:
                made.replace(target)
    except OSError as fault:
        raise _output_error(path, path.name, fault) from fault
    finally:
        if scratch is not None:
            shutil.rmtree(scratch, ignore_errors=True)


def _output_error(path: Path, name: str, fault: OSError) -> OutputError:
    """The fault with the reason first and what mends just that."""
    if len(name) > LONGEST_SHOWN:
        name = f"{name[: LONGEST_SHOWN - 1]}…"
    if fault.errno == errno.ENAMETOOLONG:
        return OutputError(f"{name} cannot be written: the name is too long.", "Choose a shorter.")
    with contextlib.suppress(OSError):
        if not path.parent.is_dir():
            return OutputError(
                f"{name} cannot be written: there is no folder {path.parent}.",
                "Make it first, or name another.",
            )
    mend = "Choose another folder, or close the file if another program holds it."
    if fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        mend = "Make room there, or choose another folder."
    elif fault.errno == errno.EROFS:
        mend = "Choose another folder."
    return OutputError(f"{name} cannot be written: {fault.strerror or fault}.", mend)


def refuse_input(target: Path, *inputs: Path) -> None:
    """Raises OutputError when writing `target` would overwrite one of the files that are read."""
    for one in inputs:
        with contextlib.suppress(OSError):
            if target == one or (target.exists() and one.exists() and target.samefile(one)):
                raise OutputError(
                    f"{target.name} is read for this analysis, so it cannot be written over.",
                    "Choose another name for the output.",
                )


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to `path`, whole or not at all, down to the disk. Raises OutputError."""
    with whole_file(path) as scratch, scratch.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
