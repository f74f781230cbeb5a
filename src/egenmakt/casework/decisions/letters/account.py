"""The hours of one stretch in plain sentences with the person's own figures: what is added, taken off, and why.

The same sentences stand on the page beside the decision and in the plain letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from egenmakt.casework.cases.letters.words import joined
from egenmakt.casework.decisions.letters.content import Calculation, MomentRow, Need
from egenmakt.casework.decisions.letters.words import Named, hours, need_word

_NEEDS: tuple[Need, ...] = (
    "breathing", "hygiene", "meals", "dressing", "communication", "harm_prevention", "medical",
)  # fmt: skip


def account_of(one: Calculation, whom: Named) -> tuple[str, ...]:
    """How the hours came about, in the order one would count them."""
    return tuple(_sentences(one, whom))


def accounts_of(
    calculations: Iterable[Calculation], whom: Named
) -> list[tuple[Calculation, tuple[str, ...]]]:
    """The account of each stretch in order; what is as in the stretch before is said to be so, not said again."""
    found: list[tuple[Calculation, tuple[str, ...]]] = []
    before: tuple[str, ...] = ()
    for one in calculations:
        told = account_of(one, whom) if one.moments else ()
        new = tuple(sentence for sentence in told if sentence not in before)
        before = told
        if new != told:
            new = (*new, _("%(Whose_n)s behov är annars räknat på samma sätt.") % whom.as_values)
        found.append((one, new))
    return found


def share_sentence(one: Calculation) -> str:
    """`Av den tiden är 22 timmar för grundläggande behov och 25 timmar för andra personliga behov.`"""
    basic, other = hours(one.basic_after_s), hours(one.other_after_s)
    if not one.other_after_s:
        return _("Hela tiden är för grundläggande behov.")
    if not one.basic_after_s:
        return _("Hela tiden är för andra personliga behov.")
    return _(
        "Av den tiden är %(basic)s för grundläggande behov och %(other)s för andra personliga behov."
    ) % {
        "basic": basic,
        "other": other,
    }


def _sentences(one: Calculation, whom: Named) -> Iterator[str]:
    values = whom.as_values
    needs = _by_need(one)
    if needs:
        yield _("%(Who)s behöver hjälp med grundläggande behov %(sum)s i veckan: %(needs)s.") % {
            **values,
            "sum": hours(one.basic_s),
            "needs": joined([f"{need_word(need)} {hours(seconds)}" for need, seconds in needs]),
        }
    else:
        yield _("Ingen av hjälpen räknas som hjälp med grundläggande behov.")
    if one.other_s:
        yield _("%(Who)s behöver också %(sum)s i veckan till annat: %(what)s.") % {
            **values,
            "sum": hours(one.other_s),
            "what": joined([_told(row) for row in one.moments if row.counts_as == "other"]),
        }
    taken = one.basic_s - one.basic_after_s, one.other_s - one.other_after_s
    if any(taken):
        yield _(
            "Föräldrar ger själva en del av hjälpen till sina barn. Därför dras %(basic)s av från de grundläggande "
            "behoven och %(other)s från de andra behoven."
        ) % {"basic": hours(taken[0]), "other": hours(taken[1])}
    for row in one.moments:
        if row.counts_as == "not_counted":
            told = {"what": row.text, "section": row.section, "note": row.note}
            if row.note:
                yield _("”%(what)s” räknas inte: %(note)s (%(section)s LSS).") % told
            else:
                yield _("”%(what)s” räknas inte än: det återstår att bedöma hur (%(section)s LSS).") % told
    need_s = one.basic_after_s + one.other_after_s
    if 0 < one.total_s < need_s:
        yield _(
            "Behovet är sammanlagt %(need)s i veckan. Efter åldersgränsen kan tiden inte bli mer än %(total)s."
        ) % {"need": hours(need_s), "total": hours(one.total_s)}


def _by_need(one: Calculation) -> list[tuple[Need, int]]:
    found = [
        (need, sum(row.weekly_s for row in one.moments if row.counts_as == "basic" and row.need == need))
        for need in _NEEDS
    ]
    return [(need, seconds) for need, seconds in found if seconds]


def _told(row: MomentRow) -> str:
    return f"”{row.text}” {hours(row.weekly_s)}"
