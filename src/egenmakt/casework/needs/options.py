"""The lists one chooses from in a row, ready to be put in the page: two hundred rows have a thousand of them."""

from __future__ import annotations

from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from egenmakt.casework.needs.models import Moment, Need, Per, SelfCare
from egenmakt.casework.needs.words import short_label


def choices_of(field: str) -> list[tuple[str, str]]:
    """What can be chosen in a field: (code, words)."""
    if field == "need":
        return [("", ""), *((one.value, short_label(one)) for one in Need)]
    if field == "per":
        return [(one.value, str(one.label)) for one in Per]
    if field == "intimate":
        return [("", _("ej bedömt")), ("yes", _("ja")), ("no", _("nej"))]
    if field == "self_care":
        return [
            (SelfCare.NOT_HEALTH_CARE.value, _("nej")),
            (SelfCare.ASSESSED.value, _("bedömd")),
            (SelfCare.NOT_ASSESSED.value, _("ej bedömd")),
        ]
    written = Moment._meta.get_field("directly_necessary_for").choices or []
    return [("", "–"), *((str(value), str(label)) for value, label in written)]


def options_html(field: str, value: str) -> SafeString:
    """The field's list with one chosen. A word that is none of the list's stands last, chosen, so that it is seen."""
    if any(value == code for code, _label in choices_of(field)) or not value:
        return _options(field, value, get_language() or "")
    return format_html("{}<option selected>{}</option>", _options(field, "", get_language() or ""), value)


@lru_cache(maxsize=256)
def _options(field: str, value: str, _language: str) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((code, " selected" if code == value else "", label) for code, label in choices_of(field)),
    )
