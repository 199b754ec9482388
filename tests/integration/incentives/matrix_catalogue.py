"""The catalogue and one's own wishes: all but judges. The shelf, the queue and draws: who runs the program."""

import datetime as dt

from django.utils import timezone

from incentives.catalogue import services
from references.models import Contact
from tests.factories.incentives_catalogue import ItemFactory, asked, chosen, handed_over, opened_draw, ready
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory, ContactFactory
from tests.matrix import Row, api_row, only

NO_JUDGE = {"judge": 403}
RUNNERS = ("marketer", "admin")
HOLDERS = ("marketer", "sales_head", "admin")
SEERS = ("marketer", "finance", "admin")
OWED = ("marketer", "finance", "executive", "admin")
# Somebody's own redemption: theirs, and who sees all.
OWN = {**dict.fromkeys((*SEERS, "rep"), 200), **NO_JUDGE}
RUNS = {**dict.fromkeys(RUNNERS, 302), **NO_JUDGE, "rep": 403, "finance": 403}
API_RUNS = {**dict.fromkeys(RUNNERS, 200), **NO_JUDGE, "rep": 403, "finance": 403}
LOOKS = dict.fromkeys(("marketer", "sales_head", "executive", "legal", "finance", "admin", "rep", "manager"), 200)
THEIRS = {"rep": 404}
FORM = {"name": "Fresh", "kind": "voucher", "points": 5, "audience": "colleagues", "road": "reward"}
BODY = {"name": "Fresh", "kind": "voucher", "points": 5}
DRAW = {"name": "Summer", "prize": "A boat", "places": 1}


def item(cast):
    return {"public_id": ItemFactory().public_id}


def item_verb(cast):
    return {**item(cast), "verb": "take-out"}


def own(cast):
    return {"public_id": asked(cast.rep).public_id}


def foreign(cast):
    return {"public_id": asked(cast.other_team_rep).public_id}


def to_order(cast):
    return {"public_id": ready(cast.rep).public_id}


def to_order_verb(cast):
    return {**to_order(cast), "verb": "order"}


def on_its_way(cast):
    return {"public_id": services.order(redemption=ready(cast.rep), by=UserFactory(role="marketer")).public_id}


def failed(cast):
    by = UserFactory(role="marketer")
    row = services.order(redemption=ready(cast.rep), by=by)
    return {"public_id": services.fail(redemption=row, reason="Out of stock", by=by).public_id}


def there(cast):
    return {"public_id": handed_over(cast.rep).public_id}


def objected(cast):
    row = handed_over(cast.rep)
    services.dispute(redemption=row, person=cast.rep.person, words="Broken")
    return {"public_id": row.public_id}


def draw(cast):
    return {"public_id": opened_draw().public_id}


def draw_verb(cast):
    return {**draw(cast), "verb": "call-off"}


def account(cast):
    contact: Contact = ContactFactory(account=AccountFactory(owner=cast.rep))
    chosen(contact)
    return {"public_id": contact.account.public_id}


def contact(cast):
    return {"public_id": ContactFactory(account=AccountFactory(owner=cast.rep)).public_id}


def next_week(cast):
    return {**DRAW, "last_day": (timezone.localdate() + dt.timedelta(days=7)).isoformat()}


def next_week_api(cast):
    return {**DRAW, "closes_at": (timezone.now() + dt.timedelta(days=7)).isoformat()}


