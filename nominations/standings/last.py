"""The last places: who they are, and who may read them. First places are always public; last ones seldom help."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nominations.standings import policy
from nominations.standings.counting import ENROLLED
from nominations.standings.enums import FIELD, ShownTo
from nominations.standings.lines import Contender, Last, Standing, plain
from nominations.standings.reading import Board, away, members, nobody
from nominations.standings.statements import would_rather_not
from references.accounts.rules import has_overview
from refprogram.kernel import rollups
from refprogram.people.enums import Role
from refprogram.people.models import User

_FIGURE = DecimalField(max_digits=14, decimal_places=2)


WHY: Mapping[ShownTo, object] = {
    ShownTo.MANAGER: gettext_lazy("People of your team who may need a hand. Nobody else reads this."),
    ShownTo.ANONYMOUS: gettext_lazy("Without names."),
    ShownTo.TEAM: gettext_lazy("Of your own team. Nobody else reads this."),
    ShownTo.PUBLIC: gettext_lazy("Every colleague reads this."),
}


def last_places(board: Board, viewer: User) -> Last:
    """Return the last places as far as the program's setting lets this reader see them."""
    now = policy.now()
    mode = ShownTo(now.last_shown_to)
    circle = _circle(mode, viewer)
    if circle is None:
        return Last()
    absent = away(board.span, rollups.day_of(timezone.now()))
    cohort = members(board.league, board.span, now.new_for).filter(is_active=True, role__in=FIELD)
    cohort = cohort.exclude(pk__in=absent).exclude(hired_on__gt=board.span.starts_on)
    compared = cohort.order_by().count()
    shown_among = cohort.filter(circle).order_by().count() if mode == ShownTo.TEAM else compared
    if shown_among < now.smallest:
        return Last(why=_("Too few people are compared to speak of last places."))
    rows = _lowest(board, cohort.filter(circle), now.last_places)
    lines = tuple(_line(board, row, _who(row, mode, viewer)) for row in rows)
    lines = tuple(line for line in lines if 2 * line.rank > compared)  # nobody of the better half is last
    return Last(lines, named=mode != ShownTo.ANONYMOUS, why=str(WHY[mode]))


def _circle(mode: ShownTo, viewer: User) -> Q | None:
    """Return whose last places the reader sees; None for nobody's."""
    if mode == ShownTo.MANAGER:
        return Q(team__manager=viewer.pk) if viewer.role == Role.MANAGER else None
    if mode == ShownTo.TEAM:
        return Q(team=viewer.team_id) | Q(team__manager=viewer.pk) if viewer.team_id else Q(team__manager=viewer.pk)
    return None if mode == ShownTo.SELF else Q()


def _lowest(board: Board, circle: QuerySet[User], most: int) -> list[Any]:
    """Return who has least."""
    own = board.rows(ENROLLED).filter(key=OuterRef("person_id")).values("value")[:1]
    figure = Coalesce(Subquery(own), Value(Decimal(0)), output_field=_FIGURE)
    rows = circle.annotate(enrolled=figure, nameless=would_rather_not("person_id")).select_related("person", "team")
    return list(rows.order_by("enrolled", F("hired_on").desc(nulls_last=True), "pk")[:most])


def _who(row: Any, mode: ShownTo, viewer: User) -> Contender:
    """Return how the reader reads the name: who leads the team always does, others where it was not chosen away."""
    if mode == ShownTo.ANONYMOUS:
        return Contender("", "")
    leads = row.team is not None and row.team.manager_id == viewer.pk
    if row.nameless and not (leads or row.pk == viewer.pk or has_overview(viewer)):
        return nobody()
    return Contender(row.public_id, row.person.name, row.team.name if row.team else "")


def _line(board: Board, row: Any, who: Contender) -> Standing:
    value: Decimal = row.enrolled
    return Standing(
        key=row.person_id if who.public_id else 0, public_id=who.public_id, name=who.name, sub=who.sub,
        rank=board.ladder.now.rank(value), enrolled=plain(value), approved=0, submitted=0,
    )  # fmt: skip
