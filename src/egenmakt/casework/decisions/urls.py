"""URLs of the room."""

from django.urls import URLPattern, path

from egenmakt.casework.decisions.views import decision, explanation, proposal, service

app_name = "decisions"

_CASE = "arenden/<uuid:case_id>/"

urlpatterns: list[URLPattern] = [
    path(f"{_CASE}forslag/", proposal.proposal, name="proposal"),
    path(f"{_CASE}forslag/kontrollista/", proposal.checklist, name="checklist"),
    path(f"{_CASE}forslag/lamna/", proposal.propose, name="propose"),
    path(f"{_CASE}forslag/dra-tillbaka/", proposal.withdraw, name="withdraw"),
    path(f"{_CASE}beslut/", decision.decision, name="decision"),
    path(f"{_CASE}beslut/underteckna/", decision.sign, name="sign"),
    path(f"{_CASE}beslut/aterlamna/", decision.send_back, name="return"),
    path(f"{_CASE}forklaring/", explanation.explanation, name="explanation"),
    path(f"{_CASE}forklaring/varfor-inte/", explanation.why_not, name="why_not"),
    path(f"{_CASE}forklaring/tva-lagar/", explanation.two_laws, name="two_laws"),
    path(f"{_CASE}delgivning/", service.service, name="service"),
    path(f"{_CASE}delgivning/registrera/", service.record_service, name="record_service"),
    path(f"{_CASE}delgivning/overklagande/", service.record_appeal, name="record_appeal"),
    path(f"{_CASE}brev/<uuid:letter_id>/", service.letter, name="letter"),
]
