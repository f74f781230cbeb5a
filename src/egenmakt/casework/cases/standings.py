"""How cases stand, for lists: worked out once after each change, kept, and read many times.

A standing is a cache that cannot be wrong. It says after how many beats of the case it was worked out (see CasePulse),
on which day, and by which program, and is read only when all three are what they are now. Why that is enough, when
every statement sees what was committed before it began (READ COMMITTED):

- A change and its beat are committed together, so whoever sees the one sees the other. The sum of beats only grows.
- The beats are counted *before* what the standing is worked out from is read (the case itself with them, in the same
  statement). So what was worked out holds at least every change that was counted.
- A change that comes after the counting, before or after it was read, makes the sum larger than the one written in
  the standing. The standing is then stale, though it may happen to be right, and is worked out anew.
- So if the sum is still the one in the standing, nothing was changed between the counting and now, and all of it was
  worked out from just that state. The same holds within one's own transaction, because every statement that changes
  something adds a beat of its own.
- What is read depends on nothing but the tables with a pulse, the day, the program and the language; a test holds
  every step and deadline to that.

A standing that could not be kept, or was kept only half when the power went, is worked out again by the next reader.
Standings of a municipality are written by one transaction at a time, so writers of standings never wait for each
other's rows; those who change cases never wait for them at all.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import translation

import egenmakt
from egenmakt.casework.cases.models import Case, CasePulse, CaseStanding
from egenmakt.casework.cases.rows import CaseRow, rows_of
from egenmakt.foundation import clock

AT_ONCE = 500
# More rows than this of one case are put together when nobody is looking.
MANY_PULSES = 5
_LOCK = "hashtextextended('egenmakt-standings-' || egenmakt_municipality()::text, 0)"
_WRITTEN = [
    one.name
    for one in CaseStanding._meta.fields
    if one.name not in ("id", "municipality", "case", "language")
]


@dataclass(frozen=True)
class Basis:
    """What a standing holds for besides the case: the language it is told in, the day, and the program."""

    guideline: str
    language: str
    day: date
    program: str


def basis(guideline: str) -> Basis:
    """The basis now, in the reader's language, by a municipality's guideline."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    return Basis(guideline, language, clock.today(), f"{program()}-{guideline}"[:64])


@cache
def program() -> str:
    """A digest of the whole program: its rules, guidelines, sentences and translations.

    Taken when the program starts (see apps), so that one that still runs while files are replaced under it never
    passes for the new one.
    """
    digest, here = sha256(), Path(egenmakt.__file__).parent
    for folder, folders, names in os.walk(here):
        folders.sort()
        for name in sorted(names):
            if name.endswith((".py", ".toml", ".mo")):
                path = Path(folder) / name
                digest.update(str(path.relative_to(here)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:24]


def standings_of(cases: Iterable[Case], guideline: str) -> dict[UUID, CaseStanding]:
    """How cases stand today, by their ids. A fixed number of queries, and more only when something has changed.

    What is not kept, or no longer holds, is worked out now, and kept unless someone else is writing just then.
    """
    ids = [case.pk for case in cases]
    on = basis(guideline)
    kept = CaseStanding.objects.filter(
        case_id__in=ids, language=on.language, day=on.day, program=on.program, pulses=_beats("case_id")
    )
    found = {one.case_id: one for one in kept}
    if missing := [case_id for case_id in ids if case_id not in found]:
        with transaction.atomic():
            keep = _lock(wait=False)
            found |= {one.case_id: one for one in _work_out(missing, on, keep=keep)}
    return found


def refresh(cases: QuerySet[Case], guideline: str, most: int | None = None) -> int:
    """See to it that the standings of cases, or of so many of them, are kept and hold; how many did not.

    Waits for whoever is doing the same: then there is nothing left to do. The standings hold at some moment after the
    call began; a change that comes later belongs to the next reader.
    """
    on = basis(guideline)
    if not stale(cases, on).exists():
        return 0
    with transaction.atomic():
        _lock(wait=True)
        ids = list(stale(cases, on).values_list("pk", flat=True)[:most])
        for first in range(0, len(ids), AT_ONCE):
            _work_out(ids[first : first + AT_ONCE], on, keep=True)
    return len(ids)


def stale(cases: QuerySet[Case], on: Basis) -> QuerySet[Case]:
    """Those of the cases whose standing is not kept or no longer holds."""
    kept = CaseStanding.objects.filter(
        case_id=OuterRef("pk"), language=on.language, day=on.day, program=on.program, pulses=OuterRef("beats")
    )
    return cases.select_related(None).order_by().annotate(beats=_beats("pk")).filter(~Exists(kept))


def _beats(case_id: str) -> Coalesce:
    """The sum of the beats of the case whose id a column holds."""
    of_case = CasePulse.objects.filter(case_id=OuterRef(case_id)).order_by().values("case_id")
    return Coalesce(
        Subquery(of_case.annotate(sum=Sum("beats")).values("sum")), 0, output_field=BigIntegerField()
    )


def _lock(*, wait: bool) -> bool:
    """Be the one who writes standings in the municipality until the transaction ends; False when someone else is."""
    with connection.cursor() as cursor:
        if wait:
            cursor.execute(f"SELECT pg_advisory_xact_lock({_LOCK})")
            return True
        cursor.execute(f"SELECT pg_try_advisory_xact_lock({_LOCK})")
        (got,) = cursor.fetchone() or (False,)
        return bool(got)


def _work_out(ids: list[UUID], on: Basis, *, keep: bool) -> list[CaseStanding]:
    # the count first and the cases with it; see above
    counted = list(Case.objects.filter(pk__in=ids).annotate(beats=_beats("pk")))
    found = [_standing(row, on) for row in rows_of(counted, on.guideline)]
    if keep:
        CaseStanding.objects.bulk_create(
            found,
            update_conflicts=True,
            unique_fields=["municipality", "case", "language"],
            update_fields=_WRITTEN,
        )
    return found


def _standing(row: CaseRow, on: Basis) -> CaseStanding:
    step, due = row.next_step or row.waits, row.deadline
    standing = CaseStanding(
        municipality_id=row.case.municipality_id,
        case_id=row.case.pk,
        language=on.language,
        pulses=row.case.beats,  # type: ignore[attr-defined]  # annotated
        day=on.day,
        program=on.program,
        lacks=[str(one.value) for one in row.lacks],
    )
    if step:
        standing.step, standing.state, standing.url_name = step.step.key, step.state.state, step.step.url_name
        standing.title, standing.action, standing.note = (
            str(step.step.title),
            step.action,
            str(step.state.note),
        )
    if due:
        standing.due_on, standing.due_status = due.day, row.status or ""
        standing.due_title, standing.due_reason = str(due.title), str(due.reason)
    return standing


def put_pulses_together() -> int:
    """Let one row stand for many in cases that are changed much; the number of cases. Their sums stay as they are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH many AS (SELECT case_id FROM cases_casepulse GROUP BY case_id HAVING count(*) > %s), "
            "gone AS (DELETE FROM cases_casepulse USING many WHERE cases_casepulse.case_id = many.case_id "
            "RETURNING municipality_id, cases_casepulse.case_id, beats) "
            "INSERT INTO cases_casepulse (municipality_id, case_id, beats) "
            "SELECT municipality_id, case_id, sum(beats) FROM gone GROUP BY municipality_id, case_id",
            [MANY_PULSES],
        )
        return int(cursor.rowcount)
