"""Mutation testing of the law: every small change of a rule must make some test of the law fail.

    make mutate                     all of law/lss, law/sfb and law/working_time; writes docs/mutation.md
    make mutate ONLY=parental       only the files whose name holds the word; prints, writes nothing
    make mutate AGAIN=1             what was noticed last time, in files that are as they were, is not tried again;
                                    for when only tests have been added since

The changes are mutmut's own (its operators, applied to one place at a time). Its runner is not used: it leaves
decorated functions alone, and every rule is one. Each change is written into a copy of the source, and the tests of the
law are run on it in a process of its own. A change that no test notices is a survivor; `tools/survivors.toml` says why
it may live, and one without a reason makes the command fail.
"""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

import hypothesis  # noqa: F401  # imported before the processes part, so that each need not
import libcst as cst
import pytest
from mutmut.mutation.mutators import mutation_operators

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "egenmakt"
ROOMS = ("law/lss", "law/sfb", "law/working_time")
# What is tried when no row of the tables comes out otherwise, the quickest first.
TESTS = (
    *("tests/law/lss", "tests/law/books/test_shelf.py", "tests/law/books/test_rounding_of_amounts.py"),
    *("tests/law/books/test_days_of_allowance.py", "tests/law/parameters", "tests/law/assistance"),
)
# The judge of rosters has its own tables and tests, and its book.
ROSTERS = tuple(f"tests/law/{name}.py" for name in (
    "working_time/test_further", "working_time/test_shifts", "books/test_books", "working_time/test_oracle"
))  # fmt: skip
REASONS = Path(__file__).with_name("survivors.toml")
REPORT = ROOT / "docs" / "mutation.md"
NOTICED = ROOT / ".cache" / "noticed_changes.txt"
# A change that makes a test go on for ever is noticed too: seconds of work, and of waiting on a busy machine.
MOST_WORK, LONGEST = 120, 1_800.0
WANTED = 90


