"""What works beside the demo's site: first the letters of what has already happened, then the outbox.

python -m egenmakt.site.demo.background
"""

from __future__ import annotations

import sys

from egenmakt.site.commands.database import prepare
from egenmakt.site.commands.serve import worker


def main() -> int:
    """Make the letters that wait, each on its own day; then carry out the outbox until stopped."""
    prepare()
    from egenmakt.site.demo.loading import make_letters

    make_letters()
    return worker([])


if __name__ == "__main__":
    sys.exit(main())
