"""Pages where one chooses municipality, and where the system administrator keeps accounts and roles."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from egenmakt.foundation.access.decorators import actor_of, staff_view
from egenmakt.foundation.access.gates import page_not_found
from egenmakt.foundation.access.middleware import MUNICIPALITY_KEY
from egenmakt.foundation.accounts import actions, queries
from egenmakt.foundation.accounts.account_forms import EndRoleForm, NewAccountForm, RoleForm
from egenmakt.foundation.database.ranges import first_and_last
from egenmakt.foundation.identity.models import Assignment, Role, User

UNPROCESSABLE = 422


@login_required
def choose_municipality(request: HttpRequest) -> HttpResponse:
    """Where to work now, for whoever works in several municipalities."""
    assert isinstance(request.user, User)  # noqa: S101 - signed in
    places = queries.places_of(request.user.pk)
    if request.method == "POST":
        chosen = request.POST.get("municipality", "")
        if chosen not in {str(place.municipality_id) for place in places}:
            raise Http404
        request.session[MUNICIPALITY_KEY] = chosen
        return redirect("home")
    actor = getattr(request, "actor", None)
    current = actor.municipality_id if actor else None
    return render(request, "accounts/choose_municipality.html", {"choices": places, "current": current})


@staff_view(Role.SYSADMIN)
def accounts(request: HttpRequest) -> HttpResponse:
    """The accounts with roles in the municipality."""
    text = request.GET.get("q", "").strip()
    context = {"rows": queries.accounts(text), "text": text, "most": queries.MOST_ACCOUNTS}
    return render(request, "accounts/accounts.html", context)


@staff_view(Role.SYSADMIN)
def new_account(request: HttpRequest) -> HttpResponse:
    """A new colleague, with her first role."""
    actor = actor_of(request)
    form = NewAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        written = form.cleaned_data
        try:
            user_id = actions.create_account(
                actor=actor, email=written["email"], name=written["name"], title=written["title"]
            ).pk
            made = True
        except actions.AccountExists as existing:
            user_id, made = existing.user_id, False
        if _assign(request, form, user_id):
            messages.success(
                request,
                _("Kontot är gjort. Gör nu en länk där kollegan väljer lösenord.")
                if made
                else _("Kontot fanns redan och har fått rollen. Namnet är det som stod där förut."),
            )
            return redirect("accounts:account", user_id=user_id)
    return render(request, "accounts/new_account.html", {"form": form}, status=_status(form))


@staff_view(Role.SYSADMIN)
def account(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """One account: its roles, and giving one more."""
    form = RoleForm(request.POST or None)
    context = _account_context(request, user_id, form)
    if request.method == "POST" and form.is_valid() and _assign(request, form, user_id):
        messages.success(request, _("Rollen är tilldelad."))
        return redirect("accounts:account", user_id=user_id)
    return render(request, "accounts/account.html", context, status=_status(form))


@staff_view(Role.SYSADMIN)
@require_POST
def password_link(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """A link where the account's holder chooses a password; shown once, on the page that answers."""
    try:
        path = actions.password_link(actor=actor_of(request), user_id=user_id)
    except actions.AccountNotFound as error:
        raise page_not_found(actor_of(request)) from error
    except (actions.NotForOneself, actions.AccountOfOthersToo) as error:
        messages.error(request, str(error))
        return redirect("accounts:account", user_id=user_id)
    context = _account_context(request, user_id, RoleForm()) | {
        "password_link": request.build_absolute_uri(path)
    }
    return render(request, "accounts/account.html", context)


@staff_view(Role.SYSADMIN)
def end_assignment(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """End a role."""
    actor = actor_of(request)
    here = Assignment.objects.select_related("user", "unit").filter(municipality_id=actor.municipality_id)
    one = here.filter(pk=assignment_id).first()
    if one is None:
        raise page_not_found(actor)
    form = EndRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_assignment(actor=actor, assignment_id=assignment_id, last=form.cleaned_data["last"])
        except actions.EndsBeforeItBegins as error:
            form.add_error("last", str(error))
        except (actions.NotForOneself, actions.LastSysadmin) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Rollen avslutas."))
            return redirect("accounts:account", user_id=one.user_id)
    context = {
        "assignment": one,
        "role": Role(one.role).label,
        "first": first_and_last(one.valid)[0],
        "form": form,
    }
    return render(request, "accounts/end_assignment.html", context, status=_status(form))


def _assign(request: HttpRequest, form: RoleForm, user_id: UUID) -> bool:
    """Give the role the form says; False with the error in the form when it cannot be given."""
    written = form.cleaned_data
    try:
        actions.assign_role(
            actor=actor_of(request),
            user_id=user_id,
            role=Role(written["role"]),
            unit_id=written["unit"].pk if written["unit"] else None,
            first=written["first"],
            last=written["last"],
        )
    except actions.RoleHeldAlready as error:
        form.add_error("role", str(error))
    except (actions.NotForOneself, actions.UnitNotHere, actions.EndsBeforeItBegins) as error:
        form.add_error(None, str(error))
    return not form.errors


def _account_context(request: HttpRequest, user_id: UUID, form: RoleForm) -> dict[str, Any]:
    actor = actor_of(request)
    row = queries.account(user_id)
    if row is None:
        raise page_not_found(actor)
    return {"row": row, "form": form, "oneself": user_id == actor.user_id}


def _status(form: Any) -> int:
    return UNPROCESSABLE if form.is_bound and form.errors else 200
