"""Good moments to ask a customer: deals that were won lately."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import DateField, Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nominations import policy
from nominations.enums import OPEN_NOMINATIONS, NominationState
from nominations.models import Nomination
from references.accounts.enums import Membership, Stage
from references.models import Account, Opportunity
from refprogram.kernel.prepared import Given
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor


@dataclass(frozen=True)
class Moment:
    """A customer who is likely to say yes now, and why."""

    name: str
    why: str
    url: str


def form_url(account: Account) -> str:
    """Return the address of the form that nominates this account."""
    return f"{reverse('nominations:new')}?account={account.public_id}"


def good_moments(user: User, limit: int = 3) -> list[Moment]:
    """Return customers of whom this colleague won a deal lately, and whom nobody has nominated; one query."""
    today = timezone.localdate()
    won = _WON_LATELY(user, since=today - policy.now().good_moment, today=today)
    newest = sorted(won, key=lambda deal: deal.closes_on or dt.date.min, reverse=True)[:limit]
    return [Moment(deal.account.name, _won(deal, today), form_url(deal.account)) for deal in newest if deal.account]


def _won_lately(viewer: User) -> QuerySet[Opportunity]:
    taken = Nomination.objects.filter(account=OuterRef("account"), state__in=(NominationState.DRAFT, *OPEN_NOMINATIONS))
    won = Opportunity.objects.filter(
        ~Exists(taken),
        owner=viewer.pk,
        stage=Stage.WON,
        closes_on__range=(Given("since", DateField()), Given("today", DateField())),
        account__frozen=False,
        account__state__in=[Membership.IDENTIFIED, Membership.NOT_NOW, Membership.RETIRED],
    )
    return won.select_related("account").order_by("account", "-closes_on").distinct("account")


_WON_LATELY = PreparedFor(_won_lately)


def _won(deal: Opportunity, today: dt.date) -> str:
    days = (today - (deal.closes_on or today)).days
    return _("closed %(when)s") % {"when": rp.relative_words(-86400 * days) if days else _("today")}
