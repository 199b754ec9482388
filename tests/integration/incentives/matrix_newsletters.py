"""Newsletters: who runs the program makes them; every colleague reads what was sent."""

from incentives.newsletters.services import draft_issue, send_issue
from tests.matrix import Row, api_row, only

NO_JUDGE = {"judge": 403}
RUN = ("marketer", "sales_head", "admin")
READS_DRAFT = {**dict.fromkeys(RUN, 200), "judge": 403}
NEW = {"title": "November"}
WORDS = {"title": "November", "body": "Well done, all.", "revision": 0}


def draft(cast):
    return {"public_id": draft_issue(title="November", actor=cast.marketer).public_id}


def sent(cast):
    issue = draft_issue(title="November", actor=cast.marketer)
    return {"public_id": send_issue(issue=issue, actor=cast.marketer).public_id}


MATRIX = {
    "incentives:newsletters": Row(200, but=NO_JUDGE),
    "incentives:new-newsletter": Row(**only(200, *RUN)),
    "incentives:new-newsletter POST": Row(**only(302, *RUN), method="post", data=NEW),
    "incentives:newsletter": Row(404, but=READS_DRAFT, own=draft),
    "incentives:newsletter sent": Row(200, but=NO_JUDGE, own=sent),
    "incentives:edit-newsletter": Row(**only(200, *RUN), own=draft),
    "incentives:edit-newsletter POST": Row(**only(302, *RUN), own=draft, method="post", data=WORDS),
    "incentives:send-newsletter": Row(404, but=dict.fromkeys(RUN, 302), own=draft, method="post", data={"revision": 0}),
    "incentives:drop-newsletter": Row(404, but=dict.fromkeys(RUN, 302), own=draft, method="post"),
    "api:list_newsletters": api_row(200, but=NO_JUDGE),
    "api:get_newsletter": api_row(404, but=READS_DRAFT, own=draft),
    "api:draft_newsletter": api_row(403, but=dict.fromkeys(RUN, 201), data=NEW),
    "api:change_newsletter": api_row(**only(200, *RUN), own=draft, data={"title": "December"}),
    "api:send_newsletter": api_row(**only(200, *RUN), own=draft),
    "api:drop_newsletter": api_row(**only(200, *RUN), own=draft),
}
