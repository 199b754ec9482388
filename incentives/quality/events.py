"""What this room emits: a month is between its person, their manager, and who oversees the program."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from incentives.quality.enums import Attribute
from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic
from refprogram.people.enums import Role


def own_or_overseer(user: Any, event: Event) -> bool:
    """Whose it is, and who oversees the program."""
    own = event.payload.get("person") == user.person_id
    return bool(own or user.is_role(Role.MARKETER, Role.ADMIN, Role.SALES_HEAD))


TOPICS = [
    Topic(
        "quality.month_closed",
        _("{person} had {score} of 100 for their records in the month of {month}"),
        fields=("person", "team", "region", "month", "score", "records", "days"),
        refs={"person": "person", "team": "team"},
        visible=own_or_overseer,
        tone="info",
        icon="check",
        silent=True,
    ),
    Topic(
        "quality.won",
        _("{person} kept their records best in the month of {month}"),
        fields=("person", "month", "score"),
        refs={"person": "person"},
        tone="ok",
        icon="trophy",
    ),
    Topic(
        "quality.excused",
        _("{actor} excused what {subject} lacks"),
        fields=("person", "attribute"),
        refs={"person": "person"},
        words={"attribute": dict(Attribute.choices)},
        visible=own_or_overseer,
        tone="info",
        icon="check",
    ),
    Topic(
        "quality.marked",
        _("{person} got {points} demerits: {subject}"),
        fields=("person", "points"),
        refs={"person": "person"},
        visible=own_or_overseer,
        tone="stop",
        icon="scale",
        silent=True,
    ),
]
