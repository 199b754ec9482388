"""The public vote: pages for everybody, the manager's page, the count and its second person."""

from awards.models import ContestEntry
from awards.voting.keys import code_of
from tests.factories.votes import VoteFactory, vote_open, vote_over
from tests.matrix import Row, api_row, only

PROGRAM = ("marketer", "admin")
# Whoever certifies by default has a part: they read figures, and agree to them.
CERTIFIERS = ("sales_head", "executive")


def voting(cast):
    return vote_open("Routes", owner=cast.marketer)


def slug(cast):
    return {"slug": voting(cast).slug}


def entry(cast):
    contest = voting(cast)
    return {"slug": contest.slug, "code": code_of(ContestEntry.objects.get(contest=contest).public_id)}


def over(cast):
    contest = voting(cast)
    VoteFactory(entry=ContestEntry.objects.get(contest=contest))
    return vote_over(contest)


def group(cast):
    return {"slug": voting(cast).slug, "verb": "aside"}


def counting(cast):
    return {"slug": over(cast).slug, "verb": "count"}


def agreeing(cast):
    return {"slug": over(cast).slug, "verb": "agree"}


def contest_id(cast):
    return {"public_id": voting(cast).public_id}


def beside(cast):
    return {"slug": voting(cast).slug, "verb": "beside"}


NETWORK = {"flag": "network", "key": "ab"}
MATRIX = {
    "awards:vote": Row(200, anonymous=200, own=slug),
    "awards:vote-for": Row(200, anonymous=200, own=entry),
    "awards:vote-for POST": Row(422, anonymous=422, own=entry, method="post", data={"email": "nobody"}),
    "awards:votes": Row(**only(200, *PROGRAM, *CERTIFIERS), own=slug),
    "awards:votes-list": Row(**only(200, *PROGRAM), own=slug),
    "awards:votes-void": Row(**only(200, *PROGRAM), own=slug, query="?flag=network&key=ab"),
    "awards:votes-void POST": Row(
        **only(302, *PROGRAM), own=slug, method="post", data={**NETWORK, "reason": "Robots."}
    ),
    "awards:votes-group": Row(**only(302, *PROGRAM), own=group, method="post", data=NETWORK),
    "awards:votes-result": Row(**only(302, *PROGRAM), own=counting, method="post"),
    "awards:votes-result POST": Row(**only(302, *CERTIFIERS), own=agreeing, method="post", data={"seen": "x"}),
    "awards:votes-result beside": Row(**only(302, *PROGRAM), own=beside, method="post", data={"reason": "The event."}),
    "api:get_contest_votes": api_row(
        403, but={**dict.fromkeys((*PROGRAM, *CERTIFIERS), 200), "judge": 404}, own=contest_id
    ),
}
