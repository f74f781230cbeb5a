"""What was measured, as a page."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from benchmarks import law, pages


def page(
    peers: Sequence[pages.Measured],
    measured: Sequence[pages.Measured],
    laws: Sequence[law.Measured],
    sizes: Mapping[str, int],
) -> str:
    """docs/performance.md."""
    slow = [one for one in measured if one.ms > pages.TARGET_MS]
    verdict = (
        f"All {len(measured)} are under {pages.TARGET_MS} ms."
        if not slow
        else f"{len(slow)} of {len(measured)} take longer than {pages.TARGET_MS} ms."
    )
    return "\n".join(
        [
            "# Performance\n",
            "<!-- Written by `make bench`. -->\n",
            f"Measured on a machine with {os.cpu_count()} cores, all in one process: the time the server takes for a "
            "whole request, from the address to the last byte, its line in the access log committed. The middle of "
            f"{pages.TIMES} turns after one to warm up, and the best of them. The database holds one municipality of the "
            "largest size:\n",
            _table(["", "rows"], [(name, f"{rows:,}".replace(",", " ")) for name, rows in sizes.items()]),
            "\n## To compare with\n",
            "A page with one query and no template shows what sign-in, transaction and middleware cost. A plain list of "
            "the same cases, fifty rows and an exact count, without rights and log, is what Django's own lists do.\n",
            _pages(peers),
            "\n## The pages\n",
            f"The target is {pages.TARGET_MS} ms. {verdict} Pages of a case are measured on the worst of one that is "
            "investigated, one that waits for decision and one that is decided.\n",
            _pages(measured),
            "\n## The law\n",
            _table(["what", "ms"], [(one.what, f"{one.ms:.2f}") for one in laws]),
            "",
        ]
    )


def _pages(measured: Sequence[pages.Measured]) -> str:
    return _table(
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


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [f"| {' | '.join(heads)} |", f"|---|{'---:|' * (len(heads) - 1)}"]
    lines += [f"| {' | '.join(map(str, row))} |" for row in rows]
    return "\n".join(lines)
