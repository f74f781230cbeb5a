"""The calculation as blocks: a picture of the week, sums for each stretch of time, every moment (K-06)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _

from egenmakt.casework.cases.letters.words import joined, long_date, span
from egenmakt.casework.decisions.letters.content import Calculation, DecisionLetter, MomentRow, Need, Voice
from egenmakt.casework.decisions.letters.words import (
    clock_hours,
    counts_word,
    easy_need_word,
    frequency,
    frequency_in_words,
    has_odd_seconds,
    hours,
    need_word,
)
from egenmakt.foundation.documents.blocks import Block, Bullets, Column, Figure, Paragraph, Table, typographic
from egenmakt.foundation.documents.figures import Bar, Group, Line, Segment, stacked_bars

THRESHOLD_S: Final = 20 * 3600  # SFB 51 kap. 3 §

# What the parental deduction never touches comes first, so that the hatching lies over what it does touch.
_ORDER: Final[tuple[Need, ...]] = (
    "breathing", "medical", "hygiene", "meals", "dressing", "communication", "harm_prevention", "other",
)  # fmt: skip
_COLUMNS_A_TABLE: Final = 3


def calculation_blocks(letter: DecisionLetter, voice: Voice) -> tuple[Block, ...]:
    """Picture, sums, moments and notes; nothing when the decision rests on no calculation."""
    if not letter.calculations:
        return ()
    return (
        _picture(letter, voice),
        *_sums(letter),
        *_moment_tables(letter, voice),
        *_notes(letter),
    )


def _picture(letter: DecisionLetter, voice: Voice) -> Figure:
    names = easy_need_word if voice == "easy" else need_word
    used = [need for need in _ORDER if any(_by_need(one).get(need) for one in letter.calculations)]
    keys = {need: index for index, need in enumerate(used, start=1)}
    groups = tuple(_group(one, keys, letter) for one in letter.calculations)
    crossed = any(one.basic_s for one in letter.calculations)
    svg = stacked_bars(
        groups,
        tuple(names(need)[:1].upper() + names(need)[1:] for need in used),
        taken_label=_("Föräldraavdrag"),
        width=500 if voice == "easy" else 660,
        line=Line(THRESHOLD_S, _("20 timmar")) if crossed else None,
    )
    alt = " ".join(_in_words(one) for one in letter.calculations)
    return Figure(svg, alt, _("En vecka: vilken hjälp som behövs och hur mycket tid den tar"))


def _group(one: Calculation, keys: dict[Need, int], letter: DecisionLetter) -> Group:
    amounts = _by_need(one)
    basic = tuple(Segment(keys[need], amounts[need]) for need in keys if need != "other")
    bars = [
        Bar(
            _("Grundläggande behov"),
            _bar_sum(one.basic_s, one.basic_after_s),
            tuple(segment for segment in basic if segment.amount),
            one.basic_s - one.basic_after_s,
        )
    ]
    if one.other_s:
        bars.append(
            Bar(
                _("Andra personliga behov"),
                _bar_sum(one.other_s, one.other_after_s),
                (Segment(keys["other"], one.other_s),),
                one.other_s - one.other_after_s,
            )
        )
    return Group(_period_title(one, letter), tuple(bars))


def _bar_sum(need_s: int, after_s: int) -> str:
    if need_s == after_s:
        return clock_hours(need_s)
    return _("%(need)s, efter avdrag %(after)s") % {
        "need": clock_hours(need_s),
        "after": clock_hours(after_s),
    }


def _period_title(one: Calculation, letter: DecisionLetter) -> str:
    if len(letter.calculations) == 1:
        return _("Tid per vecka")
    return _("Från och med %(date)s") % {"date": long_date(one.first_day)}


def _by_need(one: Calculation) -> dict[Need, int]:
    """Weekly seconds by need; what counts as other need is `other`, whatever need it was stated under."""
    amounts: dict[Need, int] = dict.fromkeys(_ORDER, 0)
    for row in one.moments:
        if row.counts_as == "basic":
            amounts[row.need] += row.weekly_s
        elif row.counts_as == "other":
            amounts["other"] += row.weekly_s
    return amounts


def _in_words(one: Calculation) -> str:
    amounts = _by_need(one)
    basic = [
        f"{need_word(need)} {hours(amounts[need])}" for need in _ORDER if need != "other" and amounts[need]
    ]
    parts = [
        _("%(span)s: grundläggande behov %(sum)s i veckan (%(needs)s).")
        % {
            "span": _start(span(one.first_day, one.last_day)),
            "sum": hours(one.basic_s),
            "needs": joined(basic),
        }
        if basic
        else _("%(span)s: inga grundläggande behov.") % {"span": _start(span(one.first_day, one.last_day))}
    ]
    if one.other_s:
        parts.append(_("Andra personliga behov %(sum)s.") % {"sum": hours(one.other_s)})
    taken = (one.basic_s - one.basic_after_s, one.other_s - one.other_after_s)
    if any(taken):
        parts.append(
            _("Föräldraavdraget är %(basic)s från grundläggande och %(other)s från andra behov.")
            % {"basic": hours(taken[0]), "other": hours(taken[1])}
        )
    parts.append(_("Beviljad tid är %(total)s i veckan.") % {"total": hours(one.total_s)})
    return " ".join(parts)


def _start(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sums(letter: DecisionLetter) -> Iterable[Block]:
    for group in _batches(letter.calculations):
        columns = (
            Column(_("Del av uträkningen"), 3 if len(group) < 3 else 2),
            *(Column(_period_title(one, letter), 1, "right") for one in group),
        )
        basic, other = _("Grundläggande behov"), _("Andra personliga behov")
        lines = [
            *_lines(basic, [(one.basic_s, one.basic_after_s) for one in group]),
            *_lines(other, [(one.other_s, one.other_after_s) for one in group]),
        ]
        rows = tuple((label, *(_signed(amount) for amount in amounts)) for label, amounts in lines)
        total = (_("Beviljad tid per vecka"), *(clock_hours(one.total_s) for one in group))
        yield Table(_("Summor per vecka, i timmar och minuter"), columns, rows, (total,))


def _lines(label: str, amounts: list[tuple[int, int]]) -> Iterable[tuple[str, list[int]]]:
    """The need, what is deducted from it and what is left; the need alone when nothing is deducted."""
    yield label, [need for need, _after in amounts]
    if any(need != after for need, after in amounts):
        yield _("Föräldraavdrag"), [after - need for need, after in amounts]
        yield _("%(label)s efter avdrag") % {"label": label}, [after for _need, after in amounts]


def _signed(amount: int) -> str:
    return f"−{clock_hours(-amount)}" if amount < 0 else clock_hours(amount)


def _batches(calculations: tuple[Calculation, ...]) -> Iterable[tuple[Calculation, ...]]:
    for start in range(0, len(calculations), _COLUMNS_A_TABLE):
        yield calculations[start : start + _COLUMNS_A_TABLE]


def _moment_tables(letter: DecisionLetter, voice: Voice) -> Iterable[Block]:
    """One table for each different set of moments: the same moments are not repeated for every stretch."""
    shown: dict[tuple[MomentRow, ...], Calculation] = {}
    for one in letter.calculations:
        shown.setdefault(one.moments, one)
    for moments, one in shown.items():
        caption = _("Uträkningen moment för moment")
        if len(shown) > 1:
            caption = _("Uträkningen moment för moment från och med %(date)s") % {
                "date": long_date(one.first_day)
            }
        if moments:
            yield _easy_table(caption, one) if voice == "easy" else _full_table(caption, one)


def _full_table(caption: str, one: Calculation) -> Table:
    columns = (
        Column(_("Moment"), 15),
        Column(_("Behov"), 9),
        Column(_("Hur ofta"), 10),
        Column(_("Tid per vecka"), 0, "right"),
        Column(_("Räknas som, lagrum"), 11),
    )
    rows = tuple(
        (
            _activity(row),
            need_word(row.need),
            frequency(row),
            clock_hours(row.weekly_s),
            f"{counts_word(row.counts_as)} ({row.section})",
        )
        for row in one.moments
    )
    totals = (
        (_("Summa grundläggande behov"), "", "", clock_hours(one.basic_s), ""),
        (_("Summa andra personliga behov"), "", "", clock_hours(one.other_s), ""),
    )
    return Table(caption, columns, rows, totals)


def _easy_table(caption: str, one: Calculation) -> Table:
    columns = (Column(_("Hjälp"), 5), Column(_("Hur ofta"), 4), Column(_("Tid i veckan"), 0, "right"))
    rows = []
    for row in one.moments:
        often = frequency_in_words(row)
        if row.counts_as == "not_counted":
            often = _("%(often)s. Räknas inte.") % {"often": often}
        rows.append((_activity(row), often, clock_hours(row.weekly_s)))
    total = (_("All hjälp tillsammans"), "", clock_hours(one.basic_s + one.other_s))
    return Table(caption, columns, tuple(rows), (total,))


def _activity(row: MomentRow) -> str:
    return typographic(f"{row.text} ({row.note})" if row.note else row.text)


def _notes(letter: DecisionLetter) -> Iterable[Block]:
    shown = [row.weekly_s for one in letter.calculations for row in one.moments]
    if has_odd_seconds(*shown):
        yield Paragraph(
            _(
                "Tiderna är räknade i hela sekunder och visas i hela minuter. Därför kan en summa skilja sig "
                "någon minut från raderna."
            ),
            "note",
        )
    if any(_less_deducted(one) for one in letter.calculations):
        yield Paragraph(
            _(
                "Föräldraavdraget är mindre än i tabellen i förordningen, eftersom avdrag inte görs från "
                "hjälp som "
                "är undantagen och aldrig för mer tid än den som finns (9 f § LSS)."
            ),
            "note",
        )
    if letter.unverified:
        yield Paragraph(_("Uträkningen använder värden som ännu inte är bekräftade av en källa:"), "note")
        yield Bullets(tuple(f"{one.name}: {one.value}" for one in letter.unverified))


def _less_deducted(one: Calculation) -> bool:
    return (
        one.basic_s - one.basic_after_s < one.basic_deduction_s
        or one.other_s - one.other_after_s < one.other_deduction_s
    )
