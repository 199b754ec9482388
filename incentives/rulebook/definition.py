"""What a rule says, as it is kept: one JSON document per version, checked by its shape here and by its sense in
`checking.py`.

All amounts are whole numbers: points, badges, tickets, and cents of money.
"""

import datetime as dt
from enum import StrEnum
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

SHAPE: Final = 1


class Gift(StrEnum):
    """What a rule gives."""

    POINTS = "points"
    BADGE = "badge"
    TICKET = "ticket"
    MONEY = "money"


class Op(StrEnum):
    """How a fact is compared."""

    IS = "is"
    IS_NOT = "is_not"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Span(StrEnum):
    """For how long a cap counts; TOTAL: for ever."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    TOTAL = "total"


class Part(BaseModel):
    """A part of a definition: fixed once read, and with nothing in it that nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Condition(Part):
    """One thing that has to be so: `values` are any of several for IS and IS_NOT, one number for the others."""

    fact: str
    op: Op
    values: tuple[str | int | bool, ...]


class RuleAudience(Part):
    """Who can be given to; an empty list is everybody. As people stand when it happens."""

    roles: tuple[str, ...] = ()
    teams: tuple[int, ...] = ()
    regions: tuple[int, ...] = ()
    hired_before: dt.date | None = None


class Gives(Part):
    """So much of what; `of` is the badge's or the draw's id."""

    gift: Gift = Gift.POINTS
    amount: int
    of: int | None = None


class Cap(Part):
    """At most so much in a span; `each`: for one person, otherwise for all together."""

    span: Span
    most: int
    each: bool = True


class Milestone(Part):
    """So many percent wait until this follows on what happened, within so many days; otherwise they are lost."""

    percent: int
    topic: str
    days: int


class Fading(Part):
    """What the second, third, … time within a span is worth, in percent; the last holds for all after it."""

    span: Span
    percents: tuple[int, ...]


class Definition(Part):
    """A rule: when `topic` happens and the conditions hold, `who` of the audience gets what it gives.

    `shape` is that of this document: a later one will be read in its own way. `halves_days`: what it gives halves each
    so many days after it was switched on. `pot`: the wallet that pays.
    """

    shape: Literal[1] = SHAPE
    topic: str
    who: str
    conditions: tuple[Condition, ...] = ()
    audience: RuleAudience = RuleAudience()
    gives: Gives
    caps: tuple[Cap, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    fading: Fading | None = None
    halves_days: int | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    pot: int | None = None

    def kept(self) -> dict[str, Any]:
        """Return it as it is kept: without what is as it always is."""
        return self.model_dump(mode="json", exclude_defaults=True) | {"shape": SHAPE}

    @property
    def topics(self) -> list[str]:
        """Which topics it listens to: what it gives for, and its milestones."""
        return [self.topic, *sorted({one.topic for one in self.milestones} - {self.topic})]


def read(kept: dict[str, Any]) -> Definition:
    """Return the definition that is kept so. Raises pydantic's ValidationError for what has not its shape."""
    return Definition.model_validate(kept)


def faults_of(kept: dict[str, Any]) -> dict[str, str]:
    """Return what is wrong with the shape of a definition, by the part of it; empty: nothing."""
    try:
        read(kept)
    except ValidationError as error:
        return {".".join(str(step) for step in one["loc"]): one["msg"] for one in error.errors()}
    return {}
