"""What each rule came to for a whole roster, as the findings that every result carries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from egenmakt.law.findings import Citation, Finding, Outcome
from egenmakt.law.working_time.limits import SECTIONS
from egenmakt.law.working_time.sentences import spoken
from egenmakt.staffing.rosters.instance import Rules
from egenmakt.staffing.rosters.judging import RULES, Breach
from egenmakt.staffing.rosters.words import counted

# What is no law stands in the document itself.
OF_THE_ROSTER = "schemats egna uppgifter"
LIMITS = {
    "daily_rest": ("daily_rest_s", "max_span_s", "long_span_s"),
    "compensatory_rest": ("max_span_s", "long_span_s"),
    "weekly_rest": ("weekly_rest_s",),
    "ordinary_hours": ("ordinary_s",),
    "on_call": ("on_call_s",),
    "consecutive_days": ("max_days",),
    "consecutive_nights": ("max_nights",),
    "weekends": ("max_weekends",),
}


def findings_of(rules: Rules, breaches: Sequence[Breach]) -> list[dict[str, object]]:
    """One finding for each rule, in the order of `judging.RULES`. `result` is how many breaches there are of it."""
    found = Counter(breach.rule for breach in breaches)
    asked = _asked(rules)
    return [
        Finding(
            rule,
            Citation("", SECTIONS.get(rule, OF_THE_ROSTER)),
            Outcome.NOT_MET if found[rule] else Outcome.MET,
            f"{asked[rule]}: {_kept(found[rule])}.",
            {name: getattr(rules, name) for name in LIMITS.get(rule, ())},
            found[rule],
        ).to_json()
        for rule in RULES
    ]


def _kept(breaches: int) -> str:
    return f"bryts på {counted(breaches, 'ett ställe', 'ställen')}" if breaches else "hålls"


def _asked(rules: Rules) -> dict[str, str]:
    """What each rule asks, in a few words."""
    return {
        "introduction": "Arbete bara hos dem man är introducerad hos",
        "delegation": "Det som passet kräver",
        "absence": "Inga pass vid frånvaro",
        "no_nights": "Inga nattpass för den som inte arbetar natt",
        "overlap": "Ett pass åt gången",
        "daily_rest": f"Dygnsvila på minst {spoken(rules.daily_rest_s)}",
        "compensatory_rest": f"Lika lång vila efter ett pass på mer än {spoken(rules.max_span_s)}",
        "weekly_rest": f"Veckovila på minst {spoken(rules.weekly_rest_s)}",
        "ordinary_hours": f"Högst {spoken(rules.ordinary_s)} arbete på fyra veckor",
        "on_call": f"Högst {spoken(rules.on_call_s)} jour på fyra veckor",
        "average_hours": "Arbete och jour inom det som är kvar av genomsnittet över fyra månader",
        "consecutive_days": f"Högst {counted(rules.max_days, 'en dag', 'dagar')} i rad",
        "consecutive_nights": f"Högst {counted(rules.max_nights, 'en natt', 'nätter')} i rad",
        "weekends": f"Högst {counted(rules.max_weekends, 'en helg', 'helger')} på fyra veckor",
    }
