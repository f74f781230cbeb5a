"""Each address meets each viewer as the table says, and whatever is refused is in the access log."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.access.addresses import address, named_addresses
from tests.access.matrix import PROTECTED, VIEWERS, Row, rows
from tests.access.posting import typed
from tests.access.scene import PROTECTED_WORDS, Scene, Thread
from tests.access.visiting import SIGN_IN, Visit, Visitors

from egenmakt.foundation.audit.chain import verify_chain

# How each cell is met, when the page is asked for and when something is done there; None is not tried.
MET = {
    "r": ("shown", None),
    "w": ("shown", "done"),
    "v": ("shown", "refused"),
    "k": ("shown", "unchanged"),
    "p": ("no page", "done"),
    "q": ("no page", "answered"),
    "x": ("no page", "refused"),
    "c": ("refused", "refused"),
    "-": ("hidden", "hidden"),
    "n": ("absent", None),
    "s": ("asked to sign in", "asked to sign in"),
}
# Those who have nothing to do with the cases of the home municipality.
STRANGERS = ("an", "oo", "om", "ec", "sy", "aw")


# What hangs on a case or a person, as addresses call it.
THINGS = {
    "note_id", "task_id", "document_id", "coworker_id", "evidence_id", "supplement_id", "communication_id", "letter_id",
    "reader_id", "representative_id", "consent_id",
}  # fmt: skip


def things_in(row: Row) -> list[str]:
    """What an address names that hangs on a case or a person."""
    return [one for one in named_addresses()[row.name] if one in THINGS]


@pytest.fixture(scope="module")
def visitors(scene) -> Visitors:
    """Everyone in the table, signed in."""
    return Visitors(scene)


def thread_of(scene: Scene, row: Row, column: str) -> Thread:
    """What the viewer of a column looks at."""
    return scene.threads[f"protected_{row.state}" if column in PROTECTED else row.state]


def url_of(scene: Scene, row: Row, thread: Thread) -> str:
    """Where a row stands for a thread."""
    asked = f"?{row.asks}={thread.ids[f'{row.asks}_id']}" if row.asks else ""
    return address(row.name, scene, thread) + asked


def how(visit: Visit, expected: str) -> str:
    """How a viewer was met, in the words of MET."""
    if visit.status == 302 and visit.location.startswith(SIGN_IN):
        return "asked to sign in"
    if visit.status == 404:
        return "absent" if expected == "absent" else "hidden"
    if visit.status in (200, 302):
        did = "done" if visit.wrote else "unchanged"
        return expected if expected in ("shown", "answered") else did
    return {403: "refused", 405: "no page"}.get(visit.status, f"{visit.status}")


def wrong_about(visit: Visit, expected: str, column: str, user_id: object, thread: Thread) -> Iterator[str]:
    """What is not as it should be about how a viewer was met."""
    met = how(visit, expected)
    if met != expected:
        yield f"{met}, not {expected}"
    if expected in ("hidden", "refused"):
        if [one.user_id for one in visit.refusals] != [user_id]:
            yield f"the log holds {visit.refusals}"
        for one in visit.refusals:
            if one.kind in ("case", "person") and column != "aw" and one.person_ids != [thread.person.pk]:
                yield f"the log does not say whom it concerned: {one}"
        if visit.wrote:
            yield f"wrote {sorted(visit.wrote)}"
    if expected in ("hidden", "absent", "asked to sign in"):
        yield from (f"shows {word}" for word in thread.words if word in visit.body)
    if column != "nm":
        yield from (f"shows {word}" for word in PROTECTED_WORDS if word in visit.body)


@pytest.mark.req("H-02", "H-12")
@pytest.mark.parametrize("row", rows(), ids=str)
def test_each_viewer_is_met_as_the_table_says(scene, visitors, row):
    wrong = []
    for column, cell in row.cells.items():
        thread, viewer = thread_of(scene, row, column), VIEWERS[column][0]
        url, user_id = url_of(scene, row, thread), viewer and scene.viewers[viewer].user_id
        for method, expected in zip(("GET", "POST"), MET[cell], strict=True):
            if expected is None or (row.only_post and method == "GET"):
                continue
            data = typed(str(row), scene, thread, viewer) if method == "POST" else None
            visit = visitors.visit(viewer, url, method, data, commit=expected in ("hidden", "refused"))
            found = wrong_about(visit, expected, column, user_id, thread)
            wrong += [f"{column} {method}: {one}" for one in found]
    assert wrong == []


@pytest.mark.req("H-12")
@pytest.mark.parametrize("row", [row for row in rows() if row.only_post], ids=str)
def test_what_is_done_by_posting_is_never_a_page(scene, visitors, row):
    for column, (viewer, _) in VIEWERS.items():
        visit = visitors.visit(viewer, url_of(scene, row, thread_of(scene, row, column)))
        assert visit.status in (302, 404, 405), column
        assert not visit.wrote, column


def test_every_address_is_in_the_table_and_nothing_else():
    in_table, there = {row.name for row in rows()}, set(named_addresses())
    assert sorted(there - in_table) == [], "stands in no row of matrix.py"
    assert sorted(in_table - there) == [], "is no address any longer"


@pytest.mark.req("H-12")
def test_lists_show_strangers_nobody(scene, visitors):
    lists = [row for row in rows() if not named_addresses()[row.name] and not row.only_post]
    words = {word for name, one in scene.threads.items() if name != "away" for word in one.words[:3]}
    for row in lists:
        for column in STRANGERS:
            body = visitors.visit(VIEWERS[column][0], address(row.name, scene, scene.threads["working"])).body
            assert [word for word in words if word in body] == [], f"{row} to {column}"


@pytest.mark.req("H-12")
@pytest.mark.parametrize("row", [row for row in rows() if things_in(row)], ids=str)
def test_a_thing_of_another_case_is_not_found_under_ones_own(scene, visitors, row):
    mine = scene.threads[row.state]
    others = next(
        one
        for name in ("served", "waiting")
        if (one := scene.threads[name]) is not mine and set(things_in(row)) <= set(one.ids)
    )
    url = address(row.name, scene, mine, **{thing: others.ids[thing] for thing in things_in(row)})
    for method in ("POST",) if row.only_post else ("GET", "POST"):
        data = typed(str(row), scene, mine, "officer") if method == "POST" else None
        visit = visitors.visit("officer", url, method, data, commit=True)
        assert (visit.status, visit.wrote) == (404, frozenset()), method
        assert len(visit.refusals) == 1


def test_the_chain_holds_after_all_refusals(scene):
    heads, broken = verify_chain()
    assert heads
    assert broken == []
