"""Who does what for a contest."""

from django.db import transaction
from django.utils.translation import gettext as _

from awards.contests.enums import Part
from awards.contests.models import Contest, ContestMember, PlanItem
from awards.contests.seeds import OF_PART
from awards.contests.services.rows import held, refusal
from refprogram.kernel.errors import DomainError
from refprogram.kernel.stream import emit
from refprogram.people.enums import Role
from refprogram.people.models import User

MAY_CERTIFY = (Role.EXECUTIVE, Role.SALES_HEAD, Role.LEGAL)


@transaction.atomic
def add_member(contest: Contest, *, user: User, part: str, by: User) -> ContestMember:
    """Give a colleague a part; twice is once. Lines of the plan that wait for that part become theirs."""
    row = held(contest)
    if part not in Part.values:
        raise refusal("part", _("Choose a part."))
    if not user.is_active or user.is_role(Role.JUDGE):
        raise refusal("user", _("Choose a colleague who works here; judges are invited as judges."))
    if part == Part.CERTIFIER and not user.is_role(*MAY_CERTIFY):
        raise refusal("user", _("Results are certified by executives, the head of sales or legal."))
    member, made = ContestMember.objects.get_or_create(contest=row, user=user, part=part)
    if made:
        _hand_over(row, user, Part(part))
        emit("contest.changed", subject=row, actor_id=by.person_id, payload={"fields": ["team"]})
    return member


def _hand_over(contest: Contest, user: User, part: Part) -> None:
    """Give them the open lines of their steps that still lie with whoever owns the contest."""
    rows = PlanItem.objects.filter(contest=contest, step__in=OF_PART.get(part, ()), done_at__isnull=True)
    rows.filter(owner=contest.owner_id).update(owner=user, reminded_on=None)


@transaction.atomic
def remove_member(member: ContestMember, *, by: User) -> None:
    """Take a part away. Somebody always runs the contest, and lines of the plan go back to its owner."""
    row = held(member.contest)
    if member.part == Part.MANAGER and member.user_id == row.owner_id:
        raise DomainError(_("The contest’s owner runs it. Name another owner first."))
    member.delete()
    still = ContestMember.objects.filter(contest=row, user=member.user_id).exists()
    if not still:
        rows = PlanItem.objects.filter(contest=row, owner=member.user_id, done_at__isnull=True)
        rows.update(owner=row.owner_id)
    emit("contest.changed", subject=row, actor_id=by.person_id, payload={"fields": ["team"]})
