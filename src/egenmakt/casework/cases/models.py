"""Cases, who handles them, journal notes and tasks."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from egenmakt.foundation.history.following import followed
from egenmakt.foundation.identity.models import User
from egenmakt.foundation.tenancy.models import Municipality, TenantModel, Unit
from egenmakt.register.people.models import Person
from egenmakt.register.representatives.models import Consent


class CaseKind(models.TextChoices):
    """Slag av ärende."""

    ASSISTANCE = "assistance", _("personlig assistans, 9 § 2 LSS")


@followed
class Case(TenantModel):
    """Ärende. One matter of one person, from the day it was opened until it is closed."""

    pulse: ClassVar[str] = "id"
    number = models.CharField(_("ärendenummer"), max_length=20, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    kind = models.CharField(_("slag"), max_length=20, choices=CaseKind.choices, default=CaseKind.ASSISTANCE)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField(_("öppnat"))
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(_("avslutat"), null=True, blank=True)
    flow_version = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "number"], name="one_case_per_number"),
            models.CheckConstraint(
                condition=models.Q(closed_on=None) | models.Q(closed_on__gte=models.F("opened_on")),
                name="case_is_closed_after_it_was_opened",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["municipality", "person"], name="case_person"),
            models.Index(
                fields=["municipality", "officer"], name="case_officer", condition=models.Q(closed_on=None)
            ),
            models.Index(
                fields=["municipality", "unit"], name="case_unit", condition=models.Q(closed_on=None)
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="number_and_person_stay", operation=pgtrigger.Update,
                              condition=pgtrigger.AnyChange("number", "person", "opened_on")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number


@followed
class CaseStaff(TenantModel):
    """Medhandläggare. Someone besides the officer who works on the case, between two dates."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="staff")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("skäl"), max_length=200)
    valid = DateRangeField(_("gäller"))

    class Meta:
        indexes: ClassVar = [models.Index(fields=["municipality", "user", "case"], name="case_staff_user")]


class NoteKind(models.TextChoices):
    """Slag av journalanteckning."""

    CONTACT = "contact", _("kontakt")
    MEETING = "meeting", _("möte eller hembesök")
    INFORMATION = "information", _("information har lämnats")
    RECEIVED = "received", _("uppgift har kommit in")
    ASSESSMENT = "assessment", _("bedömning")
    OTHER = "other", _("övrigt")


class NoteSource(models.TextChoices):
    """Vem en uppgift kommer från."""

    PERSON = "person", _("den enskilde")
    REPRESENTATIVE = "representative", _("ställföreträdaren")
    OTHER = "other", _("någon annan")


