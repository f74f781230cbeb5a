"""What the person reads: the answer and her own figures in plain sentences, for each stretch of time."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from egenmakt import law
from egenmakt.casework.decisions.calculations import Part, calculation_of
from egenmakt.casework.decisions.explaining import CaseExplained
from egenmakt.casework.decisions.letter_content import reads_herself
from egenmakt.casework.decisions.letters.account import accounts_of, share_sentence
from egenmakt.casework.decisions.letters.words import Named, hours, plain_ground_word, spoken_of
from egenmakt.casework.decisions.quality_gate import GRANTING, GateContext
from egenmakt.foundation import clock
from egenmakt.foundation.ui.dates import period


@dataclass(frozen=True)
class OwnAccount:
    """What the person reads: what she gets, then for each stretch of time how it came about."""

    lead: str
    stretches: list[tuple[str, str, tuple[str, ...]]]
    decides: str
    reasons: str


def account_for(explained: CaseExplained) -> OwnAccount:
    """The individual's explanation: plain sentences with her own figures."""
    context = explained.context
    whom = _whom(context)
    facts = explained.assessment.facts if explained.assessment else None
    calculated = [calculation_of(part, facts) for part in explained.parts] if facts else []
    stretches = [
        (
            period(part.first_day, part.last_day),
            f"{_gets(explained, part, whom)} {share_sentence(one)}" if part.given.total_s else "",
            told,
        )
        for part, (one, told) in zip(explained.parts, accounts_of(calculated, whom), strict=True)
    ]
    proposal = context.proposal
    return OwnAccount(
        lead=_lead(explained, whom),
        stretches=stretches,
        decides=_decides(explained, whom),
        reasons=proposal.plain_reasons or proposal.reasons,
    )


def _whom(context: GateContext) -> Named:
    name = context.dossier.person.first_name
    return spoken_of(name, herself=reads_herself(context.dossier, clock.today()))


def _gets(explained: CaseExplained, part: Part, whom: Named) -> str:
    values = {**whom.as_values, "hours": hours(part.given.total_s)}
    if explained.context.kind and explained.context.kind not in GRANTING:
        return _("%(Whose_n)s behov är räknat till %(hours)s i veckan.") % values
    if explained.decision:
        return _("%(Who)s får %(hours)s i veckan.") % values
    return _("Enligt förslaget får %(who)s %(hours)s i veckan.") % values


def _lead(explained: CaseExplained, whom: Named) -> str:
    kind, values = explained.context.kind, whom.as_values
    if explained.decision is None and not kind:
        return _("Beslutet är inte fattat. Så här är behovet räknat hittills.")
    leads = {
        "grant": _("%(Who)s får personlig assistans."),
        "partial_refusal": _("%(Who)s får personlig assistans, men inte allt som ansökan gällde."),
        "refusal": _("%(Who)s får inte personlig assistans."),
        "dismissal": _("Ansökan om personlig assistans för %(whom)s prövas inte."),
        "closure": _("Ärendet om personlig assistans för %(whom)s avslutas."),
    }
    words = leads[kind] % values
    ground = explained.context.proposal.refusal_ground
    if kind in {"refusal", "partial_refusal"} and ground:
        words = f"{words} {plain_ground_word(ground)}"  # type: ignore[arg-type]  # the model's choices are the letter's
    return words if explained.decision else _("Beslutet är inte fattat. Förslaget är: %s") % words


def _decides(explained: CaseExplained, whom: Named) -> str:
    """Who decides, as far as the first stretch says."""
    if not explained.parts:
        return ""
    given = explained.parts[0].given
    limit = hours(int(given.trace["basic_needs_threshold"]) * 3600)
    values = {**whom.as_values, "limit": limit, "basic": hours(given.basic_after_s)}
    values["share"] = hours(int(given.trace["municipal_share_hours"]) * 3600)
    if given.outcome is law.Decider.STATE:
        return (
            _(
                "De grundläggande behoven är %(basic)s i veckan, mer än %(limit)s. Därför är det Försäkringskassan som "
                "beslutar om assistansersättning. Kommunen betalar de första %(share)s."
            )
            % values
        )
    if given.outcome is law.Decider.MUNICIPALITY:
        return (
            _(
                "De grundläggande behoven är %(basic)s i veckan, inte mer än %(limit)s. Därför är det kommunen som "
                "beslutar och betalar."
            )
            % values
        )
    if given.outcome is law.Decider.UNCLEAR:
        return _("Allt är inte utrett än, och därför går det inte att säga hur det blir.")
    return ""
