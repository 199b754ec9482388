"""What blind judges do not read, passage by passage: telling names by themselves, and words that a screener marked.

Pure. A passage is hidden wherever it stands, however its words are broken into lines; a name where it stands as a word.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

MASK: Final = "█████"
SHORTEST, LONGEST, MOST = 2, 1000, 200
# What an entry says in codes, not in words.
CODES: Final = frozenset({"categories", "evidence", "factor", "files", "id", "publishable"})


@dataclass(frozen=True)
class Piece:
    """A part of a text. `kind`: empty (judges read it), `name` (masked by itself), `hidden` (marked by hand)."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Mask:
    """What is masked in one entry."""

    names: re.Pattern[str] | None
    passages: re.Pattern[str] | None

    def pieces(self, text: str) -> list[Piece]:
        """Return a text as what judges read and what they do not."""
        found = _split([Piece(text)], self.passages, "hidden")
        return [piece for piece in _split(found, self.names, "name") if piece.text]

    def over(self, value: Any) -> Any:
        """Return a value with every masked part replaced, however deep it lies."""
        if isinstance(value, str):
            return "".join(MASK if piece.kind else piece.text for piece in self.pieces(value))
        if isinstance(value, list):
            return [self.over(one) for one in value]
        if isinstance(value, Mapping):
            return {key: one if key in CODES else self.over(one) for key, one in value.items()}
        return value


def mask(names: Iterable[str], passages: Iterable[str] = ()) -> Mask:
    """Return what masks these names and passages."""
    return Mask(names_pattern(names), passages_pattern(passages))


def names_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds names as whole words."""
    words = [re.escape(name) for name in names]
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE) if words else None


def passages_pattern(passages: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds passages, the longest first, whatever stands between their words."""
    spelled = [r"\s+".join(map(re.escape, words.split())) for words in sorted(passages, key=len, reverse=True)]
    return re.compile("|".join(one for one in spelled if one), re.IGNORECASE) if any(spelled) else None


def _split(pieces: Iterable[Piece], pattern: re.Pattern[str] | None, kind: str) -> Iterator[Piece]:
    for piece in pieces:
        if pattern is None or piece.kind:
            yield piece
            continue
        at = 0
        for hit in pattern.finditer(piece.text):
            yield Piece(piece.text[at : hit.start()])
            yield Piece(hit.group(), kind)
            at = hit.end()
        yield Piece(piece.text[at:])


def stands_in(value: Any, passage: str) -> bool:
    """Whether a passage stands anywhere in what an entry says."""
    pattern = passages_pattern([passage])
    return pattern is not None and _any_text(value, lambda text: pattern.search(text) is not None)


def _any_text(value: Any, test: Callable[[str], bool]) -> bool:
    if isinstance(value, str):
        return test(value)
    if isinstance(value, Mapping):
        return any(_any_text(one, test) for key, one in value.items() if key not in CODES)
    return isinstance(value, list) and any(_any_text(one, test) for one in value)
