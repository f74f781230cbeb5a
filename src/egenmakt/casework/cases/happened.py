"""What the cases room itself tells of a case: who got it, notes, tasks, documents, closing."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from egenmakt.casework.cases.happenings import Happening, on_day
from egenmakt.casework.cases.models import Case
from egenmakt.foundation.documents.models import Document
from egenmakt.foundation.identity.models import User
from egenmakt.foundation.tenancy.models import Unit
from egenmakt.foundation.ui.dates import short_date

SHOWN = 280


def handling(case: Case) -> Iterator[Happening]:
    """The case was opened, handed over, moved and closed: from the history that the database keeps."""
    events = list(case.history_events.order_by("pgh_id"))  # type: ignore[attr-defined]
    people = dict(User.objects.values_list("pk", "name").filter(
        pk__in={event.officer_id for event in events} | {event.pgh_actor_id for event in events}
    ))  # fmt: skip
    units = dict(Unit.objects.values_list("pk", "name"))
    before = None
    for event in events:
        who = people.get(event.pgh_actor_id, "")
        at = on_day(case.opened_on) if before is None else event.pgh_created_at
        if before is None:
            yield Happening(at, _("Ärendet öppnades"), who)
        if event.officer_id and (before is None or before.officer_id != event.officer_id):
            title = _("%(name)s fick ärendet") % {"name": people.get(event.officer_id, "")}
            yield Happening(at, title, who)
        if before is not None and before.unit_id != event.unit_id:
            title = _("Ärendet flyttades till %(unit)s") % {"unit": units.get(event.unit_id, "")}
            yield Happening(at, title, who)
        if before is not None and before.closed_on is None and event.closed_on is not None:
            yield Happening(on_day(event.closed_on), _("Ärendet avslutades"), who, status="done")
        before = event


def coworkers(case: Case) -> Iterator[Happening]:
    """Who else got to work on the case, and why."""
    for one in case.staff.select_related("user"):
        if one.valid.isempty:
            continue
        title = _("%(name)s arbetar i ärendet från %(day)s") % {
            "name": one.user.name,
            "day": short_date(one.valid.lower),
        }
        yield Happening(on_day(one.valid.lower), title, text=one.reason)


def notes(case: Case) -> Iterator[Happening]:
    """The journal's notes. What is not locked is named as working."""
    url = reverse("cases:journal", kwargs={"case_id": case.pk})
    for note in case.notes.select_related("author"):
        kind = note.get_kind_display()
        if note.locked_at is None:
            title = _("Arbetsanteckning: %(kind)s") % {"kind": kind}
        elif note.corrects_id:
            title = _("Rättelse i journalen: %(kind)s") % {"kind": kind}
        else:
            title = _("Journal: %(kind)s") % {"kind": kind}
        text = note.text if len(note.text) <= SHOWN else note.text[:SHOWN].rsplit(" ", 1)[0] + " …"
        yield Happening(note.happened_at, title, note.author.name, text, f"{url}#note-{note.pk}")


def tasks_done(case: Case) -> Iterator[Happening]:
    """The tasks that are done."""
    url = reverse("cases:tasks", kwargs={"case_id": case.pk})
    for task in case.tasks.exclude(done_at=None).select_related("done_by"):
        if task.done_at is not None:
            who = task.done_by.name if task.done_by else ""
            yield Happening(
                task.done_at, _("Klart: %(task)s") % {"task": task.title}, who, url=url, status="done"
            )


def documents(case: Case) -> Iterator[Happening]:
    """The documents of the case."""
    found = Document.objects.filter(subject_kind="case", subject_id=case.pk).select_related("created_by")
    for one in found.defer("content"):
        url = reverse("cases:document", kwargs={"case_id": case.pk, "document_id": one.pk})
        who = one.created_by.name if one.created_by else ""
        title = _("Handling %(number)s: %(title)s") % {"number": one.number, "title": one.title}
        yield Happening(one.created_at, title, who, url=url)


SOURCES = (handling, coworkers, notes, tasks_done, documents)


def open_tasks_and_notes(case: Case) -> Iterator[str]:
    """What in this room keeps a case from being closed."""
    if count := case.tasks.filter(done_at=None).count():
        yield _("Uppgifter som inte är klara: %(count)d. Gör dem klara först.") % {"count": count}
    if count := case.notes.filter(locked_at=None).count():
        yield _("Anteckningar som inte är låsta: %(count)d. Lås dem först.") % {"count": count}
