"""What the quality gate looks at in the proposal itself and in who signs it. `rules.GATE` lists them.

Law and delegation stop; a guideline asks for a reason and stops nothing (H-01).
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from egenmakt.casework.decisions.checks import link
from egenmakt.casework.decisions.delegation import Delegated, delegated
from egenmakt.casework.decisions.models import DecisionKind, Proposal, RefusalGround
from egenmakt.casework.decisions.quality_gate import GRANTING, REFUSING, GateContext, GateResult
from egenmakt.casework.decisions.wording import ResourceArgument, resource_arguments
from egenmakt.casework.investigations.models import Belonging
from egenmakt.foundation.ui.dates import long_date
from egenmakt.guidelines import NoGuideline, guideline

# The texts of the decision that the person reads; each is searched for arguments from lack of resources.
TEXTS = (
    "scope",
    "reasons",
    "plain_reasons",
    "refused",
    "refusal_reasons",
    "period_reasons",
    "review_reservation",
)


def _page(context: GateContext) -> str:
    return link(context, "decisions:proposal")


def kind_chosen(context: GateContext) -> GateResult:
    """It says what kind of decision is proposed."""
    if not context.kind:
        return GateResult(False, _("Välj vilket beslut du föreslår."), _page(context))
    return GateResult(True, _("Förslaget är %s.") % context.proposal.get_kind_display(), _page(context))


def lawful_ground(context: GateContext) -> GateResult:
    """A refusal rests on a ground that the law knows, and that the investigation bears out (LSS 1, 7, 7 a,
    9 b §§)."""
    ground, url = context.proposal.refusal_ground, _page(context)
    if context.kind not in REFUSING:
        if ground:
            return GateResult(False, _("Beslutet avslår inget. Ta bort avslagsgrunden."), url)
        return GateResult(True, _("Inget avslås."), url)
    if not ground:
        return GateResult(False, _("Välj den lagliga grunden för avslaget."), url)
    trial = context.dossier.trial
    belongs = bool(trial and trial.outcome and trial.outcome != Belonging.NONE)
    if ground == RefusalGround.NOT_IN_PERSONKRETS and belongs:
        return GateResult(
            False, _("Personen tillhör personkretsen enligt prövningen. Välj en annan grund."), url
        )
    if context.kind == DecisionKind.PARTIAL_REFUSAL and ground in (
        RefusalGround.NOT_IN_PERSONKRETS,
        RefusalGround.TEMPORARY_PROTECTION,
        RefusalGround.AGE_LIMIT,
    ):
        return GateResult(False, _("Den grunden gäller hela ansökan. Då kan inget beviljas."), url)
    return GateResult(True, _("Grund: %s.") % context.proposal.get_refusal_ground_display(), url)


def no_lack_of_resources(context: GateContext) -> GateResult:
    """No text of the decision argues from lack of resources; that is never a ground (H-21)."""
    found = arguments_in(context.proposal)
    if found:
        quoted = " ".join(f"”{one.sentence}”" for one in found[:3])
        return GateResult(
            False,
            _("Brist på resurser är inte ett lagligt skäl. Skriv om: %s") % quoted,
            _page(context),
        )
    return GateResult(True, _("Texten hänvisar inte till brist på resurser."), _page(context))


def arguments_in(proposal: Proposal) -> list[ResourceArgument]:
    """Every argument from lack of resources in the proposal's texts, each sentence once."""
    found = [one for name in TEXTS for one in resource_arguments(getattr(proposal, name))]
    return list({one.sentence: one for one in found}.values())


def contents(context: GateContext) -> GateResult:
    """The decision says what was applied for, the goal, the scope, the form and the reasons (H-18, FL 32
    §)."""
    proposal = context.proposal
    wanted = {_("vad ansökan gäller"): proposal.applied_for, _("skälen för beslutet"): proposal.reasons}
    if context.kind in GRANTING:
        wanted |= {
            _("målet"): proposal.goal,
            _("omfattning och innehåll"): proposal.scope,
            _("formen för insatsen"): proposal.form_of_support,
            _("skälen på klarspråk"): proposal.plain_reasons,
        }
    if context.kind in REFUSING:
        wanted |= {_("varför det inte beviljas"): proposal.refusal_reasons}
    if context.kind == DecisionKind.PARTIAL_REFUSAL:
        wanted |= {_("vad som inte beviljas"): proposal.refused}
    missing = [name for name, value in wanted.items() if not value.strip()]
    gaps = [name for name, value in wanted.items() if "[…]" in value]
    if missing:
        return GateResult(False, _("Skriv %s.") % ", ".join(missing), _page(context))
    if gaps:
        return GateResult(False, _("Fyll luckorna […] i %s.") % ", ".join(gaps), _page(context))
    return GateResult(True, _("Beslutet säger allt som det ska."), _page(context))