@followed
class JournalNote(TenantModel):
    """Journalanteckning (LSS 21 a §). Working until its author locks it; then corrected by a new note only.

    What has come in from someone else than the person or her representative rests on a consent, or says why
    there is none (H-15).
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(_("slag"), max_length=12, choices=NoteKind.choices, default=NoteKind.CONTACT)
    happened_at = models.DateTimeField(_("hände"))
    written_at = models.DateTimeField(_("skriven"))
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("anteckning"), blank=True)
    locked_at = models.DateTimeField(_("låst"), null=True, blank=True)
    source = models.CharField(
        _("vem uppgiften kommer från"), max_length=16, choices=NoteSource.choices, blank=True
    )
    source_name = models.CharField(_("namn och roll"), max_length=160, blank=True)
    consent = models.ForeignKey(Consent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    without_consent_reason = models.TextField(_("varför samtycke saknas"), blank=True)
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["municipality", "case", "happened_at"], name="note_case")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(locked_at=None)
                | ~models.Q(source="other")
                | models.Q(consent__isnull=False)
                | ~models.Q(without_consent_reason=""),
                name="what_others_tell_rests_on_consent_or_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(locked_at=None) | ~models.Q(text=""), name="a_locked_note_says_something"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="locked_note_stays", operation=pgtrigger.Update | pgtrigger.Delete,
                              condition=pgtrigger.Q(old__locked_at__isnull=False)),
        ]  # fmt: skip


@followed
class Task(TenantModel):
    """Uppgift. Something to be done in a case by someone, at the latest on a day, for a reason."""

    pulse: ClassVar[str] = "case_id"
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    title = models.CharField(_("uppgift"), max_length=200)
    assignee = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("senast"), null=True, blank=True)
    due_reason = models.CharField(_("varför då"), max_length=200, blank=True)
    waits_for = models.CharField(_("väntar på"), max_length=200, blank=True)
    waits_since = models.DateField(_("väntar sedan"), null=True, blank=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["municipality", "case"], name="task_case", condition=models.Q(done_at=None)),
            models.Index(
                fields=["municipality", "assignee"], name="task_assignee", condition=models.Q(done_at=None)
            ),
        ]


class CasePulse(models.Model):
    """Puls. A row for every statement that changed something of a case, written by triggers (`pulse` on the models).

    The sum of a case's beats only grows, and grows in the transaction of the change. Rows may be put together as long
    as the sum stays. No foreign key to the case: a row in a table that holds one waits for whoever has the case locked.
    """

    database_rights: ClassVar[str] = "SID"
    pulse_of: ClassVar[str] = "case_id"
    pulse_also: ClassVar[dict[str, str]] = {
        "people.Person": "SELECT id FROM cases_case WHERE person_id = one.id",
    }

    id = models.BigAutoField(primary_key=True)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False
    )
    case = models.ForeignKey(
        Case, on_delete=models.DO_NOTHING, related_name="pulses", db_constraint=False, db_index=False
    )
    beats = models.BigIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["municipality", "case", "beats"], name="case_pulse")]


class Lack(models.TextChoices):
    """Det som saknas i ett ärende som inte kommer vidare."""

    STEP = "step", _("inget nästa steg")
    OFFICER = "officer", _("ingen handläggare")
    DATE = "date", _("inget datum")


class CaseStanding(TenantModel):
    """Läget i ett ärende: its next step or what it waits for, its nearest deadline, and what it lacks.

    Worked out from what the rooms hold, and kept for the lists in the language it was written in; nobody sets it by
    hand. It holds nothing of who the person is. See `standings` for when it may be read and why it is never wrong.
    """

    case = models.ForeignKey(
        Case, on_delete=models.DO_NOTHING, related_name="standings", db_constraint=False, db_index=False
    )
    language = models.CharField(max_length=8)
    # What it was worked out from: after how many beats of the case, on which day, and by which program.
    pulses = models.BigIntegerField()
    day = models.DateField()
    program = models.CharField(max_length=64)

    step = models.CharField(max_length=40, blank=True, help_text="Empty when nothing remains.")
    state = models.CharField(max_length=12, blank=True)
    title = models.TextField(blank=True)
    action = models.TextField(blank=True)
    note = models.TextField(blank=True)
    url_name = models.CharField(max_length=80, blank=True)
    due_on = models.DateField(null=True)
    due_status = models.CharField(max_length=8, blank=True)
    due_title = models.TextField(blank=True)
    due_reason = models.TextField(blank=True)
    lacks = ArrayField(models.CharField(max_length=8, choices=Lack.choices), default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "case", "language"], name="one_standing_per_case_and_language"
            )
        ]

    @property
    def is_next(self) -> bool:
        """Whether there is a step that someone can do something about."""
        return self.state in ("todo", "ongoing")

    @property
    def waits(self) -> bool:
        """Whether the case waits for someone, or is blocked."""
        return self.state in ("waiting", "blocked")

    @property
    def url(self) -> str:
        """Where the step is done."""
        return reverse(self.url_name, kwargs={"case_id": self.case_id})

    @property
    def reason(self) -> str:
        """Which deadline is the nearest, and why that day; empty without one."""
        return f"{self.due_title}: {self.due_reason}" if self.due_on else ""

    @property
    def missing(self) -> list[str]:
        """What the case lacks, in the reader's language."""
        return [str(Lack(one).label) for one in self.lacks]
