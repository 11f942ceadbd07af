"""Template of the texts that can be translated: `python tools/extract_words.py [--check] [FILE]`.

Collects what `tr`, `plural` and `count` are given, the literal texts of the window and of what
`present` words, and the names of minerals. Translators fill a copy with any gettext editor;
resources/locale/README.md says how. `--check` writes nothing and fails where the template that is
kept is not what the sources say.
"""

from __future__ import annotations

import argparse
import ast
import csv
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
KEPT = ROOT / "resources/locale/bomexposure.pot"
FOLDERS = ("bomexposure/gui", "bomexposure/present")
NAMES = "resources/reference/rules/minerals.csv"

QUIET = (
    "ValueError",
    "TypeError",
    "KeyError",
    "AttributeError",
    "RuntimeError",
    "NotImplementedError",
)
"""Errors that no user reads."""
NO_WORDS = re.compile(r"[{}<>_=\\]|://|\(\*|^[#.]|px\b|;;|\.(svg|csv|png|json|xlsx|pdf|mo|ttf)\b")
"""Style sheets, HTML, ids, patterns, names of files."""
SENTENCE = re.compile(
    r"[a-z]{2,}[ ,;:].*[a-z]|[A-Z][a-z]+ [\w%&]|^[A-Z&][a-z&]{2,}[….]*$|^&?[A-Z][\w&]+ ?"
)
"""What reads as words: several of them, or one with a capital."""


@dataclass
class Text:
    """A text with its plural form, '' for none, and where it stands."""

    many: str = ""
    places: list[str] = field(default_factory=list)


def texts(tree: ast.Module) -> Iterator[tuple[str, str, int]]:
    """(text, its plural or '', line) of every text in a module that may be shown."""
    silent = set(_silent(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _called(node)
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            # a menu within a menu is written "&File>&More to write"
            parts = node.value.split(">&") if node.value.startswith("&") else [node.value]
            for number, part in enumerate(parts):
                one = f"&{part}" if number else part
                if SENTENCE.search(one) and not NO_WORDS.search(one):
                    yield one, "", node.lineno
        elif isinstance(node, ast.Dict):
            for value in node.values:
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    one = value.value
                    if re.match(r"[a-z]", one) and not NO_WORDS.search(one):
                        yield one, "", value.lineno


def _called(node: ast.Call) -> Iterator[tuple[str, str, int]]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name == "tr" and node.args:
        for one in _literals(node.args[0]):
            yield one, "", node.lineno
    elif name == "plural" and len(node.args) > 2:
        for one, many in zip(_literals(node.args[0]), _literals(node.args[1]), strict=True):
            yield one, many, node.lineno
    elif name == "count" and len(node.args) > 1:
        for noun in _literals(node.args[1]):
            many = next(_literals(node.args[2]), "") if len(node.args) > 2 else f"{noun}s"
            yield f"{{count}} {noun}", f"{{count}} {many}", node.lineno
            yield f"no {many}", "", node.lineno


def _literals(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def _silent(tree: ast.Module) -> Iterator[int]:
    """Ids of constants that nobody reads: docstrings, keys, what is compared, raised or logged."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr | ast.JoinedStr | ast.Compare | ast.Subscript | ast.Import):
            quiet: list[ast.AST] = [node]
        elif isinstance(node, ast.Dict):
            quiet = [key for key in node.keys if key is not None]
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            quiet = [node] if called in QUIET or called.startswith("log.") else []
            if called in ("tr", "plural", "words.tr"):
                quiet = list(node.args)  # told apart already
        else:
            continue
        for one in quiet:
            if isinstance(one, ast.Expr):
                if isinstance(one.value, ast.Constant):
                    yield id(one.value)
                continue
            for inner in ast.walk(one) if not isinstance(one, ast.JoinedStr) else one.values:
                if isinstance(inner, ast.Constant):
                    yield id(inner)


def collect(root: Path = ROOT) -> dict[str, Text]:
    """Text -> its plural and its places in the sources, in the order of the files."""
    found: dict[str, Text] = {}
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            for one, many, _line in texts(ast.parse(path.read_text(encoding="utf-8"))):
                text = found.setdefault(one, Text())
                text.many = text.many or many
                if name not in text.places:
                    text.places.append(name)
    with (root / NAMES).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = found.setdefault(row["id"].replace("-", " ").capitalize(), Text())
            text.places.append(NAMES)
    return found


def template(found: dict[str, Text]) -> str:
    """The template in gettext's form."""
    lines = [
        "# Texts of bomexposure's window; made by tools/extract_words.py.",
        'msgid ""',
        'msgstr ""',
        '"Content-Type: text/plain; charset=UTF-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"',
        "",
    ]
    for one, text in found.items():
        lines.append(f"#: {' '.join(text.places[:3])}")
        if "{" in one:
            lines.append("#, python-brace-format")
        lines.append(f"msgid {_quoted(one)}")
        if text.many:
            lines += [f"msgid_plural {_quoted(text.many)}", 'msgstr[0] ""', 'msgstr[1] ""', ""]
        else:
            lines += ['msgstr ""', ""]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def main() -> int:
    """Write the template, or say whether the kept one is current."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--check", action="store_true")
    asked.add_argument("file", nargs="?", type=Path, default=KEPT)
    given = asked.parse_args()
    found = collect()
    made = template(found)
    if given.check:
        current = given.file.is_file() and given.file.read_text(encoding="utf-8") == made
        print(
            f"{given.file}: {'current' if current else 'not current; run tools/extract_words.py'}"
        )
        return 0 if current else 1
    given.file.parent.mkdir(parents=True, exist_ok=True)
    given.file.write_text(made, encoding="utf-8")
    print(f"{given.file}: {len(found)} texts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