def period(context: GateContext) -> GateResult:
    """The period is set; a limit in time has its reasons, and the reasons for its length (K-10)."""
    proposal, url = context.proposal, _page(context)
    if proposal.starts_on is None:
        return GateResult(False, _("Skriv från vilken dag beslutet gäller."), url)
    if proposal.ends_on is None:
        return GateResult(True, _("Gäller från %s tills vidare.") % long_date(proposal.starts_on), url)
    if proposal.ends_on < proposal.starts_on:
        return GateResult(False, _("Sista dagen ligger före den första."), url)
    if not proposal.period_reasons.strip():
        return GateResult(False, _("Skriv varför beslutet är tidsbegränsat, och varför just så länge."), url)
    return GateResult(
        True,
        _("Gäller %(first)s–%(last)s, med skäl.")
        % {"first": long_date(proposal.starts_on), "last": long_date(proposal.ends_on)},
        url,
    )


def follow_up(context: GateContext) -> GateResult:
    """A day for follow-up is set, within the period: no decision lapses unseen (H-19)."""
    proposal, url = context.proposal, _page(context)
    if proposal.follow_up_on is None:
        return GateResult(False, _("Skriv när beslutet ska följas upp."), url)
    if proposal.starts_on and proposal.follow_up_on < proposal.starts_on:
        return GateResult(False, _("Uppföljningen ligger före beslutets första dag."), url)
    if proposal.ends_on and proposal.follow_up_on > proposal.ends_on:
        return GateResult(
            False, _("Uppföljningen ligger efter beslutets sista dag. Välj en tidigare dag."), url
        )
    return GateResult(True, _("Följs upp %s.") % long_date(proposal.follow_up_on), url)


def guideline_departure(context: GateContext) -> GateResult:
    """A departure from the guideline has its reason. Asks, never stops (H-01)."""
    reason, url = context.proposal.guideline_departure.strip(), _page(context)
    if reason:
        return GateResult(True, _("Riktlinjen frångås: %s") % reason, url)
    try:
        own, today = guideline(context.guideline), context.dossier.today
        notes = (*own.notes_for("proposal", today), *own.notes_for("decision", today))
    except NoGuideline:
        notes = ()
    if not notes:
        return GateResult(True, _("Riktlinjen säger inget särskilt här."), url)
    told = " ".join(note.text for note in notes[:2])
    return GateResult(
        True,
        _("Riktlinjen är ett stöd och stoppar inget. Frångår beslutet den, skriv skälet. %s") % told,
        url,
        asks=True,
    )


def delegation_covers(context: GateContext) -> GateResult:
    """The one who signs may decide this kind and size by the municipality's delegation order (H-02)."""
    found = delegated(context.guideline, context.kind, context.computed.timeline, context.dossier.today)
    url = link(context, "decisions:decision")
    if not isinstance(found, Delegated):
        return GateResult(False, found, url)
    if context.signer is None:
        return GateResult(True, _("Beslutas av %s.") % found.who, url)
    if not found.allows(context.signer, context.dossier.case.unit_id):
        return GateResult(
            False,
            _("Du får inte besluta om %(kind)s. Det gör %(who)s (%(source)s).")
            % {
                "kind": context.proposal.get_kind_display(),
                "who": found.who,
                "source": found.order.source,
            },
            url,
        )
    if found.order.in_meeting and not context.meeting.strip():
        return GateResult(
            False,
            _("Beslutet fattas av %s. Skriv sammanträde, datum och paragraf när du undertecknar.")
            % found.who,
            url,
        )
    return GateResult(True, _("Du beslutar med stöd av %s.") % found.order.reference, url)


def four_eyes(context: GateContext) -> GateResult:
    """The one who signs has neither prepared nor investigated the case. There is no setting that changes
    it."""
    url = link(context, "decisions:decision")
    if context.signer is None or context.signer.user_id is None:
        return GateResult(True, _("Den som beslutar är en annan än den som har utrett."), url)
    part = context.dossier.investigators.get(context.signer.user_id)
    if part:
        return GateResult(False, _("Du %s. En annan person måste besluta.") % part, url)
    return GateResult(True, _("Du har inte deltagit i utredningen eller tagit fram förslaget."), url)
