"""The building blocks of every place: labels, cards, segments, chips, empty states."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QDate, QEvent, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QHelpEvent, QIcon, QPaintEvent, QTextCharFormat, QValidator
from PySide6.QtWidgets import (
    QButtonGroup,
    QCalendarWidget,
    QComboBox,
    QCompleter,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from bomexposure.gui import focus
from bomexposure.gui.icons import icon, picture
from bomexposure.gui.looks import Looks
from bomexposure.present import numbers
from bomexposure.present.words import shortened, tr

Margins = tuple[int, int, int, int]


TIP_LETTERS = 60
"""A tooltip longer than this is broken into lines."""


def tipped(text: str) -> str:
    """A tooltip's words, so that long ones are broken into lines: Qt does that for rich text."""
    text = tr(text)
    if len(text) <= TIP_LETTERS:
        return text
    return f"<qt>{html.escape(text, quote=False).replace(chr(10), '<br>')}</qt>"


def tip(widget: QWidget, text: str) -> None:
    """Give a widget a tooltip; screen readers get the plain words."""
    widget.setToolTip(tipped(text))
    widget.setAccessibleDescription(tr(text))


class NumberField(QDoubleSpinBox):
    """Reads numbers as the rest of the window does: as the user writes them or as a file has them.

    Qt drops a mark between thousands wherever it stands: in German "1.5" would become 15.
    """

    def _bare(self, text: str) -> str:
        return text.removeprefix(self.prefix()).removesuffix(self.suffix()).strip()

    def textFromValue(self, value: float) -> str:
        return numbers.marked(f"{value:.{self.decimals()}f}")

    def valueFromText(self, text: str) -> float:
        try:
            return numbers.read(self._bare(text))
        except ValueError:
            return self.minimum()

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        bare = self._bare(text)
        if self.specialValueText() and text == self.specialValueText():
            return QValidator.State.Acceptable, text, at
        if not bare or bare in ("-", "−"):
            return QValidator.State.Intermediate, text, at
        try:
            value = numbers.read(bare)
        except ValueError:
            half = all(letter.isdigit() or letter in ".,'’٫٬ \u00a0\u202f" for letter in bare)
            return (QValidator.State.Intermediate if half else QValidator.State.Invalid), text, at
        if value > self.maximum():
            return QValidator.State.Invalid, text, at
        whole = value >= self.minimum()
        return (QValidator.State.Acceptable if whole else QValidator.State.Intermediate), text, at


def number_field(
    most: float, decimals: int = 0, *, least: float = 0.0, before: str = "", after: str = ""
) -> QDoubleSpinBox:
    """A field for a number, with what stands before and after it.

    Without its arrows the edit field covers the whole box, so that words would touch its edge.
    """
    made = NumberField()
    made.setRange(least, most)
    made.setDecimals(decimals)
    made.setPrefix(before)
    made.setSuffix(after)
    edit = made.findChild(QLineEdit)
    if edit is not None:
        edit.setTextMargins(6, 0, 6, 0)
    return made


