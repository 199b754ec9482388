"""The room's numbers: weights of a match, service levels, limits. Defaults here, changed on `/settings/program/`.

Source: research/features-references-incentives.md 1.C, 4.2 and 5 (its own proposals), and the match page's mock-up.
"""

import datetime as dt
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from references.accounts.enums import OPEN_STAGES, Stage
from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

# What is published and takes less time than this (minutes) is sent; nobody has to meet for it.
MEETS_FROM: Final = 60
# What a need can say of a customer.
FITS: Final = (
    "industry", "product", "region", "size", "deal", "use_case", "persona", "competitor", "language",
)  # fmt: skip

_WEIGHTS, _FIT, _PAST = _("Weights of a match"), _("What fits"), _("How it went before")
_SHOWN, _TIMES, _FEEDBACK = _("What is shown"), _("Clocks and times"), _("Feedback")
_AGREES = _("Who agrees before a customer is asked")
_POINTS, _DAYS = _("points"), _("working days")


@policy("references.requests", _("Matching and requests"))
class Figures:
    """The figures of this room."""

    # A match is worth up to 100 points: how well it fits, how free the customer is, how well it went before, and
    # whose turn it is. Hard stops (freeze, pause, consent) are never points: they leave an account out.
    fit: int = figure(40, _("How well it fits"), least=0, most=100, unit=_POINTS, group=_WEIGHTS)
    availability: int = figure(25, _("How free the customer is"), least=0, most=100, unit=_POINTS, group=_WEIGHTS)
    track_record: int = figure(20, _("How well it went before"), least=0, most=100, unit=_POINTS, group=_WEIGHTS)
    fairness: int = figure(15, _("Whose turn it is"), least=0, most=100, unit=_POINTS, group=_WEIGHTS)

    # Fit is the share of these points that a customer reaches, out of those that the need says anything about.
    fit_industry: int = figure(12, _("Same industry"), least=0, most=100, unit=_POINTS, group=_FIT)
    fit_product: int = figure(12, _("Uses the product"), least=0, most=100, unit=_POINTS, group=_FIT)
    fit_region: int = figure(6, _("Same region"), least=0, most=100, unit=_POINTS, group=_FIT)
    fit_size: int = figure(5, _("Similar size"), least=0, most=100, unit=_POINTS, group=_FIT)
    fit_deal: int = figure(5, _("A similar deal"), least=0, most=100, unit=_POINTS, group=_FIT)
    fit_use_case: int = figure(8, _("Same use case"), least=0, most=100, unit=_POINTS, group=_FIT)
    fit_persona: int = figure(5, _("The right role speaks"), least=0, most=100, unit=_POINTS, group=_FIT)
    fit_competitor: int = figure(5, _("Chose us over the same competitor"), least=0, most=100, unit=_POINTS, group=_FIT)
    fit_language: int = figure(4, _("Speaks the language"), least=0, most=100, unit=_POINTS, group=_FIT)
    # Size, by the bands of the coverage map: the same one counts in full, the next larger or smaller one in part.
    size_next: int = figure(
        50, _("The next larger or smaller size counts"), least=0, most=100, unit=_("percent"), group=_FIT,
        influences=_("Sizes are those of the coverage map; the same one counts in full."),
    )  # fmt: skip
    # A won deal between half and twice the amount of this one is a similar one.
    deal_near: Decimal = figure(
        Decimal(2), _("A deal is similar up to"), least=1, most=20, unit=_("times the amount"), group=_FIT
    )

    # Track record: usefulness as requesters rated it (1-5). Two imagined ratings of 3.5 keep one single 5 from winning.
    prior_rating: Decimal = figure(
        Decimal("3.5"), _("Rating that newcomers begin with"), least=1, most=5, group=_PAST,
        influences=_("Keeps one single top rating from winning."),
    )  # fmt: skip
    prior_ratings: int = figure(2, _("It counts as so many ratings"), least=1, most=50, group=_PAST)
    # Of the 20 points, 14 are for usefulness, 6 for how often they said yes; one imagined yes gives newcomers the
    # doubt.
    usefulness: int = figure(14, _("For usefulness"), least=0, most=100, unit=_POINTS, group=_PAST)
    willingness: int = figure(6, _("For how often they said yes"), least=0, most=100, unit=_POINTS, group=_PAST)
    # Fairness: full after half a year without an ask ("idle pool": not asked in 180 days).
    idle_days: int = figure(
        180, _("Idle after so many days without an ask"), least=7, most=1100, unit=_("days"), group=_PAST,
        influences=_("Fairness counts in full from then on."),
    )  # fmt: skip

    # At most so many accounts are scored, those with the best stored facts first; so many are shown.
    scored: int = figure(
        200, _("Accounts that are scored"), least=25, most=500, group=_SHOWN,
        influences=_("More are found, but the page takes longer."),
    )  # fmt: skip
    shown: int = figure(25, _("Matches found"), least=5, most=100, group=_SHOWN)
    shown_first: int = figure(5, _("Matches shown at first"), least=1, most=50, group=_SHOWN)
    # A need must be halved at least before asking for fewer people is worth offering.
    relax_size: int = figure(2, _("“Fewer people” divides the size by"), least=2, most=20, group=_SHOWN)
    # Consent that ends within this time is said beside the match.
    consent_lapses: dt.timedelta = figure(
        dt.timedelta(days=30), _("Consent is said to lapse within"), least=1, most=366, group=_SHOWN
    )

    # Somebody of the program reacts within four working hours.
    reaction_minutes: int = figure(
        240, _("The program reacts within"), least=15, most=10_000, unit=_("working minutes"), group=_TIMES
    )
    # The clock: at risk when less than this is left of the time in which a customer should have agreed.
    at_risk: dt.timedelta = figure(
        dt.timedelta(days=1), _("At risk when less is left than"), least=0, most=30, group=_TIMES
    )
    # "Needed by" is proposed this many working days after the service level.
    slack_days: int = figure(
        5, _("“Needed by” is proposed after the service level by"), least=0, most=60, unit=_DAYS, group=_TIMES
    )
    # How many times a customer offers, and how far ahead.
    offered_times: int = figure(3, _("Times that a customer offers"), least=1, most=10, group=_TIMES)
    # Times proposed to tick: at these hours, on so many working days, the first one the working day after tomorrow.
    slot_hours: tuple[int, ...] = figure(
        (10, 15), _("Times are proposed at these hours"), least=0, most=23, group=_TIMES
    )
    slot_days: int = figure(3, _("Times are proposed on"), least=1, most=10, unit=_DAYS, group=_TIMES)
    times_within: dt.timedelta = figure(
        dt.timedelta(days=120), _("A time lies ahead by at most"), least=7, most=731, group=_TIMES
    )
    # The invitation asks for an answer within three days; how long the owner has is said by the chain of approvals.
    customer_days: int = figure(3, _("The customer answers within"), least=1, most=60, unit=_DAYS, group=_TIMES)

    # At most two reminders; silent for longer than the customer has, and the next in line is asked.
    remind_customer: tuple[int, ...] = figure(
        (1, 2), _("A silent customer is reminded after"), least=1, most=60, unit=_DAYS, group=_TIMES
    )
    backup_by_itself: bool = figure(
        False, _("With nobody in line, the best match is asked by itself"), group=_TIMES,
        influences=_("Otherwise the program is told, and asks somebody."),
    )  # fmt: skip
    self_serve_line: int = figure(
        3, _("Customers looked for where nobody of the program has to look first"), least=1, most=25, group=_TIMES
    )
    # A question to the requester: reminded once, and at last the request is taken back.
    question_reminder: int = figure(
        2, _("Who owes the program an answer is reminded after"), least=1, most=60, unit=_DAYS, group=_TIMES
    )
    question_ends: int = figure(
        5, _("Without an answer a request is taken back after"), least=1, most=120, unit=_DAYS, group=_TIMES
    )
    absences: int = figure(
        2, _("The requester says why again when the prospect stayed away"), least=1, most=10, unit=_("times"),
        group=_TIMES,
    )  # fmt: skip

    # A customer's hour is kept for deals that are far and large enough; content answers before.
    live_from_stage: str = figure(
        Stage.PROSPECTING.value, _("Customers speak from this stage of a deal on"),
        choices=[(stage.value, stage.label) for stage in OPEN_STAGES], group=_TIMES,
        influences=_("Before, stories and recorded answers are offered."),
    )  # fmt: skip
    live_from_amount: Decimal = figure(
        Decimal(0), _("Customers speak for deals from this amount on"), least=0, most=1_000_000_000, group=_TIMES
    )

    # Who agrees goes by the amount of the deal. An ask for no deal has none: what is at stake is not known.
    no_deal_unknown: bool = figure(
        True, _("An ask without a deal goes the way of an unknown amount"), group=_AGREES,
        influences=_("An unknown amount counts as the largest. Otherwise no deal counts as 0."),
    )  # fmt: skip

    # Feedback: who is silent is reminded after so many working days, and at last the request is closed without it (a
    # word that comes later is still taken).
    remind_of_feedback: tuple[int, ...] = figure(
        (4, 9), _("Who is silent is reminded after"), least=1, most=120, unit=_DAYS, group=_FEEDBACK
    )
    close_without_feedback: int = figure(
        14, _("Closed without feedback after"), least=1, most=240, unit=_DAYS, group=_FEEDBACK
    )
    # What a conversation really took counts instead of the usual, but within these bounds: somebody who
    # types 600 for 60 shall not put a customer to rest for half a year.
    effort_least: int = figure(
        50, _("A short conversation counts at least"), least=1, most=100, unit=_("% of its kind"), group=_FEEDBACK
    )
    effort_most: int = figure(
        300, _("A long conversation counts at most"), least=100, most=1000, unit=_("% of its kind"), group=_FEEDBACK
    )
    # A grade that calls for a look: somebody of ours asks what went wrong before anything is asked for again.
    bad_grade: int = figure(
        2, _("A grade is bad up to"), least=1, most=4, group=_FEEDBACK,
        influences=_("The account’s owner gets a task to find out why."),
    )  # fmt: skip
    look_within: int = figure(2, _("A bad grade is looked into within"), least=1, most=30, unit=_DAYS, group=_FEEDBACK)
    thank_within: int = figure(1, _("The owner thanks within"), least=1, most=30, unit=_DAYS, group=_FEEDBACK)
    # An agreed time has passed and nobody says whether they met: asked, then it counts as held.
    ask_if_held: int = figure(1, _("Asked whether it took place after"), least=1, most=30, unit=_DAYS, group=_FEEDBACK)
    held_by_itself: int = figure(
        5, _("Counts as held, without anybody’s word, after"), least=2, most=60, unit=_DAYS, group=_FEEDBACK,
        influences=_("Only where a time was agreed. Without one it ends as not held."),
    )  # fmt: skip
    # A requester who has said nothing this long after the reference was held owes it: consequences count that.
    feedback_owed_after: dt.timedelta = figure(
        dt.timedelta(days=10), _("Feedback is owed after"), least=1, most=120, group=_FEEDBACK,
        influences=_("What policies of consequences count."),
    )  # fmt: skip

    def check(self) -> dict[str, str]:
        """The parts make up the whole."""
        errors = {}
        if self.fit + self.availability + self.track_record + self.fairness != 100:
            errors["fit"] = gettext("The four weights have to make up 100.")
        if self.usefulness + self.willingness != self.track_record:
            errors["usefulness"] = gettext("Usefulness and willingness have to make up “How well it went before”.")
        if not sum(getattr(self, f"fit_{name}") for name in FITS):
            errors["fit_industry"] = gettext("Something has to count.")
        return errors


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
