"""Every address the site has, and where it stands for a thread."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.access.scene import Scene, Thread

# What an address wants that is not a thing of the scene.
WORDS: dict[str, Any] = {
    "area": "kommunikation",
    "rule": "needed_micro_minutes",
    "uidb36": "1",
    "key": "set-password",
}
# Addresses about another thing than the usual one of that kind.
INSTEAD = {"cases:correct_note": {"note_id": "locked_note_id"}}


def named_addresses() -> dict[str, tuple[str, ...]]:
    """The name of every address in the project, with the names of what stands in it."""
    return dict(_walk(get_resolver(), "", ()))


def _walk(
    resolver: URLResolver, namespace: str, above: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in resolver.url_patterns:
        wants = (*above, *one.pattern.regex.groupindex)
        if isinstance(one, URLResolver):
            within = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from _walk(one, within, wants)
        else:
            assert isinstance(one, URLPattern)
            yield f"{namespace}{one.name}", wants


def address(name: str, scene: Scene, thread: Thread, **other: Any) -> str:
    """Where the page stands for a thread; `other` puts another thing in a place."""
    instead = INSTEAD.get(name, {})
    known = {**WORDS, **scene.things, **thread.ids}
    wants = named_addresses()[name]
    return reverse(name, kwargs={one: other.get(one) or known[instead.get(one, one)] for one in wants})
