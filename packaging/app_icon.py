"""The program's icon in the formats of the systems, drawn from resources/icons/app.svg.

`python packaging/app_icon.py FOLDER` writes bomexposure.png (512), .ico and .icns.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

SIZES = {"png": 512, "ico": 256, "icns": 512}


def write_icons(folder: Path) -> dict[str, Path]:
    """Write all formats; format -> path."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    app = QGuiApplication.instance() or QGuiApplication([])
    drawing = QSvgRenderer(str(Path(__file__).parent.parent / "resources" / "icons" / "app.svg"))
    folder.mkdir(parents=True, exist_ok=True)
    made = {}
    for kind, side in SIZES.items():
        image = QImage(side, side, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        drawing.render(painter)
        painter.end()
        path = folder / f"bomexposure.{kind}"
        if not image.save(str(path), kind.upper()):
            raise SystemExit(f"Qt cannot write {path.name} here")
        made[kind] = path
    del app
    return made


if __name__ == "__main__":
    for written in write_icons(Path(sys.argv[1] if len(sys.argv) > 1 else "build/icons")).values():
        print(written)
