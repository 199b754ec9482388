"""Nominating for something: a recruiting target, a campaign; whom the reader could name, and the way there and back."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from nominations.campaigns.selectors import asking
from nominations.models import Campaign
from nominations.moments import Moment, form_url
from references.accounts.segment_names import Names
from references.coverage import selectors as coverage
from references.coverage.enums import OPEN_PLANS
from references.models import RecruitingTarget, TargetPlan
from refprogram.people.models import User


@dataclass(frozen=True)
class Sought:
    """What an address says a customer is looked for; both may be None."""

    target: RecruitingTarget | None = None
    campaign: Campaign | None = None

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Return it as names and values of hidden fields."""
        found = (("target", self.target), ("campaign", self.campaign))
        return [(name, row.public_id) for name, row in found if row is not None]

    def carried(self, url: str) -> str:
        """Return the address, which leads on for the same."""
        if not url or not self.fields:
            return url
        return f"{url}{'&' if '?' in url else '?'}{urlencode(self.fields)}"


NOTHING = Sought()


def sought_of(query: Mapping[str, str], user: User) -> Sought:
    """Return what an address names: a target while it is open, a campaign while it asks this colleague."""
    campaign = query.get("campaign", "")
    return Sought(target_of(query), asking(user).filter(public_id=campaign).first() if campaign else None)


def target_of(query: Mapping[str, str]) -> RecruitingTarget | None:
    """Return the target that an address names, as long as it is open; None for none."""
    public_id = query.get("target", "")
    return coverage.open_target(public_id) if public_id else None


def plans_through(user: User) -> list[TargetPlan]:
    """Return the open plans to win a customer in which this colleague is the way to them: whom to nominate next."""
    rows = coverage.plans_visible_to(user).filter(connectors__user=user.pk, state__in=OPEN_PLANS)
    return list(rows.select_related("account").order_by("due_on", "pk").distinct()[:5])


def own_candidates(sought: Sought, user: User) -> list[Moment]:
    """Return the customers of the target's cell for whom this colleague answers, as good moments."""
    if sought.target is None:
        return []
    where = Names().cell(sought.target.cell)
    return [
        Moment(account.name, where, sought.carried(form_url(account)))
        for account in coverage.own_candidates(sought.target.cell, user)
    ]
