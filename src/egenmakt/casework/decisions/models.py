"""Proposals, decisions, granted hours over time, letters and service."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from egenmakt.casework.cases.models import Case
from egenmakt.foundation.documents.models import Document
from egenmakt.foundation.history.following import followed
from egenmakt.foundation.identity.models import User
from egenmakt.foundation.tenancy.models import TenantModel

FROZEN = pgtrigger.Update | pgtrigger.Delete


class DecisionKind(models.TextChoices):
    """Slag av beslut."""

    GRANT = "grant", _("bifall")
    PARTIAL_REFUSAL = "partial_refusal", _("delvis avslag")
    REFUSAL = "refusal", _("avslag")
    DISMISSAL = "dismissal", _("avvisning")
    CLOSURE = "closure", _("avskrivning")


class RefusalGround(models.TextChoices):
    """Avslagsgrund. Those the law knows; lack of resources is not one of them (H-21)."""

    NOT_IN_PERSONKRETS = "not_in_personkrets", _("tillhör inte personkretsen (1 § LSS)")
    NO_NEED = "no_need", _("behov av insatsen finns inte (7 och 9 a §§ LSS)")
    MET_OTHERWISE = "met_otherwise", _("behovet tillgodoses faktiskt på annat sätt (7 § LSS)")
    AGE_LIMIT = "age_limit", _("ansökan kom in efter åldersgränsen (9 b § LSS)")
    TEMPORARY_PROTECTION = "temporary_protection", _("uppehållstillstånd med tillfälligt skydd (7 a § LSS)")


class SupportForm(models.TextChoices):
    """Form för insatsen (9 § 2 LSS)."""

    ARRANGED = "arranged", _("kommunen ordnar assistansen")
    FINANCIAL = "financial", _("ekonomiskt stöd till skäliga kostnader för assistansen")


@followed
class Proposal(TenantModel):
    """Förslag till beslut. Working until it is proposed; from then frozen, with the facts and the law it
    was computed by.

    `facts` is the input of `egenmakt.law.assess`, `outcome` its result; `law_hash` and `engine_version`
    name the law. A proposal that is returned or withdrawn stays; a new one takes its place. What is
    refused is told apart from what is granted (`refused`, `refusal_reasons`), because a decision may do both.
    """

    pulse: ClassVar[str] = "case_id"
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(_("beslut"), max_length=16, choices=DecisionKind.choices, blank=True)
    refusal_ground = models.CharField(
        _("avslagsgrund"), max_length=24, choices=RefusalGround.choices, blank=True
    )
    applied_for = models.TextField(_("vad ansökan gäller"), blank=True)
    refused = models.TextField(_("vad som inte beviljas"), blank=True)
    refusal_reasons = models.TextField(_("varför det inte beviljas"), blank=True)
    reasons = models.TextField(_("skäl för beslutet"), blank=True)
    plain_reasons = models.TextField(_("skälen på klarspråk"), blank=True)
    goal = models.TextField(_("mål"), blank=True)
    scope = models.TextField(_("omfattning och innehåll"), blank=True)
    form_of_support = models.CharField(_("form"), max_length=10, choices=SupportForm.choices, blank=True)
    starts_on = models.DateField(_("gäller från"), null=True, blank=True)
    ends_on = models.DateField(_("gäller till"), null=True, blank=True)
    period_reasons = models.TextField(_("skäl för tidsbegränsningen"), blank=True)
    review_reservation = models.TextField(_("förbehåll om omprövning"), blank=True)
    follow_up_on = models.DateField(_("följs upp"), null=True, blank=True)
    guideline_departure = models.TextField(_("skäl för att frångå riktlinjen"), blank=True)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField(null=True, blank=True)
    outcome = models.JSONField(null=True, blank=True)
    law_hash = models.CharField(max_length=64, blank=True)
    engine_version = models.CharField(max_length=20, blank=True)
    prepared_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("föreslaget"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["municipality", "case"], name="proposal_case")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(proposed_at=None, prepared_by=None)
                | models.Q(
                    proposed_at__isnull=False,
                    prepared_by__isnull=False,
                    facts__isnull=False,
                    outcome__isnull=False,
                )
                & ~models.Q(kind=""),
                name="what_is_proposed_is_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["refusal", "partial_refusal"])
                | models.Q(proposed_at=None)
                | ~models.Q(refusal_ground=""),
                name="a_refusal_has_a_lawful_ground",
            ),
            # what a decision refers to, so that signer and preparer can be compared by the database
            models.UniqueConstraint(fields=["id", "prepared_by"], name="proposal_with_its_preparer"),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(proposed_at=None), name="one_working_proposal_at_a_time"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="proposed_stays", operation=FROZEN,
                              condition=pgtrigger.Q(old__proposed_at__isnull=False)),
            pgtrigger.Trigger(
                name="the_preparer_acts",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__proposed_at__isnull=False),
                func="""
                    IF NEW.prepared_by_id IS DISTINCT FROM egenmakt_actor() THEN
                        RAISE EXCEPTION 'a proposal is made by the one who acts';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]  # fmt: skip


@followed
class GateAnswer(TenantModel):
    """Svar i beslutskontrollen. What a person answered, with evidence, to one requirement of the quality
    gate (H-17)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="gate_answers")
    requirement = models.CharField(max_length=40)
    fulfilled = models.BooleanField(_("uppfyllt"))
    evidence = models.TextField(_("underlag"))
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "proposal", "requirement"], name="one_answer_per_requirement"
            )
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="answers_stay_with_what_was_proposed",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func="""
                    IF EXISTS (SELECT 1 FROM decisions_proposal
                               WHERE id = NEW.proposal_id AND proposed_at IS NOT NULL) THEN
                        RAISE EXCEPTION 'what was proposed is not answered anew';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]


