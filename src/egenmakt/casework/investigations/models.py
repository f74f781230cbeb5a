"""Personkrets trials with evidence, life areas, and the child's perspective."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from egenmakt.casework.cases.models import Case
from egenmakt.foundation.history.following import followed
from egenmakt.foundation.identity.models import User
from egenmakt.foundation.tenancy.models import TenantModel


class Belonging(models.TextChoices):
    """Utfallet av personkretsprövningen (LSS 1 §)."""

    GROUP_1 = (
        "1",
        _("personkrets 1 – intellektuell funktionsnedsättning, autism eller autismliknande tillstånd"),
    )
    GROUP_2 = "2", _("personkrets 2 – hjärnskada i vuxen ålder")
    GROUP_3 = "3", _("personkrets 3 – andra varaktiga och stora funktionsnedsättningar")
    NONE = "none", _("tillhör inte personkretsen")


@followed
class PersonkretsTrial(TenantModel):
    """Personkretsprövning (LSS 1 §). One for each case; judged by an officer, on evidence, with reasons."""

    pulse: ClassVar[str] = "case_id"
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="personkrets_trial")
    outcome = models.CharField(_("bedömning"), max_length=4, choices=Belonging.choices, blank=True)
    diagnosis = models.CharField(_("funktionsnedsättning"), max_length=200, blank=True)
    onset_before_16 = models.BooleanField(_("före 16 års ålder"), null=True, blank=True)
    adult_brain_injury = models.BooleanField(
        _("hjärnskada i vuxen ålder av yttre våld eller sjukdom"), null=True, blank=True
    )
    permanent = models.BooleanField(_("varaktig"), null=True, blank=True)
    durability_certified_by_physician = models.BooleanField(
        _("varaktigheten intygad av läkare"), null=True, blank=True
    )
    not_normal_ageing = models.BooleanField(
        _("beror uppenbart inte på normalt åldrande"), null=True, blank=True
    )
    major = models.BooleanField(_("stor"), null=True, blank=True)
    considerable_difficulty = models.BooleanField(
        _("betydande svårigheter i dagliga livet"), null=True, blank=True
    )
    extensive_need = models.BooleanField(_("omfattande behov av stöd eller service"), null=True, blank=True)
    reasons = models.TextField(_("skäl"), blank=True)
    judged_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)


@followed
class Evidence(TenantModel):
    """Underlag. A certificate or statement that the personkrets trial rests on."""

    database_rights: ClassVar[str] = "SIUD"  # a row entered by mistake may go; the history keeps it
    pulse: ClassVar[str] = "SELECT case_id FROM investigations_personkretstrial WHERE id = one.trial_id"

    trial = models.ForeignKey(PersonkretsTrial, on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField(_("underlag"), max_length=160)
    certified_by = models.CharField(_("utfärdat av"), max_length=160)
    licence = models.CharField(_("legitimation"), max_length=80, blank=True)
    dated = models.DateField(_("daterat"))
    summary = models.TextField(_("vad det visar"), blank=True)

    class Meta:
        ordering: ClassVar = ["dated", "id"]


class LifeArea(models.TextChoices):
    """Livsområden enligt IBIC och ICF."""

    LEARNING = "d1", _("Lärande och att tillämpa kunskap")
    TASKS = "d2", _("Allmänna uppgifter och krav")
    COMMUNICATION = "d3", _("Kommunikation")
    MOBILITY = "d4", _("Förflyttning")
    SELF_CARE = "d5", _("Personlig vård")
    DOMESTIC = "d6", _("Hemliv")
    RELATIONS = "d7", _("Mellanmänskliga interaktioner och relationer")
    MAJOR = "d8", _("Utbildning, arbete, sysselsättning och ekonomiskt liv")
    COMMUNITY = "d9", _("Samhällsgemenskap, socialt och medborgerligt liv")
    SAFETY = "safety", _("Känsla av trygghet")
    CLOSE_PERSON = "support", _("Personligt stöd från person som vårdar eller stödjer en närstående")


class Difficulty(models.TextChoices):
    """Grad av svårighet (ICF:s generella bedömningsfaktor)."""

    NONE = "0", _("inget problem")
    MILD = "1", _("lätt problem")
    MODERATE = "2", _("måttligt problem")
    SEVERE = "3", _("stort problem")
    COMPLETE = "4", _("totalt problem")
    NOT_SPECIFIED = "8", _("ej specificerat")
    NOT_APPLICABLE = "9", _("ej tillämpbart")


@followed
class LifeAreaNote(TenantModel):
    """Livsområde. The person's own view beside the officer's assessment, and the goal, in one area."""

    pulse: ClassVar[str] = "case_id"
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="life_areas")
    area = models.CharField(_("livsområde"), max_length=8, choices=LifeArea.choices)
    own_view = models.TextField(_("personens egen beskrivning"), blank=True)
    assessment = models.TextField(_("handläggarens bedömning"), blank=True)
    difficulty = models.CharField(_("svårighet"), max_length=1, choices=Difficulty.choices, blank=True)
    goal = models.TextField(_("mål"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "case", "area"], name="one_note_per_life_area")
        ]


@followed
class ChildView(TenantModel):
    """Barnets perspektiv (LSS 6 a, 8 §§). How the child was heard, what it said, what that meant."""

    pulse: ClassVar[str] = "case_id"
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="child_view")
    heard = models.BooleanField(_("barnet har fått komma till tals"), null=True, blank=True)
    how = models.TextField(_("hur barnet hördes, eller varför inte"), blank=True)
    view = models.TextField(_("barnets egen åsikt och behov"), blank=True)
    best_interests = models.TextField(_("vad som är bäst för barnet"), blank=True)
    effect = models.TextField(_("hur det påverkar beslutet"), blank=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)


@followed
class Assessment(TenantModel):
    """Samlad bedömning. The individual's view, others of the same age, and who meets the need today."""

    pulse: ClassVar[str] = "case_id"
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="assessment")
    own_view = models.TextField(_("personens egen syn på sina behov"), blank=True)
    normalisation = models.TextField(_("jämförelse med jämnåriga utan funktionsnedsättning"), blank=True)
    met_otherwise = models.TextField(_("hur behoven tillgodoses i dag, av vem och hur mycket"), blank=True)
    good_living_conditions = models.TextField(_("varför insatsen behövs för goda levnadsvillkor"), blank=True)
    temporary_protection = models.BooleanField(
        _("uppehållstillstånd med tillfälligt skydd"), null=True, blank=True
    )
    version = models.PositiveIntegerField(default=1)
