"""By what the road before a customer is asked goes: the activity, the customer's tier, the deal. Its steps are data.

They lie in the chain "asking a customer" (`governance.approvals`); this says what its steps may go by, what one
candidate is in these terms, and on what a draft of the chain is tried.
"""

import datetime as dt
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from references.accounts.enums import Tier
from references.accounts.models import Account, ActivityType
from references.catalogue.enums import Agrees
from references.requests import policy
from references.requests.enums import CandidateState, Wanting
from references.requests.models import Candidate, ReferenceRequest
from refprogram.governance.approvals.enums import ApproverKind
from refprogram.governance.approvals.models import ChainStep, ChainVersion
from refprogram.governance.approvals.planning import Case, steps_of
from refprogram.governance.approvals.seats import Matter

# The most precious references: whoever is asked for them has to say yes; silence never does.
NEVER_BY_SILENCE: Final = (Tier.PLATINUM,)
NO_TIER: Final = "none"


def traits() -> list[tuple[str, str]]:
    """Return everything that a step may go by, with its label."""
    kinds = ActivityType.objects.order_by("position", "name").values_list("slug", "name")
    return [
        *((f"needs:{one.value}", _("What needs %(who)s") % {"who": one.label}) for one in Agrees),
        *((f"tier:{one.value or NO_TIER}", str(one.label)) for one in Tier),
        *((f"team:{one.value}", _("For %(team)s") % {"team": one.label}) for one in Wanting),
        *((f"activity:{slug}", name) for slug, name in kinds),
    ]


def matter_of(request: ReferenceRequest, account: Account) -> Matter:
    """Return what asking this customer for this request is, as far as it matters for who agrees.

    An amount that nobody knows counts as the largest. Without a deal there is none to know: the program's setting
    says whether that is the same (`policy.no_deal_unknown`), or counts as 0.
    """
    activity = request.activity
    return Matter(
        requester=request.requester,
        amount=_amount(request),
        owner=account.owner,
        carer=account.csm,
        traits=frozenset(
            {
                f"activity:{activity.slug}",
                f"tier:{account.tier or NO_TIER}",
                f"team:{request.wanting}",
                *(f"needs:{one}" for one in activity.approvals),
            }
        ),
        strict=account.tier in NEVER_BY_SILENCE,
    )


def _amount(request: ReferenceRequest) -> Decimal | None:
    if request.opportunity is not None:
        return request.opportunity.amount
    return None if policy.now().no_deal_unknown else Decimal(0)


def owner_step(version: ChainVersion) -> ChainStep | None:
    """Return the step at which the account's owner is asked, if the road has one."""
    return next((step for step in steps_of(version) if step.approver == ApproverKind.OWNER), None)


def lately(since: dt.datetime, most: int) -> list[Case]:
    """Return whom the program wanted to ask since then, newest first: what a draft of the chain is tried on."""
    rows = Candidate.objects.filter(created_at__gte=since, request__after_the_fact=False)
    rows = rows.exclude(state=CandidateState.LINED_UP).select_related(
        "request__requester__person", "request__requester__team__manager__person", "request__activity",
        "request__opportunity", "account__owner__person", "account__owner__team__manager__person",
        "account__csm__person",
    )  # fmt: skip
    return [_case(row) for row in rows.order_by("-pk")[:most]]


def _case(row: Candidate) -> Case:
    label = _("%(account)s: %(title)s") % {"account": row.account.name, "title": row.request.title}
    return Case(row.public_id, label, row.get_absolute_url(), matter_of(row.request, row.account))
