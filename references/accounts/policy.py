"""Numbers of this room that are policy rather than code: defaults here, changed on `/settings/program/`.

Source: research/features-references-incentives.md, section 1.D "Caps and cooldowns", "Fatigue index with forecast",
section 4.1 (states, bands, grace) and section 5 "Fatigue index".
"""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from references.accounts.enums import Tier
from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

RECOUNT: Final = "recount_rests"
# A verb on a whole list takes at most so many rows at once: each is a locked row and an event.
AT_ONCE: Final = 500
# Up to this an ask is light: a question by mail that any customer may get. It needs neither membership nor consent,
# nobody has to rest after it, and it is no reference given (a survey costs 3). Not a figure: it says what a kind of
# activity *is*; what each kind costs is in the catalogue.
LIGHT_EFFORT: Final = 5

_FATIGUE, _CAPS, _WORD, _CONSENT = _("Fatigue"), _("Caps and rest"), _("Still true?"), _("Consent and pauses")
_NAMES = _("Masked names")
_POINTS = _("points")


@policy("references.accounts", _("Rest, caps and consent"))
class Figures:
    """The figures of this room."""

    # The load of what was asked halves in this time (section 5).
    half_life: dt.timedelta = figure(
        dt.timedelta(days=45), _("The load of what was asked halves in"), least=7, most=365, group=_FATIGUE,
        influences=_("How fast customers are fresh again."), by_job=RECOUNT,
    )  # fmt: skip
    # Three calls of 40 on one day fill it (ours; section 1.B has the weights: quote 10, call 40, interview 50).
    capacity: int = figure(
        120, _("Effort that fills a customer"), least=20, most=10_000, unit=_POINTS, group=_FATIGUE,
        influences=_("What 100 on the fatigue index means."), by_job=RECOUNT,
    )  # fmt: skip
    # Capacity of a contact = min(customer cap, policy cap) in effort points (section 5): one ask of the cap is a call.
    ask_effort: int = figure(
        40, _("One ask of a contact’s cap counts as"), least=1, most=500, unit=_POINTS, group=_FATIGUE,
        influences=_("What 100 means for a contact: so many points for each ask that the cap allows."),
        by_job=RECOUNT,
    )  # fmt: skip
    # From this index on an account is shown as "asked a lot" (4.1); at the next it rests until its load has sunk.
    limited_from: int = figure(
        60, _("“Asked a lot” from a fatigue index of"), least=1, most=100, group=_FATIGUE,
        influences=_("The band that lists, matching and warnings show."),
    )  # fmt: skip
    rests_from: int = figure(
        100, _("Rests from a fatigue index of"), least=1, most=100, group=_FATIGUE,
        influences=_("When nobody may ask until the load has sunk."), by_job=RECOUNT,
    )  # fmt: skip
    # A "no" costs goodwill too (section 5: five points a decline).
    decline_effort: int = figure(
        5, _("What a “no” costs"), least=0, most=100, unit=_POINTS, group=_FATIGUE,
        influences=_("The load after an ask that the customer declined."), by_job=RECOUNT,
    )  # fmt: skip
    # Asks of one contact, unless the customer set another number, which always wins (1.D).
    asks_per_quarter: int = figure(
        2, _("Asks of one contact in a quarter, at most"), least=1, most=50, group=_CAPS,
        influences=_("The customer’s own cap always wins."), by_job=RECOUNT,
    )  # fmt: skip
    asks_per_year: int = figure(
        6, _("Asks of one contact in a year, at most"), least=1, most=200, group=_CAPS,
        influences=_("Who allows more in a quarter allows it in each."), by_job=RECOUNT,
    )  # fmt: skip
    kind_per_year: int = figure(
        4, _("Asks of one kind of one contact in a year, at most"), least=1, most=200, group=_CAPS,
        influences=_("Nobody gives the same talk all year. The customer’s own cap by kind wins."),
    )  # fmt: skip
    account_per_quarter: int = figure(
        6, _("Asks of one account in a quarter, at most"), least=1, most=200, group=_CAPS, by_job=RECOUNT,
        influences=_("All its people together, light asks left out."),
    )  # fmt: skip
    account_per_year: int = figure(
        20, _("Asks of one account in a year, at most"), least=1, most=500, group=_CAPS, by_job=RECOUNT,
        influences=_("All its people together, light asks left out."),
    )  # fmt: skip
    quarter: dt.timedelta = figure(
        dt.timedelta(days=91), _("A quarter has"), least=28, most=366, group=_CAPS,
        influences=_("The time in which caps count asks."), by_job=RECOUNT,
    )  # fmt: skip
    # Days of rest after an activity, by its effort: (up to these points, this many days).
    cooldowns: tuple[tuple[int, int], ...] = figure(
        ((LIGHT_EFFORT, 0), (10, 7), (40, 14), (60, 28)), _("Days of rest after an activity, by its effort"),
        least=0, most=366, unit=_("days"), group=_CAPS, by_job=RECOUNT,
        influences=_("When an account may be asked again after a reference."),
    )  # fmt: skip
    longest_cooldown: int = figure(
        42, _("Days of rest after what costs more"), least=0, most=366, unit=_("days"), group=_CAPS, by_job=RECOUNT
    )
    # How long an owner's "still true" holds (feature "Stale refresh": 90 or 180 days by tier), and how long after that
    # the account may still be asked (4.1: 30 days without an answer = unavailable).
    verify_every: Mapping[str, dt.timedelta] = figure(
        {
            Tier.PLATINUM: dt.timedelta(days=90),
            Tier.GOLD: dt.timedelta(days=90),
            Tier.SILVER: dt.timedelta(days=180),
            Tier.NONE: dt.timedelta(days=180),
        },
        _("An owner’s word holds for"), least=7, most=1100, group=_WORD,
        influences=_("When owners are asked “still true?”."),
    )  # fmt: skip
    verify_grace: dt.timedelta = figure(
        dt.timedelta(days=30), _("After that, they may still be asked for"), least=0, most=366, group=_WORD
    )
    # 4.1: who does not answer is reminded; their manager hears of it after a week.
    remind_owner: dt.timedelta = figure(
        dt.timedelta(days=7), _("Who has not answered is reminded after"), least=1, most=90, group=_WORD
    )
    remind_owner_again: dt.timedelta = figure(
        dt.timedelta(days=21), _("And once more after"), least=1, most=180, group=_WORD
    )
    tell_manager: dt.timedelta = figure(
        dt.timedelta(days=7), _("Their manager is told after"), least=1, most=90, group=_WORD
    )
    # What a customer agrees to holds for two years, and the program says so a month before it ends.
    consent_years: int = figure(
        2, _("What a customer agrees to holds for"), least=1, most=10, unit=_("years"), group=_CONSENT
    )
    consent_warning: dt.timedelta = figure(
        dt.timedelta(days=30), _("Its end is announced"), least=1, most=366, group=_CONSENT,
        influences=_("Days before the end: desk, lists and account pages."),
    )  # fmt: skip
    # "Not now" and "pause" on a customer's page.
    pause: dt.timedelta = figure(
        dt.timedelta(days=91), _("“Not now” and a pause last"), least=1, most=731, group=_CONSENT
    )
    # 4.1: who said no is not asked again for a year; an owner's word is asked for again before inviting after a month.
    block: dt.timedelta = figure(
        dt.timedelta(days=365), _("After a “no” nobody asks again for"), least=30, most=1830, group=_CONSENT
    )
    word_before_inviting: dt.timedelta = figure(
        dt.timedelta(days=30), _("An owner’s word is fresh enough to invite for"), least=1, most=366, group=_WORD,
        influences=_("Older ones are asked for again before the invitation goes out."),
    )  # fmt: skip
    # 1.A "Automatic freeze": so long before a contract renews nobody asks; so long after a solved escalation support is
    # invited to nominate the recovered customer.
    renewal_window: dt.timedelta = figure(
        dt.timedelta(days=60), _("A renewal freezes the account"), least=0, most=366, group=_CONSENT,
        influences=_("Days before the renewal. 0: not at all."),
    )  # fmt: skip
    recover_after: dt.timedelta = figure(
        dt.timedelta(days=30), _("After a solved escalation support may nominate after"), least=1, most=366,
        group=_CONSENT,
    )  # fmt: skip
    freeze_ends_soon: dt.timedelta = figure(
        dt.timedelta(days=7), _("A freeze ends soon within"), least=1, most=90, group=_CONSENT,
        influences=_("What the desk of who watches the account shows."),
    )  # fmt: skip

    # "Tiers, masked visibility" (1.A): colleagues outside see "Technology, EMEA" until they have a reason to know.
    # `selectors.access.MASKED` reads these in the database, where lists decide.
    masked: Mapping[str, bool] = figure(
        {Tier.PLATINUM: True, Tier.GOLD: False, Tier.SILVER: False},
        _("Names are masked"), group=_NAMES,
        influences=_("Who does not look after a customer of this tier sees what kind of company it is, not which."),
    )  # fmt: skip
    mask_least: int = figure(
        3, _("A mask fits at least so many references"), least=2, most=50, group=_NAMES,
        influences=_("Else it says less: the region or the size is left out."),
    )  # fmt: skip

    def check(self) -> dict[str, str]:
        """A customer is asked a lot before it is exhausted."""
        if self.limited_from > self.rests_from:
            return {"limited_from": gettext("Not above the index from which a customer rests.")}
        return {}


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)


def cooldown(effort: int, figures: Figures | None = None) -> dt.timedelta:
    """Return how long an account rests after an activity of this effort; none after an invitation (no effort)."""
    if effort <= 0:
        return dt.timedelta(0)
    known = figures or now()
    return dt.timedelta(days=next((days for limit, days in known.cooldowns if effort <= limit), known.longest_cooldown))


def verify_every(tier: str) -> dt.timedelta:
    """Return how long an owner's word holds for an account of this tier."""
    return now().verify_every[Tier(tier)]


def consent_until(given_on: dt.date) -> dt.date:
    """Return the day on which an agreement given today ends; 29 February ends on the 28th."""
    year = given_on.year + now().consent_years
    try:
        return given_on.replace(year=year)
    except ValueError:
        return given_on.replace(year=year, day=28)
