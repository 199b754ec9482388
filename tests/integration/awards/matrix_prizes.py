"""Prizes: for who runs the contest; the winner's page opens by a signed link (test_prizes)."""

from tests.factories.prizes import offered, taken, won
from tests.matrix import Row, api_row, only

PROGRAM = ("marketer", "admin")
INSTEAD = {"kind": "voucher", "item": "A voucher", "value": "50"}


def _of(grant):
    return {"slug": grant.award.contest.slug, "public_id": grant.public_id}


def contest(cast):
    return {"slug": offered(owner=cast.marketer).award.contest.slug}


def grant(cast):
    return _of(offered(owner=cast.marketer))


def reminding(cast):
    return {**grant(cast), "verb": "remind"}


def granting(cast):
    return {"slug": won(owner=cast.marketer).contest.slug, "verb": "grant"}


def contest_id(cast):
    return {"public_id": taken(owner=cast.marketer).award.contest.public_id}


def grant_id(cast):
    return {"public_id": taken(owner=cast.marketer).public_id}


def open_id(cast):
    return {"public_id": offered(owner=cast.marketer).public_id}


def page(own):
    """A page of who runs the contest."""
    return Row(**only(200, *PROGRAM), own=own)


def press(own, **options):
    """A button of who runs the contest."""
    return Row(**only(302, *PROGRAM), own=own, method="post", **options)


PAGES = {
    "awards:prizes": page(contest),
    "awards:prizes-fund": page(contest),
    "awards:prizes-fund POST": press(contest, data={"fund": ""}),
    "awards:prizes-verb": press(granting),
    "awards:prize-grant": page(grant),
    "awards:prize-arrange": page(grant),
    "awards:prize-arrange POST": press(grant, data={"where": "Lisbon"}),
    "awards:prize-instead": page(grant),
    "awards:prize-instead POST": press(grant, data=INSTEAD),
    "awards:prize-told": page(grant),
    "awards:prize-told POST": press(grant, data={"answer": "refuse"}),
    "awards:prize-verb": press(reminding),
}
API = {
    "api:list_contest_grants": api_row(403, but={**dict.fromkeys(PROGRAM, 200), "judge": 404}, own=contest_id),
    "api:get_grant": api_row(404, but=dict.fromkeys(PROGRAM, 200), own=grant_id),
    "api:arrange_grant": api_row(404, but=dict.fromkeys(PROGRAM, 200), own=grant_id, data={"where": "Lisbon"}),
    "api:offer_grant": api_row(404, but=dict.fromkeys(PROGRAM, 200), own=open_id, data=INSTEAD),
}
MATRIX = {**PAGES, **API}
