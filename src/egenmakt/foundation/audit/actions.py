"""Writing the access log. Called by the gates of foundation.access, by nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from egenmakt.foundation import clock
from egenmakt.foundation.audit.models import Access, AccessedPerson, AccessLogEntry


def log_access(
    *,
    user_id: UUID | None,
    user_name: str,
    role: str,
    access: Access,
    kind: str,
    object_id: UUID | None = None,
    person_ids: Iterable[UUID] = (),
    relation: str = "",
    path: str = "",
) -> None:
    """Write one access. Runs in the request's transaction, before the response: if it fails, so does the
    request.
    """
    persons = sorted(set(person_ids))
    entry = AccessLogEntry.objects.create(
        at=clock.now(),
        user_id=user_id,
        user_name=user_name,
        role=role,
        access=access,
        kind=kind,
        object_id=object_id,
        person_ids=persons,
        relation=relation[:200],
        path=path[:200],
    )
    AccessedPerson.objects.bulk_create(
        AccessedPerson(entry=entry, person_id=person, at=entry.at, municipality_id=entry.municipality_id)
        for person in persons
    )
