"""Writing rules, switching them on and off, and paying by them."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives import policy, triggers
from incentives.enums import RULE_MOVES, Book, RuleState
from incentives.models import Entry, Posting, Rule
from incentives.periods import quarter_of
from incentives.services.ledger import post
from refprogram.governance.approvals.enums import ApprovalKind
from refprogram.governance.approvals.services import request, withdraw_for
from refprogram.kernel import moves
from refprogram.kernel.errors import IllegalMove, InvalidInput, NotAllowed
from refprogram.kernel.models import Event
from refprogram.kernel.stream import emit
from refprogram.people.models import Person, User

WRITE, SWITCH, START = "incentives.write_rules", "incentives.switch_rules", "incentives.start_rule"


@transaction.atomic
def draft_rule(
    *, name: str, topic: str, beneficiary: str, points: int, cap_per_quarter: int | None, actor: User
) -> Rule:
    """Write down a rule. It pays nothing until somebody who may switches it on."""
    _may_write(actor)
    rule = Rule(
        name=name,
        topic=topic,
        beneficiary=beneficiary,
        points=points,
        cap_per_quarter=cap_per_quarter,
        created_by=actor,
    )
    return _keep(rule)


@transaction.atomic
def change_draft(
    *, rule: Rule, name: str, topic: str, beneficiary: str, points: int, cap_per_quarter: int | None, actor: User
) -> Rule:
    """Change a rule that is off. One that was on before gets a new version: each posting names its text."""
    _may_write(actor)
    locked = Rule.objects.select_for_update().get(pk=rule.pk)
    if locked.state == RuleState.LIVE:
        raise IllegalMove(_("rule"), str(RuleState.LIVE.label))
    if locked.state == RuleState.STOPPED:
        locked.version += 1
    withdraw_for(subject=locked, by=actor, reason=_("The rule was changed."))  # nobody blesses what they did not read
    locked.changed_by = actor
    locked.name, locked.topic, locked.beneficiary = name, topic, beneficiary
    locked.points, locked.cap_per_quarter = points, cap_per_quarter
    return _keep(locked)


def _keep(rule: Rule) -> Rule:
    rule.name = " ".join(rule.name.split())
    _check(rule)
    try:
        with transaction.atomic():
            rule.save()
    except IntegrityError as error:
        message = _("There is a rule with this name already.")
        raise InvalidInput(message, errors={"name": message}) from error
    return rule


def _check(rule: Rule) -> None:
    errors: dict[str, str] = {}
    if not rule.name:
        errors["name"] = _("Give the rule a name.")
    if f"{rule.topic}:{rule.beneficiary}" not in triggers.BY_KEY:
        errors["topic"] = _("No rule can pay for that yet.")
    if not 0 < rule.points <= policy.MOST_POINTS:
        errors["points"] = _("Between 1 and %(most)d points.") % {"most": policy.MOST_POINTS}
    if rule.cap_per_quarter is not None and rule.cap_per_quarter < rule.points:
        errors["cap_per_quarter"] = _("The most a quarter cannot be less than what is given once.")
    if errors:
        raise InvalidInput(" ".join(errors.values()), errors=errors)


def _may_write(actor: User) -> None:
    if not actor.has_perm(WRITE):
        raise NotAllowed(_("Only who runs the program, or the head of sales, can write rules."))


@transaction.atomic
def start_rule(*, rule: Rule, actor: User) -> Rule:
    """Switch a rule on, if the actor may and did not write it; otherwise ask for approval, which switches it on."""
    _may_write(actor)
    locked = Rule.objects.select_for_update().get(pk=rule.pk)
    moves.check(locked, RuleState.LIVE, moves=RULE_MOVES, noun=_("rule"))
    if not actor.has_perm(START, locked):
        _ask_to_start(locked, actor)
        return locked
    withdraw_for(subject=locked, by=actor, reason=_("It was switched on directly."))
    return _start(locked, actor)


def _ask_to_start(rule: Rule, actor: User) -> None:
    request(
        kind=ApprovalKind.FIELD_INCENTIVE,
        subject=rule,
        label=_("Switch on the rule “%(name)s”") % {"name": rule.name},
        url=rule.get_absolute_url(),
        requester=actor,
        reason=_("%(points)d points each time.") % {"points": rule.points},
    )


@transaction.atomic
def start_approved(*, rule_id: int, approver: User) -> Rule | None:
    """Switch on a rule whose approval was given; None where it was switched on meanwhile."""
    locked = Rule.objects.select_for_update().get(pk=rule_id)
    return _start(locked, approver) if locked.state != RuleState.LIVE else None


def _start(locked: Rule, actor: User) -> Rule:
    locked.approved_by, locked.live_since, locked.stopped_at = actor, timezone.now(), None
    moves.move(
        locked,
        RuleState.LIVE,
        moves=RULE_MOVES,
        noun=_("rule"),
        also=["approved_by", "live_since", "stopped_at"],
    )
    emit("rule.started", subject=locked, actor_id=actor.person_id, payload={"version": locked.version})
    return locked


@transaction.atomic
def stop_rule(*, rule: Rule, actor: User) -> Rule:
    """Switch a rule off: what happened until now is still paid."""
    locked = _lock_for_switching(rule, actor)
    locked.stopped_at = timezone.now()
    moves.move(locked, RuleState.STOPPED, moves=RULE_MOVES, noun=_("rule"), also=["stopped_at"])
    emit("rule.stopped", subject=locked, actor_id=actor.person_id, payload={"version": locked.version})
    return locked


def _lock_for_switching(rule: Rule, actor: User) -> Rule:
    if not actor.has_perm(SWITCH):
        raise NotAllowed(_("Only the head of sales or an administrator can switch a rule on or off."))
    return Rule.objects.select_for_update().get(pk=rule.pk)


@transaction.atomic
def apply_rule(*, rule: Rule, event: Event) -> Entry | None:
    """Pay for an event by a rule; None when it names nobody, or the most a quarter is reached.

    Called in the lane "rules", so that two events of one person never read the same sum at the same time.
    """
    person = Person.objects.filter(pk=event.payload.get(rule.beneficiary)).first()
    if person is None:
        return None
    points = rule.points
    if rule.cap_per_quarter is not None:
        points = min(points, rule.cap_per_quarter - paid_in_quarter(rule=rule, person=person, at=event.occurred_at))
    if points <= 0:
        return None
    return post(
        key=f"{event.pk}:{rule.pk}:{rule.version}", memo=rule.name, person=person, points=points, event=event, rule=rule
    )


def paid_in_quarter(*, rule: Rule, person: Person, at: dt.datetime) -> int:
    """Return what the rule has given for the quarter of `at`; what was taken back is free again."""
    begins, ends = quarter_of(at)
    paid = Posting.objects.filter(
        entry__rule=rule,
        entry__occurred_at__gte=begins,
        entry__occurred_at__lt=ends,
        person=person,
        book=Book.AVAILABLE,
    )
    return paid.aggregate(total=Sum("amount"))["total"] or 0