@followed
class Return(TenantModel):
    """Återlämning. That a proposal was sent back to its preparer, or withdrawn by her, and why."""

    database_rights: ClassVar[str] = "SI"
    pulse: ClassVar[str] = "SELECT case_id FROM decisions_proposal WHERE id = one.proposal_id"

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="returned")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(_("skäl"))


@followed
class Decision(TenantModel):
    """Beslut. Signed once, by someone other than the preparer; never changed."""

    database_rights: ClassVar[str] = "SI"
    pulse: ClassVar[str] = "case_id"

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="decision")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    number = models.CharField(_("beslutsnummer"), max_length=20)
    kind = models.CharField(_("beslut"), max_length=16, choices=DecisionKind.choices)
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    decided_on = models.DateField(_("beslutsdatum"))
    delegation = models.CharField(_("delegation"), max_length=200)
    meeting = models.CharField(_("sammanträde"), max_length=120, blank=True)
    gate = models.JSONField(help_text="The quality gate as it stood when the decision was signed.")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["municipality", "case"], name="decision_case")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "number"], name="one_decision_per_number"),
            models.CheckConstraint(
                condition=~models.Q(signed_by=models.F("prepared_by")), name="the_preparer_never_signs"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="signed_stays", operation=FROZEN),
            pgtrigger.Trigger(
                name="the_signer_acts",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                declare=[("preparer", "uuid"), ("drafter", "uuid")],
                func="""
                    IF NEW.signed_by_id IS DISTINCT FROM egenmakt_actor() THEN
                        RAISE EXCEPTION 'a decision is signed by the one who acts';
                    END IF;
                    SELECT prepared_by_id, drafted_by_id INTO preparer, drafter FROM decisions_proposal
                        WHERE id = NEW.proposal_id AND case_id = NEW.case_id AND proposed_at IS NOT NULL;
                    IF preparer IS NULL OR preparer <> NEW.prepared_by_id THEN
                        RAISE EXCEPTION 'a decision names the one who prepared its proposal';
                    END IF;
                    IF drafter = NEW.signed_by_id THEN
                        RAISE EXCEPTION 'who drafted a proposal does not sign it';
                    END IF;
                    IF EXISTS (SELECT 1 FROM decisions_return WHERE proposal_id = NEW.proposal_id) THEN
                        RAISE EXCEPTION 'a returned proposal is not signed';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]


@followed
class Grant(TenantModel):
    """Beviljad insats. The hours of a decision during one stretch of time; no two stretches overlap."""

    database_rights: ClassVar[str] = "SI"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="grants")
    valid = DateRangeField(_("gäller"))
    outcome = models.CharField(max_length=12)
    basic_s = models.PositiveIntegerField()
    basic_deduction_s = models.PositiveIntegerField()
    basic_after_s = models.PositiveIntegerField()
    other_s = models.PositiveIntegerField()
    other_deduction_s = models.PositiveIntegerField()
    other_after_s = models.PositiveIntegerField()
    total_s = models.PositiveIntegerField()
    municipal_share_s = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="one_stretch_at_a_time",
                expressions=[("decision", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "decision"], name="grant_decision")]
        triggers: ClassVar = [pgtrigger.Protect(name="granted_stays", operation=FROZEN)]


class LetterText(TenantModel):
    """Brevets innehåll. What the letters of a decision tell, as it stood when the decision was signed."""

    database_rights: ClassVar[str] = "SI"
    hash_chained: ClassVar[bool] = True

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="letter_text")
    content = models.JSONField(help_text="See decisions.frozen: without names and addresses.")

    class Meta:
        triggers: ClassVar = [pgtrigger.Protect(name="told_stays", operation=FROZEN)]


@followed
class Letter(TenantModel):
    """Beslutsbrev. A signed decision as a letter, in one voice."""

    database_rights: ClassVar[str] = "SI"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="letters")
    voice = models.CharField(max_length=8, choices=[
        ("legal", _("juridisk text")), ("plain", _("klarspråk")), ("easy", _("lättläst")),
    ])  # fmt: skip
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "decision", "voice"], name="one_letter_per_voice")
        ]


@followed
class Service(TenantModel):
    """Delgivning. The day the person got the decision; what the time for appeal is counted from (FL 44 §)."""

    database_rights: ClassVar[str] = "SI"
    pulse: ClassVar[str] = "SELECT case_id FROM decisions_decision WHERE id = one.decision_id"

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="service")
    served_on = models.DateField(_("delgivet"))
    method = models.CharField(_("hur"), max_length=20, choices=[
        ("letter_receipt", _("brev med mottagningskvitto")), ("handed_over", _("överlämnat vid möte")),
        ("digital", _("digital brevlåda med kvitto")), ("letter", _("vanligt brev, mottagandet bekräftat")),
    ])  # fmt: skip
    evidence = models.CharField(_("hur vi vet"), max_length=200)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()


@followed
class AppealNotice(TenantModel):
    """Överklagande som har kommit in. Whether it was in time follows from the day of service (FL 44–45
    §§)."""

    pulse: ClassVar[str] = "SELECT case_id FROM decisions_decision WHERE id = one.decision_id"
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="appeals")
    received_on = models.DateField(_("kom in"))
    text = models.TextField(_("vad som överklagas"), blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
