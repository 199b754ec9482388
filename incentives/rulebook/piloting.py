"""Rules as things that a pilot tries (`PILOTABLES` in the wiring): those that are off can be chosen."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incentives.rulebook import limiting, services
from incentives.rulebook.enums import RuleState
from incentives.rulebook.models import Rule
from incentives.rulebook.selectors import for_customers, rules_visible_to
from refprogram.governance.pilots.enums import PilotKind
from refprogram.governance.pilots.things import Pilotable, Thing
from refprogram.people.models import User


def _thing(rule: Rule) -> Thing:
    is_on = rule.state == RuleState.LIVE
    return Thing(
        PilotKind.RULE,
        rule.public_id,
        rule.name,
        rule.get_absolute_url(),
        touches_customers=for_customers(rule.says),
        why_not=_("The rule is on: it gives to everybody already.") if is_on else "",
        standing="" if is_on else _("The rule is off. Switched on, it gives to the pilot’s people alone."),
    )


def _choices(user: User) -> Iterable[Thing]:
    return [_thing(rule) for rule in rules_visible_to(user).exclude(state=RuleState.LIVE).order_by("name")]


def _find(key: str) -> Thing | None:
    rule = Rule.objects.filter(public_id=key).first()
    return _thing(rule) if rule else None


PILOTABLE: Final = Pilotable(gettext_lazy("Rules"), _choices, _find, limiting.follow, services.stop_with_its_pilot)
