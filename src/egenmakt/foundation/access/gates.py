"""The gate: the only way to an object that concerns a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.audit.actions import log_access
from egenmakt.foundation.audit.models import Access
from egenmakt.foundation.audit.queries import was_read

M = TypeVar("M", bound=Model)

# So long one line in the log tells of someone who works on in the same place.
GOING_ON = timedelta(minutes=10)


class NotFound(Exception):
    """There is no such object, or no right to it: from outside the two look the same.

    Carries how to log the refusal, because the action that raised it undoes what it wrote; whoever answers
    the request calls `log` before the response leaves.
    """

    def __init__(self, message: str, log: Callable[[], None]) -> None:
        super().__init__(message)
        self.log = log


class NotAllowed(Exception):
    """The object may be seen, but this may not be done with it by this actor. The message says why, in
    Swedish.
    """


def log_refused_page(actor: Actor, person_id: UUID | None = None) -> None:
    """Log that a page, or what was to be done there, was refused for the actor's roles."""
    log_access(
        user_id=actor.user_id, user_name=actor.name, role=actor.role_names, path=actor.path,
        access=Access.REFUSED, kind="page", person_ids=[person_id] if person_id else [],
    )  # fmt: skip


def page_not_found(actor: Actor) -> NotFound:
    """The refusal to raise when there is nothing for the actor at an address that is not under a person's."""
    return NotFound(
        _("Det finns ingen sådan sida, eller så har du inte behörighet till den."),
        log=lambda: log_refused_page(actor),
    )


Relation = tuple[str, Callable[[Actor], Q]]


class Gate(Generic[M]):
    """One kind of object and the relations that open it, one per line.

    `relations`: (Swedish name, actor → condition). An object is open when one of them holds and `always`
    holds too. `persons`: the ids of the persons whose data the object shows, for the access log.
    """

    def __init__(
        self,
        *,
        model: type[M],
        kind: str,
        relations: list[Relation],
        always: Callable[[Actor], Q] | None = None,
        persons: Callable[[M], Iterable[UUID]],
        related: tuple[str, ...] = (),
    ) -> None:
        self.model, self.kind, self.relations = model, kind, relations
        self.always, self.persons, self.related = always, persons, related

    def add_relation(self, name: str, condition: Callable[[Actor], Q]) -> None:
        """Let a later room say when an actor has to do with the object (called when the program starts)."""
        self.relations.append((name, condition))

    def listed(self, actor: Actor) -> QuerySet[M]:
        """The objects whose existence the actor may know of. Names of protected persons are masked by the
        database.

        What is shown must pass through `shown`, which logs it.
        """
        some = Q(pk__in=[])
        for _name, condition in self.relations:
            some |= condition(actor)
        return self.model._default_manager.filter(some).select_related(*self.related)

    def shown(self, actor: Actor, objects: Iterable[M], *, searched: str = "") -> list[M]:
        """Log that the objects were shown to the actor, and hand them over."""
        rows = list(objects)
        persons = {person for row in rows for person in self.persons(row)}
        if persons or searched:
            log_access(
                user_id=actor.user_id, user_name=actor.name, role=actor.role_names, path=actor.path,
                access=Access.SEARCHED if searched else Access.LISTED, kind=self.kind, person_ids=persons,
            )  # fmt: skip
        return rows

    def counted(self, actor: Actor, number: int) -> None:
        """Log that so many objects were read for sums in which nobody can be told apart."""
        self._log(actor, Access.LISTED, None, (), _("summor av %d") % number)

    def open(self, actor: Actor, object_id: UUID, *, for_change: bool = False, going_on: bool = False) -> M:
        """The object, with the read logged; NotFound (logged as a refusal) when there is none or no right.

        `for_change` locks the row until the transaction ends. `going_on` is for a page that asks again and again
        while someone works in it: one line in the log then tells of ten minutes. The right is tried every time.
        """
        queryset = self.model._default_manager.filter(pk=object_id).select_related(*self.related)
        if self.always:
            queryset = queryset.filter(self.always(actor))
        if for_change:
            queryset = queryset.select_for_update(of=("self",))
        for name, condition in self.relations:
            found = queryset.filter(condition(actor)).first()
            if found is not None:
                if not (going_on and was_read(actor.user_id, self.kind, object_id, actor.path, GOING_ON)):
                    self._log(actor, Access.READ, object_id, self.persons(found), name)
                return found
        raise self.not_found(actor, object_id)

    def known(self, actor: Actor, object_id: UUID) -> M:
        """The object whose existence the actor may know of, with that logged; NotFound otherwise.

        For what can be done without seeing who a protected person is (such as naming those who may).
        """
        found = self.listed(actor).filter(pk=object_id).first()
        if found is None:
            raise self.not_found(actor, object_id)
        self._log(actor, Access.LISTED, object_id, self.persons(found), "")
        return found

    def not_found(self, actor: Actor, object_id: UUID) -> NotFound:
        """The refusal to raise when there is no such object for the actor."""
        return NotFound(
            _("Det finns ingen sådan sida, eller så har du inte behörighet till den."),
            log=lambda: self._refuse(actor, object_id),
        )

    def _refuse(self, actor: Actor, object_id: UUID) -> None:
        known = self.model._default_manager.filter(pk=object_id).first()
        self._log(actor, Access.REFUSED, object_id, self.persons(known) if known else (), "")

    def _log(
        self, actor: Actor, access: Access, object_id: UUID | None, persons: Iterable[UUID], relation: str
    ) -> None:
        log_access(
            user_id=actor.user_id, user_name=actor.name, role=actor.role_names, path=actor.path,
            access=access, kind=self.kind, object_id=object_id, person_ids=persons, relation=str(relation),
        )  # fmt: skip
