"""By what steps go besides amounts: traits of a matter (`what:which`), which the room that asks supplies and names.

`settings.APPROVAL_TRAITS` names, per kind, a function that returns every trait with its label.
"""

from collections.abc import Callable, Collection, Iterable
from functools import cached_property

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from refprogram.governance.approvals.enums import SKIPS_OWN
from refprogram.governance.approvals.models import ChainStep
from refprogram.governance.approvals.seats import Hall, band_words, by_kind, covers, wanted_steps

Labelled = list[tuple[str, str]]


def traits_of(kind: str) -> Labelled:
    """Return the traits that steps of a kind may go by, with their labels; none for most kinds."""
    named = settings.APPROVAL_TRAITS.get(kind)
    if named is None:
        return []
    supply: Callable[[], Labelled] = import_string(named)
    return supply()


class TraitNames:
    """How the traits of one kind are called; read once, and only where a name is needed."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    @cached_property
    def known(self) -> dict[str, str]:
        """Every trait with its label."""
        return dict(traits_of(self.kind))

    def words(self, traits: Iterable[str]) -> str:
        """Return traits in words: "Case study or Video, Platinum"; empty for none."""
        kinds = by_kind(traits).values()
        return ", ".join(_(" or ").join(self.known.get(one, one) for one in named) for named in kinds)


def left_out(steps: Collection[ChainStep], hall: Hall, names: TraitNames, *, passes: bool) -> dict[int, str]:
    """Return why a matter does not call for a step, by the step's key; every other step is asked."""
    if not steps:
        return {}
    matter = hall.matter
    wanted = wanted_steps(steps, matter.amount, passes=passes, traits=matter.traits)
    found = {}
    for step in steps:
        if step.pk not in wanted:
            found[step.pk] = _why(step, hall, names)
        elif step.skip in SKIPS_OWN and hall.asks_themselves(step):
            found[step.pk] = _("They asked for it themselves")
    return found


def _why(step: ChainStep, hall: Hall, names: TraitNames) -> str:
    if step.only_for and covers(step, hall.matter.amount):
        return (_("Only for: %(what)s") % {"what": names.words(step.only_for)})[:200]
    return _("Only for amounts %(band)s") % {"band": band_words(step)}
