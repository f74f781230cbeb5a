"""Reading the two clock times of an entry or a shift, with `fold` for the hour that comes twice in autumn."""

from __future__ import annotations

from datetime import datetime

from egenmakt.law.calendar import is_repeated
from egenmakt.site.commands.fields import Fields

FOLDS = ("fold", "from_fold", "to_fold")


def clock_times(fields: Fields) -> tuple[datetime, datetime] | None:
    """The fields `from` and `to` with their folds; None when one is missing or refused."""
    begins, ends = fields.clock("from"), fields.clock("to")
    fold = fields.whole("fold", 0, 1)
    begins_fold, ends_fold = fields.whole("from_fold", 0, 1), fields.whole("to_fold", 0, 1)
    if begins is None or ends is None:
        return None
    if fold and not (is_repeated(begins) or is_repeated(ends)):
        fields.fail(
            "fold",
            "Inget av klockslagen kom två gånger. Ange fold bara för 02:00–02:59 när sommartiden slutar.",
        )
    return _folded(begins, begins_fold, fold), _folded(ends, ends_fold, fold)


def _folded(clock: datetime, own: int | None, common: int | None) -> datetime:
    """The clock time's own fold goes first; the entry's holds for each of its times that came twice."""
    if own is not None:
        return clock.replace(fold=own)
    return clock.replace(fold=common or 0) if is_repeated(clock) else clock
