"""What the README tells people to type exists, and every command that exists is told."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from bomexposure.cli.commands import program

README = Path(__file__).parents[3] / "README.md"
CALLS = re.findall(r"^uv run bomexposure (.*)$", README.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("call", CALLS)
def test_options_of_the_readme_exist(call: str) -> None:
    words = shlex.split(call, comments=True)
    command = program.commands.get(words[0])
    if command is None:
        assert Path(words[0]).suffix == ".xlsx"  # a workbook alone opens the window
        return
    known = {name for one in command.params if isinstance(one, click.Option) for name in one.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_every_command_is_in_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    assert [name for name in program.commands if not re.search(rf"[` ]{name}\b", text)] == []