MATRIX = {
    "incentives:catalogue": Row(200, but=NO_JUDGE),
    "incentives:item": Row(200, but={"judge": 403}, own=item),
    "incentives:items": Row(**only(200, *RUNNERS)),
    "incentives:new-item": Row(**only(200, *RUNNERS)),
    "incentives:new-item POST": Row(**only(302, *RUNNERS), method="post", data=FORM),
    "incentives:change-item": Row(**only(200, *RUNNERS), own=item),
    "incentives:item-verb": Row(**only(302, *RUNNERS), own=item_verb, method="post"),
    "incentives:reward-queue": Row(**only(200, *SEERS)),
    "incentives:liability": Row(**only(200, *OWED)),
    "incentives:redemptions": Row(200, but=NO_JUDGE),
    "incentives:redemption": Row(404, but=OWN, own=own, foreign=foreign, foreign_but=THEIRS),
    "incentives:redemption-verb": Row(404, but=RUNS, own=to_order_verb, method="post", data={"reason": "A-1"}),
    "incentives:redemption-deliver": Row(**only(200, *RUNNERS), own=on_its_way),
    "incentives:redemption-object": Row(404, but={"rep": 200, **NO_JUDGE}, own=there),
    "incentives:redemption-answer": Row(**only(200, *RUNNERS), own=objected),
    "incentives:account-rewards": Row(404, but={**LOOKS, **NO_JUDGE}, own=account),
    "incentives:contact-rewards": Row(404, but={**LOOKS, **NO_JUDGE}, own=contact),
    "incentives:thank-contact": Row(**only(200, *RUNNERS), own=contact),
    "incentives:draws": Row(200, but=NO_JUDGE),
    "incentives:draw": Row(200, but=NO_JUDGE, own=draw),
    "incentives:draw-list": Row(404, but=NO_JUDGE, own=draw),
    "incentives:new-draw": Row(**only(200, *HOLDERS)),
    "incentives:new-draw POST": Row(**only(302, *HOLDERS), method="post", data=next_week),
    "incentives:draw-verb": Row(**only(302, *HOLDERS), own=draw_verb, method="post", data={"reason": "No prize"}),
    "api:list_reward_items": api_row(200, but=NO_JUDGE),
    "api:get_reward_item": api_row(200, but=NO_JUDGE, own=item),
    "api:add_reward_item": api_row(**only(201, *RUNNERS), data=BODY),
    "api:change_reward_item": api_row(**only(200, *RUNNERS), own=item, data=BODY),
    "api:restock_reward_item": api_row(**only(200, *RUNNERS), own=item, data={"more": 3}),
    "api:redeem_reward_item": api_row(409, but=NO_JUDGE, own=item, data={"said": {"address": "here"}}),
    "api:list_redemptions": api_row(200, but=NO_JUDGE),
    "api:get_redemption": api_row(404, but=OWN, own=own, foreign=foreign, foreign_but=THEIRS),
    "api:cancel_redemption": api_row(
        404, but={"rep": 200, "marketer": 200, "admin": 200, "finance": 403, **NO_JUDGE}, own=own
    ),
    "api:order_redemption": api_row(404, but=API_RUNS, own=to_order, data={"reference": "A-1"}),
    "api:fail_redemption": api_row(404, but=API_RUNS, own=on_its_way, data={"reason": "Out of stock"}),
    "api:retry_redemption": api_row(404, but=API_RUNS, own=failed),
    "api:deliver_redemption": api_row(404, but=API_RUNS, own=on_its_way, data={"note": "By mail"}),
    "api:give_back_redemption": api_row(404, but=API_RUNS, own=there, data={"reason": "Broken"}),
    "api:confirm_redemption": api_row(
        404, but={"rep": 200, **dict.fromkeys(SEERS, 403), **NO_JUDGE}, own=there, data={"worth": 4}
    ),
    "api:object_to_redemption": api_row(
        404, but={"rep": 200, **dict.fromkeys(SEERS, 403), **NO_JUDGE}, own=there, data={"words": "Broken"}
    ),
    "api:answer_redemption_objection": api_row(
        404, but=API_RUNS, own=objected, data={"corrected": False, "answer": "It works here"}
    ),
    "api:get_liability": api_row(**only(200, *OWED)),
    "api:list_draws": api_row(200, but=NO_JUDGE),
    "api:get_draw": api_row(200, but=NO_JUDGE, own=draw),
    "api:open_draw": api_row(**only(201, *HOLDERS), data=next_week_api),
    "api:call_off_draw": api_row(**only(200, *HOLDERS), own=draw, data={"reason": "No prize"}),
}
