"""The Qt binding itself: PySide6 6.12.0 on CPython 3.11 loses a reference at every emit."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal


class _Sender(QObject):
    sent = Signal(bool)


def test_5000_emits_leave_the_references_to_true_alone(qapp: object) -> None:
    del qapp
    sender = _Sender()
    got: list[int] = []
    sender.sent.connect(lambda value: got.append(1 if value else 0))
    before = sys.getrefcount(True)
    for _ in range(5_000):
        sender.sent.emit(True)
    after = sys.getrefcount(True)
    assert sum(got) == 5_000
    # a loss of one reference an emit would show as some -5,000; other code may hold a few
    assert abs(after - before) < 100
