"""Approvals: who may see which, whom they wait for, what they are called."""

from collections.abc import Iterable

from django.db import models
from django.db.models import BigIntegerField, Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from refprogram.governance.approvals.enums import OPEN_APPROVALS, ApprovalKind, ApprovalState, TurnState
from refprogram.governance.approvals.models import Approval, Decision, Turn
from refprogram.governance.approvals.rules import KNOW_OF_RESTRICTIONS, OVERVIEW
from refprogram.kernel.labels import Label, someone
from refprogram.kernel.models import SignedLink
from refprogram.kernel.prepared import Among, Given, Prepared
from refprogram.kernel.stream import subject_of
from refprogram.people.enums import Role
from refprogram.people.leave import Roster
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor

SHOWN = 30  # on a desk, of a kind


def visible_to(user: User) -> QuerySet[Approval]:
    """Return the approvals that `user` may read: all, or those they asked for, were asked, or decided."""
    rows = Approval.objects.all()
    if user.role == Role.JUDGE:
        return rows.none()
    if user.role in KNOW_OF_RESTRICTIONS:
        return rows
    asked = Turn.objects.filter(_named(user), approval=OuterRef("pk"), opened_at__isnull=False)
    decided = Decision.objects.filter(approval=OuterRef("pk"), by=user)
    mine = Q(requester=user) | Q(owner=user) | Exists(asked) | Exists(decided)
    # Asking for an exception says that somebody is restricted: not everybody's business.
    return rows.filter(~Q(kind=ApprovalKind.EXCEPTION) | mine if user.role in OVERVIEW else mine)


def reads_all(user: User) -> bool:
    """Return whether the user may read every approval."""
    return user.role in KNOW_OF_RESTRICTIONS


def _named(user: User) -> Q:
    """Turns that name the user, or somebody in whose name they act today."""
    return _named_by(user, Roster(timezone.localdate()).principals_of(user))


def _named_by(user: User, principal_ids: list[int]) -> Q:
    named = Q(approver=user.pk) | Q(role=user.role)
    principals = User.objects.filter(pk__in=principal_ids, is_active=True) if principal_ids else ()
    for principal in principals:
        named |= (Q(approver=principal) | Q(role=principal.role)) & ~_against(principal)
    return named


def _against(user: User) -> Q:
    """Turns of approvals on which the user may never decide; the same as `seats.Matter.against`, for the database."""
    return (Q(approval__team=user.team_id) if user.team_id else Q()) | _against_alone(user)


def _against_alone(user: User) -> Q:
    """The same but for the user's own team."""
    return (
        Q(approval__requester=user.pk)
        | Q(approval__beneficiary=user.person_id)
        | Q(approval__team__manager=user.pk)
        | Q(approval__barred__contains=[user.pk])
    )


def waiting_turns(user: User) -> QuerySet[Turn]:
    """Return the open turns that `user` may decide now, oldest first."""
    return _turns_of(user, _named(user), _against(user))


def _turns_of(user: User, named: Q, against: Q) -> QuerySet[Turn]:
    spoken = Decision.objects.filter(
        approval=OuterRef("approval"), by=user.pk, verdict="approve", turn__position=OuterRef("position")
    )
    rows = Turn.objects.filter(named, state=TurnState.OPEN, approval__state__in=OPEN_APPROVALS)
    barred = rows.filter(against).values("pk")
    return rows.exclude(pk__in=barred).filter(~Exists(spoken)).order_by("opened_at", "pk")


def first_to_decide(user: User) -> list[Turn]:
    """Return the first pending turns that `user` may decide now, with who asks: two queries."""
    principals = Roster(timezone.localdate()).principals_of(user)
    if not principals:
        return _FIRST_TURNS(user, team=user.team_id)
    return list(_first_pending(_turns_of(user, _named_by(user, principals), _against(user))))


def _first_pending(turns: QuerySet[Turn]) -> QuerySet[Turn]:
    pending = turns.filter(approval__state=ApprovalState.PENDING)
    return pending.select_related("approval__requester__person")[:SHOWN]


def _own_turns(viewer: User) -> QuerySet[Turn]:
    """Who acts in nobody's name: a statement that hangs on nothing but them and their team. No team is nobody's."""
    against = Q(approval__team=Given("team", BigIntegerField())) | _against_alone(viewer)
    return _first_pending(_turns_of(viewer, _named_by(viewer, []), against))


