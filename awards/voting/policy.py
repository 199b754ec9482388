"""Numbers of the public vote that are policy."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

# So long after the announcement it can still be shown that a count was right; then who voted is forgotten.
FORGET_DAYS: Final = 60
# Links that nobody opened.
UNCONFIRMED_DAYS: Final = 7


@policy("awards.voting", _("Public votes of contests"))
class Figures:
    """The figures of this room."""

    confirm_hours: int = figure(
        24, _("A vote waits for its mail to be confirmed"), least=1, most=72, unit=_("hours"),
        influences=_("Until when a mailed link counts, also after the vote has closed; nothing is counted before."),
    )  # fmt: skip
    per_employer: int = figure(
        20, _("Votes that count from one company without a look"), least=1, most=10_000,
        influences=_("Further votes from addresses of that company are set aside. Stated on the page of the vote."),
    )  # fmt: skip
    per_network: int = figure(
        12, _("Votes that count from one network in a day without a look"), least=1, most=10_000,
        influences=_("Further ones of that day are set aside. Offices share a network."),
    )  # fmt: skip
    per_browser: int = figure(
        2, _("Votes that count from one browser without a look"), least=1, most=100,
        influences=_("Further ones are set aside."),
    )  # fmt: skip
    burst_votes: int = figure(
        25, _("Votes for one entry within minutes that are a burst"), least=2, most=10_000,
        influences=_("From this one on they are set aside, until it is calm again."),
    )  # fmt: skip
    burst_minutes: int = figure(
        10, _("A burst is counted over"), least=1, most=240, unit=_("minutes"),
        influences=_("Over how long votes for one entry are counted together."),
    )  # fmt: skip
    asks_per_hour: int = figure(
        4, _("Links to vote that one mailbox may ask for in an hour"), least=1, most=60,
        influences=_("Also, times ten, how many may come from one network."),
    )  # fmt: skip
    alternates: int = figure(
        2, _("Entries that may move up if the people’s choice declines"), least=0, most=10,
        influences=_("Counts from now on."),
    )  # fmt: skip


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
