"""The gate to cases: one condition per line."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_noop as _

from egenmakt.casework.cases.models import Case, CaseStaff
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.gates import Gate
from egenmakt.foundation.identity.models import Role
from egenmakt.register.people.gate import identity_is_visible, opened_in_emergency, person_gate
from egenmakt.register.people.models import Person, PersonIdentity


def _is_officer(actor: Actor) -> Q:
    return Q(officer_id=actor.user_id) if actor.user_id else Q(pk__in=[])


def _works_on_it(actor: Actor) -> Q:
    if actor.user_id is None:
        return Q(pk__in=[])
    staff = CaseStaff.objects.filter(
        case_id=OuterRef("pk"), user_id=actor.user_id, valid__contains=clock.today()
    )
    return Q(Exists(staff))


def _in_unit_as(*roles: Role) -> Callable[[Actor], Q]:
    def condition(actor: Actor) -> Q:
        units = actor.units(*roles)
        if units is None:
            return Q(pk__isnull=False)
        return Q(unit_id__in=units)

    return condition


def _identity_is_visible(_actor: Actor) -> Q:
    return Q(Exists(PersonIdentity.objects.filter(person_id=OuterRef("person_id"))))


# A case of a protected person is opened by her named readers only; lists show it masked.
case_gate: Gate[Case] = Gate(
    model=Case,
    kind="case",
    relations=[
        (str(_("handläggare i ärendet")), _is_officer),
        (str(_("medhandläggare i ärendet")), _works_on_it),
        (str(_("beslutsfattare för enheten")), _in_unit_as(Role.DECISION_MAKER)),
        (str(_("chef för enheten")), _in_unit_as(Role.UNIT_MANAGER)),
        (str(_("registrator för enheten")), _in_unit_as(Role.REGISTRAR)),
        (str(_("nödöppning")), lambda actor: opened_in_emergency(actor, "person_id")),
    ],
    always=_identity_is_visible,
    persons=lambda case: [case.person_id],
    related=("person", "person__identity", "unit", "officer"),
)


def _has_a_case_within(actor: Actor) -> Q:
    return Q(Exists(case_gate.listed(actor).select_related(None).filter(person_id=OuterRef("pk"))))


person_gate.add_relation(str(_("har ett ärende hos den som läser")), _has_a_case_within)


def _opens_cases(actor: Actor) -> Q:
    roles = (Role.REGISTRAR, Role.CASE_OFFICER, Role.UNIT_MANAGER)
    return Q(pk__isnull=False) if actor.has(*roles) else Q(pk__in=[])


# Whoever opens cases may open one for anybody whom she may know; the reason is in the access log.
new_case_gate: Gate[Person] = Gate(
    model=Person,
    kind="person",
    relations=[(str(_("öppnar ett ärende")), _opens_cases)],
    always=identity_is_visible,
    persons=lambda person: [person.pk],
    related=("identity",),
)
