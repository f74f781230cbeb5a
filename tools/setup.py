"""Set up everything on a machine that has Python 3.11 or later and nothing else.

Finds or fetches uv, makes the environment in .venv from the lock file, and fetches what the pages need in the
browser. Does nothing, quickly, when all is in place. Only the standard library.

    python3 tools/setup.py
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BOOT = ROOT / ".cache" / "boot"
STAMP = ROOT / ".venv" / ".egenmakt-lock"
SEARCH = ROOT / "src" / "egenmakt" / "staffing" / "rosters"
COMPILED = ROOT / ".venv" / ".egenmakt-search"


class SetupFailed(Exception):
    """Something could not be set up; the text says what to do."""


def main() -> int:
    """Set up, or say in one sentence why not."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this script must itself say so on an older Python
        print(
            f"Egenmakt behöver Python 3.11 eller senare; det här är {sys.version.split()[0]}.",
            file=sys.stderr,
        )
        return 1
    try:
        environment()
    except SetupFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    python = ROOT / ".venv" / "bin" / "python"
    with compiled_search(python):
        return subprocess.call([str(python), str(ROOT / "tools" / "frontend.py")])


@contextmanager
def compiled_search(python: Path) -> Iterator[None]:
    """Compile the search for rosters meanwhile, so that the first roster does not wait half a minute for it.

    Not being able to is no failure: then the first search compiles, or says what is wrong.
    """
    texts = b"".join(path.read_bytes() for path in sorted(SEARCH.glob("*.py")))
    wanted = hashlib.sha256(texts + STAMP.read_bytes()).hexdigest()
    if COMPILED.exists() and COMPILED.read_text() == wanted:
        yield
        return
    print("Kompilerar schemasökningen …", file=sys.stderr)
    prepare = "from egenmakt.staffing.rosters.solving import prepare; prepare()"
    with subprocess.Popen([str(python), "-c", prepare], stderr=subprocess.DEVNULL) as compiling:
        yield
        if compiling.wait() == 0:
            COMPILED.write_text(wanted)


def environment() -> None:
    """Make .venv hold exactly what the lock file says."""
    wanted = hashlib.sha256(
        (ROOT / "uv.lock").read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    ).hexdigest()
    python = ROOT / ".venv" / "bin" / "python"
    if python.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        return
    print("Hämtar det som Egenmakt behöver …", file=sys.stderr)
    command = [*uv(), "sync", "--frozen", "--python", sys.executable, "--quiet"]
    if (
        subprocess.call(command, cwd=ROOT, env={**os.environ, "UV_PROJECT_ENVIRONMENT": str(ROOT / ".venv")})
        != 0
    ):
        raise SetupFailed("Paketen gick inte att hämta. Kontrollera nätverket och kör samma kommando igen.")
    STAMP.write_text(wanted)


def uv() -> list[str]:
    """The command that starts uv: the installed one, or one fetched to .cache."""
    if found := shutil.which("uv"):
        return [found]
    kept = BOOT / "bin" / "uv"
    if not kept.exists():
        _fetch_uv()
    return [str(kept)] if kept.exists() else [sys.executable, "-m", "uv"]


def _fetch_uv() -> None:
    BOOT.mkdir(parents=True, exist_ok=True)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    # a virtual environment first; some distributions leave the module that makes them out, then pip by itself
    made = subprocess.call([sys.executable, "-m", "venv", str(BOOT)], **quiet) == 0
    if made and subprocess.call([str(BOOT / "bin" / "python"), "-m", "pip", "install", "--quiet", "uv"]) == 0:
        return
    shutil.rmtree(BOOT, ignore_errors=True)
    if subprocess.call([sys.executable, "-m", "pip", "install", "--quiet", "--target", str(BOOT), "uv"]) == 0:
        return
    raise SetupFailed(
        "Programmet uv saknas och gick inte att hämta. Installera det (https://docs.astral.sh/uv/) "
        "eller Pythons pip och venv, och kör samma kommando igen."
    )


if __name__ == "__main__":
    sys.exit(main())
