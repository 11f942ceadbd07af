"""Template of the texts that can be translated: `python tools/extract_words.py [FILE.pot]`.

Collects what `tr`, `plural` and `count` are given, the literal texts of the window and of what
`present` words, and the names of minerals. Translators fill a copy with any gettext editor;
resources/locale/README.md says how. `--missing FILE.mo` lists what a catalogue does not translate,
and the translations that name a place for a figure which their text has not.
"""

from __future__ import annotations

import argparse
import ast
import csv
import gettext
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bomexposure.model.bom import ROLES
from bomexposure.model.content import EVIDENCE, PRESENCE

ROOT = Path(__file__).parent.parent
FOLDERS = ("bomexposure/gui", "bomexposure/present")
NAMES = "resources/reference/rules/minerals.csv"
TOKENS = (*ROLES, *EVIDENCE, *PRESENCE)
"""Words of the tables' contracts that are shown as words."""

QUIET = (
    "ValueError",
    "TypeError",
    "KeyError",
    "AttributeError",
    "RuntimeError",
    "NotImplementedError",
)
"""Errors that no user reads."""
NO_WORDS = re.compile(
    r"^(Ctrl|Shift|Alt|Esc|F\d+)\b|[{}_=\\]|</?[a-z]|://|\(\*|^[#.]|px\b|;;|\.(svg|csv|png|json|xlsx|pdf|mo|ttf)\b"
)
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
            parts = node.value.split(">") if node.value.startswith("&") else [node.value]
            for one in parts:
                if SENTENCE.search(one) and not NO_WORDS.search(one):
                    yield one, "", node.lineno
        elif isinstance(node, ast.Dict):
            yield from _plain(node.values)
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "a").isupper():
            told = node.value
            yield from _plain(told.elts if isinstance(told, ast.Tuple) else [told])
            yield from _templates(told)


def _templates(constant: ast.AST) -> Iterator[tuple[str, str, int]]:
    """Sentences with places in a constant; two together are one and many."""
    pairs: set[int] = set()
    for node in ast.walk(constant):
        if isinstance(node, ast.Tuple) and len(node.elts) == 2:
            told = [one for part in node.elts for one in _literals(part)]
            if len(told) == 2 and any("{" in one for one in told):
                pairs |= {id(part) for part in node.elts}
                yield told[0], told[1], node.lineno
    for node in ast.walk(constant):
        if isinstance(node, ast.Constant) and id(node) not in pairs:
            words = str(node.value)
            if re.search(r"{.*\}\S? [a-z]", words) and "<" not in words and "{{" not in words:
                yield words, "", node.lineno


def _plain(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, str, int]]:
    """Words without a capital: values of dictionaries and constants."""
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            one = node.value
            if re.match(r"[A-Za-z].*[a-z]", one) and not NO_WORDS.search(one):
                yield one, "", node.lineno


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
    for token in TOKENS:
        found.setdefault(token.replace("_", " "), Text()).places.append("bomexposure/model")
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


PLACES = re.compile(r"{(\w+)")


def missing(found: dict[str, Text], catalogue: gettext.NullTranslations) -> list[str]:
    """Texts that a catalogue leaves as they are, and those with a place that is not there."""
    told = []
    for one, text in found.items():
        made = [catalogue.gettext(one)]
        if text.many:
            made = [catalogue.ngettext(one, text.many, number) for number in range(1, 30)]
        if one in made:
            told.append(f"not translated: {one}")
        places = set(PLACES.findall(one)) | set(PLACES.findall(text.many))
        if any(set(PLACES.findall(words)) - places for words in made):
            told.append(f"a place that is not there: {one}")
    return told


def main() -> int:
    """Write the template, or say what a catalogue lacks."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("file", nargs="?", type=Path, default=Path("build/bomexposure.pot"))
    asked.add_argument("--missing", type=Path, default=None, metavar="FILE.mo")
    given = asked.parse_args()
    found = collect()
    if given.missing is not None:
        with given.missing.open("rb") as file:
            told = missing(found, gettext.GNUTranslations(file))
        print("\n".join([*told, f"{given.missing}: {len(told)} to do of {len(found)}"]))
        return 1 if told else 0
    given.file.parent.mkdir(parents=True, exist_ok=True)
    given.file.write_text(template(found), encoding="utf-8")
    print(f"{given.file}: {len(found)} texts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
