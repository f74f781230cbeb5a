"""What the worker does for the lists of cases: it works out in advance how the open cases stand.

Shortly after midnight, and when a new program has been started, no standing holds any more; the worker comes before the
readers. It is only ever a matter of speed: whoever meets a standing that does not hold works it out herself.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from procrastinate.contrib.django import app

from egenmakt.casework.cases import standings
from egenmakt.casework.cases.models import Case
from egenmakt.foundation.tenancy.models import Municipality
from egenmakt.foundation.tenancy.transaction import acting_in

AT_ONCE = 100  # cases in one transaction: a reader who waits for it waits for no more


# Every five minutes; with nothing to do it is a question or two. A worker that starts carries out at once what became
# due in the last ten minutes.
@app.periodic(cron="*/5 * * * *", periodic_id="standings")
@app.task(name="cases.work_out_standings", queue="outbox", queueing_lock="standings")
def work_out_standings(timestamp: int) -> None:
    """Work out how the open cases of every municipality stand, in every language, and put their pulses together."""
    for municipality, guideline in Municipality.objects.values_list("pk", "slug"):
        work_out(municipality_id=municipality, guideline=guideline)


def work_out(*, municipality_id: UUID, guideline: str) -> int:
    """The same for one municipality, a few cases at a time, each time whole or not at all; how many did not hold."""
    done = 0
    with acting_in(municipality_id):
        rounds = _open().count() // AT_ONCE + 1  # what is changed meanwhile belongs to the next time
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for _round in range(rounds):
                with acting_in(municipality_id):
                    worked_out = standings.refresh(_open(), guideline, AT_ONCE)
                done += worked_out
                if worked_out < AT_ONCE:
                    break
    with acting_in(municipality_id):
        standings.put_pulses_together()
    return done


def _open() -> QuerySet[Case]:
    return Case.objects.filter(closed_on=None)