@dataclass(frozen=True)
class Mutant:
    """One change: in which file and function, the line before and after, and the whole changed text."""

    path: str
    function: str
    line: int
    before: str
    after: str
    text: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What a reason in survivors.toml names it by; line numbers move, so they are not part of it."""
        return self.path, self.function, self.before, self.after

    @property
    def digest(self) -> str:
        """Names the whole changed text, so another source has other digests."""
        return hashlib.sha256(f"{self.path}\n{self.text}".encode()).hexdigest()


def mutants(path: Path) -> Iterator[Mutant]:
    """Every change of every function body in a file."""
    text = path.read_text(encoding="utf-8")
    module = cst.parse_module(text)
    seen = {text}
    for function in _functions(module):
        for node in _nodes(function):
            for kind, operator in mutation_operators:
                if not isinstance(node, kind):
                    continue
                for new in operator(node):
                    changed = module.deep_replace(node, new).code  # type: ignore[arg-type]
                    if changed in seen:
                        continue
                    seen.add(changed)
                    yield _mutant(path, function.name.value, text, changed)


def _functions(module: cst.Module) -> Iterator[cst.FunctionDef]:
    for one in module.body:
        if isinstance(one, cst.FunctionDef):
            yield one
        elif isinstance(one, cst.ClassDef):
            yield from (inner for inner in one.body.body if isinstance(inner, cst.FunctionDef))


def _nodes(function: cst.FunctionDef) -> Iterator[cst.CSTNode]:
    """What stands in the body, but for the sentence that officers read."""
    statements = list(function.body.body)
    if function.get_docstring() is not None:
        statements = statements[1:]
    waiting: list[cst.CSTNode] = list(statements)
    while waiting:
        node = waiting.pop(0)
        yield node
        waiting.extend(one for one in node.children if not isinstance(one, cst.Annotation))


def _mutant(path: Path, function: str, text: str, changed: str) -> Mutant:
    old, new = text.splitlines(), changed.splitlines()
    place = next((index for index, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), 0)
    return Mutant(
        path.relative_to(SOURCE).as_posix(),
        function,
        place + 1,
        old[place].strip(),
        new[place].strip(),
        changed,
    )


class Bench:
    """A copy of the source in which one change at a time is tried."""

    def __init__(self, folder: Path) -> None:
        self.source = folder / "src"
        shutil.copytree(
            SOURCE, self.source / "egenmakt", ignore=shutil.ignore_patterns("static", "__pycache__", "locale")
        )

    def kills(self, mutant: Mutant | None) -> bool:
        """Whether a test fails on the change (None: on the source as it is)."""
        place = self.source / "egenmakt" / mutant.path if mutant else None
        kept = place.read_text(encoding="utf-8") if place else ""
        if place and mutant:
            place.write_text(mutant.text, encoding="utf-8")
        try:
            return _run_tests(self.source, None if place is None else place.parent.name) != 0
        finally:
            if place:
                place.write_text(kept, encoding="utf-8")


def _run_tests(source: Path, room: str | None) -> int:
    """The tests of the law on a copy of the source, in a child of this process: what is imported stays with it.

    Those that are about the room are run; None: all.
    """
    tests = {None: (*TESTS, *ROSTERS), "working_time": ROSTERS}.get(room, TESTS)
    child = os.fork()
    if child == 0:
        code = 3
        try:
            os.setsid()
            resource.setrlimit(resource.RLIMIT_CPU, (MOST_WORK, MOST_WORK))
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            os.chdir(ROOT)
            sys.path.insert(0, str(source))
            sys.dont_write_bytecode = True
            os.environ["PYTHONPATH"] = str(source)
            if _tables_notice(room):
                os._exit(1)
            code = int(pytest.main(
                ["-x", "-q", "-p", "no:django", "-p", "no:xdist", "-p", "no:cacheprovider", "-p", "no:playwright",
                 "--noconftest", "-W", "ignore", "-o", "addopts=--import-mode=importlib", "-o", "pythonpath=.",
                 "--hypothesis-seed=0", *tests]
            ))  # fmt: skip
        finally:
            os._exit(code)
    ends = time.monotonic() + LONGEST
    while time.monotonic() < ends:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.killpg(child, 9)
    os.waitpid(child, 0)
    return 1


def _tables_notice(room: str | None) -> bool:
    """Whether a row of the tables comes out otherwise: what the table tests do, without collecting them as tests."""
    sys.path.insert(0, str(ROOT))
    try:
        if room in (None, "working_time"):
            from tests.law.working_time.test_cases import CASES as ROSTER_CASES
            from tests.law.working_time.test_cases import test_a_roster_is_judged_as_the_table_says as judged
            from tests.law.working_time.test_cases import (
                test_every_breach_cites_where_it_is_said_but_for_being_in_two_places as cited,
            )

            for roster in ROSTER_CASES:
                judged(roster)
            cited()
        if room == "working_time":
            return False
        from tests.law.books.test_books import CASES, answers_as_the_table_says
        from tests.law.case_tables import all_cases
        from tests.law.test_cases import test_the_case_comes_out_as_its_source_says as comes_out

        for row in CASES:
            answers_as_the_table_says(row)
        for case in all_cases():
            comes_out(case)
    except BaseException:  # whatever happens, the change was noticed
        return True
    return False


def main() -> int:
    """Try every change; the exit code: 0 when enough are noticed and every survivor has its reason."""
    only = sys.argv[1] if len(sys.argv) > 1 else ""
    files = sorted(one for room in ROOMS for one in (SOURCE / room).rglob("*.py") if only in one.name)
    todo = [mutant for path in files for mutant in mutants(path)]
    NOTICED.parent.mkdir(exist_ok=True)
    known = set(NOTICED.read_text().split()) if os.environ.get("AGAIN") and NOTICED.exists() else set()
    workers = max(1, os.cpu_count() or 1)
    with tempfile.TemporaryDirectory() as folder:
        benches: Queue[Bench] = Queue()
        for number in range(workers):
            benches.put(Bench(Path(folder) / str(number)))
        first = benches.get()
        if first.kills(None):
            print("The tests of the law fail on the source as it is.", file=sys.stderr)
            return 2
        benches.put(first)
        done = [0]

        def tried(mutant: Mutant) -> bool:
            if mutant.digest in known:
                done[0] += 1
                return True
            bench = benches.get()
            try:
                killed = bench.kills(mutant)
            finally:
                benches.put(bench)
            done[0] += 1
            if killed:
                with NOTICED.open("a", encoding="utf-8") as noted:
                    noted.write(f"{mutant.digest}\n")
            else:
                print(f"\r{mutant.path}:{mutant.line} {mutant.before}  →  {mutant.after}", file=sys.stderr)
            print(f"\r{done[0]} of {len(todo)}", end="", file=sys.stderr, flush=True)
            return killed

        with ThreadPoolExecutor(workers) as pool:
            killed = list(pool.map(tried, todo))
    print(file=sys.stderr)
    survivors = [mutant for mutant, dead in zip(todo, killed, strict=True) if not dead]
    reasons = _reasons()
    report = _report(files, todo, survivors, reasons)
    if only:
        print(report)
    else:
        REPORT.write_text(report, encoding="utf-8")
    without = [one for one in survivors if one.key not in reasons]
    share = 100 * (len(todo) - len(survivors)) / max(1, len(todo))
    print(f"{len(todo)} changes, {len(todo) - len(survivors)} noticed ({share:.1f} %).")
    for one in without:
        print(f"  no reason: {one.path}:{one.line} {one.function}: {one.before}  →  {one.after}")
    return 0 if share >= WANTED and not without else 1


def _reasons() -> dict[tuple[str, str, str, str], str]:
    if not REASONS.exists():
        return {}
    found = tomllib.loads(REASONS.read_text(encoding="utf-8")).get("survivor", [])
    return {(one["path"], one["function"], one["before"], one["after"]): one["why"] for one in found}


def _report(
    files: list[Path],
    todo: list[Mutant],
    survivors: list[Mutant],
    reasons: dict[tuple[str, str, str, str], str],
) -> str:
    lines = [
        "# Mutation testing of the law", "", "<!-- Written by `make mutate`. -->", "",
        "Every small change of a rule (another number, comparison, name or branch) must make a test of the law fail.",
        "", "| file | changes | noticed | % |", "|---|---:|---:|---:|",
    ]  # fmt: skip
    for path in files:
        name = path.relative_to(SOURCE).as_posix()
        of_file = sum(one.path == name for one in todo)
        alive = sum(one.path == name for one in survivors)
        if of_file:
            lines.append(
                f"| `{name}` | {of_file} | {of_file - alive} | {100 * (of_file - alive) / of_file:.1f} |"
            )
    total, dead = len(todo), len(todo) - len(survivors)
    lines.append(f"| all | {total} | {dead} | {100 * dead / max(1, total):.1f} |")
    lines += ["", "## Survivors", "", "| where | change | why it may live |", "|---|---|---|"]
    for one in survivors:
        why = reasons.get(one.key, "**no reason given**")
        change = f"`{_cell(one.before)}` → `{_cell(one.after)}`"
        lines.append(f"| `{one.path}` {one.function} | {change} | {why} |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main())
