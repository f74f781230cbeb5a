"""What a guideline is, once read and found right."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from egenmakt.guidelines.schema import MEETING_ROLES, SETTINGS
from egenmakt.law.timeline import Period


class NoGuideline(LookupError):
    """No municipality with that name has a guideline here."""

    def __init__(self, slug: str, known: Iterable[str]) -> None:
        self.slug = slug
        self.known = tuple(known)
        super().__init__(f"Det finns ingen riktlinje för {slug[:40]}. Kommuner: {', '.join(self.known)}.")


class NoGuidelineValue(LookupError):
    """The guideline sets no such value for the day. Never a default."""

    def __init__(self, slug: str, name: str, on: date) -> None:
        self.slug = slug
        self.name = name
        self.day = on
        title = SETTINGS[name].title if name in SETTINGS else name
        super().__init__(f"Riktlinjen för {slug} säger inget om detta {on.isoformat()}: {title}.")


class NoDelegation(LookupError):
    """The guideline names nobody who may decide this. Then nobody may, by this delegation order."""

    def __init__(self, slug: str, kind: str, measure: int | None, on: date) -> None:
        self.slug = slug
        self.kind = kind
        self.measure = measure
        self.day = on
        what = kind if measure is None else f"{kind} enligt 9 § {measure}"
        super().__init__(
            f"Delegationsordningen för {slug} säger inte vem som beslutar om {what} {on.isoformat()}."
        )


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a municipality. `lapsed_reason` says why it is still shown after its validity ended."""

    id: str
    title: str
    decided_by: str
    reference: str
    period: Period
    lapsed_reason: str = ""

    def lapsed(self, on: date) -> bool:
        """Whether the document's own validity has ended by the day."""
        return self.period.end is not None and on >= self.period.end


@dataclass(frozen=True, slots=True)
class Entry:
    """What values, notes and delegations have in common: where it is read, when it holds, how sure it is.

    `assumed` marks what no document of the municipality says: a proposal that the municipality is to confirm,
    with `reason`.
    """

    document: Document
    page: str
    period: Period
    set_by: str
    assumed: bool
    reason: str

    def holds(self, on: date) -> bool:
        """Whether the entry holds on the day. A lapsed document that is still shown holds, as assumed."""
        if on not in self.period:
            return False
        return not self.document.lapsed(on) or bool(self.document.lapsed_reason)

    def is_assumed(self, on: date) -> bool:
        """Whether the entry, on the day, is a proposal and nothing the municipality has decided."""
        return self.assumed or self.document.lapsed(on)

    def why_assumed(self, on: date) -> str:
        """Why it is a proposal on the day; empty when it is decided."""
        if self.assumed:
            return self.reason
        return self.document.lapsed_reason if self.document.lapsed(on) else ""

    @property
    def source(self) -> str:
        """The document and the place in it, as it is cited to people."""
        return f"{self.document.title}, {self.page}" if self.page else self.document.title


@dataclass(frozen=True, slots=True)
class SetValue:
    """A value as the file has it, over its whole validity."""

    name: str
    value: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class GuidelineValue:
    """A value on a day. Amounts in SEK are `Decimal`, all others whole numbers of `unit`."""

    name: str
    title: str
    value: int | Decimal
    unit: str
    source: str
    page: str
    valid: Period
    set_by: str
    assumed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class GuidelineNote:
    """A sentence shown beside a step. It can be departed from with a reason and never blocks (H-01)."""

    step: str
    text: str
    source: str
    page: str
    assumed: bool
    reason: str
    tags: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The note in the shape of the command-line contract."""
        return {
            "step": self.step,
            "text": self.text,
            "source": self.source,
            "assumed": self.assumed,
            "reason": self.reason,
            "binding": False,
        }


@dataclass(frozen=True, slots=True)
class SetNote:
    """A note as the file has it."""

    step: str
    text: str
    tags: tuple[str, ...]
    entry: Entry


@dataclass(frozen=True, slots=True)
class SetReading:
    """How the municipality reads something that the law itself leaves open, as the file has it."""

    name: str
    question: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class SetDelegation:
    """A row of the delegation order as the file has it. No measures: it holds whatever the measure."""

    decisions: tuple[str, ...]
    measures: tuple[int, ...]
    roles: tuple[str, ...]
    reference: str
    entry: Entry

    def covers(self, kind: str, measure: int | None) -> bool:
        """Whether the row is about such a decision."""
        return kind in self.decisions and (not self.measures or measure in self.measures)


@dataclass(frozen=True, slots=True)
class Delegation:
    """Who may sign a decision on a day: roles of `schema.ROLES`, the text a decision cites, and its source.

    `in_meeting` is True where every role decides in a recorded meeting, so that the officer only prepares.
    """

    kind: str
    measure: int | None
    roles: tuple[str, ...]
    reference: str
    source: str
    page: str
    assumed: bool
    reason: str

    @property
    def in_meeting(self) -> bool:
        """Whether the decision is made in a meeting, by a committee or the board."""
        return bool(self.roles) and set(self.roles) <= MEETING_ROLES


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something the document says that is not used, because the law is another now."""

    what: str
    why: str
    document: Document
    page: str


