"""What is typed at each address where something is done: such that whoever may do it succeeds.

The same is posted by everyone, so a refusal cannot be for the sake of what was typed.
"""

from __future__ import annotations

from typing import Any

from tests.access.scene import LATER, TODAY, Scene, Thread
from tests.casework import journeys

from egenmakt.casework.decisions import rules
from egenmakt.casework.investigations.rules import CRITERIA

_DAY, _LATER = TODAY.isoformat(), LATER.isoformat()
_REASON = "Det behövs för att arbetet ska gå vidare."
_CHECKED_NUMBER = "20190514-9801"


def typed(place: str, scene: Scene, thread: Thread, viewer: str | None) -> dict[str, Any]:
    """The fields of the form at an address. Like a browser, always with a token."""
    return {"csrfmiddlewaretoken": "x", **_fields(place, scene, thread, viewer or "officer")}


def _fields(place: str, scene: Scene, thread: Thread, viewer: str) -> dict[str, Any]:
    version = {key: {"version": str(value)} for key, value in thread.versions.items()}
    none: dict[str, str] = {}
    officer, other = (str(scene.viewers[key].user_id) for key in ("officer", "other_officer"))
    is_protected = thread.person.pk in {
        one.person.pk for key, one in scene.threads.items() if "protected" in key
    }
    joining = str(scene.viewers["named_decider"].user_id) if is_protected else other
    person = {
        "number": _CHECKED_NUMBER, "given_name": "Nils", "family_name": "Ny", "protection": "none",
    }  # fmt: skip
    application = {
        "form": "oral", "received_on": _DAY, "applied_by": "person", "asks_for": "Assistans",
        "representation_reason": "Föräldern är med per telefon.",
    }  # fmt: skip
    representative = {
        "kind": "proxy", "name": "Ny Ombud", "scope": "ansökan", "evidence": "fullmakt", "first": _DAY,
        "version": "1",
    }  # fmt: skip
    task = {"title": "Boka ett möte", "due_on": _LATER}
    note = {"kind": "contact", "happened_on": _DAY, "text": "Talade med skolan."}
    forms: dict[str, dict[str, Any]] = {
        "account_change_password": {"oldpassword": "fel", "password1": "a", "password2": "b"},
        "accounts:choose_municipality": {"municipality": str(scene.home.pk)},
        "accounts:new_account": {
            "email": "ny@exempel.test", "name": "Ny Kollega", "role": "case_officer", "first": _DAY,
        },
        "accounts:account": {"role": "economist", "first": _DAY},
        "accounts:end_assignment": {"last": _LATER},
        "reviews:opening": {"review": "Skälet var gott."},
        "reviews:draw_sample": {"unit": str(scene.things["unit"])},
        "reviews:log_review": {"outcome": "nothing", "version": "1"},
        "ui:save_draft": {"_key": "text:1", "text": "Påbörjat", "_version": "0"},
        "ui:discard_draft": {"key": f"journal_note:new:{thread.ids['case_id']}"},
        "people:find": {"number": _CHECKED_NUMBER},
        "people:register": person,
        "people:edit": person | version["person"],
        "people:readers": {"user": other, "reason": _REASON},
        "people:end_reader": {"reason": _REASON},
        "people:break_glass": {"reason": _REASON, "hours": "2"},
        "representatives:add": representative,
        "representatives:edit": representative,
        "representatives:end": {"last": _LATER},
        "representatives:add_consent": {"scope": "Från skolan", "given_by": "Gerda", "given_on": _DAY},
        "representatives:withdraw_consent": {"withdrawn_on": _DAY},
        "cases:journal": note,
        "cases:note": note | {"version": "1"},
        "cases:lock_note": {"version": "1"},
        "cases:correct_note": {"text": "Det var i går."},
        "cases:tasks": task,
        "cases:task": task | {"version": "1"},
        "cases:assign_officer": {"officer-officer": officer, "officer-version": version["case"]["version"]},
        "cases:change_unit": {
            "unit-unit": str(scene.things["unit"]), "unit-version": version["case"]["version"],
        },
        "cases:add_coworker": {"coworker-user": joining, "coworker-reason": _REASON},
        "cases:close": {"close-reason": _REASON, "close-version": version["case"]["version"]},
        "applications:register?person": application | {"unit": str(scene.things["unit_of"][viewer])},
        "applications:edit": application | version.get("application", none),
        "applications:check_authority": _prefixed("authority", {"ground": "pass"} | version.get("application", none)),
        "applications:first_contact": _prefixed(
            "contact", {"day": _DAY, "how": "telefon"} | version.get("application", none)
        ),
        "applications:request_supplement": _prefixed(
            "supplement", {"what": "Intyg", "asked_on": _DAY, "answer_by": _LATER}
        ),
        "applications:receive_supplement": _prefixed(
            "received", {"received_on": _DAY, "received": "Intyget.", "version": "1"}
        ),
        "investigations:personkrets": {
            "outcome": "1", "diagnosis": "autism", "reasons": _REASON, "considered": "on",
            **{one.field: "" for one in CRITERIA}, **version.get("trial", none),
        },
        "investigations:add_evidence": _prefixed(
            "underlag", {"title": "Intyg", "certified_by": "Lo Läkare", "dated": _DAY}
        ),
        "investigations:assessment": dict(journeys.ASSESSMENT) | {"temporary_protection": "False"}
        | version.get("assessment", none),
        "investigations:child_view": dict(journeys.CHILD) | {"heard": "True"} | version.get("child", none),
        "investigations:life_area": {"own_view": "Vill prata mer.", "version": "0"},
        "needs:sheet": _sheet() | {"do": "save"} | version.get("sheet", none),
        "needs:count": _sheet(),
        "needs:explanation": _sheet() | {"what": "total"},
        "needs:pasted": {"text": "Dusch\t20", "column": "text"},
        "communication:send": _prefixed(
            "send", {"proposal": "Avslag.", "channel": "letter", "answer_by": _LATER}
        ),
        "communication:waive": _prefixed("waive", {"waiver": "full_approval", "reason": _REASON}),
        "communication:oral": _prefixed(
            "oral", {"kind": "officer", "happened_on": _DAY, "before": "Mikael", "text": "Vi trivs."}
        ),
        "communication:answer": _prefixed(
            "answer", {"answered_on": _DAY, "answer": "Inget."} | version.get("communication", none)
        ),
        "communication:extend": _prefixed(
            "extend", {"answer_by": _LATER} | version.get("communication", none)
        ),
        "decisions:proposal": {key: str(value) for key, value in journeys.PROPOSAL.items()}
        | version.get("proposal", none),
        "decisions:checklist": {
            f"{one.key}-{part}": value
            for one in rules.CHECKLIST
            for part, value in {"fulfilled": "yes", "evidence": "Se hela utredningen.", "version": "1"}.items()
        },
        "decisions:propose": version.get("proposal", none),
        "decisions:withdraw": {"reason": _REASON},
        "decisions:sign": {"proposal": str(thread.ids.get("proposal_id", ""))},
        "decisions:return": {"reason": _REASON},
        "decisions:record_service": _prefixed(
            "service", {"served_on": _DAY, "method": "letter", "evidence": "telefon"}
        ),
        "decisions:record_appeal": _prefixed("appeal", {"received_on": _DAY}),
    }  # fmt: skip
    return forms.get(place, {})


def _prefixed(prefix: str, fields: dict[str, str]) -> dict[str, str]:
    return {f"{prefix}-{name}": value for name, value in fields.items()}


def _sheet() -> dict[str, Any]:
    """A sheet with one moment."""
    row = {
        "text": "Dusch", "need": "hygiene", "minutes": "20", "times": "1", "per": "day", "assistants": "1",
        "intimate": "yes",
    }  # fmt: skip
    first, last = journeys.FIRST.isoformat(), journeys.LAST.isoformat()
    sheet = {"starts_on": first, "ends_on": last, "days": "7", "row": ["n1"]}
    return sheet | {f"r-n1-{name}": value for name, value in row.items()}
