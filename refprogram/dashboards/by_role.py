"""What only some roles have on their desk: figures, the points owed, what customers agreed to."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.ledger import selectors as ledger_of
from incentives.ledger.views import LedgerList
from incentives.models import Posting
from references.accounts import policy
from references.accounts import selectors as accounts
from references.accounts.enums import FreezeKind
from references.accounts.models import Consent, Freeze
from references.accounts.views.lists import AccountList
from refprogram.dashboards import figures
from refprogram.dashboards.drill import rows_of
from refprogram.dashboards.history import Quarter
from refprogram.kernel.templatetags import rp
from refprogram.people.enums import Role
from refprogram.people.models import User

SHOWN: Final = 5
LATELY: Final = dt.timedelta(days=30)
HEADLINES: Final = {
    Role.EXECUTIVE: ("pipeline", "revenue", "references", "enrolled"),
    Role.SALES_HEAD: ("pipeline", "revenue", "answered", "enrolled"),
}


@dataclass(frozen=True)
class Agreements:
    """What legal watches: consents that end soon, those that came lately, accounts held for a legal matter."""

    ending: list[Consent] = field(default_factory=list)
    ending_url: str = ""
    recorded: list[Consent] = field(default_factory=list)
    held: list[Freeze] = field(default_factory=list)
    warning_days: int = field(default_factory=lambda: policy.now().consent_warning.days)


def headlines(user: User) -> list[figures.Stat]:
    """Return the few figures that this role is asked about."""
    only = HEADLINES.get(Role(user.role))
    return figures.stats(user, only) if only else []


def liability(user: User) -> list[figures.Stat]:
    """Return what the program owes in points: held, by how many, given and taken back this quarter."""
    if user.role != Role.FINANCE:
        return []
    quarter = Quarter.now()
    owed = ledger_of.liability(since=quarter.from_moment)
    ledger, since = reverse("incentives:ledger"), quarter.starts_on.isoformat()
    return [
        figures.Stat(
            _("Points owed"),
            rp.number(owed.held),
            _("All points that colleagues hold and have not spent: the sum of every balance in the ledger."),
            ledger,
            _("Ledger"),
        ),
        figures.Stat(
            _("Colleagues who hold points"),
            rp.number(owed.people),
            _("People with a balance above zero."),
            reverse("incentives:leaderboard"),
            _("Leaderboard"),
        ),
        figures.Stat(
            _("Given this quarter"),
            rp.number(owed.given),
            _("Points that count for this quarter, before what was taken back."),
            rows_of(LedgerList, day_after=since, reversal="no"),
            _("Entries of this quarter"),
        ),
        figures.Stat(
            _("Taken back this quarter"),
            rp.number(owed.taken_back),
            _("Points of entries of this quarter that undo an earlier one."),
            rows_of(LedgerList, day_after=since, reversal="yes"),
            _("What was taken back"),
        ),
    ]


def last_booked(user: User) -> list[Posting]:
    """Return the newest lines of the ledger, for finance."""
    if user.role != Role.FINANCE:
        return []
    return list(ledger_of.in_full(ledger_of.visible_to(user)).order_by("-id")[:SHOWN])


def agreements(user: User) -> Agreements | None:
    """Return what legal watches; three queries."""
    if user.role != Role.LEGAL:
        return None
    today, now = timezone.localdate(), timezone.now()
    consents = accounts.consents_visible_to(user).select_related(
        "contact__person", "contact__account", "recorded_by__person"
    )
    in_force = consents.filter(revoked_at__isnull=True, expires_on__gte=today)
    ending = in_force.filter(expires_on__lte=today + policy.now().consent_warning).order_by("expires_on", "pk")
    recorded = consents.filter(given_at__gte=now - LATELY).order_by("-given_at", "-pk")
    held = accounts.freezes_visible_to(user).filter(lifted_at__isnull=True, kind=FreezeKind.LEGAL)
    return Agreements(
        ending=list(ending[:SHOWN]),
        ending_url=rows_of(AccountList, consent="lapsing"),
        recorded=list(recorded[:SHOWN]),
        held=list(held.order_by("starts_at", "pk")[:SHOWN]),
    )
