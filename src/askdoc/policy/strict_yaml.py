"""YAML without its traps: every scalar stays text until somebody says what it is.

`on`, `NO`, `12:30` and `0.1` never turn into true, false, 750 or a float here; duplicate and
unknown keys, anchors and tags are refused; and every complaint names file and line.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml

from askdoc.wording import AskdocError, Lang, phrase

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
DEEPEST = 40
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class SheetError(AskdocError):
    """A knowledge or case file cannot be read as it stands.

    Fields: `place` (file:line), `problem` (a phrase under policy.sheet) and what it needs.
    """

    code = "policy.sheet"

    def __init__(self, place: str, problem: str, **fields: object) -> None:
        super().__init__(place=place, problem=problem, **fields)
        self.problem = problem

    def sentence(self, lang: Lang) -> str:
        told = {name: said for name, said in self.fields.items() if name != "problem"}
        said = phrase(f"policy.sheet.{self.problem}", lang, **told)
        return phrase("policy.error.sheet", lang, place=self.fields["place"], said=said)


@dataclass(frozen=True, slots=True)
class Scalar:
    """One piece of text with the place where it stands."""

    content: str
    place: str

    def wrong(self, problem: str, **fields: object) -> SheetError:
        return SheetError(self.place, problem, found=self.content, **fields)

    def text(self) -> str:
        if not self.content.strip():
            raise self.wrong("empty")
        return self.content

    def one_of(self, allowed: Collection[str]) -> str:
        if self.content not in allowed:
            raise self.wrong("not_one_of", allowed=", ".join(sorted(allowed)))
        return self.content

    def flag(self) -> bool:
        return self.one_of(("true", "false")) == "true"

    def whole(self) -> int:
        """A whole number, zero or more."""
        if not self.content.isascii() or not self.content.isdigit() or len(self.content) > 12:
            raise self.wrong("not_whole")
        return int(self.content)

    def number(self) -> Decimal:
        """A plain decimal number without exponent or separators."""
        if not self.content.isascii() or not _NUMBER.fullmatch(self.content):
            raise self.wrong("not_number")
        return Decimal(self.content)

    def amount(self) -> Decimal:
        """Yuan, zero or more, with at most two decimals."""
        number = self.number()
        if number < 0 or -int(number.as_tuple().exponent) > 2 or number >= Decimal(10) ** 12:
            raise self.wrong("not_amount")
        return number

    def share(self) -> Decimal:
        """A share: `80%` or `0.8`, between 0 and 1."""
        part = self.content.removesuffix("%")
        if not part.isascii() or not _NUMBER.fullmatch(part):
            raise self.wrong("not_share")
        share = Decimal(part) / 100 if part != self.content else Decimal(part)
        if not 0 <= share <= 1:
            raise self.wrong("not_share")
        return share

    def day(self) -> date:
        """A day written 2026-11-25."""
        if not self.content.isascii() or not _DAY.fullmatch(self.content):
            raise self.wrong("not_day")
        try:
            return date.fromisoformat(self.content)
        except ValueError as failed:
            raise self.wrong("not_day") from failed


@dataclass(frozen=True, slots=True)
class Rows:
    """A list with the place where it starts."""

    content: tuple["Node", ...]
    place: str

    def __iter__(self) -> Iterator["Node"]:
        return iter(self.content)

    def __len__(self) -> int:
        return len(self.content)

    def scalars(self) -> list[Scalar]:
        return [scalar(node) for node in self.content]

    def maps(self) -> list["Map"]:
        return [mapping(node) for node in self.content]

    def texts(self) -> tuple[str, ...]:
        return tuple(one.text() for one in self.scalars())


@dataclass(frozen=True, slots=True)
class Map:
    """Named entries with the place where they start, and the place of each."""

    content: dict[str, "Node"]
    place: str

    def __contains__(self, key: str) -> bool:
        return key in self.content

    def __iter__(self) -> Iterator[str]:
        return iter(self.content)

    def only(self, *allowed: str) -> "Map":
        """Itself, when it holds no other key than these."""
        for key, node in self.content.items():
            if key not in allowed:
                raise SheetError(
                    node.place, "unknown_key", key=key, allowed=", ".join(sorted(allowed))
                )
        return self

    def node(self, key: str) -> "Node":
        if key not in self.content:
            raise SheetError(self.place, "missing_key", key=key)
        return self.content[key]

    def scalar(self, key: str) -> Scalar:
        return scalar(self.node(key))

    def map(self, key: str) -> "Map":
        return mapping(self.node(key))

    def rows(self, key: str) -> Rows:
        return rows(self.node(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list, or none when the key is left out."""
        return self.rows(key).texts() if key in self.content else ()

    def both_languages(self, key: str) -> dict[Lang, str]:
        """`{zh: …, en: …}`; both are required."""
        said = self.map(key).only("zh", "en")
        return {"zh": said.scalar("zh").text(), "en": said.scalar("en").text()}


