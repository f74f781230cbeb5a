"""`egenmakt roster solve FILE`: the best lawful roster that is found within the time, and why shifts stay open.

On a terminal a line tells cost, bound and seconds while it searches; Ctrl-C or a request to end stops the search, and
the best roster so far is the answer. With `--out` the document is written whole or not at all; `--resume` goes on from
such a document.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from egenmakt.law.calendar import SummerTimeUnknown
from egenmakt.site.commands.contract import (
    DONE,
    InputRefused,
    NotReadable,
    no_answer,
    os_error_told,
    print_document,
    read_document,
    refuse,
)
from egenmakt.site.commands.fields import quoted
from egenmakt.site.commands.options import Options
from egenmakt.site.commands.roster_check import breach_as_json
from egenmakt.site.commands.roster_findings import findings_of
from egenmakt.site.commands.roster_reading import read_instance
from egenmakt.site.commands.writing import write_whole
from egenmakt.staffing.rosters.cost import cost, plain
from egenmakt.staffing.rosters.instance import Assignments, Instance
from egenmakt.staffing.rosters.judging import judge
from egenmakt.staffing.rosters.why import why_open

if TYPE_CHECKING:
    from egenmakt.staffing.rosters.solving import Progress, Solution

MOST_SECONDS = 86_400
MOST_WORKERS = 64
WHY_SECONDS = 5.0


@dataclass(frozen=True)
class _Asked:
    """What the command line asks for."""

    file: str
    seconds: int
    workers: int
    seed: int
    resume: str | None
    out: Path | None


def run(arguments: Sequence[str]) -> int:
    """Read an instance, search, print the roster. Exit 0 also when shifts stay open; 2 wrong input; 3 no rule then."""
    try:
        asked = _asked(arguments)
        instance = read_instance(*read_document([asked.file]))
        _refuse_fixed(instance)
        start = None if asked.resume is None else _resumed(instance, asked.resume)
        with _until_asked_to_end() as ended:
            document = _solved(instance, asked, start, ended)
    except NotReadable as error:
        return refuse(error.errors)
    except SummerTimeUnknown as error:
        return no_answer("from", str(error))
    if asked.out is None:
        print_document(document)
        return DONE
    try:
        write_whole(asked.out, document)
    except OSError as error:
        return refuse([InputRefused("out", f"Filen går inte att skriva: {os_error_told(error)}.")])
    return DONE


def _solved(
    instance: Instance, asked: _Asked, start: Assignments | None, ended: list[int]
) -> dict[str, object]:
    """The answer. Raises NotReadable where the weights are beyond counting."""
    line = _Line(sys.stderr is not None and sys.stderr.isatty())
    line.say("Förbereder sökningen, första gången på en dator tar det en halv minut …")
    try:
        # Read in only now: what is wrong with the input is told at once.
        from egenmakt.staffing.rosters.arrays import CostTooLarge
        from egenmakt.staffing.rosters.solving import (
            PROVED_ASSISTANTS,
            PROVED_SHIFTS,
            Wanted,
            prepare,
            solve,
        )

        prepare()
        if len(instance.assistants) <= PROVED_ASSISTANTS and len(instance.shifts) <= PROVED_SHIFTS:
            # Reading in the prover would take a second of the search.
            import_module("egenmakt.staffing.rosters.proving")
        wanted = Wanted(asked.seconds, asked.workers, asked.seed, line.tell, lambda: bool(ended))
        try:
            solution = solve(instance, wanted, start=start)
        except CostTooLarge as error:
            told = (
                f"Med vikterna kan schemat kosta {error.worst}, och högst {error.most} kan räknas exakt. "
                "Ange mindre tal i weights eller wishes."
            )
            raise NotReadable([InputRefused("weights", told)]) from error
    finally:
        line.end()
    return _answer(instance, solution)


def _refuse_fixed(instance: Instance) -> None:
    """Raises NotReadable with every breach among the fixed assignments."""
    breaches = judge(instance, instance.fixed)
    if breaches:
        raise NotReadable(
            [
                InputRefused(
                    f"assignments.{quoted(one.shift)}", f"Passet är låst, men det går inte: {one.message}"
                )
                for one in breaches
            ]
        )


def _asked(arguments: Sequence[str]) -> _Asked:
    options = Options(arguments, ("--seconds", "--workers", "--seed", "--resume", "--out"))
    seconds = options.whole("--seconds", 1, MOST_SECONDS, default=10)
    workers = options.whole("--workers", 1, MOST_WORKERS, default=2)
    seed = options.whole("--seed", 0, 2**31 - 1, default=0)
    out = options.file_to_write("--out")
    file = options.one_file()
    options.refuse_if_wrong()
    return _Asked(file, seconds, workers, seed, options.text("--resume"), out)


def _resumed(instance: Instance, file: str) -> Assignments:
    """The assignments of an answer from before. Raises NotReadable; those of shifts that are gone are left out."""
    try:
        document, errors = read_document([file])
    except NotReadable as error:
        raise NotReadable([InputRefused("resume", one.message) for one in error.errors]) from error
    given = document.get("assignments") if isinstance(document, Mapping) else None
    if not isinstance(given, Mapping):
        raise NotReadable(
            [
                *(InputRefused(f"resume.{one.path}", one.message) for one in errors),
                InputRefused("resume", f"{file} är inget svar från roster solve: assignments saknas."),
            ]
        )
    return {
        shift: assistant
        for shift, assistant in given.items()
        if shift in instance.shift and isinstance(assistant, str) and assistant in instance.assistant
    }


def _answer(instance: Instance, solution: Solution) -> dict[str, object]:
    given = solution.assignments
    costs, breaches = cost(instance, given), judge(instance, given)
    return {
        "status": solution.status,
        "assignments": given,
        "breaches": [breach_as_json(breach) for breach in breaches],
        "cost": costs.to_json(),
        "bound": plain(costs.total if solution.status == "optimal" else _bound(solution, costs.total)),
        "seconds": solution.seconds,
        "method": solution.method,
        "why_open": [
            {
                "shift": why.shift,
                "reasons": [
                    {"assistant": reason.assistant, "rule": reason.rule, "message": reason.message}
                    for reason in why.reasons
                ],
                "summary": why.summary,
            }
            for why in why_open(instance, given, seconds=WHY_SECONDS)
        ],
        "findings": findings_of(instance.rules, breaches),
        "unverified": [],
    }


def _bound(solution: Solution, most: Fraction) -> Fraction:
    """The bound, in the whole parts of a unit that the search counts in."""
    from egenmakt.staffing.rosters.arrays import UNIT

    return min(most, Fraction(round(solution.bound * UNIT), UNIT))


class _Line:
    """The line that is written over while the search goes on; silent where nobody is looking."""

    def __init__(self, shown: bool) -> None:
        self._shown, self._written = shown, False

    def tell(self, progress: Progress) -> None:
        """Show how far the search has come."""
        if self._shown:
            bound = f", lägst möjligt {_spaced(progress.bound, 0)}" if progress.bound else ""
            cost = _spaced(progress.cost, 2)
            self.say(f"{progress.seconds:6.1f} s: kostnad {cost}{bound}, öppna pass {progress.open}")

    def say(self, text: str) -> None:
        """Write over the line."""
        if self._shown:
            print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
            self._written = True

    def end(self) -> None:
        """Leave the line, so that what comes after begins on its own."""
        if self._written:
            print(file=sys.stderr)


def _spaced(number: float, decimals: int) -> str:
    return f"{number:,.{decimals}f}".replace(",", "\N{NO-BREAK SPACE}")


@contextmanager
def _until_asked_to_end() -> Iterator[list[int]]:
    """A list that is empty until somebody presses Ctrl-C or asks the program to end."""
    asked: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        asked.append(number)

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
