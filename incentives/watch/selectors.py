"""Reading what is to be looked at."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from incentives.watch.enums import LookState, Why
from incentives.watch.models import Look
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.labels import Label
from refprogram.people.glance import ForDesk
from refprogram.people.models import Person, User

SHOWN = 3


def visible_to(user: User) -> QuerySet[Look]:
    """Return what is looked at to who may look; never one's own points."""
    looks = Look.objects.exclude(person=user.person_id).select_related(
        "person", "entry__rule", "entry__event", "doubted_by__person", "ended_by__person"
    )
    return looks if user.has_perm("incentives.watch") else looks.none()


def reasons(look: Look, names: dict[int, str] | None = None) -> list[str]:
    """Return why it is looked at, in sentences; `names` are those of `named_in`."""
    said: dict[str, Any] = {
        Why.OWN: lambda _fact: _("Who gets it decided about it."),
        Why.BURST: lambda times: _("This rule gave to them %(n)d times on that day.") % {"n": times},
        Why.RING: lambda fact: (
            _("Acts of %(name)s gave to them %(there)d times, and theirs back %(back)d times.")
            % {"name": (names or {}).get(fact[0], _("somebody")), "there": fact[1], "back": fact[2]}
        ),
        Why.SAMPLE: lambda _fact: _("Drawn at random: a part of all bookings is looked at."),
    }
    return [said[why](look.facts.get(why)) for why in look.why]


def named_in(looks: Iterable[Look]) -> dict[int, str]:
    """Return the names of people whom the facts of looks name, by id."""
    others = {look.facts[Why.RING][0] for look in looks if Why.RING in look.facts}
    return dict(Person.objects.filter(pk__in=others).values_list("pk", "name")) if others else {}


def desk_items(user: User) -> list[DeskItem]:
    """Return what waits: the looks that another one doubted, and how many there are beside."""
    if not user.has_perm("incentives.watch"):
        return []
    return [
        DeskItem(
            title=_("Take points of %(name)s back?") % {"name": look.person.name},
            detail=look.doubt,
            tone="wait",
            icon="scale",
            actions=(DeskAction(_("Look at it"), look.get_absolute_url(), primary=True),),
            since=look.updated_at,
            urgency=3,
        )
        for look in _DOUBTED(user)
    ]


def _doubted(viewer: User) -> QuerySet[Look]:
    doubted = visible_to(viewer).filter(state=LookState.DOUBTED).exclude(doubted_by=viewer.pk)
    return doubted.order_by("created_at")[:SHOWN]


_DOUBTED = ForDesk(_doubted)


def look_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how looks are called in sentences."""
    looks = visible_to(viewer).filter(pk__in=list(ids))
    return {look.pk: Label(look.entry.memo, reverse("incentives:look", args=[look.public_id])) for look in looks}