Node = Scalar | Rows | Map


def scalar(node: Node) -> Scalar:
    if not isinstance(node, Scalar):
        raise SheetError(node.place, "not_text")
    return node


def mapping(node: Node) -> Map:
    if not isinstance(node, Map):
        raise SheetError(node.place, "not_map")
    return node


def rows(node: Node) -> Rows:
    if not isinstance(node, Rows):
        raise SheetError(node.place, "not_list")
    return node


def read_sheet(file: Path, shown_as: str | None = None) -> Map:
    """The one document in a file, as nodes.

    Raises SheetError for anything that is not one plain YAML map in UTF-8.
    """
    name = shown_as or file.name
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError as failed:
        raise SheetError(name, "no_file") from failed
    except IsADirectoryError as failed:
        raise SheetError(name, "is_folder") from failed
    except PermissionError as failed:
        raise SheetError(name, "not_allowed") from failed
    except UnicodeDecodeError as failed:
        raise SheetError(name, "not_utf8") from failed
    return read_text(text, name)


def read_text(text: str, name: str) -> Map:
    """Like read_sheet, from text; `name` stands for the file in complaints."""
    try:
        return mapping(_build(yaml.parse(text, Loader=yaml.CSafeLoader), name))
    except yaml.MarkedYAMLError as failed:
        mark = failed.problem_mark
        place = f"{name}:{mark.line + 1}" if mark else name
        # Newer parsers count the depth themselves, and give up sooner than we do.
        if "nesting depth" in (failed.problem or ""):
            raise SheetError(place, "too_deep", deepest=DEEPEST) from failed
        raise SheetError(place, "not_yaml", detail=failed.problem or "") from failed
    except yaml.YAMLError as failed:
        raise SheetError(name, "not_yaml", detail="") from failed


@dataclass(slots=True)
class _Open:
    """A list or map that is still being read."""

    place: str
    rows: list[Node] | None
    entries: dict[str, Node]
    key: str | None = None


def _build(events: Iterator[yaml.Event], name: str) -> Node:
    """Nodes from the parser's events, without recursion: depth cannot exhaust a stack."""
    root: Node | None = None
    waiting: list[_Open] = []
    for event in events:
        place = f"{name}:{event.start_mark.line + 1 if event.start_mark else 1}"
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            raise SheetError(place, "anchor")
        if isinstance(event, yaml.DocumentStartEvent) and root is not None:
            raise SheetError(place, "two_documents")
        done: Node | None = None
        if isinstance(event, yaml.ScalarEvent):
            done = _scalar(event, place, waiting)
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(waiting) >= DEEPEST:
                raise SheetError(place, "too_deep", deepest=DEEPEST)
            is_list = isinstance(event, yaml.SequenceStartEvent)
            waiting.append(_Open(place, [] if is_list else None, {}))
        elif isinstance(event, yaml.CollectionEndEvent):
            closed = waiting.pop()
            done = (
                Map(closed.entries, closed.place)
                if closed.rows is None
                else Rows(tuple(closed.rows), closed.place)
            )
        if done is None:
            continue
        if waiting:
            _place_in(waiting[-1], done)
        else:
            root = done
    if root is None:
        raise SheetError(name, "empty_file")
    return root


def _scalar(event: yaml.ScalarEvent, place: str, waiting: list[_Open]) -> Scalar:
    if event.tag is not None:
        raise SheetError(place, "tag", tag=event.tag)
    if not event.style and event.value in ("", "~", "null"):
        raise SheetError(place, "null" if waiting else "empty_file")
    return Scalar(event.value, place)


def _place_in(inside: _Open, node: Node) -> None:
    if inside.rows is not None:
        inside.rows.append(node)
    elif inside.key is None:
        if not isinstance(node, Scalar):
            raise SheetError(node.place, "key_not_text")
        if node.content in inside.entries:
            raise SheetError(node.place, "duplicate_key", key=node.content)
        inside.key = node.content
    else:
        inside.entries[inside.key] = node
        inside.key = None
