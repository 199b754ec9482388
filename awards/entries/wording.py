"""What an entrant may agree to when the entry is handed in: each use by itself, in the words that are kept with it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.contests.models import Contest, Sponsor
from awards.entries import policy
from references.accounts import clock, wording
from references.consents.enums import Channel, Scope, UseAudience
from references.consents.terms import TermSpec

DAYS_A_MONTH: Final = 30.44


@dataclass(frozen=True)
class Use:
    """One use of an entry: its sentence, and what others may be shown because of it.

    `name` is what forms call it; `kept` what the agreement is kept as, where that differs.
    """

    name: str
    label: Any
    sentence: Any
    terms: tuple[TermSpec, ...]
    kept: str = ""
    sponsor: Sponsor | None = None

    @property
    def key(self) -> tuple[str, int | None]:
        """By what its agreement is found among those of an entry."""
        return self.kept or self.name, self.sponsor.pk if self.sponsor is not None else None


def _public(*scopes: Scope, channels: tuple[Channel, ...]) -> tuple[TermSpec, ...]:
    return tuple(
        TermSpec(scope.value, channel.value, UseAudience.PUBLIC.value) for scope in scopes for channel in channels
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
        (TermSpec(Scope.STORY.value, Channel.WEBSITE.value, UseAudience.PUBLIC.value, ask_first=True),
         TermSpec(Scope.METRICS.value, Channel.WEBSITE.value, UseAudience.PUBLIC.value, ask_first=True)),
    ),
    Use(
        "quote", gettext_lazy("A quote"),
        gettext_lazy("%(us)s may quote me by name and title with words from this entry. I see the quote before each "
                     "use."),
        tuple(
            TermSpec(scope.value, "", UseAudience.PUBLIC.value, ask_first=True)
            for scope in (Scope.QUOTE, Scope.NAME, Scope.TITLE)
        ),
    ),
    Use(
        "logo", gettext_lazy("Our logo"),
        gettext_lazy("%(us)s may show our logo where it names our company because of %(contest)s."),
        _public(Scope.LOGO, channels=(Channel.WEBSITE, Channel.EVENT)),
    ),
)  # fmt: skip
# Asked only where the public votes.
VOTE: Final = Use(
    "public_vote", gettext_lazy("The public vote"),
    gettext_lazy("%(us)s may show our company, the entry’s title, its summary and the results that we marked as "
                 "publishable on the page where everybody votes at %(contest)s."),
    _public(Scope.COMPANY, channels=(Channel.WEBSITE,)),
)  # fmt: skip
BY_NAME: Final[Mapping[str, Use]] = {use.name: use for use in (*USES, VOTE)}
LEADS: Final = "leads"


def uses_of(contest: Contest) -> tuple[Use, ...]:
    """Return what an entrant of this contest is asked: uses of every contest, the public vote, each sponsor by name."""
    sponsors = Sponsor.objects.filter(contest=contest, takes_leads=True).order_by("pk")
    vote = (VOTE,) if contest.people_choice else ()
    return (*USES, *vote, *(_naming(sponsor) for sponsor in sponsors))


def _naming(sponsor: Sponsor) -> Use:
    return Use(
        f"{LEADS}-{sponsor.public_id}", _("%(sponsor)s may write to me") % {"sponsor": sponsor.name},
        gettext_lazy("%(us)s may give my name, my company and my business address to %(sponsor)s, a sponsor of "
                     "%(contest)s."),
        (), kept=LEADS, sponsor=sponsor,
    )  # fmt: skip


def until() -> dt.date:
    """Return until when what is agreed to today holds."""
    return clock.today() + dt.timedelta(days=round(policy.now().consent_months * DAYS_A_MONTH))


def sentence(use: Use, contest: Contest) -> str:
    """Return a use's sentence as the entrant reads it, and as it is kept."""
    sponsor = use.sponsor.name if use.sponsor is not None else ""
    return str(use.sentence) % {"us": wording.program_of(), "contest": contest.name, "sponsor": sponsor}


def agreement(given: list[Use], contest: Contest, day: dt.date) -> str:
    """Return the whole text of what was agreed to, for the consent in references."""
    lines = [_("When entering %(contest)s I agreed:") % {"contest": contest.name}]
    lines += [f"– {sentence(use, contest)}" for use in given]
    lines.append(
        _("This holds until %(day)s. I can end it at any time, without giving a reason.")
        % {"day": date_format(day, "j F Y")}
    )
    return "\n".join(lines)
