"""How rows of this room are called in the stream: for who runs contests."""

from collections.abc import Iterable

from django.db.models import F
from django.utils.translation import gettext as _

from awards.models import Assignment, Ballot, Conflict, Criterion, Judge, Round
from refprogram.kernel.labels import Label
from refprogram.people.models import User


def judge_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return judges by their names."""
    rows = Judge.objects.filter(pk__in=list(ids)).select_related("person")
    return {row.pk: Label(row.person.name, row.get_absolute_url()) for row in rows}


def round_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return rounds by their names."""
    return {row.pk: Label(row.name, row.get_absolute_url()) for row in Round.objects.filter(pk__in=list(ids))}


def criterion_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return criteria by their names."""
    rows = Criterion.objects.filter(pk__in=list(ids)).select_related("round")
    return {row.pk: Label(row.name, row.round.get_absolute_url()) for row in rows}


def assignment_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return pieces of work by the code of the entry."""
    rows = Assignment.objects.filter(pk__in=list(ids)).values_list("pk", "place__entry__code")
    return {pk: Label(_("entry %(code)s") % {"code": code}) for pk, code in rows}


def ballot_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return ballots by the code of the entry."""
    rows = Ballot.objects.filter(pk__in=list(ids)).annotate(code=F("assignment__place__entry__code"))
    return {pk: Label(_("ballot on %(code)s") % {"code": code}) for pk, code in rows.values_list("pk", "code")}


def conflict_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return ties by the code of the entry."""
    rows = Conflict.objects.filter(pk__in=list(ids)).values_list("pk", "entry__code")
    return {pk: Label(_("tie to %(code)s") % {"code": code}) for pk, code in rows}
