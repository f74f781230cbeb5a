"""What a complete investigation holds, and where its answers do not agree with each other.

Nothing here judges: a criterion answered "no" beside a group is shown to the officer, who decides and
says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egenmakt.casework.cases.models import Case
from egenmakt.casework.investigations.models import Belonging
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.gates import NotAllowed
from egenmakt.foundation.identity.models import Role

# The age from which an injury to the brain is one "in adult age" by practice; before it, group 1 is tried.
ADULT_INJURY_AGE = 16
OF_AGE = 18


@dataclass(frozen=True)
class Criterion:
    """One question of the trial: the field, what the law says, and what that means in plain words."""

    field: str
    question: str | Promise
    law: str | Promise
    plain: str | Promise
    groups: tuple[Belonging, ...]
    unmet: str | Promise


CRITERIA = (
    Criterion(
        "onset_before_16",
        gettext_lazy("Fanns funktionsnedsättningen före 16 års ålder?"),
        gettext_lazy("utvecklingsstörning, autism eller autismliknande tillstånd"),
        gettext_lazy(
            "En intellektuell funktionsnedsättning ska ha visat sig under uppväxten, enligt praxis före "
            "ungefär 16 års ålder. Autism räknas som medfödd, även när diagnosen har kommit senare."
        ),
        (Belonging.GROUP_1,),
        gettext_lazy("funktionsnedsättningen fanns inte före 16 års ålder"),
    ),
    Criterion(
        "adult_brain_injury",
        gettext_lazy("Beror den på en hjärnskada i vuxen ålder, av yttre våld eller kroppslig sjukdom?"),
        gettext_lazy(
            "efter hjärnskada i vuxen ålder föranledd av yttre våld eller kroppslig sjukdom"
        ),
        gettext_lazy(
            "Till exempel en trafikolycka, en stroke eller en tumör. Skadan ska ha kommit efter uppväxten, "
            "och den ska ha satt ned den intellektuella förmågan betydligt."
        ),
        (Belonging.GROUP_2,),
        gettext_lazy("det är inte en hjärnskada i vuxen ålder av yttre våld eller kroppslig sjukdom"),
    ),
    Criterion(
        "permanent",
        gettext_lazy("Är funktionsnedsättningen varaktig?"),
        gettext_lazy("bestående (grupp 2), varaktiga (grupp 3)"),
        gettext_lazy("Den väntas finnas kvar och inte gå över, inte heller med behandling eller träning."),
        (Belonging.GROUP_2, Belonging.GROUP_3),
        gettext_lazy("funktionsnedsättningen är inte varaktig"),
    ),
    Criterion(
        "durability_certified_by_physician",
        gettext_lazy("Har en läkare intygat att den är varaktig?"),
        gettext_lazy("varaktiga fysiska eller psykiska funktionshinder"),
        gettext_lazy("Läkarens intyg ska finnas bland underlagen."),
        (Belonging.GROUP_3,),
        gettext_lazy("ingen läkare har intygat att den är varaktig"),
    ),
    Criterion(
        "not_normal_ageing",
        gettext_lazy("Är det uppenbart att den inte beror på normalt åldrande?"),
        gettext_lazy("som uppenbart inte beror på normalt åldrande"),
        gettext_lazy("Svara nej om det kan vara vanliga följder av hög ålder, som sämre minne."),
        (Belonging.GROUP_3,),
        gettext_lazy("det är inte uppenbart att den inte beror på normalt åldrande"),
    ),
    Criterion(
        "major",
        gettext_lazy("Är den stor?"),
        gettext_lazy("om de är stora"),
        gettext_lazy("Hur mycket den påverkar kroppen eller psyket, alltså själva nedsättningen."),
        (Belonging.GROUP_3,),
        gettext_lazy("den är inte stor"),
    ),
    Criterion(
        "considerable_difficulty",
        gettext_lazy("Ger den betydande svårigheter i den dagliga livsföringen?"),
        gettext_lazy("förorsakar betydande svårigheter i den dagliga livsföringen"),
        gettext_lazy(
            "Personen kan inte på egen hand klara vardagen: att tvätta och klä sig, äta, förflytta sig, "
            "kommunicera, komma ut."
        ),
        (Belonging.GROUP_3,),
        gettext_lazy("den ger inte betydande svårigheter i den dagliga livsföringen"),
    ),
    Criterion(
        "extensive_need",
        gettext_lazy("Ger den därmed ett omfattande behov av stöd eller service?"),
        gettext_lazy("och därmed ett omfattande behov av stöd eller service"),
        gettext_lazy("Behovet är stort, finns i stort sett varje dag och i flera delar av livet."),
        (Belonging.GROUP_3,),
        gettext_lazy("den ger inte ett omfattande behov av stöd eller service"),
    ),
)  # fmt: skip

Answers = Mapping[str, bool | None]


def criteria_of(outcome: str) -> tuple[Criterion, ...]:
    """The criteria that belong to a group; all of them when nobody has chosen a group."""
    if outcome in (Belonging.GROUP_1, Belonging.GROUP_2, Belonging.GROUP_3):
        return tuple(one for one in CRITERIA if outcome in one.groups)
    return CRITERIA


def disagreements(outcome: str, answers: Answers, born: date, on: date) -> list[str]:
    """Where the judgement and the answers do not go together, one Swedish sentence each.

    The officer may be right all the same: she is asked, and her reasons tell why.
    """
    found = []
    unmet = [str(one.unmet) for one in criteria_of(outcome) if answers.get(one.field) is False]
    if outcome == Belonging.GROUP_3 and unmet:
        found.append(
            _("Alla kriterier för grupp 3 är inte uppfyllda: %(unmet)s.") % {"unmet": _listed(unmet)}
        )
    elif outcome in (Belonging.GROUP_1, Belonging.GROUP_2) and unmet:
        found.append(
            _("Du har valt grupp %(group)s, men svarat att %(unmet)s.")
            % {"group": outcome, "unmet": _listed(unmet)}
        )
    if outcome == Belonging.GROUP_2 and age_on(born, on) < ADULT_INJURY_AGE:
        found.append(
            _(
                "Personen är %(age)s år. Grupp 2 gäller hjärnskada i vuxen ålder; en skada under uppväxten "
                "prövas i grupp 1 eller 3."
            )
            % {"age": age_on(born, on)}
        )
    if outcome == Belonging.NONE:
        for group in (Belonging.GROUP_2, Belonging.GROUP_3):
            if all(answers.get(one.field) for one in criteria_of(group)):
                found.append(
                    _(
                        "Du har svarat ja på allt som hör till grupp %(group)s, men bedömt att personen inte "
                        "hör till personkretsen."
                    )
                    % {"group": group}
                )
    return found


def missing_in_trial(outcome: str, answers: Answers, reasons: str, evidence: int) -> list[str]:
    """What remains before the trial of the group of persons is complete, as Swedish requests."""
    missing = []
    if not outcome:
        missing.append(_("Bedöm om personen hör till någon av grupperna."))
    elif outcome != Belonging.NONE:
        unanswered = [one for one in criteria_of(outcome) if answers.get(one.field) is None]
        if unanswered:
            missing.append(_("Svara på frågorna som hör till grupp %(group)s.") % {"group": outcome})
        if not evidence:
            missing.append(_("Lägg till minst ett underlag."))
    if not reasons.strip():
        missing.append(_("Skriv skälen för bedömningen."))
    return missing


def missing_in_child_view(view: Mapping[str, object]) -> list[str]:
    """What remains before the child's perspective is told (LSS 6 a and 8 §§), as Swedish requests."""
    missing = []
    if view.get("heard") is None:
        missing.append(_("Svara på om barnet har fått komma till tals."))
    for field, sentence in (
        ("how", _("Berätta hur barnet hördes, eller varför det inte gick.")),
        ("view", _("Skriv barnets egen åsikt, eller hur barnet visar vad det vill.")),
        ("best_interests", _("Skriv vad som är bäst för barnet.")),
        ("effect", _("Skriv hur det påverkar beslutet.")),
    ):
        if not str(view.get(field) or "").strip():
            missing.append(sentence)
    return missing


