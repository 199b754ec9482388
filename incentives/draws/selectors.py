"""Reading draws: which there are, how many tickets somebody holds, who won."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

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
    """Return who won a draw, the first first, each with whether they would stand in rankings (`in_ranks`)."""
    rows = Win.objects.filter(draw=draw_id).select_related("draw", "person", "gift__approval")
    return list(rows.annotate(in_ranks=F("person__recognition_choice__in_ranks")).order_by("place"))


@dataclass(frozen=True)
class Won:
    """One who won, as the viewer reads it: without a name where they would rather not stand in public."""

    win: Win
    name: str


def won_as_read_by(viewer: User, draw_id: int) -> list[Won]:
    """Return who won; by name to themselves and to who runs draws, whatever they chose."""
    runs, found = viewer.has_perm("incentives.run_draws"), []
    for win in wins_of(draw_id):
        in_ranks: bool | None = win.in_ranks  # type: ignore[attr-defined]  # annotated by wins_of
        named = runs or in_ranks is not False or win.person_id == viewer.person_id
        found.append(Won(win, win.person.name if named else _("A colleague")))
    return found


def draw_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how draws are called in sentences."""
    may = viewer.has_perm("incentives.view_rewards")
    rows = Draw.objects.filter(pk__in=list(ids)).values_list("pk", "name", "public_id")
    return {pk: Label(name, reverse("incentives:draw", args=[public]) if may else "") for pk, name, public in rows}
