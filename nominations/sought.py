"""Nominating for a recruiting target: what is looked for, whom the reader could name, and the way there and back."""

from collections.abc import Mapping
from urllib.parse import urlencode

from nominations.moments import Moment, form_url
from references.accounts.segment_names import Names
from references.coverage import selectors as coverage
from references.coverage.enums import OPEN_PLANS
from references.models import RecruitingTarget, TargetPlan
from refprogram.people.models import User


def target_of(query: Mapping[str, str]) -> RecruitingTarget | None:
    """Return the target that an address names, as long as it is open; None for none."""
    public_id = query.get("target", "")
    return coverage.open_target(public_id) if public_id else None


def carried(url: str, target: RecruitingTarget | None) -> str:
    """Return the address, which leads on for the same target."""
    if target is None or not url:
        return url
    return f"{url}{'&' if '?' in url else '?'}{urlencode({'target': target.public_id})}"


def plans_through(user: User) -> list[TargetPlan]:
    """Return the open plans to win a customer in which this colleague is the way to them: whom to nominate next."""
    rows = coverage.plans_visible_to(user).filter(connectors__user=user.pk, state__in=OPEN_PLANS)
    return list(rows.select_related("account").order_by("due_on", "pk").distinct()[:5])


def own_candidates(target: RecruitingTarget, user: User) -> list[Moment]:
    """Return the customers of the target's cell for whom this colleague answers, as good moments."""
    where = Names().cell(target.cell)
    return [
        Moment(account.name, where, carried(form_url(account), target))
        for account in coverage.own_candidates(target.cell, user)
    ]