@dataclass(frozen=True, slots=True)
class Guideline:
    """The guideline of one municipality."""

    slug: str
    code: str
    name: str
    documents: tuple[Document, ...]
    values: tuple[SetValue, ...]
    notes: tuple[SetNote, ...]
    delegations: tuple[SetDelegation, ...]
    left_out: tuple[LeftOut, ...]
    readings: tuple[SetReading, ...] = ()

    def readings_on(self, on: date) -> tuple[str, ...]:
        """The names of the readings chosen on the day, one for each question; none where the usual ones hold."""
        return tuple(chosen.name for chosen in self.readings if chosen.entry.holds(on))

    def value(self, name: str, on: date) -> GuidelineValue:
        """The value of that name on the day. Raises `NoGuidelineValue` when the guideline sets none."""
        for setting in self.values:
            if setting.name == name and setting.entry.holds(on):
                return _valued(setting, on)
        raise NoGuidelineValue(self.slug, name, on)

    def values_on(self, on: date) -> tuple[GuidelineValue, ...]:
        """Every value the guideline sets on the day, in the order of the file."""
        return tuple(_valued(setting, on) for setting in self.values if setting.entry.holds(on))

    def notes_for(
        self, step: str, on: date, *, tags: Collection[str] | None = None
    ) -> tuple[GuidelineNote, ...]:
        """The notes beside a step on the day; none for a step the guideline says nothing about.

        With `tags`, notes that are only for some cases are left out unless one of their tags is given.
        """
        return tuple(
            GuidelineNote(
                note.step,
                note.text,
                note.entry.source,
                note.entry.page,
                note.entry.is_assumed(on),
                note.entry.why_assumed(on),
                note.tags,
            )
            for note in self.notes
            if note.step == step and note.entry.holds(on) and _wanted(note.tags, tags)
        )

    def delegation(self, kind: str, measure: int | None, on: date) -> Delegation:
        """Who may decide. `measure` is the number in 9 § LSS, None for what concerns no measure.

        Raises `NoDelegation` when the order names nobody.
        """
        for row in self.delegations:
            if row.covers(kind, measure) and row.entry.holds(on):
                return Delegation(
                    kind,
                    measure,
                    row.roles,
                    row.reference,
                    row.entry.source,
                    row.entry.page,
                    row.entry.is_assumed(on),
                    row.entry.why_assumed(on),
                )
        raise NoDelegation(self.slug, kind, measure, on)


def _valued(setting: SetValue, on: date) -> GuidelineValue:
    about, entry = SETTINGS[setting.name], setting.entry
    return GuidelineValue(
        name=setting.name,
        title=about.title,
        value=Decimal(setting.value).quantize(Decimal("0.01")) if about.unit == "SEK" else setting.value,
        unit=about.unit,
        source=entry.source,
        page=entry.page,
        valid=entry.period,
        set_by=entry.set_by,
        assumed=entry.is_assumed(on),
        reason=entry.why_assumed(on),
    )


def _wanted(own: Collection[str], asked: Collection[str] | None) -> bool:
    return asked is None or not own or any(tag in asked for tag in own)
