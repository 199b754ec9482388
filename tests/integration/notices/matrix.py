"""Notices are everybody's own; the mail catcher is for who is signed in; the unsubscribe link for who holds it."""

from tests.factories.notices import NoticeFactory
from tests.matrix import Row

NOBODY = "000000000000000000-00000000"


def told_to_rep(cast):
    return {"public_id": NoticeFactory(person=cast.rep.person, url="/standings/").public_id}


def told_to_outsider(cast):
    return {"public_id": NoticeFactory(person=cast.other_team_rep.person).public_id}


def caught(cast):
    return {"name": NOBODY}


MATRIX = {
    "notices:list": Row(200),
    "notices:recent": Row(200),
    "notices:read-all": Row(302, method="post"),
    "notices:preferences": Row(200),
    "notices:preferences POST": Row(302, method="post", data={"time_zone": "Europe/Amsterdam"}),
    "notices:follow": Row(404, but={"rep": 302}, own=told_to_rep, foreign=told_to_outsider, foreign_but={"rep": 404}),
    "notices:read": Row(
        404, but={"rep": 302}, own=told_to_rep, foreign=told_to_outsider, foreign_but={"rep": 404}, method="post"
    ),
    "notices:caught-list": Row(200),
    "notices:caught": Row(404, own=caught),
    "notices:caught-html": Row(404, own=caught),
}
