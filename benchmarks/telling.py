"""What was measured, as a page."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from benchmarks import pages
from benchmarks.sections import table


def page(
    peers: Sequence[pages.Measured],
    measured: Sequence[pages.Measured],
    sizes: Mapping[str, int],
) -> str:
    """The section of docs/performance.md about the pages."""
    slow = [one for one in measured if one.ms > pages.TARGET_MS]
    verdict = (
        f"All {len(measured)} are under {pages.TARGET_MS} ms."
        if not slow
        else f"{len(slow)} of {len(measured)} take longer than {pages.TARGET_MS} ms."
    )
    return "\n".join(
        [
            "## What a page takes\n",
            f"`make bench`, measured on a machine with {os.cpu_count()} cores, all in one process: the time the "
            "server takes for a whole request, from the address to the last byte, its line in the access "
            f"log committed. The middle of {pages.TIMES} turns after one to warm up, and the best of them. The "
            "database holds one municipality of the largest size:\n",
            table(["", "rows"], [(name, f"{rows:,}".replace(",", " ")) for name, rows in sizes.items()]),
            "\n### To compare with\n",
            "A page with one query and no template shows what sign-in, transaction and middleware cost. A plain list of "
            "the same cases, fifty rows and an exact count, without rights and log, is what Django's own lists do.\n",
            _pages(peers),
            "\n### The pages\n",
            f"The target is {pages.TARGET_MS} ms. {verdict} Pages of a case are measured on the worst of one that is "
            "investigated, one that waits for decision and one that is decided.\n",
            _pages(measured),
            "",
        ]
    )


def _pages(measured: Sequence[pages.Measured]) -> str:
    return table(
        ["page", "as", "ms", "best", "queries", "kB"],
        [
            (
                f"`{one.page}`",
                one.who,
                f"{one.ms:.0f}",
                f"{one.best_ms:.0f}",
                one.queries,
                f"{one.kilobytes:.0f}",
            )
            for one in measured
        ],
    )
