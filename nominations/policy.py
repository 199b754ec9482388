"""Numbers of this room that are policy rather than code: defaults here, changed on `/settings/program/`.

Source: research/features-references-incentives.md, 1.F and 4.3. Campaigns, waves and quotas have policies of their own.
"""

import datetime as dt
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from references.accounts.enums import Tier
from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

# Why somebody is nominated: a page at most; mails bring the beginning and lead to the rest. Ours.
LONGEST_WHY: Final = 4000
WHY_IN_MAIL: Final = 600

# Nobody but the screeners has to agree; else from which tier on the head of sales does.
NOBODY: Final = "nobody"
TIERS: Final = (Tier.SILVER, Tier.GOLD, Tier.PLATINUM)

_OWNER, _TIMES, _CREDIT, _DRAFTS = _("The owner’s word"), _("Times"), _("Nominated twice"), _("Drafts and open links")
_WORKING = _("working days")


@policy("nominations", _("Nominations"))
class Figures:
    """The figures of this room."""

    # "Must answer 2 d; then MGR" (4.3): a reminder, then it goes on, and the screener sees that nobody answered.
    remind_owner_after: int = figure(
        2, _("The account’s owner is reminded after"), least=1, most=30, unit=_WORKING, group=_OWNER
    )
    go_on_without_owner_after: int = figure(
        4, _("It goes on without the owner’s word after"), least=2, most=60, unit=_WORKING, group=_OWNER
    )
    word_holds: dt.timedelta = figure(
        dt.timedelta(days=30), _("A word that the customer is happy holds for"), least=1, most=365, group=_OWNER,
        influences=_("What is older is asked again before anybody writes to the customer."),
    )  # fmt: skip
    recheck_waits: int = figure(
        5, _("Asked again and not answered, it is parked after"), least=1, most=60, unit=_WORKING, group=_OWNER
    )
    strategic_from: str = figure(
        Tier.PLATINUM.value,
        _("The head of sales agrees to customers from this tier on"),
        choices=[(NOBODY, _("of no tier")), *((tier.value, tier.label) for tier in TIERS)],
        group=_OWNER,
    )

    nudge_nominator_after: int = figure(
        7, _("The nominator hears that the customer has not answered after"), least=1, most=90, unit=_WORKING,
        group=_TIMES,
    )  # fmt: skip
    ask_for_contact_after: int = figure(
        2, _("The nominator is asked for an address after"), least=1, most=90, unit=_WORKING, group=_TIMES
    )
    screen_within: dt.timedelta = figure(
        dt.timedelta(days=7), _("Screened within"), least=1, most=90, group=_TIMES,
        influences=_("When the queue turns amber."),
    )  # fmt: skip
    screen_hours: Decimal = figure(
        Decimal("0.5"), _("Working hours to screen one"), least=Decimal("0.25"), most=40, unit=_("hours"), group=_TIMES,
        influences=_("What nominations ask of the program, on “Work asked of us”."),
    )  # fmt: skip
    good_moment: dt.timedelta = figure(
        dt.timedelta(days=60), _("A won deal is a good moment for"), least=1, most=365, group=_TIMES
    )
    outcome_stays: dt.timedelta = figure(
        dt.timedelta(days=5), _("An outcome stays on the nominator’s desk for"), least=1, most=60, group=_TIMES
    )
    park_for: dt.timedelta = figure(
        dt.timedelta(days=60), _("Parked for, where nobody says how long"), least=1, most=730, group=_TIMES
    )

    take_seconds: bool = figure(
        True, _("A second nomination of the same customer is taken, and joined to the first"), group=_CREDIT
    )
    first_keeps: int = figure(
        60, _("Who was first keeps at least"), least=50, most=100, unit=_("percent of the credit"), group=_CREDIT
    )
    later_halves: dt.timedelta = figure(
        dt.timedelta(days=14), _("What a later one brings counts half after"), least=1, most=365, group=_CREDIT
    )

    draft_stays: dt.timedelta = figure(
        dt.timedelta(days=30), _("A draft that nobody takes up is dropped after"), least=1, most=365, group=_DRAFTS
    )
    asked_lately: dt.timedelta = figure(
        dt.timedelta(days=30), _("No draft of a customer who was asked for something in the last"), least=0, most=365,
        group=_DRAFTS,
    )  # fmt: skip
    link_lives: dt.timedelta = figure(
        dt.timedelta(days=180), _("An open link to nominate works for"), least=1, most=1095, group=_DRAFTS
    )
    per_link_and_hour: int = figure(
        30, _("Nominations by one open link in an hour, at most"), least=1, most=1000, group=_DRAFTS
    )

    def check(self) -> dict[str, str]:
        """An owner is reminded before it goes on without them."""
        if self.remind_owner_after >= self.go_on_without_owner_after:
            return {"remind_owner_after": gettext("Before it goes on without them.")}
        return {}

    @property
    def strategic_tiers(self) -> frozenset[str]:
        """The tiers of which the head of sales decides."""
        names = [tier.value for tier in TIERS]
        return frozenset(names[names.index(self.strategic_from) :]) if self.strategic_from in names else frozenset()


def now() -> Figures:
    """Return the figures as they are."""
    return current(Figures)
