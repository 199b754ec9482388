"""Cutting the company into cohorts, and what is wrong with a cut. Pure: no database, no "now"."""

import hashlib
import itertools
import string
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nominations.waves.enums import WaveCut

Rule = Mapping[str, Any]
NOWHERE: Final = 0  # in `ids`: colleagues without a team, or whose team lies in no region
LONGEST_BOUND: Final = 3
NAMED: Final = 3  # of those who are left out, so many are named
# Letters that Unicode does not take apart into a Latin letter and a mark.
_LETTERS: Final = str.maketrans({"Ø": "O", "Æ": "AE", "Œ": "OE", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "TH"})


@dataclass(frozen=True)
class Colleague:
    """What a cut asks of somebody."""

    user_id: int
    public_id: str
    name: str
    team_id: int | None
    region_id: int | None

    @cached_property
    def last_name(self) -> str:
        """By what they are sorted; worked out once, for every cohort asks it."""
        return last_name(self.name)


@dataclass(frozen=True)
class Problem:
    """What is wrong with the rule of one cohort; `field` is the rule's."""

    number: int
    field: str
    words: str


def letters(text: str) -> str:
    """Return the letters of a word in capitals, without accents."""
    plain = unicodedata.normalize("NFKD", text.upper().translate(_LETTERS))
    return "".join(sign for sign in plain if sign.isalpha())


def last_name(name: str) -> str:
    """Return the last name by which somebody is sorted: what stands before a comma, else the last word."""
    before, comma, _after = name.partition(",")
    words = (before if comma else name).split()
    return letters(words[-1]) if words else ""


def clean(cut: str, rule: Rule) -> dict[str, Any]:
    """Return a rule as it is kept."""
    if cut == WaveCut.LAST_NAME:
        return {side: letters(str(rule.get(side, "")))[:LONGEST_BOUND] for side in ("from", "to")}
    if cut == WaveCut.HASH:
        return {"part": int(rule.get("part", 0)), "of": max(1, int(rule.get("of", 1)))}
    return {"ids": sorted({int(one) for one in rule.get("ids", ())})}


def matcher(cut: str, rule: Rule, salt: str) -> Callable[[Colleague], bool]:
    """Return the question whether somebody belongs to the cohort of this rule; `salt` is the wave's own."""
    if cut == WaveCut.LAST_NAME:
        low, high = str(rule.get("from", "")), str(rule.get("to", ""))
        return lambda one: _within(one.last_name, low, high)
    if cut == WaveCut.HASH:
        part, of = rule.get("part", 0), rule.get("of", 1)
        return lambda one: chance(salt, one.public_id) % of == part
    ids = frozenset(rule.get("ids", ()))
    if cut == WaveCut.TEAM:
        return lambda one: (one.team_id or NOWHERE) in ids
    return lambda one: (one.region_id or NOWHERE) in ids


def chance(salt: str, public_id: str) -> int:
    """Return a number that is somebody's for good in one wave, and another one in the next."""
    return int.from_bytes(hashlib.sha256(f"{salt}:{public_id}".encode()).digest()[:8], "big")


def _within(key: str, low: str, high: str) -> bool:
    """Whether a name lies between two beginnings, both included; an empty one is no border."""
    return key[: len(low)] >= low and (not high or key[: len(high)] <= high)


# ---------------------------------------------------------------- what is wrong with a cut


def problems(cut: str, rules: Sequence[Rule], people: Iterable[Colleague], salt: str) -> list[Problem]:
    """Return what is wrong: parts that overlap, and who is left out."""
    found = {WaveCut.LAST_NAME: _of_names, WaveCut.HASH: _of_parts}.get(WaveCut(cut), _of_ids)(rules)
    if found:
        return found
    asked = [matcher(cut, rule, salt) for rule in rules]
    missed = [one.name for one in people if not any(ask(one) for ask in asked)]
    if missed:
        field = {WaveCut.LAST_NAME: "to", WaveCut.HASH: "part"}.get(WaveCut(cut), "ids")
        found.append(Problem(len(rules), field, left_out(missed)))
    return found


def left_out(names: Sequence[str]) -> str:
    """Return who would be asked in no cohort."""
    few, more = ", ".join(names[:NAMED]), len(names) - NAMED
    if more <= 0:
        return _("Nobody asks %(names)s.") % {"names": few}
    words = ngettext(
        "Nobody asks %(names)s and %(n)d other colleague.", "Nobody asks %(names)s and %(n)d other colleagues.", more
    )
    return words % {"names": few, "n": more}


