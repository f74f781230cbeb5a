"""Writing the sheet of moments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction

from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.investigations.rules import require_change
from egenmakt.casework.needs.models import Moment, NeedsSheet
from egenmakt.casework.needs.sheet import MomentValues, SheetRow, SheetValues
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.ui.conflicts import StaleVersion


@dataclass(frozen=True)
class Saved:
    """What was written: the sheet, and the id of each row in the order given."""

    sheet: NeedsSheet
    ids: list[UUID]


@transaction.atomic
def save_sheet(
    *, actor: Actor, case_id: UUID, version: int, sheet: SheetValues, rows: Sequence[SheetRow]
) -> Saved:
    """Make the stored sheet what is given: rows are compared by id and added, changed or taken away, in that order.

    `version` is that of the sheet the work began from, 0 for none. A row whose id is no longer there is added anew.
    Everything or nothing; the history keeps every row as it was. Raises NotFound, NotAllowed, StaleVersion (with
    nothing written).
    """
    case = case_gate.open(actor, case_id, for_change=True)
    require_change(actor, case)
    stored = (
        NeedsSheet.objects.select_for_update(of=("self",))
        .filter(case=case)
        .select_related("saved_by")
        .first()
    )
    if version != (stored.version if stored else 0):
        raise _stale(stored, sheet)
    now = clock.now()
    if stored is None:
        stored = NeedsSheet(case=case, version=0)
    for name, value in asdict(sheet).items():
        setattr(stored, name, value)
    stored.saved_by_id, stored.saved_at = actor.user_id, now
    stored.version += 1
    stored.save()
    return Saved(stored, _write_rows(stored, rows))


def _write_rows(sheet: NeedsSheet, rows: Sequence[SheetRow]) -> list[UUID]:
    """Add, change and take away until the stored rows are those given; only rows that differ are written."""
    before = {moment.pk: moment for moment in sheet.moments.all()}
    kept: set[UUID] = set()
    added, changed, ids = [], [], []
    for position, row in enumerate(rows):
        moment = before.get(row.id) if row.id and row.id not in kept else None
        if moment is None:
            moment = Moment(sheet=sheet, municipality_id=sheet.municipality_id)
            added.append(moment)
        elif MomentValues.of(moment) != row.values or moment.position != position:
            changed.append(moment)
        kept.add(moment.pk)
        ids.append(moment.pk)
        moment.position = position
        for name, value in asdict(row.values).items():
            setattr(moment, name, value)
    gone = [pk for pk in before if pk not in kept]
    Moment.objects.filter(sheet=sheet, pk__in=gone).delete()
    Moment.objects.bulk_create(added)
    Moment.objects.bulk_update(changed, ["position", *asdict(rows[0].values)] if rows else ["position"])
    return ids


def _stale(stored: NeedsSheet | None, posted: SheetValues) -> StaleVersion:
    return StaleVersion(
        current=asdict(SheetValues.of(stored)) if stored else {},
        posted=asdict(posted),
        version=stored.version if stored else 0,
        saved_by=stored.saved_by.name if stored and stored.saved_by else "",
        saved_at=stored.saved_at if stored else None,
    )
