"""The house stays as it is drawn: style, types, the stacking of rooms, templates, fresh documents, habits."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "egenmakt"
BIN = Path(sys.executable).parent

ROOMS = sorted(path for path in SOURCE.glob("*/*/") if (path / "__init__.py").exists())


def _run(*command: str) -> None:
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, (result.stdout + result.stderr)[-6000:]


@pytest.mark.xdist_group("checks")
@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "src", "tests", "tools"],
        ["ruff", "format", "--check", "src", "tests", "tools"],
        ["lint-imports"],
        ["djlint", "src", "--lint", "--quiet"],
    ],
    ids=["style", "format", "stacking", "templates"],
)
def test_the_code_passes(command):
    _run(str(BIN / command[0]), *command[1:])


@pytest.mark.slow
@pytest.mark.xdist_group("types")
def test_the_types_hold():
    _run(str(BIN / "mypy"))


@pytest.mark.xdist_group("checks")
def test_the_generated_documents_are_fresh():
    _run(sys.executable, "tools/docs.py", "--check")


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_only_the_clock_asks_what_time_it_is(path):
    if path.is_relative_to(SOURCE / "foundation" / "clock") or "migrations" in path.parts:
        return
    asked = re.findall(
        r"\b(?:date\.today|timezone\.now|datetime\.now|datetime\.utcnow|localdate)\(", path.read_text()
    )
    assert asked == []


@pytest.mark.parametrize("room", ROOMS, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_room_says_what_it_is_for(room):
    said = ast.get_docstring(ast.parse((room / "__init__.py").read_text()))
    assert said and len(said) > 60, f"{room.name} has no docstring that says what it is for"


@pytest.mark.parametrize(
    "path", sorted(SOURCE.rglob("actions.py")), ids=lambda path: str(path.relative_to(SOURCE))
)
def test_actions_take_everything_by_name_and_the_actor_from_the_caller(path):
    tree = ast.parse(path.read_text())
    for function in tree.body:
        if isinstance(function, ast.FunctionDef) and not function.name.startswith("_"):
            if any(getattr(decorator, "id", "") == "public_helper" for decorator in function.decorator_list):
                continue
            arguments = function.args
            if function.name == "handles":  # a decorator of handlers, no action
                continue
            assert not arguments.args, f"{path.name}: {function.name} takes arguments by position"


@pytest.mark.parametrize(
    "path", sorted(SOURCE.rglob("forms.py")), ids=lambda path: str(path.relative_to(SOURCE))
)
def test_no_form_asks_who_is_acting(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            name = getattr(target, "id", "")
            assert name not in {"actor", "signed_by", "prepared_by", "author", "recorded_by", "judged_by"}, (
                name
            )


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "misc", "manager"])
def test_no_module_is_named_after_nothing(word):
    assert [str(path.relative_to(SOURCE)) for path in SOURCE.rglob(f"{word}*.py")] == []


def test_no_file_has_grown_into_two_rooms():
    long = {
        str(path.relative_to(SOURCE)): length
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts and (length := len(path.read_text().splitlines())) > 400
    }
    assert long == {}


def test_templates_never_say_what_the_security_policy_forbids():
    wrong = []
    for path in SOURCE.rglob("*.html"):
        text = path.read_text()
        if re.search(r"\sstyle=\"|\son[a-z]+=\"|<script(?![^>]*\bsrc=)[^>]*>", text):
            wrong.append(str(path.relative_to(SOURCE)))
    assert wrong == []
