"""A draft as passages that a customer rewrites without knowing Markdown: a heading, a paragraph, a point, a quote.

Each passage is shown as plain words. What they leave alone keeps its marks; what they change is written back as the
words that they typed, whatever signs are in them; what they empty goes. Tables and code stay as they are.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from markdown_it.token import Token

from references.content.markdown import read


class Kind(TextChoices):
    """What a passage is in the draft."""

    HEADING = "heading", _("Heading")
    PARAGRAPH = "paragraph", _("Paragraph")
    POINT = "point", _("Point of a list")
    QUOTE = "quote", _("Quote")


@dataclass(frozen=True)
class Passage:
    """Plain words of some lines of a draft, and the lines that go with them when they are emptied."""

    kind: Kind
    words: str
    lines: tuple[int, int]
    whole: tuple[int, int]


_OPENS: Final = {"heading_open": Kind.HEADING, "list_item_open": Kind.POINT, "blockquote_open": Kind.QUOTE}
_BEFORE: Final = re.compile(r"^[ >]*(?:(?:[-+*]|\d{1,9}[.)]|#{1,6}) +)*[ >]*")  # marks with which a line may begin
_ANYWHERE: Final = re.compile(r"([\\`*_\[\]<>#~&|])")
_AT_FIRST: Final = re.compile(r"^(\s*)([-+=]|\d{1,9}(?=[.)]))")


def passages_of(body: str) -> list[Passage]:
    """Return what of a draft can be rewritten, in its order."""
    found: list[Passage] = []
    around: list[Token] = []
    for token in read(body):
        if token.nesting == 1:
            around.append(token)
        elif token.nesting == -1:
            around.pop()
        elif token.type == "inline" and token.map and not any(one.type == "table_open" for one in around):
            kind = next((_OPENS[one.type] for one in reversed(around) if one.type in _OPENS), Kind.PARAGRAPH)
            whole = around[-1].map or token.map
            found.append(Passage(kind, _plain(token), (token.map[0], token.map[1]), (whole[0], whole[1])))
    return found


def rewritten(body: str, typed: Callable[[int], str | None], more: str = "") -> str:
    """Return a draft with the words typed for each passage (None: left alone), and more at its end."""
    lines = body.splitlines()
    for place, passage in reversed(list(enumerate(passages_of(body)))):
        words = typed(place)
        if words is None or _tidy(words) == _tidy(passage.words):
            continue
        if not words.strip():
            lines[slice(*passage.whole)] = []
            continue
        first = _BEFORE.match(lines[passage.lines[0]])
        lines[slice(*passage.lines)] = _written(words, passage.kind, first.group() if first else "")
    added = list(_paragraphs(more))
    return "\n\n".join([part for part in ("\n".join(lines).strip("\n"), *added) if part])


def _plain(inline: Token) -> str:
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    return "".join(breaks.get(part.type, part.content) for part in inline.children or []).strip()


def _written(words: str, kind: Kind, before: str) -> list[str]:
    """Return the lines of a passage: the first with the marks it had, the others so that they belong to it."""
    if kind == Kind.HEADING:
        return [before + _as_text(" ".join(words.split()))]
    after = before if kind == Kind.QUOTE else re.sub(r"[^ >]", " ", before)
    text = "\n\n".join(_paragraphs(words)).split("\n")
    return [before + text[0], *(f"{after}{line}".rstrip() for line in text[1:])]


def _paragraphs(words: str) -> Iterator[str]:
    for paragraph in re.split(r"\n\s*\n", _tidy(words)):
        if paragraph:
            yield "\\\n".join(_as_text(line) for line in paragraph.split("\n"))


def _as_text(line: str) -> str:
    """Return a typed line so that it reads as it was typed: as it is if that does, else with its signs escaped."""
    tokens = read(line)
    if len(tokens) == 3 and tokens[0].type == "paragraph_open":
        inline = tokens[1].children or []
        if all(part.type == "text" for part in inline) and _plain(tokens[1]) == line:
            return line
    return _AT_FIRST.sub(_escaped_start, _ANYWHERE.sub(r"\\\1", line))


def _escaped_start(found: re.Match[str]) -> str:
    indent, sign = found.groups()
    return f"{indent}{sign}\\" if sign.isdecimal() else f"{indent}\\{sign}"


def _tidy(words: str) -> str:
    """Return words with one kind of line end, and no spaces around lines."""
    return "\n".join(line.strip() for line in words.strip().splitlines())
