"""Template of the texts that can be translated: `python tools/extract_words.py [FILE.pot]`.

Collects the literal texts of the window's building blocks, commands and places, and of the tiles,
tables and figures that `present` words. Translators fill a copy with any gettext editor and put the
compiled catalogue into resources/locale/<language>/LC_MESSAGES/bomexposure.mo.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDERS = ("bomexposure/gui", "bomexposure/present")
CALLS = {
    "tr": (0,), "label": (0,), "button": (0,), "retitle": (1,), "tell": (0, 1),
    "Command": (1, 2, 3), "_go": (1, 3), "Tile": (1, 3, 4), "section": (0, 1),
    "TableSpec": (1,), "ColumnSpec": (1,), "Output": (1, 2, 3),
    "BookColumn": (1,), "setToolTip": (0,), "setPlaceholderText": (0,), "setAccessibleName": (0,),
}  # fmt: skip
"""Function or class -> positions of its texts."""
NAMED = ("tooltip", "tip", "heading", "title", "caption", "empty", "unit", "text")
"""Keyword arguments that are texts, in the same calls."""
FIELDS = ("title", "hint")
"""Class attributes of places that are texts."""


def texts(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """(text, line) of every text in a module that is shown as it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name == "Segments" and node.args:
                for one in ast.walk(node.args[0]):
                    if isinstance(one, ast.Tuple) and len(one.elts) == 2:
                        yield from _literal(one.elts[1])
            for at in CALLS.get(name, ()):
                if at < len(node.args):
                    yield from _literal(node.args[at])
            if name in CALLS:
                for keyword in node.keywords:
                    if keyword.arg in NAMED:
                        yield from _literal(keyword.value)
        elif isinstance(node, ast.ClassDef):
            for line in node.body:
                if isinstance(line, ast.Assign) and getattr(line.targets[0], "id", "") in FIELDS:
                    yield from _literal(line.value)


def _literal(node: ast.AST) -> Iterator[tuple[str, int]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        # a menu within a menu is written "&File>&More to write"
        parts = node.value.split(">&") if node.value.startswith("&") else [node.value]
        for number, part in enumerate(parts):
            if any(letter.isalpha() for letter in part):
                yield (f"&{part}" if number else part), node.lineno
    elif isinstance(node, ast.IfExp):
        yield from _literal(node.body)
        yield from _literal(node.orelse)


def collect(root: Path = ROOT) -> dict[str, list[str]]:
    """Text -> places in the sources, in the order of the files."""
    found: dict[str, list[str]] = {}
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            for text, line in texts(ast.parse(path.read_text(encoding="utf-8"))):
                found.setdefault(text, []).append(f"{name}:{line}")
    return found


def template(found: dict[str, list[str]]) -> str:
    """The template in gettext's form."""
    lines = [
        "# Texts of bomexposure's window.",
        'msgid ""',
        'msgstr ""',
        '"Content-Type: text/plain; charset=UTF-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
        "",
    ]
    for text, places in found.items():
        lines += [f"#: {' '.join(places[:4])}", f"msgid {_quoted(text)}", 'msgstr ""', ""]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def main() -> int:
    """Write the template."""
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "build/bomexposure.pot")
    found = collect()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(template(found), encoding="utf-8")
    print(f"{target}: {len(found)} texts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
