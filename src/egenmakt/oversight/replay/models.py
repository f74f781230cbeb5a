"""What the law, as the program holds it, gives for the facts that a decision was made on."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from egenmakt.casework.decisions.models import Decision
from egenmakt.foundation.tenancy.models import TenantModel


class Answer(models.TextChoices):
    """Omräkningens svar."""

    SAME = "same", _("samma som beslutet")
    LAW_CHANGED = "law_changed", _("lagen har ändrats sedan beslutet")
    DIFFERS = "differs", _("annat svar fast lagen är densamma")
    IMPOSSIBLE = "impossible", _("går inte att räkna om")


class Replay(TenantModel):
    """Omräkning. The latest time that a decision was worked out anew, and what came of it.

    `stretches` are what the law gives now: first day, last day (empty: no last day) and seconds a week. `rules` are
    the rules that the decision's own explanation applied. Both follow from the decision and the program, so the row
    may be made again at any time; nothing is lost with it.
    """

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="replay")
    day = models.DateField(_("omräknat"))
    law_hash = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=20)
    answer = models.CharField(_("svar"), max_length=12, choices=Answer.choices)
    problem = models.TextField(_("varför det inte går"), blank=True)
    stretches = models.JSONField(default=list)
    rules = ArrayField(models.CharField(max_length=80), default=list)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["municipality", "answer"], name="replay_answer")]
