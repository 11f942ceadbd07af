"""Everything the window says or asks: the one module that opens boxes and file dialogs.

Reports go to the message strip as values; a box opens only for a question that cannot wait
(unsaved work) and for a fault of the program itself.
"""

from __future__ import annotations

import contextlib
import logging
import platform
import re
import traceback
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, qVersion
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from bomexposure import __version__
from bomexposure.model.errors import BomExposureError
from bomexposure.present.words import tr

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence for the strip.

    Attributes:
        level: 'info', 'done', 'warn' or 'error'.
        action: name of a command that mends it, '' where none; a message with one stays.
        button: words on its button.
        also: name and words of a second command, none where there is no choice.
    """

    text: str
    level: str = "info"
    action: str = ""
    button: str = ""
    also: tuple[str, str] = ("", "")


class Messages(QObject):
    """Says and asks; tests replace it by a recorder."""

    said = Signal(object)

    def __init__(self, window: QWidget | None = None) -> None:
        super().__init__(window)
        self._window = window

    def can_undo(self, text: str) -> None:
        """Say what was done, with its undo beside it."""
        self.say(tr("{text}. Undo with Ctrl+Z.", text=text), "done", "undo", "Undo")

    def can_redo(self, text: str) -> None:
        """Say what was taken back, with its redo beside it."""
        self.say(tr("Undone: {text}. Redo with Ctrl+Shift+Z.", text=text), "done", "redo", "Redo")

    def say(
        self, text: str, level: str = "info", action: str = "", button: str = "",
        also: tuple[str, str] = ("", ""),
    ) -> None:  # fmt: skip
        """Put a sentence into the strip."""
        self.said.emit(Message(text, level, action, button, also))

    def fault(self, fault: Exception) -> None:
        """Say what failed and what mends it; anything unexpected goes to the crash box."""
        if isinstance(fault, BomExposureError):
            self.say(f"{fault.what} {fault.mend}".strip(), "error")
        else:
            self.crash(fault)

    def crash(self, fault: BaseException) -> None:
        """A bug: what happened, to copy or to send by hand; nothing is sent by the program."""
        log.error("unexpected fault", exc_info=fault)
        self.say("Something in the program failed. Your project is untouched.", "error")
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Critical)
        box.setWindowTitle(tr("A fault in the program"))
        box.setText(
            tr("Something in bomexposure failed. Your file and your project are untouched.")
        )
        box.setInformativeText(
            tr("The details below hold no line of your BOM unless named in them.")
        )
        trace = "".join(traceback.format_exception(fault))
        box.setDetailedText(
            tr(
                "bomexposure {version}, Python {python_version}, Qt {qVersion}, "
                "{platform}\n\n{trace}",
                version=__version__,
                python_version=platform.python_version(),
                qVersion=qVersion(),
                platform=platform.platform(),
                trace=trace,
            )
        )
        box.exec()

    def ask_save(self, name: str) -> str:
        """'save', 'discard' or 'cancel' for a document with unsaved decisions."""
        box = QMessageBox(self._window)
        box.setWindowTitle(tr("Unsaved decisions"))
        box.setText(tr("Save the decisions made on {name}?", name=name))
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        _plain(box, buttons.Save)
        answer = box.exec()
        return {buttons.Save: "save", buttons.Discard: "discard"}.get(buttons(answer), "cancel")

    def choose_open(self, title: str, folder: str, kinds: str) -> Path | None:
        """A file to read, None when the user thinks again."""
        name, _kind = QFileDialog.getOpenFileName(self._window, title, folder, kinds)
        return Path(name) if name else None

    def choose_several(self, title: str, folder: str, kinds: str) -> list[Path]:
        """Files to read, none when the user thinks again."""
        names, _kind = QFileDialog.getOpenFileNames(self._window, title, folder, kinds)
        return [Path(name) for name in names]

    def choose_save(self, title: str, proposed: Path, kinds: str) -> Path | None:
        """A file to write, None when the user thinks again."""
        name, _kind = QFileDialog.getSaveFileName(self._window, title, str(proposed), kinds)
        return self.with_ending(Path(name), proposed, kinds) if name else None

    def with_ending(self, path: Path, proposed: Path, kinds: str) -> Path | None:
        """The name with an ending of its kind; None where that would replace a file unasked."""
        if path.suffix.casefold() in re.findall(r"\*(\.\w+)", kinds.casefold()):
            return path
        whole, there = path.with_name(path.name + proposed.suffix), False
        with contextlib.suppress(OSError):  # too long a name is told when it is written
            there = whole.exists()
        if not there:
            return whole
        self.say(
            f"{whole.name} is there already. Write its ending too if you want to replace it.",
            "warn",
        )
        return None

    def choose_folder(self, title: str, folder: str) -> Path | None:
        """A folder to write to."""
        name = QFileDialog.getExistingDirectory(self._window, title, folder)
        return Path(name) if name else None


def _plain(box: QMessageBox, primary: QMessageBox.StandardButton) -> None:
    """Buttons without the system's icons; the one that goes on is filled."""
    for one in box.buttons():
        one.setIcon(QIcon())
    act = box.button(primary)
    act.setProperty("primary", True)
    act.style().polish(act)
