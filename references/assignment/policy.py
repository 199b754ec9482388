"""The room's numbers, changed on `/settings/program/`. Fit, availability and turns are weighed in `requests.policy`."""

from django.utils.translation import gettext_lazy as _

from references.accounts.enums import Tier
from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

# Customers of these tiers are kept back for requests that may use them (`ReferenceRequest.reserved`).
KEPT_BACK = (Tier.PLATINUM,)

_POINTS = _("points")


@policy("references.assignment", _("Assigning all requests at once"))
class Figures:
    """The figures of this room."""

    candidates: int = figure(
        200, _("Customers considered for each request"), least=5, most=500,
        influences=_("The best of all who may be asked; more of them rarely change anything."),
    )  # fmt: skip
    answered: int = figure(
        100, _("A request that is answered at all is worth"), least=0, most=1000, unit=_POINTS,
        influences=_("High: nobody goes without. Low: fewer, better matches."),
    )  # fmt: skip
    deal: int = figure(
        50, _("For the largest deal, a match counts more by"), least=0, most=500, unit=_("%"),
        influences=_("Smaller deals in proportion to their amount."),
    )  # fmt: skip
    keep_back: int = figure(
        25, _("Using a customer who is kept back costs"), least=0, most=1000, unit=_POINTS,
        influences=_("The highest tier, for requests that may not use reserves."),
    )  # fmt: skip


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
