"""Badges: every colleague reads them; managers and above give them; the program looks after them."""

from tests.factories.incentives_badges import BadgeFactory, worn
from tests.matrix import Row, api_row, only

NO_JUDGE = {"judge": 403}
RUN = ("marketer", "sales_head", "admin")
GIVE = (*RUN, "manager", "executive")
NEW = {"name": "Fresh", "words": "For a good deed.", "picture": "star", "tone": "ok", "often": "once"}


def badge(cast):
    return {"public_id": BadgeFactory().public_id}


def grant(cast):
    return {"public_id": worn(person=cast.rep.person, actor=cast.executive).public_id}


def gift(cast):
    return {"to": cast.support.public_id, "words": "Well done"}


REASON = {"reason": "It was somebody else"}
MATRIX = {
    "incentives:colleague-options": Row(200, but=NO_JUDGE),
    "incentives:badges": Row(200, but=NO_JUDGE),
    "incentives:badge": Row(200, but=NO_JUDGE, own=badge),
    "incentives:new-badge": Row(**only(200, *RUN)),
    "incentives:new-badge POST": Row(**only(302, *RUN), method="post", data=NEW),
    "incentives:change-badge": Row(**only(200, *RUN), own=badge),
    "incentives:change-badge POST": Row(**only(302, *RUN), own=badge, method="post", data=NEW),
    "incentives:give-badge": Row(**only(200, *GIVE), own=badge),
    "incentives:give-badge POST": Row(**only(302, *GIVE), own=badge, method="post", data=gift),
    "incentives:retire-badge": Row(403, but={**dict.fromkeys(RUN, 302), "judge": 404}, own=badge, method="post"),
    "incentives:bring-back-badge": Row(403, but={**dict.fromkeys(RUN, 302), "judge": 404}, own=badge, method="post"),
    "incentives:revoke-badge": Row(**only(200, *RUN, "executive"), own=grant),
    "incentives:revoke-badge POST": Row(**only(302, *RUN, "executive"), own=grant, method="post", data=REASON),
    "api:list_badges": api_row(200, but=NO_JUDGE),
    "api:get_badge": api_row(200, but=NO_JUDGE, own=badge),
    "api:create_badge": api_row(**only(201, *RUN), data=NEW),
    "api:change_badge": api_row(**only(200, *RUN), own=badge, data={"words": "For two."}),
    "api:retire_badge": api_row(**only(200, *RUN), own=badge),
    "api:bring_back_badge": api_row(**only(200, *RUN), own=badge),
    "api:give_badge": api_row(**only(201, *GIVE), own=badge, data=gift),
    "api:list_badge_grants": api_row(200, but=NO_JUDGE),
    "api:get_badge_grant": api_row(200, but=NO_JUDGE, own=grant),
    "api:revoke_badge_grant": api_row(**only(200, *RUN, "executive"), own=grant, data=REASON),
    "api:list_badge_edits": api_row(200, but={"judge": 404}, own=badge),
}
