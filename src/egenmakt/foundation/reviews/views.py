"""Pages where openings and samples of the log are reviewed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from egenmakt.foundation.access.decorators import actor_of, staff_view
from egenmakt.foundation.access.gates import page_not_found
from egenmakt.foundation.access.models import Outcome
from egenmakt.foundation.identity.models import Role
from egenmakt.foundation.reviews import actions, queries
from egenmakt.foundation.reviews.forms import LogReviewForm, OpeningReviewForm, SampleForm
from egenmakt.foundation.reviews.subjects import named
from egenmakt.foundation.ui import drafts
from egenmakt.foundation.ui.conflicts import StaleVersion, conflict_response

UNPROCESSABLE = 422


@staff_view(*queries.REVIEWS)
def openings(request: HttpRequest) -> HttpResponse:
    """Openings for a stated reason: those that wait for review, or those reviewed."""
    actor = actor_of(request)
    reviewed = request.GET.get("visa") == "granskade"
    page = queries.openings(actor, reviewed=reviewed, after=_id(request.GET.get("efter")))
    context = {
        "page": page,
        "reviewed": reviewed,
        "later": "efter" in request.GET,
        "controls": actor.has(Role.CONTROLLER),
    }
    return render(request, "reviews/openings.html", context)


@staff_view(*queries.REVIEWS)
def opening(request: HttpRequest, opening_id: UUID) -> HttpResponse:
    """One opening: who, why, what was read; and the review of it."""
    actor = actor_of(request)
    one = queries.opening(actor, opening_id)
    if one is None:
        raise page_not_found(actor)
    key = f"opening_review:{opening_id}"
    own = one.user_id == actor.user_id
    draft = None if own or one.reviewed_at else drafts.restore(request, OpeningReviewForm, key, version=0)
    form = draft.form if draft else None
    if request.method == "POST":
        form = OpeningReviewForm(request.POST)
        draft = drafts.of_form(request, form, key)
        if form.is_valid():
            try:
                actions.review_break_glass(
                    actor=actor, opening_id=opening_id, review=form.cleaned_data["review"]
                )
            except (actions.ReviewMissing, actions.AlreadyReviewed) as error:
                form.add_error("review", str(error))
            else:
                drafts.discard(request, key)
                messages.success(request, _("Granskningen är sparad."))
                return redirect("reviews:openings")
    context = {
        "opening": one,
        "person": named(actor, [one.person_id]).get(one.person_id, ""),
        "read": queries.read_during(one),
        "own": own,
        "form": form,
        "draft": draft,
    }
    status = UNPROCESSABLE if form is not None and form.is_bound and form.errors else 200
    return render(request, "reviews/opening.html", context, status=status)


@staff_view(Role.CONTROLLER)
def log_reviews(request: HttpRequest) -> HttpResponse:
    """The samples that have been drawn, and drawing one more."""
    actor = actor_of(request)
    rows = queries.log_reviews(actor, after=_id(request.GET.get("efter")))
    context = {
        "rows": rows[: queries.PAGE],
        "following": rows[queries.PAGE - 1].pk if len(rows) > queries.PAGE else None,
        "later": "efter" in request.GET,
        "form": _sample_form(request),
        "month": queries.last_month()[0],
    }
    return render(request, "reviews/log_reviews.html", context)


@staff_view(Role.CONTROLLER)
@require_POST
def draw_sample(request: HttpRequest) -> HttpResponse:
    """Draw a sample of last month's accesses."""
    form = _sample_form(request)
    if form.is_valid():
        unit = form.cleaned_data["unit"]
        try:
            drawn = actions.draw_sample(actor=actor_of(request), unit_id=unit.pk if unit else None)
        except actions.NothingToReview as nothing:
            messages.info(request, str(nothing))
        else:
            return redirect("reviews:log_review", review_id=drawn.pk)
    else:
        messages.error(request, _("Välj en av enheterna."))
    return redirect("reviews:log_reviews")


@staff_view(Role.CONTROLLER)
def log_review(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """One sample: the accesses in it, and what they showed."""
    actor = actor_of(request)
    review = queries.log_review(actor, review_id)
    if review is None:
        raise page_not_found(actor)
    key = f"log_review:{review_id}"
    mine = review.drawn_by_id == actor.user_id and review.reviewed_at is None
    draft = drafts.restore(request, LogReviewForm, key, version=review.version) if mine else None
    form = draft.form if draft else None
    if request.method == "POST":
        form = LogReviewForm(request.POST)
        draft = drafts.of_form(request, form, key)
        if form.is_valid():
            written = form.cleaned_data
            try:
                actions.finish_log_review(
                    actor=actor,
                    review_id=review_id,
                    outcome=Outcome(written["outcome"]),
                    note=written["note"],
                    version=written["version"],
                )
            except StaleVersion as stale:
                return conflict_response(request, stale, form, draft_key=key)
            except actions.ReviewMissing as error:
                form.add_error("note", str(error))
            except actions.AlreadyReviewed as error:
                form.add_error(None, str(error))
            else:
                drafts.discard(request, key)
                messages.success(request, _("Loggkontrollen är klar."))
                return redirect("reviews:log_reviews")
    context = {"review": review, "rows": queries.sampled(actor, review), "form": form, "draft": draft}
    status = UNPROCESSABLE if form is not None and form.is_bound and form.errors else 200
    return render(request, "reviews/log_review.html", context, status=status)


def _sample_form(request: HttpRequest) -> SampleForm:
    actor = actor_of(request)
    return SampleForm(
        request.POST or None,
        units=queries.units_to_review(actor),
        whole=actor.units(Role.CONTROLLER) is None,
    )


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
