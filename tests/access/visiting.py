"""Sending a viewer to an address, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, connections, transaction
from django.http import HttpRequest
from django.test import Client
from tests.access.scene import Scene

from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.identity.models import User

SIGN_IN = "/konto/logga-in/"
# What every request may write: that it was made, and the session it was made in.
NOTED = {"audit_accesslogentry", "audit_accessedperson", "django_session"}


@dataclass(frozen=True)
class Refusal:
    """What the access log says of a refusal: who was refused, what kind of thing, and whom it concerned."""

    user_id: UUID
    kind: str
    person_ids: list[UUID]


@dataclass(frozen=True)
class Visit:
    """How a viewer was met."""

    status: int
    body: str
    location: str
    wrote: frozenset[str]
    refusals: list[Refusal]

    def __str__(self) -> str:
        return f"{self.status} {self.location}".strip()


class Visitors:
    """The viewers of a scene, signed in just now."""

    def __init__(self, scene: Scene) -> None:
        with transaction.atomic():
            self._sessions = {key: _sign_in(actor) for key, actor in scene.viewers.items()}

    def visit(
        self,
        viewer: str | None,
        url: str,
        method: str = "GET",
        data: Mapping[str, Any] | None = None,
        *,
        commit: bool = False,
    ) -> Visit:
        """Ask for a page as a viewer (None: not signed in); what the request wrote is undone.

        With `commit` it is kept, as in real life, and the refusals in the log are read from outside.
        """
        client = Client(raise_request_exception=False)
        if viewer is not None:
            client.cookies[settings.SESSION_COOKIE_NAME] = self._sessions[viewer]
        send = client.post if method == "POST" else client.get
        before = len(_refusals()) if commit else 0
        with transaction.atomic():
            already = _written()
            response = send(url, data or {})
            wrote = {table for table, rows in _written().items() if rows != already.get(table)}
            transaction.set_rollback(not commit)
        text = response.headers.get("Content-Type", "").startswith(("text/", "application/json"))
        return Visit(
            status=response.status_code,
            body=response.content.decode() if text else "",
            location=response.headers.get("Location", ""),
            wrote=frozenset(wrote - NOTED),
            refusals=_refusals()[before:] if commit else [],
        )


def _written() -> dict[str, int]:
    """How many rows the running transaction has written, by table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables "
            "WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return dict(cursor.fetchall())


def _refusals() -> list[Refusal]:
    """Every refusal committed so far, in order: read by the owner of the database, in every municipality."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT user_id, kind, person_ids FROM audit_accesslogentry WHERE access = 'refused' ORDER BY id"
        )
        return [Refusal(*row) for row in cursor.fetchall()]


def _sign_in(actor: Actor) -> str:
    """A session as it is just after the password; its key."""
    user = User.objects.get(pk=actor.user_id)
    request = HttpRequest()
    request.session = session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    record_authentication(request, user, method="password", reauthenticated=True)
    session.create()
    return str(session.session_key)
