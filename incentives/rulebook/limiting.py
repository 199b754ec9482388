"""Whom a rule gives to while it is tried: the people of its pilot alone, kept with the time in which that was so.

A span of a rule says whom it gave to (`RuleSpan.only`), so folding reads nothing more for it, and a replay gives what
was given. When that changes, the span ends and another begins, in the lane in which rules give.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.rulebook.enums import RuleState
from incentives.rulebook.models import Rule, RuleSpan
from incentives.rulebook.selectors import for_customers
from references.models import Contact
from refprogram.governance.pilots.enums import PilotKind
from refprogram.governance.pilots.selectors import cohort_of
from refprogram.kernel.stream import emit, enter_lane
from refprogram.people.models import User


def whom(rule: Rule) -> list[int] | None:
    """Return the persons whom a rule gives to alone for now; None: everybody.

    Of a rule for customers, those whom the pilot's people look after when it begins.
    """
    cohort = cohort_of(PilotKind.RULE, rule.public_id)
    if cohort is None:
        return None
    if for_customers(rule.says):
        return sorted(set(Contact.objects.filter(account__owner__in=cohort.users).values_list("person", flat=True)))
    return sorted(cohort.persons)


def first_for_few(rule: Rule) -> str:
    """Return the sentence for who approves a rule that is part of a pilot; empty for others."""
    if whom(rule) is None:
        return ""
    return _("First for the people of its pilot alone; for everybody as soon as that is rolled out.")


@transaction.atomic
def follow(key: str, by: User | None) -> None:
    """Let a rule that is on give from now on to whom its pilot says. Twice is once."""
    enter_lane("rules")
    rule = Rule.objects.select_for_update().filter(public_id=key, state=RuleState.LIVE).first()
    if rule is None:
        return
    span, only = rule.spans.get(until__isnull=True), whom(rule)
    if span.only == only:
        return
    now = timezone.now()
    span.until = now
    span.save(update_fields=["until"])
    RuleSpan.objects.create(
        rule=rule,
        version=span.version,
        definition=span.definition,
        topics=span.topics,
        since=now,
        only=only,
        approved_by=span.approved_by,
    )
    topic, payload = ("rule.for_all", {}) if only is None else ("rule.limited", {"people": len(only)})
    emit(topic, subject=rule, actor_id=by.person_id if by else None, payload=payload)
