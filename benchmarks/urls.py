"""The site, with two pages beside it to measure against: through the same middleware, with nothing of ours in them."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from egenmakt.casework.cases.models import Case
from egenmakt.site.urls import urlpatterns as site

_LIST = """<table>{% for case in cases %}<tr><td><a href="{{ case.pk }}">{{ case.number }}</a></td>
<td>{{ case.person.identity.given_name }} {{ case.person.identity.family_name }}</td><td>{{ case.unit }}</td>
<td>{{ case.officer }}</td><td>{{ case.opened_on }}</td></tr>{% endfor %}</table>{{ count }}"""


def bare(request: HttpRequest) -> HttpResponse:
    """One query, no template: what the middleware, the session and the transaction cost."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return HttpResponse(str(cursor.fetchone()))


def plain_list(request: HttpRequest) -> HttpResponse:
    """The same rows as the list of cases in the way of Django's own lists: a page of rows and an exact count."""
    cases = Case.objects.select_related("person__identity", "unit", "officer").order_by("-opened_on")
    template = engines["django"].from_string(_LIST)
    return HttpResponse(template.render({"cases": cases[:50], "count": cases.count()}))


urlpatterns = [path("jamfor/enkel/", bare), path("jamfor/lista/", plain_list), *site]