_FIRST_TURNS = PreparedFor(_own_turns)


def waiting_for(user: User) -> QuerySet[Approval]:
    """Return the approvals that wait for this user's decision, or for their answer."""
    turns = waiting_turns(user).filter(approval__state=ApprovalState.PENDING).order_by()
    asked_back = Q(requester=user, state=ApprovalState.MORE_INFO)
    return Approval.objects.filter(asked_back | Q(pk__in=turns.values("approval")))


def in_full(rows: QuerySet[Approval]) -> QuerySet[Approval]:
    """Add everything that a page or the API says of an approval itself."""
    return rows.select_related(
        "requester__person",
        "requester__team__manager__person",
        "owner__person",
        "beneficiary",
        "team",
        "version__chain",
    )


# Who knows of restrictions reads all of them: for these readers the statement is always the same.
_ANY = Prepared(lambda: in_full(Approval.objects.filter(public_id=Given("public_id", TextField()))))


def for_page(user: User, public_id: str) -> Approval:
    """Return the approval, if the user may read it, with all that its page says of it. Raises Http404."""
    if reads_all(user):
        for row in _ANY(public_id=public_id):
            return row
        raise Http404
    return get_object_or_404(in_full(visible_to(user)), public_id=public_id)


def with_list_facts(rows: QuerySet[Approval]) -> QuerySet[Approval]:
    """Add whom each waits for: `asked_name` or `asked_role` of the first open turn, how many, and when it is due."""
    turns = Turn.objects.filter(approval=OuterRef("pk"), state=TurnState.OPEN).order_by("position", "pk")
    counted = turns.order_by().values("approval").annotate(n=Count("pk")).values("n")
    return rows.annotate(
        asked_name=Subquery(turns.values("approver__person__name")[:1]),
        asked_role=Subquery(turns.values("role")[:1]),
        asked_count=Subquery(counted, output_field=models.IntegerField()),
        due_at=Subquery(turns.values("due_at")[:1]),
    )


def search(rows: QuerySet[Approval], words: list[str]) -> QuerySet[Approval]:
    """Narrow to approvals with every word in what they are about, the reason, or who asked."""
    for word in words:
        rows = rows.filter(
            Q(label__icontains=word) | Q(reason__icontains=word) | Q(requester__person__name__icontains=word)
        )
    return rows


def open_for(subject: models.Model) -> Approval | None:
    """Return what is asked about a subject and not decided yet, if anything: for the subject's own page."""
    about = subject_of(subject)
    rows = Approval.objects.filter(subject_type=about.type, subject_id=about.id, state__in=OPEN_APPROVALS)
    return rows.order_by("-pk").first()


def open_turn(pk: int) -> Turn | None:
    """Return a turn with all that telling about it needs, while it is open."""
    rows = Turn.objects.filter(pk=pk, state=TurnState.OPEN)
    return rows.select_related("approver__person", "step__user__person", "step__escalate_user__person").first()


def approval_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how approvals are called in sentences; for who may not read one it is just "someone’s" matter."""
    rows = _CALLED(ids=list(ids))
    seen = {row.pk for row in rows}
    if not reads_all(viewer):
        seen = set(visible_to(viewer).filter(pk__in=seen).values_list("pk", flat=True))
    return {row.pk: Label(row.label, row.get_absolute_url()) if row.pk in seen else someone() for row in rows}


_CALLED = Prepared(lambda: Approval.objects.filter(Among("pk", "ids")).only("pk", "label", "public_id"))


def turns_in_full() -> QuerySet[Turn]:
    """Return turns with all that deciding on them shows."""
    return Turn.objects.select_related(
        "approval__requester__person",
        "approval__requester__team__manager__person",
        "approval__owner__person",
        "approval__beneficiary",
        "approval__team",
        "approval__version__chain",
        "approver__person",
    )


def approver_of_link(link: SignedLink) -> User | None:
    """Return whose link it is, while they have access."""
    return User.objects.select_related("person").filter(person=link.person_id or 0, is_active=True).first()


def for_api(rows: QuerySet[Approval]) -> QuerySet[Approval]:
    """Add turns and decisions to approvals."""
    said = Decision.objects.select_related("by__person", "in_name_of__person").order_by("pk")
    turns = Turn.objects.select_related("approver__person").order_by("position", "pk")
    return in_full(rows).prefetch_related(Prefetch("turns", turns.prefetch_related(Prefetch("decisions", said))))
