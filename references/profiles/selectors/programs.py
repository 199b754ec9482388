"""Linked programs and who takes part in them."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from references.accounts.models import Account
from references.accounts.selectors import visible_to
from references.profiles.enums import ParticipationState, ProgramKind
from references.profiles.models import LinkedProgram, Participation
from refprogram.kernel.labels import Label
from refprogram.people.enums import Role
from refprogram.people.models import User

OPEN = (ParticipationState.INVITED, ParticipationState.ACTIVE)


def programs_visible_to(user: User) -> QuerySet[LinkedProgram]:
    """Return the programs: every colleague may know of them; how many take part is counted beside each."""
    rows = LinkedProgram.objects.select_related("owner__person")
    counted = rows.annotate(members=Count("participations", filter=Q(participations__state=ParticipationState.ACTIVE)))
    return counted.none() if user.role == Role.JUDGE else counted


def participations_visible_to(user: User) -> QuerySet[Participation]:
    """Return who takes part, of accounts that the user may open."""
    rows = Participation.objects.filter(account__in=visible_to(user))
    return rows.select_related("program__owner__person", "account__owner__team", "contact__person")


def participations_of(account: Account) -> list[Participation]:
    """Return which of an account's people are in which program, those of today. One query."""
    rows = Participation.objects.filter(account=account, state__in=OPEN).select_related("program", "contact__person")
    return list(rows.order_by("program__name", "contact__person__name"))


def surveys_of(program: LinkedProgram) -> list[str]:
    """Return the names of the surveys that bring members. By their relation: surveys know this room, not it them."""
    return list(
        LinkedProgram.objects.filter(pk=program.pk, surveys__isnull=False).values_list("surveys__name", flat=True)
    )


def open_programs() -> QuerySet[LinkedProgram]:
    """Return the programs that somebody can join."""
    return LinkedProgram.objects.filter(ended_on__isnull=True)


def satisfaction_programs() -> QuerySet[LinkedProgram]:
    """Return the satisfaction programs that run: surveys can belong to them."""
    return open_programs().filter(kind=ProgramKind.SATISFACTION).order_by("name")


def program_labels(ids: Iterable[int], _viewer: User) -> dict[int, Label]:
    """Name programs."""
    rows = LinkedProgram.objects.filter(pk__in=list(ids))
    return {row.pk: Label(row.name, row.get_absolute_url()) for row in rows}


def participation_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Name participations by their program."""
    rows = participations_visible_to(viewer).filter(pk__in=list(ids))
    return {row.pk: Label(row.program.name, row.program.get_absolute_url()) for row in rows}
