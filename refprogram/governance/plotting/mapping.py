"""Where the charter has what somebody asks for: by the words of its lines, and how many are asked for. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from refprogram.governance.charter.models import ScopeLine

MOST = 100_000
_WORDS = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
# A number that counts things: no year, no date, no amount of money, no share, no part of a name such as "Q4".
_COUNT = re.compile(r"(?<![\w.,/:$€£%-])(\d{1,6})(?![\w.,/:%€$£-]*[\d%€$£])\b")
_YEARS = range(1990, 2100)
_IN_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "twenty": 20, "dozen": 12,
}  # fmt: skip


@dataclass(frozen=True)
class Match:
    """A line of the scope with the words of the request by which it was found."""

    line: ScopeLine
    words: tuple[str, ...]


def find(text: str, lines: Sequence[ScopeLine]) -> Match | None:
    """Return the line that has most of its words in the text (the longest, where two have as many); None for none."""
    said = [word.lower() for word in _WORDS.findall(text)]
    matches = [Match(line, tuple(word for word in _names(line) if _is_said(word, said))) for line in lines]
    found = [match for match in matches if match.words]
    return max(found, key=_weight, default=None)


def _weight(match: Match) -> tuple[int, int]:
    return len(match.words), sum(map(len, match.words))


def _names(line: ScopeLine) -> list[str]:
    """The words by which a line is known: those that were given, and its own name."""
    return list(dict.fromkeys([*line.words, line.name.lower()]))


def _is_said(word: str, said: Sequence[str]) -> bool:
    """Whether the words of a phrase stand beside each other in the text; a plural is the same word."""
    parts = [part.lower() for part in _WORDS.findall(word)]
    places = range(len(said) - len(parts) + 1)
    return bool(parts) and any(
        all(_same(part, said[at + n]) for n, part in enumerate(parts)) for at in places
    )  # fmt: skip


def _same(one: str, other: str) -> bool:
    """Whether two words are one, but for a plural: "story" and "stories", "call" and "calls"."""
    return one == other or _stem(one) == _stem(other)


def _stem(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def count_in(text: str) -> int:
    """Return how many are asked for: the first number that counts something; one where there is none."""
    for match in _COUNT.finditer(text):
        number = int(match[1])
        if 0 < number <= MOST and number not in _YEARS:
            return number
    return next((_IN_WORDS[word] for word in map(str.lower, _WORDS.findall(text)) if word in _IN_WORDS), 1)
