"""Whoever asks how a command is called is told, and nothing is carried out."""

from __future__ import annotations

import pytest

from egenmakt.site.cli import FORMS, main
from egenmakt.site.commands.roster import SUBCOMMANDS

pytestmark = pytest.mark.req("A-12")


@pytest.mark.parametrize("asked", ["--help", "-h"])
@pytest.mark.parametrize("name", FORMS)
def test_a_command_tells_how_it_is_called(name: str, asked: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "nothing.json", asked]) == 0
    told = capsys.readouterr().out
    for form in FORMS[name]:
        assert f"egenmakt {name} {form}" in told


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_what_is_done_with_a_roster_tells_how_it_is_called(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["roster", name, "--help"]) == 0
    told = capsys.readouterr().out
    assert f"egenmakt roster {name} {SUBCOMMANDS[name][1]}" in told
    assert SUBCOMMANDS[name][2][1:] in told


def test_each_roster_command_knows_the_options_that_its_usage_names(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, (_, form, _told) in SUBCOMMANDS.items():
        named = {word.strip("[]") for word in form.split() if word.strip("[]").startswith("--")}
        assert main(["roster", name, "--nonsense", "x"]) == 2
        answer = capsys.readouterr().out
        assert all(option in answer for option in named), name
