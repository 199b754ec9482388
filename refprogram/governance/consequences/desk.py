"""What this room puts on somebody's desk: appeals to answer, proposals to review, one's own notice, tasks."""

from django.db.models import DateTimeField, F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from refprogram.governance.consequences import selectors
from refprogram.governance.consequences.enums import CaseState, TaskState
from refprogram.governance.consequences.models import ConsequenceCase, Task
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.prepared import Given
from refprogram.kernel.templatetags import rp
from refprogram.people.enums import Role
from refprogram.people.glance import ForDesk
from refprogram.people.models import User

SHOWN = 30


def desk_items(user: User) -> list[DeskItem]:
    """Return what this colleague has to do about consequences and tasks: at most four queries."""
    if user.role == Role.JUDGE:
        return []
    items = [_notice(case) for case in _OWN_NOTICES(user)]
    items += [_task(task) for task in _OWN_TASKS(user)]
    items += [_appeal(case) for case in _APPEALS(user)]
    if user.has_perm("governance.review_cases"):
        items += _review(user)
    return items


def _own_notices(user: User) -> QuerySet[ConsequenceCase]:
    now = Given("now", DateTimeField())
    rows = ConsequenceCase.objects.filter(
        user=user.pk, state=CaseState.NOTIFIED, appealed_at__isnull=True, appeal_until__gt=now
    )
    return rows.select_related("policy").order_by("appeal_until")[:SHOWN]


def _own_tasks(user: User) -> QuerySet[Task]:
    rows = Task.objects.filter(assignee=user.pk, state=TaskState.OPEN).select_related("given_by__person")
    return rows.order_by(F("due_on").asc(nulls_last=True), "pk")[:SHOWN]


_OWN_NOTICES = ForDesk(_own_notices, lambda: {"now": timezone.now()})
_OWN_TASKS = ForDesk(_own_tasks)


def _appeals(user: User) -> QuerySet[ConsequenceCase]:
    rows = ConsequenceCase.objects.filter(state=CaseState.APPEALED).exclude(user=user.pk).exclude(notified_by=user.pk)
    own = Q(policy__owner=user.pk)
    if user.role == Role.ADMIN:
        # The owner sent the notice, is the person themselves, has gone, or leaves it lying.
        own |= Q(policy__owner=F("notified_by")) | Q(policy__owner=F("user")) | Q(policy__owner__is_active=False)
        own |= Q(pk__in=selectors.late_appeals(Given("now", DateTimeField())).values("pk"))
    return rows.filter(own).select_related("policy", "user__person").order_by("appealed_at")[:SHOWN]


_APPEALS = ForDesk(_appeals, lambda: {"now": timezone.now()})
_TO_REVIEW = ForDesk(lambda _viewer: selectors.to_review().only("created_at").order_by("created_at")[:SHOWN])


def _notice(case: ConsequenceCase) -> DeskItem:
    return DeskItem(
        title=_("Notice: %(policy)s") % {"policy": case.policy.name},
        detail=_("It takes effect on %(day)s. You can appeal until then.") % {"day": rp.day(case.takes_effect_at)},
        tone="stop",
        icon="scale",
        actions=(DeskAction(_("Read it"), case.get_absolute_url(), primary=True),),
        since=case.notified_at or case.created_at,
        urgency=1,
    )


def _task(task: Task) -> DeskItem:
    is_late = task.due_on is not None and task.due_on < timezone.localdate()
    due = _("Due on %(day)s") % {"day": rp.day(task.due_on)} if task.due_on else ""
    giver = _("from %(name)s") % {"name": task.given_by.name} if task.given_by else task.label
    return DeskItem(
        title=task.title,
        detail=" · ".join(part for part in (due, giver) if part),
        tone="stop" if is_late else "wait",
        icon="list",
        actions=(DeskAction(_("Open the task"), task.get_absolute_url(), primary=True),),
        since=task.created_at,
        urgency=2 if is_late else 4,
    )


def _appeal(case: ConsequenceCase) -> DeskItem:
    return DeskItem(
        title=_("Appeal of %(name)s") % {"name": case.user.name},
        detail=case.policy.name,
        tone="wait",
        icon="scale",
        actions=(DeskAction(_("Answer it"), reverse("governance:case-answer", args=[case.public_id]), primary=True),),
        since=case.appealed_at or case.created_at,
        urgency=2,
    )


def _review(user: User) -> list[DeskItem]:
    waiting = [case.created_at for case in _TO_REVIEW(user)]
    if not waiting:
        return []
    text = ngettext("%(n)d case to review", "%(n)d cases to review", len(waiting)) % {"n": len(waiting)}
    return [
        DeskItem(
            title=text,
            detail=_("Nobody hears of a proposal before the board has looked at it."),
            tone="wait",
            icon="scale",
            actions=(DeskAction(_("Review them"), reverse("governance:review"), primary=True),),
            since=waiting[0],
            urgency=4,
        )
    ]
