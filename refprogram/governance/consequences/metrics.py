"""The figures that policies judge by: rooms supply them by name in `settings.CONSEQUENCE_METRICS`."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from refprogram.kernel.errors import InvalidInput
from refprogram.people.models import User

Count = Callable[[dt.date, dt.date, Sequence[User]], Mapping[int, Decimal]]


def choices() -> list[tuple[str, Any]]:
    """Return every figure by name, with its label."""
    return [(name, facts["label"]) for name, facts in settings.CONSEQUENCE_METRICS.items()]


def label_of(name: str) -> str:
    """Return what a figure is called; by its name where no room supplies it any more."""
    facts = settings.CONSEQUENCE_METRICS.get(name)
    return str(facts["label"]) if facts else name


def proposed_by_rooms() -> list[str]:
    """Return the figures whose rooms propose cases themselves (`propose`), in periods of their own."""
    return [name for name, facts in settings.CONSEQUENCE_METRICS.items() if facts.get("proposed_by_room")]


def count(name: str, starts_on: dt.date, ends_on: dt.date, users: Sequence[User]) -> dict[int, Decimal]:
    """Return the figure of each of these people in a period, both days included; who is not in it has nothing."""
    facts = settings.CONSEQUENCE_METRICS.get(name)
    if facts is None:
        message = _("No room supplies this figure any more.")
        raise InvalidInput(message, errors={"metric": message})
    counter: Count = import_string(facts["count"])
    found = counter(starts_on, ends_on, users)
    return {user.pk: Decimal(found.get(user.pk, 0)) for user in users}
