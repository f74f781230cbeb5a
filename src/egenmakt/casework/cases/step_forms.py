"""The forms of a step that has several on one page: each is carried out by itself, and a refused one is shown again
among the others with everything that was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from egenmakt.casework.cases.forms import put_errors
from egenmakt.casework.cases.frame import case_frame
from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.models import Case
from egenmakt.casework.cases.rules import Invalid
from egenmakt.foundation.access.decorators import actor_of
from egenmakt.foundation.ui import drafts
from egenmakt.foundation.ui.conflicts import StaleVersion, conflict_response

UNPROCESSABLE = 422
# The refused forms by their prefix, in place of fresh ones.
Tried = dict[str, drafts.Restored]
# Shows the step's page: request, case, the refused forms, and the status.
Page = Callable[[HttpRequest, Case, Tried, int], HttpResponse]


@dataclass(frozen=True)
class StepForms:
    """The step's key in the list of steps, the name of its address, and how its page is shown."""

    step: str
    url_name: str
    page: Page

    def carry_out(
        self,
        request: HttpRequest,
        case_id: UUID,
        form: forms.BaseForm,
        key: str,
        *,
        action: Callable[[dict[str, Any]], object],
        done: str,
    ) -> HttpResponse:
        """Carry out one of the step's forms, or show the page again with everything that was wrong."""
        case = case_gate.open(actor_of(request), case_id)
        if form.is_valid():
            try:
                action(form.cleaned_data)
            except StaleVersion as stale:
                frame = case_frame(request, case, current=self.step)
                return conflict_response(
                    request, stale, form, draft_key=key, template="cases/conflict.html", context=frame
                )
            except Invalid as invalid:
                put_errors(form, invalid)
            else:
                drafts.discard(request, key)
                messages.success(request, done)
                return redirect(self.url_name, case_id=case_id)
        tried = {str(form.prefix): drafts.of_form(request, form, key)}
        return self.page(request, case, tried, UNPROCESSABLE)
