"""Excel's column letters."""

from __future__ import annotations


def letter(column: int) -> str:
    """Excel's letter of a 0-based column: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_of(name: str) -> int:
    """The 0-based column of an Excel letter; ValueError where it is none."""
    if not name.isascii() or not name.isalpha() or len(name) > 3:
        raise ValueError(name)
    column = 0
    for char in name.upper():
        column = column * 26 + ord(char) - 64
    return column - 1
