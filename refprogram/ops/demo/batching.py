"""A tender that the rep needs names for: two customers said yes, one has not answered, one is not asked yet."""

import datetime as dt

from references.accounts.enums import Membership
from references.accounts.models import ActivityType, Contact
from references.consents.enums import Channel, Scope, UseAudience
from references.consents.models import ConsentTerm
from references.requests.enums import BatchKind, NameState
from references.requests.models import BatchName, RequestBatch
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk

ALLOWED = 2
TITLE = "Tender of the city hospital: planning software"
NOTE = "They want three names with a similar number of sites."


def build(maker: Maker, company: Company) -> None:
    """Write the batch and its names. Where nobody agreed to be named, it only waits."""
    mine = maker.apart("batches")
    batch = RequestBatch(
        name=TITLE, kind=BatchKind.RFP, wanted=3, needed_by=maker.today + dt.timedelta(days=18),
        requester=company.reps[0], activity=ActivityType.objects.get(slug="rfp"), note=NOTE,
        exclusive_from=maker.today, exclusive_until=maker.today + dt.timedelta(days=25),
        embargo_until=maker.today + dt.timedelta(days=40),
    )  # fmt: skip
    bulk(mine, [batch])
    speaking = _agreed(maker)
    states = [NameState.ALLOWED] * ALLOWED + [NameState.PROPOSED]
    at = mine.moment(maker.today - dt.timedelta(days=1))
    names = [
        BatchName(
            batch=batch, account_id=contact.account_id, contact=contact, state=state,
            answered_at=at if state == NameState.ALLOWED else None,
        )
        for contact, state in zip(speaking, states, strict=False)
    ]  # fmt: skip
    bulk(mine, names)
    requester = batch.requester.person_id
    maker.tell("batch.made", batch, at, account_id=None, actor_id=requester, requester=requester)


def _agreed(maker: Maker) -> list[Contact]:
    """People who may be named in a tender, one per account, in a steady order."""
    terms = ConsentTerm.objects.filter(
        scope=Scope.COMPANY, channel__in=["", Channel.RFP], audience__gte=UseAudience.PROSPECTS, territory="",
        revoked_at__isnull=True, expires_on__gt=maker.today, contact__state=Membership.ACTIVE,
        contact__account__frozen=False,
    )  # fmt: skip
    found: dict[int, Contact] = {}
    for term in terms.select_related("contact").order_by("pk"):
        found.setdefault(term.contact.account_id, term.contact)
        if len(found) > ALLOWED:
            break
    return list(found.values())
