"""Writing rules, and switching them on and off. What they give: `paying.py`."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.rulebook import checking, limiting, sentences, tallying
from incentives.rulebook.definition import faults_of, read
from incentives.rulebook.enums import RULE_MOVES, RuleState
from incentives.rulebook.models import Rule, RuleSpan
from incentives.rulebook.notice_kinds import RULES
from incentives.rulebook.vocabulary import BADGE_GRANTED
from refprogram.governance.approvals.enums import ApprovalKind
from refprogram.governance.approvals.services import request, withdraw_for
from refprogram.kernel import moves
from refprogram.kernel.errors import IllegalMove, InvalidInput, NotAllowed
from refprogram.kernel.stale import refuse_stale
from refprogram.kernel.stream import emit, enter_lane
from refprogram.notices.mails import as_reader
from refprogram.notices.services import tell
from refprogram.people.models import User

WRITE, SWITCH, START = "incentives.write_rules", "incentives.switch_rules", "incentives.start_rule"


@transaction.atomic
def draft_rule(*, name: str, definition: dict[str, Any], actor: User) -> Rule:
    """Write down a rule. It gives nothing until somebody who may switches it on."""
    _may_write(actor)
    return _keep(Rule(name=name, definition=definition, created_by=actor))


@transaction.atomic
def change_draft(
    *, rule: Rule, name: str, definition: dict[str, Any], actor: User, revision: int | None = None
) -> Rule:
    """Change a rule that is off. One that was on before gets a new version: each posting names its text.

    `revision` is that of the text that was read: raises Stale where somebody else changed it since.
    """
    _may_write(actor)
    locked = Rule.objects.select_for_update().get(pk=rule.pk)
    if locked.state == RuleState.LIVE:
        raise IllegalMove(_("rule"), str(RuleState.LIVE.label))
    refuse_stale(locked, revision, _kept_meanwhile(locked))
    if locked.state == RuleState.STOPPED:
        locked.version += 1
    withdraw_for(subject=locked, by=actor, reason=_("The rule was changed."))  # nobody blesses what they did not read
    _keep_its_gift(locked, definition)
    locked.changed_by = actor
    locked.name, locked.definition = name, definition
    return _keep(locked)


def _kept_meanwhile(rule: Rule) -> str:
    words = {"name": rule.name, "says": sentences.sentence(rule.says)}
    return (
        _(
            "Somebody changed this rule while you wrote; nothing was overwritten. “%(name)s” reads now: %(says)s "
            "Yours replaces it when you keep it once more."
        )
        % words
    )


def _keep_its_gift(rule: Rule, definition: dict[str, Any]) -> None:
    """Refuse another kind of gift once a rule was on: what its caps have counted would be neither fish nor fowl."""
    if not rule.spans.exists() or faults_of(definition):
        return
    before, now = rule.says.gives, read(definition).gives
    if before.gift != now.gift:
        message = _("It was on already: it cannot give something else. Write a new rule for that.")
        raise InvalidInput(message, errors={"gives": message})


def _keep(rule: Rule) -> Rule:
    rule.name = " ".join(rule.name.split())
    errors = checking.faults(rule.definition, of=rule)
    if not rule.name:
        errors["name"] = _("Give the rule a name.")
    if errors:
        raise InvalidInput(" ".join(errors.values()), errors=errors)
    rule.definition = read(rule.definition).kept()
    try:
        with transaction.atomic():
            rule.save()
    except IntegrityError as error:
        message = _("There is a rule with this name already.")
        raise InvalidInput(message, errors={"name": message}) from error
    return rule


def _may_write(actor: User) -> None:
    if not actor.has_perm(WRITE):
        raise NotAllowed(_("Only who runs the program, or the head of sales, can write rules."))


@transaction.atomic
def start_rule(*, rule: Rule, actor: User) -> Rule:
    """Switch a rule on, if the actor may and did not write it; otherwise ask for approval, which switches it on."""
    _may_write(actor)
    locked = _lock_to_start(rule.pk)
    moves.check(locked, RuleState.LIVE, moves=RULE_MOVES, noun=_("rule"))
    if errors := _faults_today(locked):
        raise InvalidInput(" ".join(errors.values()), errors=errors)
    if not actor.has_perm(START, locked):
        _ask_to_start(locked, actor)
        return locked
    withdraw_for(subject=locked, by=actor, reason=_("It was switched on directly."))
    return _start(locked, actor)


def _lock_to_start(pk: int) -> Rule:
    """Lock a rule, and all that listen to badges: two that close a circle together do not start at once.

    In the lane in which rules give: what is being given just now is counted, or gives by the rule as it then is.
    """
    enter_lane("rules")
    rows = Rule.objects.select_for_update().filter(Q(pk=pk) | Q(definition__topic=BADGE_GRANTED)).order_by("pk")
    return next(row for row in rows if row.pk == pk)


def _faults_today(rule: Rule) -> dict[str, str]:
    """Return what was right when it was written and is not any more: a team that is gone, a badge that is retired."""
    return checking.faults(rule.definition, of=rule)


def _ask_to_start(rule: Rule, actor: User) -> None:
    request(
        kind=ApprovalKind.FIELD_INCENTIVE,
        subject=rule,
        label=_("Switch on the rule “%(name)s”") % {"name": rule.name},
        url=rule.get_absolute_url(),
        requester=actor,
        reason=" ".join(part for part in (sentences.sentence(rule.says), limiting.first_for_few(rule)) if part),
    )


@transaction.atomic
def start_approved(*, rule_id: int, approver: User, read_at: dt.datetime) -> Rule | None:
    """Switch on a rule whose approval was given at `read_at`; None where it was switched on or changed since.

    None too where it makes no sense any more. Who wrote it hears of what keeps it off.
    """
    locked = _lock_to_start(rule_id)
    if locked.state == RuleState.LIVE:
        return None
    if locked.updated_at > read_at:
        _tell_author(locked, _("it was changed since. Ask again, for what it says now."))
        return None
    if errors := _faults_today(locked):
        _tell_author(locked, " ".join(errors.values()))
        return None
    return _start(locked, approver)


def _tell_author(rule: Rule, why: str) -> None:
    author = rule.changed_by or rule.created_by
    if author is None:
        return
    with as_reader(author.person):
        text = _("“%(name)s” was approved, but is not switched on: %(why)s") % {"name": rule.name, "why": why}
        key = f"rule-not-on:{rule.pk}:{rule.updated_at.isoformat()}"
        tell(person=author.person, kind=RULES, key=key, text=text, url=rule.get_absolute_url())


def _start(locked: Rule, actor: User) -> Rule:
    now = timezone.now()
    locked.approved_by, locked.live_since, locked.stopped_at = actor, now, None
    moves.move(
        locked,
        RuleState.LIVE,
        moves=RULE_MOVES,
        noun=_("rule"),
        also=["approved_by", "live_since", "stopped_at"],
    )
    RuleSpan.objects.create(
        rule=locked,
        version=locked.version,
        definition=locked.definition,
        topics=locked.says.topics,
        since=now,
        only=limiting.whom(locked),
        approved_by=actor,
    )
    tallying.catch_up(locked)
    emit("rule.started", subject=locked, actor_id=actor.person_id, payload={"version": locked.version})
    return locked


@transaction.atomic
def stop_all(*, actor: User) -> int:
    """Switch off every rule that is on; return how many."""
    _may_switch(actor)
    live = list(Rule.objects.select_for_update().filter(state=RuleState.LIVE).order_by("pk"))
    for rule in live:
        _stop(rule, actor)
    return len(live)


@transaction.atomic
def stop_rule(*, rule: Rule, actor: User) -> Rule:
    """Switch a rule off: what happened until now is still given for."""
    _may_switch(actor)
    return _stop(Rule.objects.select_for_update().get(pk=rule.pk), actor)


@transaction.atomic
def stop_with_its_pilot(key: str, by: User | None) -> None:
    """Switch a rule off because its pilot was stopped, or called off; one that is off stays as it is."""
    rule = Rule.objects.select_for_update().filter(public_id=key, state=RuleState.LIVE).first()
    if rule is not None:
        _stop(rule, by)


def _may_switch(actor: User) -> None:
    if not actor.has_perm(SWITCH):
        raise NotAllowed(_("Only the head of sales or an administrator can switch a rule on or off."))


def _stop(locked: Rule, actor: User | None) -> Rule:
    locked.stopped_at = timezone.now()
    moves.move(locked, RuleState.STOPPED, moves=RULE_MOVES, noun=_("rule"), also=["stopped_at"])
    locked.spans.filter(until__isnull=True).update(until=locked.stopped_at)
    actor_id = actor.person_id if actor else None
    emit("rule.stopped", subject=locked, actor_id=actor_id, payload={"version": locked.version})
    return locked
