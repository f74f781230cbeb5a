"""The paper a roster is drawn on: millimetres, colours, patterns and the few shapes there are.

Colours: seven tones whose lightness differs, so that they can be told apart in grey and by those who see red and green
alike; from the eighth name on a mark is laid over the tone, and the name is always written. Red is for what needs
somebody: open shifts and breaches, which also have their own shapes.
"""

from __future__ import annotations

from egenmakt.staffing.rosters.drawing_words import clipped, escaped

WIDTH, PAGE = 420.0, 297.0  # A3, lying
MARGIN = 7.0
LEFT = 50.0  # the column of names
INNER = WIDTH - 2 * MARGIN
GAP = 0.7  # between two texts on a line

TONES = ("#123f5c", "#e0b23c", "#00798c", "#a9d8c8", "#7a3e8e", "#c46a1b", "#6f9bd1")
MARKS = ("", "band", "bars", "dots")
INK, MUTED, LINE, RED = "#13262b", "#47595e", "#c3cfd1", "#b3131b"

_STYLE = f"""
svg{{font-family:Arial,Helvetica,"Liberation Sans",sans-serif;fill:{INK}}}
text{{white-space:pre}}
.b{{font-weight:700}} .m{{fill:{MUTED}}} .r{{fill:{RED}}} .e{{text-anchor:end}} .c{{text-anchor:middle}}
.free{{fill:#eef1f1}} .red{{fill:#fdf0ee}} .away{{fill:url(#away)}}
.line{{stroke:{LINE};stroke-width:.15}} .week{{stroke:#7f9397;stroke-width:.35}} .group{{stroke:{INK};stroke-width:.3}}
.hour{{stroke:{LINE};stroke-width:.12;stroke-dasharray:.5 .7}} .lead{{stroke:{MUTED};stroke-width:.15}}
.shift rect{{stroke:#fff;stroke-width:.2}}
.shift .edge{{fill:none;stroke:{INK};stroke-width:.12}}
.open .fill{{fill:#fbd3cf;stroke:{RED};stroke-width:.45;stroke-dasharray:1.1 .5}}
.breach .edge{{stroke:{RED};stroke-width:.55}}
.shift .jour{{fill:url(#jour);stroke:none}} .shift .night{{fill:{INK};stroke-width:.15}}
.shift .mark{{stroke:none}}
.sign{{fill:{RED}}} .track{{fill:#dfe6e7}} .done{{fill:#4f6469}} .over{{fill:url(#over)}}
.due{{stroke:{INK};stroke-width:.45}} .dark{{fill:#47595e}}
"""
_TONE_STYLE = "".join(f".t{place}{{fill:{tone}}}" for place, tone in enumerate(TONES))

_DEFS = f"""<defs>
<pattern id="jour" width="1.3" height="1.3" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
<rect width="1.3" height="1.3" fill="#fff" fill-opacity=".72"/><rect width=".4" height="1.3" fill="{INK}"/></pattern>
<pattern id="away" width="1.4" height="1.4" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">\
<rect width=".22" height="1.4" fill="#b4c2c5"/></pattern>
<pattern id="over" width="1" height="1" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
<rect width="1" height="1" fill="#fff"/><rect width=".55" height="1" fill="{INK}"/></pattern>
<pattern id="bars" width="1.5" height="1" patternUnits="userSpaceOnUse">\
<rect width=".45" height="1" fill="#fff"/><rect x=".45" width=".12" height="1" fill="{INK}"/></pattern>
<pattern id="dots" width="1.5" height="1.2" patternUnits="userSpaceOnUse">\
<circle cx=".6" cy=".6" r=".4" fill="#fff" stroke="{INK}" stroke-width=".12"/></pattern>
<path id="moon" d="M.62 0A1 1 0 1 0 1.9 1.35 .85 .85 0 0 1 .62 0Z"/>
<path id="sign" d="M1 0L2 1.8H0Z"/>
</defs>"""


def mm(length: float) -> str:
    """A length as it is written: hundredths of a millimetre."""
    return f"{length:.2f}".rstrip("0").rstrip(".")


