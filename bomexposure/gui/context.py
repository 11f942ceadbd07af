"""What every place is given: the document, the view, the looks, and ways to say and do things."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction

from bomexposure.gui.document import Document
from bomexposure.gui.looks import Looks
from bomexposure.gui.messages import Messages
from bomexposure.gui.viewstate import ViewState
from bomexposure.gui.work import Analyst
from bomexposure.gui.writers import WriteOne
from bomexposure.model.choices import Override


@dataclass(frozen=True, slots=True)
class Context:
    """One window's parts that outlive any place.

    Attributes:
        action: QAction of a command by its slot; KeyError for one that does not exist.
        edit_line: takes what was written into a cell of Lines: (line, Override).
        alike: how many counted lines have the same text as a line.
        write_one: writes one file in the background and says what came of it.
        home: folder of what is kept for this user, such as confirmed columns.
    """

    document: Document
    view: ViewState
    looks: Looks
    messages: Messages
    analyst: Analyst
    settings: QSettings
    action: Callable[[str], QAction]
    write_one: Callable[[Path, WriteOne], None]
    home: Path
    edit_line: Callable[[int, Override], None]
    alike: Callable[[int], int]
