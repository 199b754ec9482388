"""Reading rules, and what they gave."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from incentives.rulebook.definition import Definition
from incentives.rulebook.enums import RuleState
from incentives.rulebook.models import Rule, RuleSpan
from incentives.rulebook.sentences import sentence
from incentives.rulebook.vocabulary import BY_TOPIC
from refprogram.kernel.labels import Label
from refprogram.kernel.prepared import Prepared
from refprogram.people.models import User


def rules_visible_to(user: User) -> QuerySet[Rule]:
    """Return the rules this user may read: all, or none."""
    return Rule.objects.all() if user.has_perm("incentives.view_rules") else Rule.objects.none()


def sentence_of(rule: Rule) -> str:
    """Return a rule as one reads it: "When a nomination is enrolled, the nominator gets 150 points, …"."""
    return sentence(rule.says)


_LIVE = Prepared(lambda: Rule.objects.filter(state=RuleState.LIVE).order_by("pk"))


def live_sentences() -> list[str]:
    """Return the rules that are on, in words: for everybody who can earn by them."""
    live = _LIVE()
    colleagues = [rule.says for rule in live if not for_customers(rule.says)]
    return [sentence(says) for says in sorted(colleagues, key=lambda says: -says.gives.amount)]


def for_customers(says: Definition) -> bool:
    """Whether a rule gives to customers."""
    occasion = BY_TOPIC.get(says.topic)
    return occasion is not None and says.who in occasion.who and occasion.who[says.who].customer


def spans_of(rule: Rule) -> list[RuleSpan]:
    """Return the times that a rule was on, the latest first."""
    return list(rule.spans.select_related("approved_by__person").order_by("-pk"))


def rule_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how rules are called in sentences."""
    may_open = viewer.has_perm("incentives.view_rules")
    return {
        pk: Label(name, reverse("incentives:rule", args=[public_id]) if may_open else "")
        for pk, name, public_id in Rule.objects.filter(pk__in=list(ids)).values_list("pk", "name", "public_id")
    }
