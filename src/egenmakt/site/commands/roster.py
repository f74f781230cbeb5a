"""`egenmakt roster SUBCOMMAND …`: one table from what is to be done with a roster to the function that does it.

As on the command line itself, the module of a subcommand is imported when it is asked for.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from egenmakt.site.commands.contract import InputRefused, refuse

Subcommand = Callable[[Sequence[str]], int]

# name: (module:function, how it is called, what it does in Swedish).
SUBCOMMANDS: dict[str, tuple[str, str, str]] = {
    "check": (
        "egenmakt.site.commands.roster_check:run",
        "FIL",
        "varje brott mot lag och avtal i ett schema, lediga pass och vad schemat kostar",
    ),
    "solve": (
        "egenmakt.site.commands.roster_solve:run",
        "FIL [--seconds N] [--workers N] [--seed N] [--resume SVAR] [--out FIL]",
        "bästa lagliga schema, och varför pass är öppna",
    ),
    "substitutes": (
        "egenmakt.site.commands.roster_substitutes:run",
        "FIL --shift PASS",
        "vem som kan ta ett pass, rangordnat med skäl, och varför andra inte kan",
    ),
    "draw": (
        "egenmakt.site.commands.roster_draw:run",
        "FIL --out FIL.svg [--by assistant|person] [--roster SVAR]",
        "schemat som en bild att hänga på väggen",
    ),
    "generate": (
        "egenmakt.site.commands.roster_generate:run",
        "--persons ANTAL [--weeks N] [--from MÅNDAG] [--seed N]",
        "ett påhittat schema att prova med",
    ),
}
HELP = ("-h", "--help")


def usage() -> str:
    """The help text, one line per subcommand."""
    lines = [f"  egenmakt roster {name} {form}: {told}" for name, (_, form, told) in SUBCOMMANDS.items()]
    return "\n".join(["Användning:", "", *lines])


def usage_of(name: str) -> str:
    """How one subcommand is called, and what it does."""
    _, form, told = SUBCOMMANDS[name]
    lines = [f"{told[0].upper()}{told[1:]}.", "", "Användning:", f"  egenmakt roster {name} {form}", ""]
    return "\n".join([*lines, "Format och exempel: docs/rosters.md."])


def run(arguments: Sequence[str]) -> int:
    """Carry out one subcommand and return its exit code; 2 when there is no such."""
    if arguments and arguments[0] in (*HELP, "help"):
        print(usage())
        return 0
    if arguments and arguments[0] in SUBCOMMANDS and any(word in HELP for word in arguments[1:]):
        print(usage_of(arguments[0]))
        return 0
    if not arguments or arguments[0] not in SUBCOMMANDS:
        told = (
            f"Kommandot roster {arguments[0]} finns inte."
            if arguments
            else "Ange vad som ska göras med schemat."
        )
        if sys.stderr is not None:
            print(usage(), file=sys.stderr)
        return refuse([InputRefused("command", f"{told} Välj bland: {', '.join(SUBCOMMANDS)}.")])
    module_name, function_name = SUBCOMMANDS[arguments[0]][0].split(":")
    subcommand: Subcommand = getattr(import_module(module_name), function_name)
    return subcommand(arguments[1:])