def missing_in_assessment(assessment: Mapping[str, object]) -> list[str]:
    """What remains of the overall assessment (LSS 7 §), as Swedish requests."""
    return [
        sentence
        for field, sentence in (
            ("own_view", _("Skriv personens egen syn på sina behov.")),
            ("normalisation", _("Jämför med jämnåriga utan funktionsnedsättning.")),
            ("met_otherwise", _("Skriv hur behoven tillgodoses i dag, av vem och hur mycket.")),
            ("good_living_conditions", _("Skriv varför insatsen behövs för goda levnadsvillkor.")),
        )
        if not str(assessment.get(field) or "").strip()
    ]


def age_on(born: date, day: date) -> int:
    """Whole years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def may_change(actor: Actor, case: Case) -> bool:
    """Whether the actor may write in the investigation of a case that the gate has opened for her."""
    return actor.has(Role.CASE_OFFICER) and case.closed_on is None


def require_change(actor: Actor, case: Case) -> None:
    """Raises NotAllowed unless the actor may write in the investigation."""
    if not actor.has(Role.CASE_OFFICER):
        raise NotAllowed(_("Bara den som är handläggare kan ändra i utredningen."))
    if case.closed_on is not None:
        raise NotAllowed(_("Ärendet är avslutat. Det kan läsas men inte ändras."))


def _listed(sentences: list[str]) -> str:
    return ", ".join(sentences[:-1]) + _(" och ") + sentences[-1] if len(sentences) > 1 else sentences[0]
