"""What an entrant may agree to when the entry is handed in: each use by itself, in the words that are kept with it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.contests.models import Contest
from awards.entries import policy
from references.accounts import clock, wording
from references.consents.enums import Audience, Channel, Scope
from references.consents.terms import TermSpec

DAYS_A_MONTH: Final = 30.44


@dataclass(frozen=True)
class Use:
    """One use of an entry: its sentence, and what others may be shown because of it."""

    name: str
    label: Any
    sentence: Any
    terms: tuple[TermSpec, ...]


def _public(*scopes: Scope, channels: tuple[Channel, ...]) -> tuple[TermSpec, ...]:
    return tuple(
        TermSpec(scope.value, channel.value, Audience.PUBLIC.value) for scope in scopes for channel in channels
    )


USES: Final = (
    Use(
        "winners_page", gettext_lazy("The winners’ page"),
        gettext_lazy("If our entry wins, %(us)s may name our company and the entry’s title on the public page of "
                     "%(contest)s, in its press release and at the award event."),
        _public(Scope.COMPANY, channels=(Channel.WEBSITE, Channel.PRESS, Channel.EVENT)),
    ),
    Use(
        "case_study", gettext_lazy("A case study"),
        gettext_lazy("%(us)s may write a case study from our entry and its results that we marked as publishable. We "
                     "read it before it is published."),
        (TermSpec(Scope.STORY.value, Channel.WEBSITE.value, Audience.PUBLIC.value, ask_first=True),
         TermSpec(Scope.METRICS.value, Channel.WEBSITE.value, Audience.PUBLIC.value, ask_first=True)),
    ),
    Use(
        "quote", gettext_lazy("A quote"),
        gettext_lazy("%(us)s may quote me by name and title with words from this entry. I see the quote before each "
                     "use."),
        tuple(
            TermSpec(scope.value, "", Audience.PUBLIC.value, ask_first=True)
            for scope in (Scope.QUOTE, Scope.NAME, Scope.TITLE)
        ),
    ),
    Use(
        "logo", gettext_lazy("Our logo"),
        gettext_lazy("%(us)s may show our logo where it names our company because of %(contest)s."),
        _public(Scope.LOGO, channels=(Channel.WEBSITE, Channel.EVENT)),
    ),
    Use(
        "leads", gettext_lazy("Sponsors"),
        gettext_lazy("%(us)s may give my name and business address to the sponsors of %(contest)s."),
        (),
    ),
)  # fmt: skip
BY_NAME: Final[Mapping[str, Use]] = {use.name: use for use in USES}


def until() -> dt.date:
    """Return until when what is agreed to today holds."""
    return clock.today() + dt.timedelta(days=round(policy.now().consent_months * DAYS_A_MONTH))


def sentence(use: Use, contest: Contest) -> str:
    """Return a use's sentence as the entrant reads it, and as it is kept."""
    return str(use.sentence) % {"us": wording.program_of(), "contest": contest.name}


def agreement(given: list[Use], contest: Contest, day: dt.date) -> str:
    """Return the whole text of what was agreed to, for the consent in references."""
    lines = [_("When entering %(contest)s I agreed:") % {"contest": contest.name}]
    lines += [f"– {sentence(use, contest)}" for use in given]
    lines.append(
        _("This holds until %(day)s. I can end it at any time, without giving a reason.")
        % {"day": date_format(day, "j F Y")}
    )
    return "\n".join(lines)