def page_ends(y: float) -> float:
    """How far down one can draw on the page that `y` is on."""
    return (y // PAGE + 1) * PAGE - MARGIN


def next_page(y: float) -> float:
    """Where one begins to draw on the page after the one that `y` is on."""
    return (y // PAGE + 1) * PAGE + MARGIN


def on_one_page(y: float, height: float) -> float:
    """Where to begin what is so high, so that no page ends in it if it can be helped: at `y`, or on the next page."""
    return next_page(y) if page_ends(y) - y < height <= PAGE - 2 * MARGIN else y


def sheet(body: list[str], *, height: float, title: str, told: str) -> str:
    """The whole document."""
    size = f'width="{mm(WIDTH)}mm" height="{mm(height)}mm" viewBox="0 0 {mm(WIDTH)} {mm(height)}"'
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" lang="sv" aria-labelledby="title told">',
            f'<title id="title">{escaped(title)}</title>',
            f'<desc id="told">{escaped(told)}</desc>',
            f"<style>{_STYLE}{_TONE_STYLE}</style>",
            _DEFS,
            f'<rect width="{mm(WIDTH)}" height="{mm(height)}" fill="#fff"/>',
            *body,
            "</svg>",
            "",
        ]
    )


def text(x: float, y: float, size: float, words: str, classes: str = "") -> str:
    """A text whose letters stand on `y`."""
    named = f' class="{classes}"' if classes else ""
    return f'<text x="{mm(x)}" y="{mm(y)}" font-size="{mm(size)}"{named}>{escaped(words)}</text>'


def text_within(x: float, y: float, size: float, words: str, *, width: float, classes: str = "") -> str:
    """A text that is shortened to fit; then the whole of it is told to those who point at it."""
    shown = clipped(words, width, size, bold="b" in classes.split())
    if not shown:
        return ""
    drawn = text(x, y, size, shown, classes)
    return drawn if shown == words else f"<g><title>{escaped(words)}</title>{drawn}</g>"


def rect(x: float, y: float, width: float, height: float, classes: str) -> str:
    """A rectangle."""
    place = f'x="{mm(x)}" y="{mm(y)}" width="{mm(max(0.0, width))}" height="{mm(max(0.0, height))}"'
    return f'<rect {place} class="{classes}"/>'


def line(x1: float, y1: float, x2: float, y2: float, classes: str) -> str:
    """A line."""
    return f'<path d="M{mm(x1)} {mm(y1)}L{mm(x2)} {mm(y2)}" class="{classes}"/>'


def tone_of(number: int) -> str:
    """The class of the tone of the name that has this number."""
    return f"t{number % len(TONES)}"


def mark_over(number: int, x: float, y: float, width: float, height: float) -> list[str]:
    """The mark of the name that has this number, over its tone; the first seven names have none."""
    mark = MARKS[number // len(TONES) % len(MARKS)]
    if not mark:
        return []
    if mark == "band":
        place = f'x="{mm(x)}" y="{mm(y + height * 0.4)}" width="{mm(width)}" height="{mm(height * 0.25)}"'
        return [f'<rect {place} fill="#fff" class="mark"/>']
    place = f'x="{mm(x)}" y="{mm(y)}" width="{mm(width)}" height="{mm(height)}"'
    return [f'<rect {place} fill="url(#{mark})" class="mark"/>']


def moon(x: float, y: float, size: float) -> str:
    """The moon of a night shift, as wide as `size`."""
    return f'<use href="#moon" transform="translate({mm(x)} {mm(y)}) scale({mm(size / 2)})"/>'


def sign(x: float, y: float, size: float) -> str:
    """The sign of a breach, as wide as `size`."""
    return f'<use href="#sign" class="sign" transform="translate({mm(x)} {mm(y)}) scale({mm(size / 2)})"/>'


def hours_bar(
    x: float, y: float, width: float, *, done_s: int, wanted_s: int | None, longest_s: int
) -> list[str]:
    """A bar of hours on a scale that ends at `longest_s`; what is over the contract is striped, the contract a line."""
    most, height = max(longest_s, 1), 1.5
    drawn = [rect(x, y, width * min(1.0, (wanted_s or 0) / most), height, "track")]
    within = min(done_s, wanted_s) if wanted_s else done_s
    drawn.append(rect(x, y, width * within / most, height, "done"))
    if wanted_s and done_s > wanted_s:
        drawn.append(rect(x + width * wanted_s / most, y, width * (done_s - wanted_s) / most, height, "over"))
    if wanted_s:
        at = x + width * wanted_s / most
        drawn.append(line(at, y - 0.4, at, y + height + 0.4, "due"))
    return drawn
