"""The same blocks as HTML for a web page. Every text is escaped; only the tags written here are tags."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from egenmakt.foundation.documents.blocks import (
    Block,
    Bullets,
    Facts,
    Figure,
    Heading,
    Lines,
    Link,
    Panel,
    Paragraph,
    Table,
    Text,
)
from egenmakt.foundation.documents.rendering import printable


def blocks_as_html(blocks: Iterable[Block], *, heading_level: int = 2) -> SafeString:
    """The blocks as HTML, safe to put on a page. The letter's title becomes a heading of `heading_level`."""
    markup = "\n".join(_block(block, heading_level - 1) for block in blocks)
    return mark_safe(markup)  # noqa: S308 — every text went through _words, which escapes


def _block(block: Block, deeper: int) -> str:
    match block:
        case Heading(text, level):
            tag = f"h{min(level + deeper, 6)}"
            return f"<{tag}>{_words(text)}</{tag}>"
        case Paragraph(text, role):
            return f'<p class="letter-{role}">{_words(text)}</p>'
        case Lines(lines):
            return f'<p class="letter-lines">{"<br>".join(_words(line) for line in lines)}</p>'
        case Bullets(items, numbered):
            tag = "ol" if numbered else "ul"
            return f"<{tag}>{''.join(f'<li>{_words(item)}</li>' for item in items)}</{tag}>"
        case Facts(rows):
            pairs = (f"<div><dt>{_words(label)}</dt><dd>{_words(value)}</dd></div>" for label, value in rows)
            return f'<dl class="letter-facts">{"".join(pairs)}</dl>'
        case Table():
            return _table(block)
        case Figure(svg, alt, caption):
            picture = f'<div role="img" aria-label="{escape(printable(alt))}">{svg}</div>'
            words = f"<figcaption>{_words(caption)}</figcaption>"
            return f'<figure class="letter-figure">{picture}{words}</figure>'
        case Panel(inner):
            return f'<div class="letter-panel">{"".join(_block(each, deeper) for each in inner)}</div>'


def _table(table: Table) -> str:
    classes = [f"letter-{column.align}" for column in table.columns]

    def cells(row: tuple[str, ...], span: int = 1) -> str:
        wide = f' colspan="{span}"' if span > 1 else ""
        first = f'<th scope="row"{wide} class="{classes[0]}">{_words(row[0])}</th>'
        pairs = zip(classes[span:], row[span:], strict=True)
        return first + "".join(f'<td class="{name}">{_words(cell)}</td>' for name, cell in pairs)

    def totals(row: tuple[str, ...]) -> str:
        return cells(row, table.label_span(row))

    head = "".join(
        f'<th scope="col" class="{name}">{_words(column.title)}</th>'
        for name, column in zip(classes, table.columns, strict=True)
    )
    body = "".join(f"<tr>{cells(row)}</tr>" for row in table.rows)
    foot = "".join(f"<tr>{totals(row)}</tr>" for row in table.totals)
    place = (
        f'class="letter-scroll" role="region" tabindex="0" aria-label="{escape(printable(table.caption))}"'
    )
    return (
        f'<div {place}><table class="letter-table"><caption>{_words(table.caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
        f"{f'<tfoot>{foot}</tfoot>' if foot else ''}</table></div>"
    )


def _words(text: Text) -> str:
    if isinstance(text, str):
        return escape(printable(text)).replace("\n", "<br>")
    return "".join(_link(part) if isinstance(part, Link) else _words(part) for part in text)


def _link(link: Link) -> str:
    return f'<a href="{escape(link.address)}">{_words(link.text)}</a>'
