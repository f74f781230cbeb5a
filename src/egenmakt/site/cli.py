"""The command line `egenmakt`: one table from a command's name to the function that carries it out.

Nothing heavy is imported here. A command's module is imported when the command is asked for, so that a
command that only computes starts in well under half a second and never imports Django.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module

Command = Callable[[Sequence[str]], int]

# name: (module:function, one line of help in Swedish). The function takes the arguments after the
# command's name and returns the exit code.
COMMANDS: dict[str, tuple[str, str]] = {
    "assess": (
        "egenmakt.site.commands.assess:run",
        "Räkna ut rätten till personlig assistans och antalet timmar",
    ),
    "law": (
        "egenmakt.site.commands.law:run",
        "Visa vad lagen säger en viss dag: law show NAMN --on DATUM, law list",
    ),
    "ask": (
        "egenmakt.site.commands.ask:run",
        "Fråga en regel i lagen med de uppgifter som är utredda",
    ),
    "deadline": ("egenmakt.site.commands.deadline:run", "Räkna ut en frist och varför den går ut den dagen"),
    "identity": ("egenmakt.site.commands.identity:run", "Kontrollera ett person- eller organisationsnummer"),
    "worktime": (
        "egenmakt.site.commands.worktime:run",
        "Räkna en månads arbetade tid som Försäkringskassan gör",
    ),
    "sick-pay": (
        "egenmakt.site.commands.sick_pay:run",
        "Räkna ut merkostnaden när den ordinarie assistenten är sjuk",
    ),
    "roster": (
        "egenmakt.site.commands.roster:run",
        "Pröva och lägg scheman: roster check FIL",
    ),
    "simulate": (
        "egenmakt.site.commands.simulate:run",
        "Räkna vad lagen, eller en ändring av den, ger en hel befolkning",
    ),
    "demo": ("egenmakt.site.commands.demo:run", "Ladda demolänet och visa webbplatsen"),
    "migrate": ("egenmakt.site.commands.database:migrate", "Uppdatera databasen och dess behörigheter"),
    "manage": ("egenmakt.site.commands.database:manage", "Kör ett av Djangos egna kommandon"),
    "serve": ("egenmakt.site.commands.serve:serve", "Visa webbplatsen"),
    "worker": ("egenmakt.site.commands.serve:worker", "Utför det som ligger i utkorgen"),
    "audit": (
        "egenmakt.site.commands.audit:run",
        "Bevisa att inget har ändrats i efterhand: audit verify [--anchors FIL], audit anchor",
    ),
    "replay": (
        "egenmakt.site.commands.replay:run",
        "Räkna om alla gällande beslut: ger de det som undertecknades?",
    ),
    "doctor": ("egenmakt.site.commands.doctor:run", "Undersök installationen och säg hur fel rättas"),
    "shell": ("egenmakt.site.commands.database:shell", "En Python-prompt med rummen laddade"),
}

# How each command that reads a document is called: what comes after its name. The others tell themselves.
FORMS: dict[str, tuple[str, ...]] = {
    "assess": ("FIL [--why-not] [--law-of DATUM]",),
    "law": ("show NAMN --on DATUM [--born DATUM] [--age ÅR]", "list"),
    "ask": ("FIL",),
    "deadline": ("FIL",),
    "identity": ("FIL",),
    "worktime": ("FIL",),
    "sick-pay": ("FIL",),
    "simulate": (
        "FIL.parquet --on DATUM [--change NAMN=VÄRDE]… [--out FIL.parquet]",
        "--synthetic ANTAL --on DATUM [--change NAMN=VÄRDE]… [--out FIL.parquet]",
    ),
}
HELP = ("-h", "--help")


def usage_of(name: str) -> str:
    """How one command is called, and what it does."""
    lines = [f"  egenmakt {name} {form}" for form in FORMS[name]]
    reads = any(form.split()[0] == "FIL" for form in FORMS[name])
    told = "FIL är ett JSON-dokument, eller - för att läsa från standard in. " if reads else ""
    return "\n".join(
        [f"{COMMANDS[name][1]}.", "", "Användning:", *lines, "", f"{told}Mer: docs/command-line.md."]
    )


def usage() -> str:
    """The help text, one line per command."""
    width = max(len(name) for name in COMMANDS)
    lines = [f"  {name.ljust(width)}  {text}" for name, (_, text) in COMMANDS.items()]
    return "\n".join(["Användning: egenmakt KOMMANDO [ARGUMENT]", "", *lines])


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command and return its exit code: 0 done, 2 wrong input, 3 no answer, 130 interrupted."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words and words[0] in (*HELP, "help"):
        print(usage())
        return 0
    if not words or words[0] not in COMMANDS:
        from egenmakt.site.commands.contract import InputRefused, refuse

        message = f"Kommandot {words[0]!r} finns inte." if words else "Ange ett kommando."
        print(usage(), file=sys.stderr)
        return refuse([InputRefused("command", f"{message} Kommandon: {', '.join(COMMANDS)}.")])
    if words[0] in FORMS and any(word in HELP for word in words[1:]):
        print(usage_of(words[0]))
        return 0
    module_name, function_name = COMMANDS[words[0]][0].split(":")
    command: Command = getattr(import_module(module_name), function_name)
    try:
        return command(words[1:])
    except KeyboardInterrupt:
        return 130  # as a program that Ctrl-C ended


if __name__ == "__main__":
    sys.exit(main())
