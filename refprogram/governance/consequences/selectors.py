"""Reading policies, cases and tasks: a case is for its person, their manager, the board and administrators alone."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.approvals.enums import OPEN_APPROVALS
from refprogram.governance.approvals.models import Approval
from refprogram.governance.consequences import terms
from refprogram.governance.consequences.enums import OPEN_CASES, CaseState
from refprogram.governance.consequences.models import ConsequenceCase, ConsequencePolicy, Evaluation, Task
from refprogram.governance.consequences.policy import APPEAL_CLOCK
from refprogram.governance.consequences.rules import BOARD, READERS
from refprogram.kernel.labels import Label, someone
from refprogram.people.enums import Role
from refprogram.people.models import Region, Restriction, SlaClock, Team, User

S = CaseState

# ---------------------------------------------------------------- cases


def visible_to(user: User) -> QuerySet[ConsequenceCase]:
    """Return the cases this user may read: all for the board; one's own and one's team's from the notice on."""
    rows = ConsequenceCase.objects.all()
    if user.is_role(*READERS):
        return rows
    if user.role == Role.JUDGE:
        return rows.none()
    mine = Q(user=user) | Q(policy__owner=user)
    if user.role == Role.MANAGER:
        mine |= Q(user__team__manager=user)
    return rows.filter(mine, notified_at__isnull=False)


def with_people(rows: QuerySet[ConsequenceCase]) -> QuerySet[ConsequenceCase]:
    """Add all that a case's page names."""
    return rows.select_related(
        "policy__owner__person", "user__person", "user__team", "notified_by__person", "answered_by__person",
        "decided_by__person", "restriction", "task",
    )  # fmt: skip


def to_review() -> QuerySet[ConsequenceCase]:
    """Return what waits for the board."""
    return ConsequenceCase.objects.filter(state=S.PROPOSED)


def by_id(pk: int) -> ConsequenceCase:
    """Return a case by its key, whoever asks."""
    return with_people(ConsequenceCase.objects.all()).get(pk=pk)


def search_cases(rows: QuerySet[ConsequenceCase], words: list[str]) -> QuerySet[ConsequenceCase]:
    """Narrow to cases that have every word in their person's name or their policy's."""
    for word in words:
        rows = rows.filter(Q(user__person__name__icontains=word) | Q(policy__name__icontains=word))
    return rows


def case_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how cases are called: by policy and person, to those who may read them; else nothing is given away."""
    wanted = list(ids)
    rows = visible_to(viewer).filter(pk__in=wanted).select_related("policy", "user__person")
    found = {row.pk: Label(f"{row.policy.name}: {row.user.name}", row.get_absolute_url()) for row in rows}
    return {key: found.get(key, someone()) for key in wanted}


def answerers(case: ConsequenceCase) -> list[User]:
    """Return who is asked to answer an appeal: the policy's owner if they may, else the administrators."""
    owner = case.policy.owner
    if owner.is_active and owner.has_perm("governance.answer_appeal", case):
        return [owner]
    return deputies(case)


def deputies(case: ConsequenceCase) -> list[User]:
    """Return the administrators who may answer an appeal where the owner cannot, or does not."""
    admins = User.objects.filter(role=Role.ADMIN, is_active=True).select_related("person").order_by("pk")
    return [user for user in admins if user.has_perm("governance.answer_appeal", case)]


def late_appeals(now: Any = None) -> QuerySet[ConsequenceCase]:
    """Return the open appeals whose time to be answered is over, now or at a given moment (a `Given`, too)."""
    late = SlaClock.objects.filter(
        kind=APPEAL_CLOCK, subject_type="consequencecase", stopped_at__isnull=True, due_at__lte=now or timezone.now()
    )
    return with_people(ConsequenceCase.objects.filter(state=S.APPEALED, pk__in=late.values("subject_id")))


def answer_due_at(case: ConsequenceCase) -> dt.datetime | None:
    """Return until when an open appeal should be answered."""
    clocks = SlaClock.objects.filter(
        kind=APPEAL_CLOCK, subject_type="consequencecase", subject_id=case.pk, stopped_at__isnull=True
    )
    return clocks.values_list("due_at", flat=True).first()


def board() -> list[User]:
    """Return who sits on the review board."""
    return list(User.objects.filter(role__in=BOARD, is_active=True).select_related("person").order_by("pk"))


