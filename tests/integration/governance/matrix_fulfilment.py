"""Gifts: the program's people and who pays see all, others what they asked for; reference managers hand over."""

import datetime as dt

from django.utils import timezone

from refprogram.governance.approvals.enums import Verdict
from refprogram.governance.fulfilment import services
from tests.factories.gifts import approved_gift, asked_gift, decide, delivered_gift, gift_fund
from tests.matrix import Row, api_row

ALL = ("marketer", "sales_head", "executive", "finance", "legal", "admin")
HIDDEN = dict.fromkeys(("support", "manager", "judge"), 404)
API_HIDDEN = {**HIDDEN, "judge": 403}
# Who sees it and does not hand gifts over; of those, who asked for it may call it off.
NOT_HANDS = dict.fromkeys(("rep", "sales_head", "executive", "finance", "legal"), 403)
NOT_CONCERNED = dict.fromkeys(("sales_head", "executive", "finance", "legal"), 403)
NOT_BOOKS = dict.fromkeys(("rep", "sales_head", "executive", "legal"), 403)


def asked(cast):
    return {"public_id": asked_gift(requested_by=cast.rep).public_id}


def foreign(cast):
    return {"public_id": asked_gift(requested_by=cast.other_team_rep).public_id}


def ready(cast):
    return {"public_id": approved_gift(requested_by=cast.rep).public_id}


def ordered(cast):
    row = approved_gift(requested_by=cast.rep)
    services.order(fulfilment=row, by=cast.marketer)
    return {"public_id": row.public_id}


def delivered(cast):
    return {"public_id": delivered_gift(requested_by=cast.rep).public_id}


def returned(cast):
    row = delivered_gift(requested_by=cast.rep)
    services.take_back(fulfilment=row, by=cast.marketer, reason="Sent back")
    return {"public_id": row.public_id}


def homeless(cast):
    row = asked_gift(50, requested_by=cast.rep)
    decide(row, Verdict.APPROVE)
    return {"public_id": row.public_id}


def fund(cast):
    return {"fund": gift_fund().public_id}


def _page(status, own, but=None, **more):
    return Row(status, but={**HIDDEN, **(but or {})}, own=own, **more)


def _post(own, but, data=None):
    return _page(302, own, but, method="post", data=data or {})


def _api(status, own, but=None, **more):
    return api_row(status, but={**API_HIDDEN, **(but or {})}, own=own, **more)


WHY = {"reason": "Because"}
OTHER = {"kind": "appreciation", "item": "Tea", "value": "20", "reason": "Sold out"}
SOON = (timezone.localdate() + dt.timedelta(days=7)).isoformat()

FULFILMENT = {
    "governance:fulfilments": Row(200, but={"judge": 403}),
    "governance:fulfilment": Row(
        200,
        but=HIDDEN,
        own=asked,
        foreign=foreign,
        foreign_but={"rep": 404},
    ),
    "governance:fulfilment-order": _page(200, ready, NOT_HANDS),
    "governance:fulfilment-order POST": _post(ready, NOT_HANDS, {"reference": "A-1"}),
    "governance:fulfilment-schedule": _page(200, ready, NOT_HANDS),
    "governance:fulfilment-schedule POST": _post(ready, NOT_HANDS, {"on": SOON}),
    "governance:fulfilment-deliver": _page(200, ordered, NOT_HANDS),
    "governance:fulfilment-deliver POST": _post(ordered, NOT_HANDS, {"note": "Signed for"}),
    "governance:fulfilment-fund": _page(200, homeless, NOT_HANDS),
    "governance:fulfilment-fund POST": _post(homeless, NOT_HANDS, fund),
    "governance:fulfilment-refund": _page(200, returned, NOT_BOOKS),
    "governance:fulfilment-refund POST": _post(returned, NOT_BOOKS, {"amount": "100"}),
    "governance:fulfilment-substitute": _page(200, ready, NOT_HANDS),
    "governance:fulfilment-substitute POST": _post(ready, NOT_HANDS, OTHER),
    "governance:fulfilment-cancel-order": _page(200, ordered, NOT_HANDS),
    "governance:fulfilment-cancel-order POST": _post(ordered, NOT_HANDS, {"taken_back": "yes", **WHY}),
    "governance:fulfilment-acknowledge": _post(delivered, NOT_CONCERNED),
    "governance:fulfilment-refuse": _post(delivered, NOT_CONCERNED, WHY),
    "governance:fulfilment-return": _post(delivered, NOT_HANDS, WHY),
    "governance:fulfilment-cancel": _post(ready, NOT_CONCERNED, WHY),
    "governance:fulfilment-tax": _post(asked, NOT_BOOKS, {"taxable": "yes"}),
    "api:list_fulfilments": api_row(200, but={"judge": 403}),
    "api:get_fulfilment": api_row(200, but=API_HIDDEN, own=asked, foreign=foreign, foreign_but={"rep": 404}),
    "api:order_fulfilment": _api(200, ready, NOT_HANDS, data={"reference": "A-1"}),
    "api:schedule_fulfilment": _api(200, ready, NOT_HANDS, data={"on": SOON}),
    "api:deliver_fulfilment": _api(200, ordered, NOT_HANDS, data={"note": "Signed for"}),
    # Who may not hand it over may not see the fund either, or sees it and is refused.
    "api:choose_fund_for_fulfilment": _api(200, homeless, {**NOT_HANDS, "rep": 404, "legal": 404}, data=fund),
    "api:acknowledge_fulfilment": _api(200, delivered, NOT_CONCERNED),
    "api:refuse_fulfilment": _api(200, delivered, NOT_CONCERNED, data=WHY),
    "api:return_fulfilment": _api(200, delivered, NOT_HANDS, data=WHY),
    "api:refund_fulfilment": _api(200, returned, NOT_BOOKS, data={"amount": "100"}),
    "api:substitute_fulfilment": _api(201, ready, NOT_HANDS, data=OTHER),
    "api:cancel_fulfilment": _api(200, ready, NOT_CONCERNED, data=WHY),
    "api:cancel_order_of_fulfilment": _api(200, ordered, NOT_HANDS, data={"taken_back": True, **WHY}),
    "api:change_fulfilment": _api(200, asked, NOT_BOOKS, data={"taxable": True}),
}
