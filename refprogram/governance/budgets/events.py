"""What this room emits."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic

OF_FUND = ("owner", "amount")
OF_COMMITMENT = ("fund", "owner", "amount", "subject_type", "subject_id")


def budget_readers(user: Any, event: Event) -> bool:
    """Who reads all budgets, and the owner of this one."""
    return bool(user.has_perm("governance.view_all_budgets") or user.pk == event.payload.get("owner"))


def _fund(name: str, sentence: Any, tone: str = "idle", icon: str = "coins", **more: Any) -> Topic:
    facts: dict[str, Any] = {"fields": OF_FUND, "money": ("amount",), "visible": budget_readers}
    return Topic(name, sentence, tone=tone, icon=icon, **facts, **more)


def _promise(name: str, sentence: Any, tone: str = "idle", icon: str = "coins", **more: Any) -> Topic:
    facts: dict[str, Any] = {"fields": OF_COMMITMENT, "money": ("amount",), "visible": budget_readers}
    return Topic(name, sentence, refs={"fund": "fund"}, tone=tone, icon=icon, **facts, **more)


TOPICS = [
    _fund("fund.requested", _("{actor} asked for {subject}: {amount}"), silent=True),
    _fund("fund.opened", _("{subject} is open with {amount}"), "ok"),
    _fund("fund.rejected", _("{subject} was not granted"), "stop", "x"),
    _fund("fund.allocated", _("{actor} changed what {subject} holds by {amount}"), "info", silent=True),
    _fund("fund.frozen", _("{actor} froze {subject}"), "rest", "snow", silent=True),
    _fund("fund.thawed", _("{actor} opened {subject} again"), "ok", silent=True),
    _fund("fund.closed", _("{actor} closed {subject}"), "rest", "check", silent=True),
    Topic(
        "budget.alert",
        _("{percent} % of {subject} is promised or spent"),
        fields=("owner", "percent"),
        visible=budget_readers,
        tone="wait",
        icon="flag",
    ),
    _promise("budget.committed", _("{amount} of {fund} was promised to {subject}"), "info", silent=True),
    _promise("budget.waiting", _("{subject} waits for {amount} from {fund}"), "wait", "clock", silent=True),
    _promise("budget.funded", _("{subject} has its {amount} from {fund} now"), "ok"),
    _promise("budget.spent", _("{amount} of {fund} was spent on {subject}"), "ok", "check", silent=True),
    _promise("budget.released", _("{amount} for {subject} went back to {fund}"), "rest", "undo"),
    _promise("budget.refunded", _("{amount} of {subject} came back to {fund}"), "rest", "undo", silent=True),
]
