"""How long the server takes for every page that staff read, and in how many queries."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from benchmarks import county
from egenmakt.casework.cases.models import Case
from egenmakt.foundation.accounts.demo import demo_email
from egenmakt.foundation.identity.models import User
from egenmakt.foundation.tenancy.models import Municipality
from egenmakt.foundation.tenancy.transaction import acting_in
from egenmakt.register.people.models import PersonIdentity

TIMES = 7
TARGET_MS = 150
PEERS = {"bare": "/jamfor/enkel/", "plain list": "/jamfor/lista/"}
WORDS = {"area": "kommunikation", "rule": "needed_micro_minutes"}
# Those with another role: in the unit of the officer with many cases, or in the whole municipality.
IN_UNIT = ("chef", "beslutsfattare", "granskare")
IN_ALL = ("registrator", "systemansvarig")


@dataclass(frozen=True)
class Measured:
    """One page: the middle of the times in milliseconds, the best of them, and the number of queries."""

    page: str
    who: str
    ms: float
    best_ms: float
    queries: int
    kilobytes: float


def measure() -> tuple[list[Measured], list[Measured]]:
    """The peers, and every page as each viewer."""
    home = Municipality.objects.get(slug=county.TOWN)
    with acting_in(home.pk):
        officers = county.officers_by_cases()
        viewers = {"officer, few cases": officers[0], "officer, many cases": officers[-1]}
        mine = {who: _cases(user) for who, user in viewers.items()}
        names = PersonIdentity.objects.filter(protection="none").values_list("family_name", "number")[0]
    others = {name: User.objects.get(email=county.email_of(name)) for name in IN_UNIT}
    others |= {name: User.objects.get(email=demo_email(name, county.TOWN)) for name in IN_ALL}
    sessions = {who: _sign_in(user) for who, user in (viewers | others).items()}
    with override_settings(ROOT_URLCONF="benchmarks.urls", ALLOWED_HOSTS=["*"]):
        peers = [_time(name, "officer, many cases", url, sessions) for name, url in PEERS.items()]
        found: list[Measured] = []
        for name, wants in _pages():
            found += _page(name, wants, mine, others, sessions)
        for what, text in zip(("by name", "by number"), names, strict=True):
            found.append(_time(f"people:search, {what}", "officer, many cases", f"/sok/?q={text}", sessions))
    return peers, sorted(found, key=lambda one: -one.ms)


def _page(
    name: str,
    wants: tuple[str, ...],
    mine: dict[str, list[Case]],
    others: dict[str, User],
    sessions: dict[str, str],
) -> Iterator[Measured]:
    """A page as both officers, on the worst of their cases; what is about nothing in particular also as the one of
    the others for whom it takes the longest."""
    for who, cases in mine.items():
        urls = dict.fromkeys(_url(name, wants, case) for case in cases)
        found = [_time(name, who, url, sessions) for url in urls if _status(url, sessions[who]) == 200]
        if found:
            yield max(found, key=lambda one: one.ms)
    if not wants:
        url = reverse(name)
        found = [_time(name, who, url, sessions) for who in others if _status(url, sessions[who]) == 200]
        if found:
            yield max(found, key=lambda one: one.ms)


def _pages() -> list[tuple[str, tuple[str, ...]]]:
    """The pages that are about a case, a person, or nothing in particular."""
    known = {"case_id", "person_id", *WORDS}
    return [
        (name, wants)
        for name, wants in _walk(get_resolver("egenmakt.site.urls"), "")
        if set(wants) <= known and ":" in name and not name.startswith("ui:")
    ]


def _walk(resolver: URLResolver, namespace: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _walk(one, f"{namespace}{one.namespace}:" if one.namespace else namespace)
        elif isinstance(one, URLPattern):
            yield f"{namespace}{one.name}", tuple(one.pattern.regex.groupindex)


def _url(name: str, wants: Iterable[str], case: Case) -> str:
    known = {**WORDS, "case_id": case.pk, "person_id": case.person_id}
    return reverse(name, kwargs={one: known[one] for one in wants})


def _cases(user: User) -> list[Case]:
    """Of an officer's cases: one that is decided, one in which a decision waits, and one that is investigated."""
    own = Case.objects.filter(officer=user).order_by("pk")
    wanted = (
        own.filter(decisions__isnull=False),
        own.filter(proposals__proposed_at__isnull=False, decisions=None),
        own.filter(needs_sheet__isnull=False, proposals=None),
    )
    return [found for one in wanted if (found := one.first())]


def _status(url: str, session: str) -> int:
    return int(_client(session).get(url).status_code)


def _time(page: str, who: str, url: str, sessions: dict[str, str]) -> Measured:
    times, counted, size = [], 0, 0
    for turn in range(TIMES + 1):
        with _counting() as queries:
            begun = time.perf_counter()
            response = _client(sessions[who]).get(url)
            took = time.perf_counter() - begun
        if turn:
            times.append(took * 1000)
        counted, size = len(queries), len(response.content)
    return Measured(page, who, statistics.median(times), min(times), counted, size / 1024)


def _client(session: str) -> Client:
    client = Client(raise_request_exception=True)
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    return client


@contextmanager
def _counting() -> Iterator[list[str]]:
    """The queries of a block; where a part of a transaction begins and ends is no query."""
    queries: list[str] = []

    def note(execute: Any, query: str, params: Any, many: bool, context: Any) -> Any:
        if not query.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            queries.append(query)
        return execute(query, params, many, context)

    with connection.execute_wrapper(note):
        yield queries


def _sign_in(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)