def exception_threshold(restrictions: Sequence[Restriction]) -> Decimal | None:
    """Return from which amount of a deal on an exception from all of these may be asked for; None: never."""
    cases = ConsequenceCase.objects.filter(restriction__in=restrictions)
    found = [terms.of(case).exception_from for case in cases]
    known = [amount for amount in found if amount is not None]
    return max(known) if known and len(known) == len(restrictions) else None


# ---------------------------------------------------------------- policies


def policies_for(user: User) -> QuerySet[ConsequencePolicy]:
    """Return the policies this user may read: who runs policies all, owners their own."""
    rows = ConsequencePolicy.objects.select_related("owner__person")
    return rows if user.has_perm("governance.see_policies") else rows.filter(owner=user)


def with_counts(rows: QuerySet[ConsequencePolicy]) -> QuerySet[ConsequencePolicy]:
    """Add how many of its cases are under way."""
    return rows.annotate(under_way=Count("cases", filter=Q(cases__state__in=OPEN_CASES)))


def policy_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how policies are called; their pages are for those who run them."""
    rows = ConsequencePolicy.objects.filter(pk__in=list(ids)).only("pk", "name", "public_id", "owner_id")
    sees = viewer.has_perm("governance.see_policies")
    return {
        row.pk: Label(row.name, row.get_absolute_url() if sees or row.owner_id == viewer.pk else "") for row in rows
    }


def evaluations_of(policy: ConsequencePolicy) -> QuerySet[Evaluation]:
    """Return what was looked at, the latest first."""
    return policy.evaluations.order_by("-starts_on")


def asked_for(policy: ConsequencePolicy) -> Approval | None:
    """Return the open question whether to switch it on, if any."""
    rows = Approval.objects.filter(subject_type="consequencepolicy", subject_id=policy.pk, state__in=OPEN_APPROVALS)
    return rows.first()


def policy_choices() -> list[tuple[str, str]]:
    """Return all policies, for filters."""
    return list(ConsequencePolicy.objects.order_by("name").values_list("public_id", "name"))


def owners() -> QuerySet[User]:
    """Return who can answer for a policy: they approve it, and answer appeals."""
    roles = (Role.MARKETER, Role.SALES_HEAD, Role.EXECUTIVE, Role.ADMIN)
    return User.objects.filter(role__in=roles, is_active=True).select_related("person").order_by("person__name")


def regions() -> QuerySet[Region]:
    """Return all regions, by name."""
    return Region.objects.order_by("name")


def teams() -> QuerySet[Team]:
    """Return all teams, by name."""
    return Team.objects.order_by("name")


# ---------------------------------------------------------------- tasks


def tasks_for(user: User) -> QuerySet[Task]:
    """Return the tasks this user may read: their own, those they gave, a manager their team's; administrators all."""
    rows = Task.objects.all()
    if user.role == Role.ADMIN:
        return rows
    if user.role == Role.JUDGE:
        return rows.none()
    mine = Q(assignee=user) | Q(given_by=user)
    if user.role == Role.MANAGER:
        mine |= Q(assignee__team__manager=user)
    if user.is_role(*BOARD):
        mine |= Q(consequence__isnull=False)
    return rows.filter(mine)


def task_in_full(rows: QuerySet[Task]) -> QuerySet[Task]:
    """Add all that a task's page names."""
    return rows.select_related("assignee__person", "assignee__team", "given_by__person")


def task_by_id(pk: int) -> Task:
    """Return a task by its key, whoever asks."""
    return task_in_full(Task.objects.all()).get(pk=pk)


def search_tasks(rows: QuerySet[Task], words: list[str]) -> QuerySet[Task]:
    """Narrow to tasks that have every word in their title or assignee's name."""
    for word in words:
        rows = rows.filter(Q(title__icontains=word) | Q(assignee__person__name__icontains=word))
    return rows


def task_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how tasks are called, to those who may read them."""
    wanted = list(ids)
    rows = tasks_for(viewer).filter(pk__in=wanted)
    found = {row.pk: Label(row.title, row.get_absolute_url()) for row in rows}
    return {key: found.get(key, Label(_("a task"))) for key in wanted}


def takers(giver: User) -> QuerySet[User]:
    """Return whom this colleague may give a task."""
    people = User.objects.filter(is_active=True).exclude(role=Role.JUDGE).select_related("person")
    if not giver.has_perm("governance.edit_policies"):
        people = people.filter(Q(team__manager=giver) | Q(pk=giver.pk))
    return people.order_by("person__name")
