"""What a room puts on somebody's desk."""

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True)
class DeskAction:
    """One button of a desk line: a link, or a POST when `post` is set (with these extra fields)."""

    label: str
    url: str
    post: bool = False
    fields: dict[str, str] = field(default_factory=dict)
    primary: bool = False


@dataclass(frozen=True)
class DeskItem:
    """One thing that needs this person now. `urgency` sorts (0 first); `since` breaks ties, oldest first."""

    title: str
    detail: str
    tone: str
    icon: str
    actions: tuple[DeskAction, ...]
    since: dt.datetime
    urgency: int = 5
