"""Keeps what the fast reader's Rust prints about bytes it did not expect off the user's screen.

It writes to the process's error stream before Python hears of the fault, so the stream itself is
turned aside for as long as the reader runs, and everything else that was written is passed on.
"""

from __future__ import annotations

import logging
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager

log = logging.getLogger(__name__)
_ONE_AT_A_TIME = threading.Lock()
_STDERR = 2


@contextmanager
def quiet_reader() -> Iterator[None]:
    """While it runs, text of Rust panics goes to the log; a program without a stream is let be."""
    with _ONE_AT_A_TIME:
        try:
            kept = os.dup(_STDERR)
        except OSError:
            yield
            return
        with tempfile.TemporaryFile() as aside:
            os.dup2(aside.fileno(), _STDERR)
            try:
                yield
            finally:
                os.dup2(kept, _STDERR)
                os.close(kept)
                aside.seek(0)
                said = aside.read()
                if b"panicked at" in said:
                    log.info("the reader said: %s", said.decode("utf-8", "replace").strip())
                elif said:
                    os.write(_STDERR, said)
