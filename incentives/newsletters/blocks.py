"""How an issue's text is read: headings, lists, paragraphs. Pure; what comes out is text, never markup.

A line that begins with "## " is a heading, lines that begin with "- " are a list, others are a paragraph up to the next
empty line.
"""

from dataclasses import dataclass

HEADING = "## "
ITEM = "- "


@dataclass(frozen=True)
class Block:
    """A heading (`heading`), a list (`items`) or a paragraph (`text`)."""

    heading: str = ""
    text: str = ""
    items: tuple[str, ...] = ()


def read(body: str) -> list[Block]:
    """Return the blocks of a text, in order."""
    found: list[Block] = []
    lines: list[str] = []
    for line in [*body.replace("\r\n", "\n").split("\n"), ""]:
        kind = _kind(line)
        if lines and (kind != _kind(lines[0]) or kind == HEADING or not line.strip()):
            found.append(_block(lines))
            lines = []
        if line.strip():
            lines.append(line.strip())
    return found


def _kind(line: str) -> str:
    return next((mark for mark in (HEADING, ITEM) if line.strip().startswith(mark)), "")


def _block(lines: list[str]) -> Block:
    kind = _kind(lines[0])
    if kind == HEADING:
        return Block(heading=lines[0].removeprefix(HEADING).strip())
    if kind == ITEM:
        return Block(items=tuple(line.removeprefix(ITEM).strip() for line in lines))
    return Block(text=" ".join(lines))