class _Words(QLabel):
    """A label from whose first link Shift+Tab leads on: Qt's own finds that link again for ever."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        if not forward and self.hasSelectedText() and self.selectionStart() == 0:
            self.setSelection(0, 0)
            return focus.step(self.window(), self, forward=False)
        return super().focusNextPrevChild(forward)


def date_field(day: QDate) -> QDateEdit:
    """A field for a day with a calendar; weekends are grey, for red is kept for faults."""
    made = QDateEdit(day)
    made.setCalendarPopup(True)
    made.setDisplayFormat("d MMM yyyy")
    calendar, quiet = made.calendarWidget(), QTextCharFormat()
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    quiet.setForeground(made.palette().placeholderText())
    for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(weekend, quiet)
    calendar.setHeaderTextFormat(quiet)
    for name, mark in (("prevmonth", "‹"), ("nextmonth", "›")):
        turn = calendar.findChild(QToolButton, f"qt_calendar_{name}")
        if turn is not None:
            turn.setIcon(QIcon())
            turn.setText(mark)
    return made


def label(text: str = "", style: str = "", *, wrap: bool = False, select: bool = False) -> QLabel:
    """A label in one of the type styles of the style sheet."""
    made = _Words(tr(text))
    if style:
        made.setProperty("style", style)
    made.setWordWrap(wrap)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    if select:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def button(
    text: str,
    on_click: Callable[[], object] | None = None,
    *,
    primary: bool = False,
    link: bool = False,
    tip: str = "",
) -> QPushButton:
    """A push button; one filled primary button a place, the others outlined."""
    made = QPushButton(tr(text))
    made.setAutoDefault(False)
    if primary:
        made.setProperty("primary", True)
    if link:
        made.setProperty("link", True)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    if tip:
        made.setToolTip(tipped(tr(tip)))
        made.setAccessibleDescription(tr(tip))
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made


def complete(field: QLineEdit, names: Iterable[str], *, width: int = 0) -> None:
    """Offer names that hold what is typed, in a list of at least `width` px."""
    made = QCompleter(list(names), field)
    made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    made.setFilterMode(Qt.MatchFlag.MatchContains)
    made.setMaxVisibleItems(12)
    field.setCompleter(made)
    offered = made.popup()
    if offered is not None:
        offered.setObjectName("completer")
        offered.setMinimumWidth(width)


def complete_by(field: QLineEdit, offered: Callable[[str], list[str]], *, width: int = 0) -> None:
    """Offer what a search finds for the words typed, best first, in a list of `width` px."""
    found = QStringListModel(field)
    made = QCompleter(found, field)
    made.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
    made.setMaxVisibleItems(12)
    field.setCompleter(made)
    field.textEdited.connect(lambda text: found.setStringList(offered(text)))
    popup = made.popup()
    if popup is not None:
        popup.setObjectName("completer")
        popup.setMinimumWidth(width)


def spread(dialog: QDialog, parent: QWidget, width: int, height: int) -> None:
    """Open a dialog this large, px of the design, in large text larger, never beyond the window."""
    part, room = dialog.fontInfo().pixelSize() / 13, parent.window().size() - QSize(40, 60)
    size = QSize(round(width * part), round(height * part)).boundedTo(room)
    dialog.setMinimumSize(QSize(width, height).boundedTo(room))
    dialog.resize(size)


def answers(dialog: QDialog, words: str) -> tuple[QDialogButtonBox, QPushButton]:
    """Cancel, and the filled button that does it, named for what it does; no system icons."""
    made = QDialogButtonBox()
    roles = QDialogButtonBox.ButtonRole
    act = button(words, primary=True)
    made.addButton(act, roles.AcceptRole)
    made.addButton(button("Cancel"), roles.RejectRole)
    act.setDefault(True)
    made.accepted.connect(dialog.accept)
    made.rejected.connect(dialog.reject)
    return made, act


def row(
    *items: QWidget | QLayout | int | None, gap: int = 8, margins: Margins = (0, 0, 0, 0)
) -> QHBoxLayout:
    """A horizontal layout; an int is a fixed space, None a stretch."""
    made = QHBoxLayout()
    made.setSpacing(gap)
    made.setContentsMargins(*margins)
    _fill(made, items)
    return made


def column(
    *items: QWidget | QLayout | int | None, gap: int = 8, margins: Margins = (0, 0, 0, 0)
) -> QVBoxLayout:
    """A vertical layout; an int is a fixed space, None a stretch."""
    made = QVBoxLayout()
    made.setSpacing(gap)
    made.setContentsMargins(*margins)
    _fill(made, items)
    return made


def _fill(
    layout: QHBoxLayout | QVBoxLayout, items: Iterable[QWidget | QLayout | int | None]
) -> None:
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)


def card(*, name: str = "card") -> QFrame:
    """A surface with a hairline and round corners."""
    made = QFrame()
    made.setObjectName(name)
    return made


def rule(*, vertical: bool = False) -> QFrame:
    """A hairline."""
    made = QFrame()
    made.setObjectName("rule")
    if vertical:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout; widgets are deleted when the event loop next turns."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


class Combo(QComboBox):
    """A combo box whose words end in an ellipsis where they do not fit, and are then its tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Qt's own delegate of a combo box takes no height from the style sheet
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setMaxVisibleItems(20)

    def showPopup(self) -> None:
        """The list is as wide as its words, as far as the window has room."""
        widest = max((self._wide(self.itemText(at)) for at in range(self.count())), default=0)
        self.view().setMinimumWidth(min(widest, self.window().width() * 2 // 3))
        super().showPopup()

    def _wide(self, words: str) -> int:
        return self.fontMetrics().horizontalAdvance(words) + 44

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(6, 0)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint() + QSize(6, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        style = self.style()
        box = style.subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, box.width() - 4
        )
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            told = [one for one in (self.currentText(), self.toolTip()) if one]
            QToolTip.showText(event.globalPos(), tipped("\n".join(dict.fromkeys(told))), self)
            return True
        return super().event(event)


class Tall(QFrame):
    """What a scroll area holds: as tall as its words are at the width that they have.

    A layout's least height is reckoned at its least width, where every sentence stands in a column
    of single words; a scroll area that takes it scrolls on through emptiness, several pages of it.
    """

    def minimumSizeHint(self) -> QSize:
        least, inside = super().minimumSizeHint(), self.layout()
        if inside is None or not inside.hasHeightForWidth():
            return least
        return QSize(least.width(), 0)


class _Sturdy(QWidget):
    """Asks for its least height alone: a scroll area would give it the height it likes best."""

    def hasHeightForWidth(self) -> bool:
        return False

    def minimumSizeHint(self) -> QSize:
        # too wide for the window, it is laid out in the width that there is
        return QSize(0, super().minimumSizeHint().height())


def scroller(layout: QLayout) -> QScrollArea:
    """A place's content, which scrolls where large text or a small window leaves it no room."""
    inner, held = QWidget(), _Sturdy()
    inner.setObjectName("canvas")
    inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    held.setLayout(layout)
    inner.setLayout(column(held))
    area = QScrollArea()
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


class Segments(QWidget):
    """Exclusive views side by side; the chosen one is tinted and underlined."""

    chosen = Signal(str)

    def __init__(self, views: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._keys: list[str] = []
        self._buttons: dict[str, QToolButton] = {}
        layout = row(gap=0)
        self.setLayout(layout)
        for number, (key, text) in enumerate(views):
            one = QToolButton()
            one.setText(tr(text))
            one.setCheckable(True)
            one.setProperty("segment", True)
            one.setProperty(focus.EXCLUSIVE, True)
            end = "first" if number == 0 else "last" if number == len(views) - 1 else "middle"
            one.setProperty("end", end)
            self._group.addButton(one, number)
            self._keys.append(key)
            self._buttons[key] = one
            one.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            layout.addWidget(one)
        self._group.idClicked.connect(lambda at: self.chosen.emit(self._keys[at]))
        if self._keys:
            self._buttons[self._keys[0]].setChecked(True)

    @property
    def current(self) -> str:
        at = self._group.checkedId()
        return self._keys[at] if at >= 0 else ""

    def choose(self, key: str) -> None:
        """Mark a view without telling anyone."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def retitle(self, key: str, text: str) -> None:
        """New words on one view, such as a count."""
        self._buttons[key].setText(text)
        self._buttons[key].setAccessibleName(text)

    def button(self, key: str) -> QToolButton:
        return self._buttons[key]


CHIP_LETTERS = 30


class FilterChip(QToolButton):
    """A filter that is on; pressing it takes it off."""

    def __init__(
        self, text: str, looks: Looks, kind: str = "", letters: int = CHIP_LETTERS
    ) -> None:
        super().__init__()
        self.setProperty("chip", True)
        words = tr("Filtered by {kind}", kind=tr(kind)) if kind else tr("Filter")
        self.setText(shortened(text, letters))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIcon(icon("close", looks.theme, role="accent"))
        self.setIconSize(QSize(looks.type.s(12), looks.type.s(12)))
        whole = f"{words} {text}"
        said = whole if len(text) > letters else words
        tip(self, tr("{filter}. Press to take it off (Esc takes off the newest)", filter=said))
        self.setAccessibleName(tr("{filter}, press to take off", filter=whole))


MOST_WIDE = 440
"""Of the sentence that says why a place is empty, px."""


class EmptyState(QWidget):
    """Why there is nothing here, and the one thing to do about it."""

    def __init__(self, looks: Looks, icon_name: str = "info") -> None:
        super().__init__()
        self._looks, self._icon = looks, icon_name
        self._disc = QLabel()
        self._disc.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text = label("", "text2", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setFixedWidth(MOST_WIDE)
        self._button = button("")
        self._button.hide()
        self._act: Callable[[], object] | None = None
        self._button.clicked.connect(self._pressed)
        center = Qt.AlignmentFlag.AlignHCenter
        layout = column(None, gap=12)
        for widget in (self._disc, self._text, self._button):
            layout.addWidget(widget, 0, center)
        layout.addStretch(1)
        self.setLayout(layout)
        looks.changed.connect(self._restyle)
        self._restyle()

    def tell(self, text: str, words: str = "", act: Callable[[], object] | None = None) -> None:
        """The sentence, and a button with its act."""
        self._text.setText(tr(text))
        # lines of like length: as narrow as they can be without another line
        high = self._text.heightForWidth(MOST_WIDE)
        wide = MOST_WIDE
        while wide > MOST_WIDE // 2 and self._text.heightForWidth(wide - 8) <= high:
            wide -= 8
        self._text.setFixedWidth(wide)
        # a wrapped label asks for one line's height until it is laid out
        self._text.setMinimumHeight(high)
        self._act = act
        self._button.setText(tr(words))
        self._button.setVisible(bool(words))

    def _pressed(self) -> None:
        if self._act is not None:
            self._act()

    def _restyle(self) -> None:
        theme = self._looks.theme
        self._disc.setPixmap(picture(self._icon, theme.text_2, 28, self.devicePixelRatioF()))
        self._disc.setFixedSize(52, 52)
        self._disc.setStyleSheet(f"background: {theme.sunken}; border-radius: 26px;")
