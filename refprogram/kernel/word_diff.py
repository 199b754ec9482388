"""What changed between two texts, word by word, as people read it."""

import difflib
import re
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["same", "out", "in"]
_WORDS: Final = re.compile(r"\s+|\S+\s*")
LONGEST: Final = 6_000  # words; beyond that the whole is shown as exchanged, as no person compares that by eye


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed, went or came."""

    kind: Kind
    text: str


def word_diff(before: str, after: str) -> list[Piece]:
    """Return the pieces of both texts in reading order: those not "in" make up `before`, those not "out" `after`."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > LONGEST:
        return [Piece("out", before), Piece("in", after)]
    pieces: list[Piece] = []
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[start:end])))
            continue
        if end > start:
            pieces.append(Piece("out", "".join(old[start:end])))
        if new_end > new_start:
            pieces.append(Piece("in", "".join(new[new_start:new_end])))
    return pieces


def changed_words(pieces: list[Piece]) -> int:
    """Return how many words came or went."""
    return sum(len(piece.text.split()) for piece in pieces if piece.kind != "same")