def _of_names(rules: Sequence[Rule]) -> list[Problem]:
    found = []
    for number, rule in enumerate(rules, 1):
        low, high = rule["from"], rule["to"]
        if high and low[: len(high)] > high:
            found.append(Problem(number, "to", _("The last letter comes before the first one.")))
            continue
        for other, earlier in enumerate(rules[: number - 1], 1):
            if _overlap(earlier, rule):
                found.append(Problem(number, "from", _("This overlaps with cohort %(n)d.") % {"n": other}))
    return found or _gaps(rules)


def _overlap(first: Rule, second: Rule) -> bool:
    """Whether a name can lie in both: the later beginning of the two does."""
    begin = max(first["from"], second["from"])
    return _within(begin, first["from"], first["to"]) and _within(begin, second["from"], second["to"])


def _gaps(rules: Sequence[Rule]) -> list[Problem]:
    """Return the letters that no range has: newcomers may be called anything."""
    missed = [
        start
        for start in map("".join, itertools.product(string.ascii_uppercase, repeat=2))
        if not any(_within(start, rule["from"], rule["to"]) for rule in rules)
    ]
    if not missed:
        return []
    after = [number for number, rule in enumerate(rules, 1) if rule["to"] and rule["to"] < missed[0]]
    words = _("Names from %(first)s to %(last)s are in no cohort.") % {"first": missed[0], "last": missed[-1]}
    return [Problem(after[-1] if after else 1, "to" if after else "from", words)]


def _of_ids(rules: Sequence[Rule]) -> list[Problem]:
    found, taken = [], dict[int, int]()
    for number, rule in enumerate(rules, 1):
        if not rule["ids"]:
            found.append(Problem(number, "ids", _("Choose at least one.")))
        twice = {taken[one] for one in rule["ids"] if one in taken}
        if twice:
            found.append(Problem(number, "ids", _("Some of these are in cohort %(n)d already.") % {"n": min(twice)}))
        taken.update(dict.fromkeys(rule["ids"], number))
    return found


def _of_parts(rules: Sequence[Rule]) -> list[Problem]:
    of = len(rules)
    return [
        Problem(number, "part", _("Each of the %(n)d equal parts is in exactly one cohort.") % {"n": of})
        for number, rule in enumerate(rules, 1)
        if rule["of"] != of or not 0 <= rule["part"] < of or [one["part"] for one in rules].count(rule["part"]) > 1
    ]


# ---------------------------------------------------------------- a first proposal


def propose(cut: str, people: Sequence[Colleague], parts: int, names: Mapping[int, str]) -> list[tuple[str, dict]]:
    """Return cohorts of about the same size: (name, rule). `names` are those of teams or regions."""
    if cut == WaveCut.HASH:
        return [(_("Part %(n)d") % {"n": part + 1}, {"part": part, "of": parts}) for part in range(parts)]
    if cut == WaveCut.LAST_NAME:
        return _by_letters(people, parts)
    groups: dict[int, int] = dict.fromkeys(names, 0)
    for one in people:
        key = (one.team_id if cut == WaveCut.TEAM else one.region_id) or NOWHERE
        groups[key] = groups.get(key, 0) + 1
    return _by_groups(groups, min(parts, max(1, len(groups))), names)


def _by_groups(groups: Mapping[int, int], parts: int, names: Mapping[int, str]) -> list[tuple[str, dict]]:
    """Put the largest group where the fewest are."""
    bins: list[list[int]] = [[] for _part in range(parts)]
    for key in sorted(groups, key=lambda one: (-groups[one], one)):
        smallest = min(range(parts), key=lambda at: (sum(groups[one] for one in bins[at]), len(bins[at]), at))
        bins[smallest].append(key)
    return [
        (", ".join(str(names.get(one, _("without"))) for one in ids)[:80] or _("Nobody"), {"ids": sorted(ids)})
        for ids in bins
    ]


def _by_letters(people: Sequence[Colleague], parts: int) -> list[tuple[str, dict]]:
    counted = dict.fromkeys(string.ascii_uppercase, 0)
    for one in people:
        counted[min(max(one.last_name[:1] or "A", "A"), "Z")] += 1
    if not any(counted.values()):
        counted = dict.fromkeys(counted, 1)
    total, reached, ends = sum(counted.values()), 0, list[str]()
    for place, letter in enumerate(string.ascii_uppercase):
        reached += counted[letter]
        left = len(string.ascii_uppercase) - place - 1
        due = reached >= total * (len(ends) + 1) / parts or left < parts - len(ends)
        if due and len(ends) < parts - 1 and left:
            ends.append(letter)
    starts = ["", *(chr(ord(letter) + 1) for letter in ends)]
    return [
        (_span(start or "A", end or "Z"), {"from": start, "to": end})
        for start, end in zip(starts, [*ends, ""], strict=True)
    ]


def _span(low: str, high: str) -> str:
    return low if low == high else f"{low}–{high}"
