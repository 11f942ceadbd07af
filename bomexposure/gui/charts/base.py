"""What every chart offers: one tab stop, arrows between marks, tooltips, copy, PNG, SVG, CSV.

A chart paints itself with `draw`, which takes any painter, so that the picture in a file is the
picture on screen; while it paints it notes where its marks are, and those answer mouse and keys.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEvent,
    QIODevice,
    QMimeData,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QMenu, QScrollArea, QSizePolicy, QToolTip, QWidget

from bomexposure.gui.charts import spoken
from bomexposure.gui.looks import Looks
from bomexposure.gui.paint import paint_focus
from bomexposure.gui.theme import LIGHT, Theme
from bomexposure.gui.writers import WriteOne, bytes_writer, table_writer
from bomexposure.present.shown import shown_spec
from bomexposure.present.specs import TableSpec
from bomexposure.present.words import tr

ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip
"""Steps to the right and down."""
PAGE = 10
"""Marks by which a page key goes on."""


@dataclass(frozen=True, slots=True)
class HitArea:
    """Where a mark lies on the chart and what it says."""

    rect: QRectF
    key: str
    tip: str
    spoken: str = ""


class Chart(QWidget):
    """Base of all charts.

    Subclasses implement `draw`, which paints and returns the hit areas in reading order, and
    `ideal_height` for a width. They read `selected` to stress a mark and `faded` for the others.
    """

    ROOM = (0, 0)
    """Least width and height at the 13 px design."""
    GRID = False
    """Whether the arrows walk in rows and columns; else Down and Right both go to the next mark."""

    chosen = Signal(str)
    """A mark was selected by click or Enter."""
    opened = Signal(str)
    """A mark was double-clicked: drill down."""
    table_wanted = Signal(object)
    """"Show as table" was asked for; carries the TableSpec."""

    def __init__(self, looks: Looks, name: str) -> None:
        super().__init__()
        self.looks, self.chart_name = looks, name
        self.selected = ""
        self.areas: list[HitArea] = []
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        looks.changed.connect(self._restyled)
        spoken.install()
        self.measure()

    # --- to be given by a chart -------------------------------------------------------------

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> list[HitArea]:
        """Paint into `rect` and say where the marks are."""
        raise NotImplementedError(type(self).__name__)

    def ideal_height(self, width: int) -> int:
        """The height that shows everything at this width."""
        del width
        return 240

    def table(self) -> TableSpec | None:
        """The same data as a table."""
        return None

    def measure(self) -> None:
        """Ask for the room that is needed at this text size."""
        self.setMinimumSize(self.looks.type.s(self.ROOM[0]), self.looks.type.s(self.ROOM[1]))

    def head_height(self) -> int:
        """Height of heads that stay in sight while the rows scroll below them; 0 for none."""
        return 0

    def side_width(self) -> int:
        """Width of names that stay in sight while columns scroll beside them; 0 for none."""
        return 0

    def foot_height(self, width: int) -> int:
        """Height of the legend, which stands below the rows and does not scroll; 0 for none."""
        del width
        return 0

    def draw_foot(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint the legend."""

    # --- selection --------------------------------------------------------------------------

    def select(self, key: str) -> None:
        """Stress one mark, '' for none."""
        if key != self.selected:
            self.selected = key
            self.update()

    def area_at(self, where: QPoint) -> HitArea | None:
        """The last drawn area below a point."""
        if self.scrolled and where.y() < self.scrolled + self.head_height():
            return None  # the heads lie over the rows there
        if self.slid and where.x() < self.slid + self.side_width():
            return None
        for area in reversed(self.areas):
            if area.rect.contains(where.toPointF()):
                return area
        return None

    @property
    def scrolled(self) -> int:
        """How far the chart is scrolled up, px; 0 where it has no heads to keep."""
        return max(0, -self.y()) if self.head_height() else 0

    @property
    def slid(self) -> int:
        """How far the chart is scrolled to the left, px; 0 where it has no names to keep."""
        return max(0, -self.x()) if self.side_width() else 0

    # --- painting ---------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(self.looks.theme.surface))
        self.areas = self.draw(painter, QRectF(self.rect()), self.looks.theme)
        if self.hasFocus():
            if 0 <= self._at < len(self.areas):
                paint_focus(painter, self.areas[self._at].rect, self.looks.theme)
            else:
                paint_focus(painter, QRectF(self.rect()), self.looks.theme)
        head, side = float(self.head_height()), float(self.side_width())
        wide, high = float(self.width()), float(self.height())
        if self.slid:
            self._keep(painter, QRectF(0, 0, side, high), self.slid, 0)
        if self.scrolled:
            self._keep(painter, QRectF(0, 0, wide, head), 0, self.scrolled)
        if self.slid and self.scrolled:
            self._keep(painter, QRectF(0, 0, side, head), self.slid, self.scrolled)
        painter.end()

    def _keep(self, painter: QPainter, strip: QRectF, right: int, down: int) -> None:
        """A strip of heads or names once more, over what has scrolled below it."""
        painter.save()
        painter.translate(right, down)
        painter.setClipRect(strip)
        painter.fillRect(strip, QColor(self.looks.theme.surface))
        self.draw(painter, QRectF(self.rect()), self.looks.theme)
        painter.setPen(QPen(QColor(self.looks.theme.line), 1))
        if down:
            painter.drawLine(
                strip.bottomLeft() - QPointF(0, 1), strip.bottomRight() - QPointF(0, 1)
            )
        if right:
            painter.drawLine(strip.topRight() - QPointF(1, 0), strip.bottomRight() - QPointF(1, 0))
        painter.restore()

    def sizeHint(self) -> QSize:
        return QSize(360, self.ideal_height(max(200, self.width())))

    def _restyled(self) -> None:
        self.measure()
        self.updateGeometry()
        self.update()

    # --- mouse and keys ---------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        area = self.area_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and area is not None:
            self._at = self.areas.index(area)
            self.chosen.emit(area.key)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        area = self.area_at(event.position().toPoint())
        if area is not None:
            self.opened.emit(area.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        there = self.area_at(event.position().toPoint()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if there else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End move between marks, Enter selects, Shift+Enter drills."""
        key, last = event.key(), len(self.areas) - 1
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if key in ARROWS:
            self._move(*ARROWS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to(0 if key == Qt.Key.Key_Home else last)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            by = PAGE if key == Qt.Key.Key_PageDown else -PAGE
            self.go_to(min(last, max(0, self.current + by)))
        elif enter and 0 <= self._at <= last and self.areas[self._at].key:
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.opened if shift else self.chosen).emit(self.areas[self._at].key)
        else:
            super().keyPressEvent(event)

    @property
    def current(self) -> int:
        """Number of the mark that the arrows stand on, else of the selected one; -1 for none."""
        if 0 <= self._at < len(self.areas):
            return self._at
        chosen = (n for n, one in enumerate(self.areas) if one.key and one.key == self.selected)
        return next(chosen, -1)

    def _move(self, right: int, down: int) -> None:
        """The next mark; in a chart of rows and columns, the nearest that way."""
        now, last = self.current, len(self.areas) - 1
        if now >= 0 and self.GRID:
            beside = self._next_to(self.areas[now].rect, right, down)
            self.go_to(now if beside is None else beside)
        else:
            self.go_to(min(last, max(0, now + right + down)))

    def _next_to(self, box: QRectF, right: int, down: int) -> int | None:
        """The mark that lies next to a box in one direction, the one most in line with it."""
        ranked = []
        for number, area in enumerate(self.areas):
            by = area.rect.center() - box.center()
            along = by.x() * right + by.y() * down
            aside = abs(by.y() * right) + abs(by.x() * down)
            if along > 1:
                ranked.append((along + 4 * aside, number))
        return min(ranked)[1] if ranked else None

    def go_to(self, number: int) -> None:
        """Put the keyboard's mark on a mark of the chart, bring it in sight and have it said."""
        if not 0 <= number < len(self.areas):
            return
        self._at = number
        area = self.areas[number]
        self.setAccessibleDescription(area.spoken or area.tip)
        spoken.say(self, number)
        held = self.parentWidget()
        room = held.parentWidget() if held is not None else None
        if isinstance(room, QScrollArea):
            middle, half = area.rect.center().toPoint(), area.rect.size().toSize() / 2
            # heads and names that stay in sight lie over what has scrolled below them
            wide = min(half.width() + self.side_width(), room.viewport().width() // 2 - 1)
            high = min(half.height() + self.head_height(), room.viewport().height() // 2 - 1)
            room.ensureVisible(middle.x(), middle.y(), wide, high)
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            area = self.area_at(event.pos())
            QToolTip.showText(event.globalPos(), area.tip if area is not None else "", self)
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu, where = self.menu(), event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and 0 <= self._at < len(self.areas):
            where = self.mapToGlobal(self.areas[self._at].rect.center().toPoint())
        menu.exec(where)
        menu.deleteLater()

    # --- pictures and data ------------------------------------------------------------------

    def menu(self) -> QMenu:
        """Copy, and the data as a table; files go through Ctrl+E."""
        menu = QMenu(self)
        menu.addAction(tr("Copy picture"), self.copy_picture)
        menu.addAction(tr("Copy as SVG"), self.copy_svg)
        menu.addAction(tr("Copy data"), self.copy_data)
        if self.table() is not None:
            menu.addAction(tr("Show as table"), lambda: self.table_wanted.emit(self.table()))
        return menu

    def picture(self, ratio: float = 2.0, theme: Theme = LIGHT) -> QImage:
        """The chart on white, at twice the screen's size."""
        size = self._whole()
        image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        image.fill(QColor(theme.surface))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_whole(painter, size, theme)
        painter.end()
        return image

    def _whole(self) -> QSize:
        """The size of a picture: all rows, and the legend below them."""
        wide = max(480, self.width())
        high = max(self.height(), self.ideal_height(self.width()))
        return QSize(wide, high + self.foot_height(wide))

    def _draw_whole(self, painter: QPainter, size: QSize, theme: Theme) -> None:
        foot = self.foot_height(size.width())
        self.draw(painter, QRectF(0, 0, size.width(), size.height() - foot), theme)
        if foot:
            self.draw_foot(painter, QRectF(0, size.height() - foot, size.width(), foot), theme)

    def writer(self, kind: str) -> WriteOne | None:
        """Writes the chart as it is now as 'png' or 'svg', its data as 'csv'; None without data."""
        if kind == "csv":
            table = self.table()
            return table_writer(shown_spec(table)) if table is not None else None
        return bytes_writer(self._svg() if kind == "svg" else self._png())

    def _png(self) -> bytes:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        # the stubs say bytes, the binding takes str only
        self.picture().save(buffer, "PNG")  # type: ignore[call-overload]
        return bytes(buffer.data().data())

    def _svg(self) -> bytes:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._draw_svg(buffer)
        return self._with_fallbacks(bytes(buffer.data().data()))

    def _with_fallbacks(self, drawn: bytes) -> bytes:
        """Other faces of like width behind the window's own, for where that is not installed."""
        family = self.looks.type.family
        return drawn.replace(
            f'font-family="{family}"'.encode(),
            f'font-family="{family}, Segoe UI, Arial, sans-serif"'.encode(),
        )

    def _draw_svg(self, device: QIODevice) -> None:
        size = self._whole()
        generator = QSvgGenerator()
        generator.setOutputDevice(device)
        generator.setSize(size)
        # the axes of a plot are kept as a QPicture, which scales with the dots per inch
        generator.setResolution(self.logicalDpiX())
        generator.setViewBox(QRect(QPoint(0, 0), size))
        generator.setTitle(self.accessibleName())
        generator.setDescription(self.accessibleDescription())
        painter = QPainter(generator)
        painter.fillRect(QRect(QPoint(0, 0), size), QColor(LIGHT.surface))
        self._draw_whole(painter, size, LIGHT)
        painter.end()

    def copy_picture(self) -> None:
        """The picture to the clipboard."""
        QGuiApplication.clipboard().setImage(self.picture())

    def copy_svg(self) -> None:
        """The picture to the clipboard as SVG, as picture data and as text."""
        drawn = QByteArray(self._svg())
        mime = QMimeData()
        mime.setData("image/svg+xml", drawn)
        mime.setText(bytes(drawn.data()).decode("utf-8"))
        QGuiApplication.clipboard().setMimeData(mime)

    def copy_data(self) -> None:
        """The data to the clipboard, with headers."""
        QGuiApplication.clipboard().setText(table_text(self.table(), "\t"))


def table_text(table: TableSpec | None, delimiter: str = ",") -> str:
    """A TableSpec as delimited text with its heads; '' without a table."""
    if table is None:
        return ""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow([column.head for column in table.columns])
    columns = [table.texts(column) for column in table.columns]
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue()
