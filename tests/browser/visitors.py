"""Someone at a screen: what she presses, writes and chooses, by the words she sees, and what she then sees."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.sites import WIDTHS, Site, check_page, sign_in

PATIENCE = 30_000  # ms: a busy machine may keep a browser waiting, and none of this is about how quick it is
PICTURES = os.environ.get("EGENMAKT_PICTURES", "")


@dataclass
class Visitor:
    """One person with a browser of her own, signed in.

    Every page she looks at is examined once: no axe violation, no sideways scrolling, on a phone and at a desk.
    """

    page: object
    site: Site
    looked_at: set[str] = field(default_factory=set)

    def go(self, path: str) -> None:
        """Go straight to an address, as with a bookmark."""
        self.page.goto(f"{self.site.url}{path}")

    def press(self, name: str, *, which: int = 0, exact: bool = True) -> None:
        """Press a link or a button by its name, and wait for the page that answers."""
        here = self.page.get_by_role("link", name=name, exact=exact).or_(
            self.page.get_by_role("button", name=name, exact=exact)
        )
        here.nth(which).click()
        self.page.wait_for_function(
            "() => document.readyState === 'complete' && !document.querySelector('form[data-sending]')"
        )

    @property
    def main(self):
        """The page's own content, without the frame around it."""
        return self.page.locator("main")

    def write(self, label: str, text: str) -> None:
        """Write in a field by its label."""
        self.main.get_by_label(label, exact=False).first.fill(text)

    def choose(self, text: str) -> None:
        """Choose a radio button, or tick a box, by its text."""
        self.main.get_by_text(text, exact=True).first.click()

    def pick(self, label: str, option: str) -> None:
        """Pick from a list by its label."""
        self.main.get_by_label(label, exact=False).first.select_option(label=option)

    def open(self, summary: str) -> None:
        """Open what is folded."""
        self.page.locator("summary", has_text=summary).first.click()

    def sees(self, text: str) -> bool:
        """Whether the words stand on the page, where one can see them."""
        return any(one.is_visible() for one in self.page.get_by_text(text, exact=False).all())

    def heading(self) -> str:
        """What the page is called."""
        return str(self.page.locator("h1").first.inner_text())

    def look(self, name: str) -> None:
        """Examine the page; with EGENMAKT_PICTURES set, also keep a picture of it at both widths."""
        assert name not in self.looked_at, f"{name} is looked at twice"
        self.looked_at.add(name)
        check_page(self.page, f"{name} {self.page.url.removeprefix(self.site.url)}")
        if PICTURES:
            for width, (across, down) in WIDTHS.items():
                self.page.set_viewport_size({"width": across, "height": down})
                self.page.evaluate("scrollTo(0, 0)")
                self.page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
        across, down = WIDTHS["desk"]
        self.page.set_viewport_size({"width": across, "height": down})


@contextmanager
def visiting(browser, site: Site, email: str, *, goes_down: bool = False) -> Iterator[Visitor]:
    """Someone who signs in as people do. No script of the page may fail while she works, also when the site `goes_down`
    (then the browser itself says in its console that it got no answer)."""
    context = browser.new_context(locale="sv-SE", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on(
        "console",
        lambda said: (
            failed.append(said.text)
            if said.type == "error" and "Failed to load resource" not in said.text and not goes_down
            else None
        ),
    )
    sign_in(page, site, email)
    try:
        yield Visitor(page, site)
    except BaseException:
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / "where-it-failed.png", full_page=True)
        raise
    finally:
        context.close()
    assert failed == []
