"""Reading draws: which there are, how many tickets somebody holds, who won."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum
from django.urls import reverse

from incentives.draws.models import Draw, Ticket, Win
from refprogram.kernel.labels import Label
from refprogram.people.models import Person, User


@dataclass(frozen=True)
class Pool:
    """The tickets of a draw: all, of how many people, and one's own."""

    tickets: int = 0
    people: int = 0
    mine: int = 0

    @property
    def chance(self) -> float:
        """Which part of the tickets is one's own."""
        return self.mine / self.tickets if self.tickets else 0.0


def visible_to(user: User) -> QuerySet[Draw]:
    """Return the draws, for every colleague."""
    rows = Draw.objects.select_related("owner__person")
    return rows if user.has_perm("incentives.view_rewards") else rows.none()


def run_by(user: User) -> QuerySet[Draw]:
    """Return the draws to who runs them: who reads how they were changed."""
    return Draw.objects.all() if user.has_perm("incentives.run_draws") else Draw.objects.none()


def pools_of(draws: Iterable[Draw], person: Person) -> dict[int, Pool]:
    """Return the tickets of each draw. Two queries."""
    ids = [row.pk for row in draws]
    rows = Ticket.objects.filter(draw__in=ids).order_by()
    all_ = {
        row["draw"]: (row["n"], row["people"])
        for row in rows.values("draw").annotate(n=Sum("count"), people=Count("person", distinct=True))
    }
    mine = dict(rows.filter(person=person).values_list("draw").annotate(n=Sum("count")))
    return {pk: Pool(*all_.get(pk, (0, 0)), mine=mine.get(pk, 0)) for pk in ids}


def wins_of(draw_id: int) -> list[Win]:
    """Return who won a draw, the first first."""
    rows = Win.objects.filter(draw=draw_id).select_related("draw", "person", "gift__approval")
    return list(rows.order_by("place"))


def draw_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how draws are called in sentences."""
    may = viewer.has_perm("incentives.view_rewards")
    rows = Draw.objects.filter(pk__in=list(ids)).values_list("pk", "name", "public_id")
    return {pk: Label(name, reverse("incentives:draw", args=[public]) if may else "") for pk, name, public in rows}
