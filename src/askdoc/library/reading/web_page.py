"""HTML → blocks: what a visitor reads, without scripts, menus and what is hidden from them.

Struck-out text is left out as well: a page shows in that way what no longer holds.
"""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString

from askdoc.library.reading.blocks import (
    Block,
    Contents,
    Heading,
    Paragraph,
    Table,
    table_of,
    tidy,
)

_UNREAD = (
    *("script", "style", "noscript", "template", "nav", "footer", "aside", "iframe", "object"),
    *("svg", "canvas", "button", "input", "select", "option", "textarea", "del", "s", "strike"),
    *("head", "link", "meta", "audio", "video", "map"),
)
_UNREAD_ROLES = ("navigation", "banner", "contentinfo", "search", "menu", "dialog")
# Class names that sites give to what stands around the text; only whole words count.
_AROUND = frozenset(
    ("nav", "navbar", "breadcrumb", "breadcrumbs", "crumbs", "footer", "copyright", "share")
)
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])"
    r"|opacity\s*:\s*0(?![.\d]*[1-9])|text-indent\s*:\s*-\d{3,}|(?:left|top)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_RULE = re.compile(r"([^{}]{1,200})\{([^{}]{0,2000})\}")
_ONE_NAME = re.compile(r"\s*([.#])([\w-]+)\s*")
_INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "big", "cite", "code", "dfn", "em", "font", "i", "ins", "kbd"),
        *("label", "mark", "q", "ruby", "samp", "small", "span", "strong", "sub", "sup", "time"),
        *("tt", "u", "var", "wbr", "o:p", "st1:chsdate"),
    )
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# A page's own name, before the name of the site.
_SITE = re.compile(r"\s*[_|]\s*|\s+[-–—]\s+")
# Spans are claims of the page; no table of a circular is wider or taller than this.
_WIDEST_SPAN = 60
# The text of <main> or <article> stands for the page when it holds this much of it.
_MAIN_SHARE = 0.5


def read_page(text: str) -> Contents:
    """The blocks of a web page."""
    soup = BeautifulSoup(text, "lxml")
    told = _told_title(soup)
    _drop_unread(soup)
    root = _root(soup)
    blocks = list(_blocks(root))
    headings = [block for block in blocks if isinstance(block, Heading) and block.level == 1]
    if len(headings) == 1:
        blocks.remove(headings[0])
        return Contents(headings[0].text, blocks)
    return Contents(told, blocks)


def _told_title(soup: BeautifulSoup) -> str:
    article = soup.find("meta", attrs={"name": re.compile("^ArticleTitle$", re.IGNORECASE)})
    if isinstance(article, Tag) and article.get("content"):
        return tidy(str(article["content"]))
    title = soup.find("title")
    return _SITE.split(tidy(title.get_text()))[0] if isinstance(title, Tag) else ""


def _drop_unread(soup: BeautifulSoup) -> None:
    hidden = _hidden_names(soup)
    for comment in soup.find_all(string=lambda found: isinstance(found, Comment)):
        comment.extract()
    for tag in soup.find_all(True):
        if not tag.decomposed and _is_unread(tag, hidden):
            tag.decompose()


def _hidden_names(soup: BeautifulSoup) -> set[str]:
    """`.class` and `#id` that the page's own style sheet hides."""
    names: set[str] = set()
    for style in soup.find_all("style"):
        for selectors, rule in _RULE.findall(style.get_text()):
            if _HIDDEN_STYLE.search(rule):
                found = (_ONE_NAME.fullmatch(one) for one in selectors.split(","))
                names.update(one[1] + one[2] for one in found if one)
    return names


def _is_unread(tag: Tag, hidden: set[str]) -> bool:
    if tag.name in ("html", "body", "main", "article"):
        return False
    if tag.name in _UNREAD or tag.get("role") in _UNREAD_ROLES:
        return True
    if tag.name == "header" and not tag.find(_HEADINGS):
        return True
    if tag.has_attr("hidden") or tag.get("aria-hidden") == "true":
        return True
    if _HIDDEN_STYLE.search(str(tag.get("style") or "")):
        return True
    classes = set(tag.get_attribute_list("class"))
    names = {f".{name}" for name in classes if name} | {f"#{tag.get('id')}"}
    return bool(names & hidden) or bool(classes & _AROUND)


def _root(soup: BeautifulSoup) -> Tag:
    whole = soup.body or soup
    size = len(whole.get_text())
    for name in ("main", "article"):
        found = soup.find_all(name)
        if len(found) == 1 and len(found[0].get_text()) >= _MAIN_SHARE * size:
            return found[0]
    return whole


def _blocks(root: Tag) -> Iterator[Block]:
    """Blocks in reading order; text between block tags is a paragraph of its own."""
    said = ""
    for part in _parts(root):
        if isinstance(part, str):
            said += part
            continue
        yield from _paragraph(said)
        said = ""
        if isinstance(part, Tag):
            yield from _special(part)
    yield from _paragraph(said)


def _parts(root: Tag) -> Iterator[str | Tag | None]:
    """Text, tables and headings in order; None where a paragraph ends."""
    waiting: list[Tag | NavigableString | None] = [root]
    while waiting:
        part = waiting.pop()
        if part is None or (isinstance(part, Tag) and part.name in ("br", "hr")):
            yield None
        elif not isinstance(part, Tag):
            yield re.sub(r"\s+", " ", str(part)) if type(part) is NavigableString else ""
        elif part.name == "table" or (part.name in _HEADINGS and part is not root):
            yield part
        else:
            inside = [one for one in part.children if isinstance(one, Tag | NavigableString)]
            ends = part.name not in _INLINE
            waiting.extend([None] if ends else [])
            waiting.extend(reversed(inside))
            if ends:
                yield None


def _paragraph(said: str) -> Iterator[Block]:
    text = tidy(said)
    if text:
        yield Paragraph(text)


def _special(tag: Tag) -> Iterator[Block]:
    if tag.name in _HEADINGS:
        text = tidy(tag.get_text())
        if text:
            yield Heading(text, int(tag.name[1]))
    elif _is_layout(tag):
        for cell in tag.find_all(["td", "th"]):
            if cell.find_parent("table") is tag:
                yield from _blocks(cell)
    else:
        table = _table(tag)
        if table:
            yield table


def _is_layout(tag: Tag) -> bool:
    """A table that only places things on the page: another table or headings stand in it."""
    return tag.find(["table", *_HEADINGS]) is not None or not any(
        len(row.find_all(["td", "th"], recursive=False)) > 1 for row in tag.find_all("tr")
    )


def _table(tag: Tag) -> Table | Paragraph | None:
    caption = tag.find("caption")
    rows = tag.find_all("tr")
    filled: dict[tuple[int, int], str] = {}
    for y, row in enumerate(rows):
        x = 0
        for cell in row.find_all(["td", "th"], recursive=False):
            while (y, x) in filled:
                x += 1
            wide, tall = _span(cell, "colspan"), _span(cell, "rowspan")
            for down in range(min(tall, len(rows) - y)):
                for across in range(wide):
                    filled[y + down, x + across] = cell.get_text(" ", strip=True)
            x += wide
    width = max((x for _, x in filled), default=-1) + 1
    grid = [[filled.get((y, x), "") for x in range(width)] for y in range(len(rows))]
    return table_of(grid, tidy(caption.get_text()) if isinstance(caption, Tag) else "")


def _span(cell: Tag, name: str) -> int:
    said = str(cell.get(name) or "1").strip()
    return max(1, min(int(said), _WIDEST_SPAN)) if said.isascii() and said.isdigit() else 1
