"""What templates of every room may use: dates, hours, attributes, the query string, and the pictures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.template import Context
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from egenmakt.foundation.ui import copies, dates
from egenmakt.foundation.ui.explanation import Explained, explained
from egenmakt.foundation.ui.fields import FieldView, errors_of
from egenmakt.foundation.ui.pictures import BarPicture, DeadlinePicture, StepPicture, TimePicture, WeekPicture

register = template.Library()

THEMES = ("light", "dark")


def _seconds(value: Any) -> int | None:
    return None if value is None or value == "" else int(value)


@register.filter
def hours(value: Any) -> str:
    """`15:45`."""
    seconds = _seconds(value)
    return "" if seconds is None else dates.hours(seconds)


@register.filter
def hours_long(value: Any) -> str:
    """`15 h 45 min`."""
    seconds = _seconds(value)
    return "" if seconds is None else dates.hours_long(seconds)


@register.filter
def hours_spoken(value: Any) -> str:
    """`15 timmar 45 minuter`."""
    seconds = _seconds(value)
    return "" if seconds is None else dates.hours_spoken(seconds)


@register.filter
def hours_change(value: Any) -> str:
    """`+1 h 10 min`."""
    seconds = _seconds(value)
    return "" if seconds is None else dates.hours_change(seconds)


@register.filter
def long_date(value: date | None) -> str:
    return dates.long_date(value) if value else ""


@register.filter
def short_date(value: date | None) -> str:
    return dates.short_date(value) if value else ""


@register.filter
def weekday_date(value: date | None) -> str:
    return dates.weekday_date(value) if value else ""


@register.filter
def clock_time(value: datetime | None) -> str:
    return dates.clock_time(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    return dates.moment(value) if value else ""


@register.filter
def iso(value: date | datetime | None) -> str:
    """For `<time datetime>`."""
    return value.isoformat() if value else ""


@register.simple_tag
def period(first: date | None = None, last: date | None = None) -> str:
    return dates.period(first, last)


@register.simple_tag(takes_context=True)
def theme_attribute(context: Context) -> SafeString:
    """` data-theme="dark"` on `<html>` when the user has chosen; nothing when the computer decides."""
    chosen = _theme(context)
    return format_html(' data-theme="{}"', chosen) if chosen else mark_safe("")


@register.simple_tag(takes_context=True)
def sending_attributes(context: Context) -> SafeString:
    """On `<html>`, for the scripts: whose copies on the computer to read, which of them are saved now, and
    whether the page answers a form that was sent (then no script may load it anew)."""
    request = context.get("request")
    if request is None:
        return mark_safe("")
    actor = getattr(request, "actor", None)
    told = {"user": actor.user_id if actor else None, "saved-copies": " ".join(copies.told(request))}
    answers = mark_safe(" data-answers-post") if request.method == "POST" else mark_safe("")
    return answers + format_html_join(
        "", ' data-{}="{}"', [(name, told[name]) for name in told if told[name]]
    )


@register.simple_tag(takes_context=True)
def posted_attribute(context: Context) -> SafeString:
    """On a form that shows what was posted: which copy on the computer says the same."""
    request = context.get("request")
    return format_html(' data-posted="{}"', copies.posted(request) if request is not None else "")


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """`light`, `dark` or `auto`."""
    return _theme(context) or "auto"


def _theme(context: Context) -> str:
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "") if request is not None else ""
    return chosen if chosen in THEMES else ""


@register.simple_tag
def attributes(attrs: Any) -> SafeString:
    """The attributes a component was given and does not know itself, escaped, with a space before each."""
    given = attrs.attrs_dict() if hasattr(attrs, "attrs_dict") else dict(attrs or {})
    shown = [(name, value) for name, value in given.items() if value is not False and value is not None]
    return format_html_join(
        "", "{}", ((_attribute(name, value),) for name, value in shown if not name.startswith((":", "on")))
    )


def _attribute(name: str, value: Any) -> SafeString:
    if value is True:
        return format_html(" {}", name)
    # A value written with {{ }} in the template has been escaped already and says so.
    return format_html(' {}="{}"', name, conditional_escape(value))


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """This page's query string with some parameters changed; None takes one away. Begins with `?`."""
    request = context.get("request")
    asked = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for name, value in changes.items():
        if value is None:
            asked.pop(name, None)
        else:
            asked[name] = str(value)
    return f"?{asked.urlencode()}"


@register.simple_tag(takes_context=True)
def sorting(context: Context, key: str, parameter: str = "sort", default: str = "") -> dict[str, str]:
    """For a sortable heading: `href` of the next click and `direction` (ascending, descending or none)."""
    request = context.get("request")
    now = request.GET.get(parameter, default) if request is not None else default
    direction = "ascending" if now == key else "descending" if now == f"-{key}" else "none"
    following = f"-{key}" if direction == "ascending" else key
    return {"href": query(context, **{parameter: following, "after": None}), "direction": direction}


@register.simple_tag
def field_view(bound: BoundField, label: str = "", help_text: str = "") -> FieldView:
    """How a bound field is shown (see fields.FieldView)."""
    return FieldView(bound, label=str(label or ""), help_text=str(help_text or ""))


@register.simple_tag
def form_errors(form: Any = None, shown: Any = None) -> list[dict[str, str]]:
    """Every error of a form, or of several forms and formsets."""
    return errors_of([*([form] if form else []), *(shown or [])])


@register.simple_tag
def explanation(finding: Any) -> Explained:
    """A Finding as the explanation component shows it."""
    return explained(finding)


@register.inclusion_tag("ui/week_picture.html")
def week_picture(picture: WeekPicture, identity: str = "vecka") -> dict[str, Any]:
    return {"picture": picture, "identity": identity}


@register.inclusion_tag("ui/step_picture.html")
def step_picture(picture: StepPicture, identity: str = "steg") -> dict[str, Any]:
    return {"picture": picture, "identity": identity}


@register.inclusion_tag("ui/time_picture.html")
def time_picture(picture: TimePicture, identity: str = "tid") -> dict[str, Any]:
    return {"picture": picture, "identity": identity}


@register.inclusion_tag("ui/deadline_picture.html")
def deadline_picture(picture: DeadlinePicture, identity: str = "frister") -> dict[str, Any]:
    return {"picture": picture, "identity": identity}


@register.inclusion_tag("ui/bar_picture.html")
def bar_picture(picture: BarPicture) -> dict[str, Any]:
    return {"picture": picture}
