"""Whether a judge and an entry must not meet: pure, from what is known of either side."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from awards.judging.enums import ConflictKind as K

# Everybody has an address there: it says nothing about where somebody works.
PUBLIC_MAIL: Final = frozenset({
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "me.com",
    "gmx.net", "gmx.de", "web.de", "proton.me", "protonmail.com", "aol.com", "mail.com", "qq.com", "163.com",
})  # fmt: skip
# With one of these a judge's own side competes, so nobody else in the category is theirs to judge either.
OWN_SIDE: Final = frozenset({K.ENTRANT, K.ACCOUNT, K.PARENT, K.TEAM, K.NOMINATOR})


def domain_of(email: str) -> str:
    """Return the mail domain that says where somebody works; empty for public mail."""
    domain = email.rpartition("@")[2].strip().lower()
    return "" if domain in PUBLIC_MAIL else domain


@dataclass(frozen=True)
class JudgeSide:
    """What is known of a judge. `accounts` they work for, `families` the tops of those groups, `named` ties in words.

    `sponsored` are accounts of the sponsors they work for, `region` the one they sell in.
    """

    judge: int
    person: int
    user: int | None = None
    teams: frozenset[int] = frozenset()
    region: int | None = None
    accounts: frozenset[int] = frozenset()
    families: frozenset[int] = frozenset()
    domain: str = ""
    named: frozenset[str] = frozenset()
    sponsored: frozenset[int] = frozenset()


@dataclass(frozen=True)
class EntrySide:
    """What is known of an entry: the customer or team, who brought, wrote and looks after it, where it competes."""

    entry: int
    account: int | None = None
    family: int | None = None
    region: int | None = None
    team: int | None = None
    people: frozenset[int] = frozenset()
    keepers: frozenset[int] = frozenset()
    nominators: frozenset[int] = frozenset()
    domains: frozenset[str] = frozenset()
    helping_domains: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    categories: frozenset[int] = frozenset()


@dataclass
class Found:
    """The kinds of ties by (judge, entry)."""

    pairs: dict[tuple[int, int], set[str]] = field(default_factory=dict)

    def add(self, judge: int, entry: int, kind: str) -> None:
        """Note one."""
        self.pairs.setdefault((judge, entry), set()).add(kind)


def find(judges: Iterable[JudgeSide], entries: Iterable[EntrySide]) -> Found:
    """Return every tie between these judges and entries. `entries` must hold all that compete, for rivals."""
    found, entries = Found(), list(entries)
    for judge in judges:
        own: set[int] = set()
        for entry in entries:
            kinds = kinds_between(judge, entry)
            for kind in kinds:
                found.add(judge.judge, entry.entry, kind)
            if OWN_SIDE & kinds:
                own |= entry.categories
        for entry in entries:
            if own & entry.categories and (judge.judge, entry.entry) not in found.pairs:
                found.add(judge.judge, entry.entry, K.RIVAL)
    return found


def kinds_between(judge: JudgeSide, entry: EntrySide) -> set[str]:
    """Return what ties one judge to one entry, all kinds of it."""
    tests = (
        (K.ENTRANT, judge.person in entry.people),
        (K.ACCOUNT, entry.account is not None and entry.account in judge.accounts),
        (
            K.PARENT,
            entry.family is not None and entry.family in judge.families and entry.account not in judge.accounts,
        ),
        (K.DOMAIN, bool(judge.domain) and judge.domain in entry.domains),
        (K.PARTNER, bool(judge.domain) and judge.domain in entry.helping_domains),
        (K.OWNER, judge.user is not None and judge.user in entry.keepers),
        (K.NOMINATOR, judge.user is not None and judge.user in entry.nominators),
        (K.TEAM, entry.team is not None and entry.team in judge.teams),
        (K.REGION, judge.region is not None and judge.region == entry.region),
        (K.SPONSOR, entry.account is not None and entry.account in judge.sponsored),
        (K.DECLARED, bool(judge.named & entry.names)),
    )
    return {kind.value for kind, holds in tests if holds}
