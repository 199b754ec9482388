"""Sponsors: who runs the program keeps them, executives and the head of sales read them; a sponsor sees their own."""

import datetime as dt

from tests.factories.people import UserFactory
from tests.factories.sponsors import SponsorPledgeFactory, SponsorshipFactory
from tests.matrix import Row, api_row, only

RUN = ("marketer", "admin")
KEEP = (*RUN, "sales_head")
SEE = (*KEEP, "executive")
HIDDEN = dict.fromkeys(("rep", "support", "manager", "finance", "legal", "judge"), 404)
NEXT_YEAR = (dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=300)).isoformat()
PROMISE = {"kind": "announce", "words": "Open the kick-off", "due_on": NEXT_YEAR}
WORDS = {"subject": "Hello", "text": "Words", "revision": "0"}


def _sponsor(_cast):
    return {"public_id": SponsorshipFactory().public_id}


def _pledge(**more):
    return lambda _cast: {"public_id": SponsorPledgeFactory(due_on=NEXT_YEAR, **more).public_id}


def _of_executive(**more):
    """A promise of the cast's executive."""

    def make(cast):
        row = SponsorshipFactory(user=cast.executive)
        return {"public_id": SponsorPledgeFactory(sponsorship=row, due_on=NEXT_YEAR, **more).public_id}

    return make


def _kept(status, **more):
    """A page about a sponsor for who finds sponsors."""
    return Row(status, but={**HIDDEN, "executive": 403}, own=_sponsor, **more)


def _run(status, **more):
    """A page about a promise for who runs the program; here the executive is not its sponsor."""
    return Row(status, but={**HIDDEN, "sales_head": 403, "executive": 403}, own=_pledge(), **more)


def _answer(status, **more):
    """What only the new sponsor says, here the executive."""
    return Row(status, but={**HIDDEN, **dict.fromkeys(KEEP, 403)}, own=_of_executive(state="handed"), **more)


def _new_sponsor(_cast):
    return {"user": UserFactory().public_id, "backs": "program", "starts_on": "2026-01-05"}


def _heir(_cast):
    return {"to": UserFactory().public_id}


def _with_deputy(_cast):
    return {"public_id": SponsorshipFactory(deputy=UserFactory()).public_id}


def _other(_cast):
    return {"to": SponsorshipFactory().public_id}


def _api_new(_cast):
    return {"sponsor": UserFactory().public_id, "starts_on": "2026-01-05"}


def _api_promise(_cast):
    return {**PROMISE, "sponsorship": SponsorshipFactory().public_id}


def _api(status, but=None, **more):
    return api_row(status, but={**HIDDEN, **(but or {})}, **more)


NOT_RUN = {"sales_head": 403, "executive": 403}
SPONSORS = {
    "governance:sponsors": Row(**only(200, *SEE)),
    "governance:pledges": Row(**only(200, *SEE)),
    "governance:my-pledges": Row(200, but={"judge": 403}),
    "governance:sponsor-new": Row(**only(200, *KEEP)),
    "governance:sponsor-new POST": Row(**only(302, *KEEP), method="post", data=_new_sponsor),
    "governance:sponsor": Row(200, but=HIDDEN, own=_sponsor),
    "governance:sponsor-change": _kept(200),
    "governance:sponsor-change POST": _kept(302, method="post", data={"until": NEXT_YEAR}),
    "governance:sponsor-hand-over": _kept(200),
    "governance:sponsor-hand-over POST": _kept(302, method="post", data=_heir),
    "governance:sponsor-end": _kept(302, method="post"),
    "governance:sponsor-keep": _kept(302, method="post"),
    "governance:sponsor-to-deputy": Row(
        302, but={**HIDDEN, "executive": 403}, own=_with_deputy, method="post"
    ),
    "governance:pledge-new": Row(200, but={**HIDDEN, **NOT_RUN}, own=_sponsor),
    "governance:pledge-new POST": Row(302, but={**HIDDEN, **NOT_RUN}, own=_sponsor, method="post", data=PROMISE),
    "governance:pledge": Row(200, but=HIDDEN, own=_pledge()),
    "governance:pledge-change": _run(200),
    "governance:pledge-change POST": _run(302, method="post", data={**PROMISE, "revision": "1"}),
    "governance:pledge-done": _run(302, method="post"),
    "governance:pledge-tell": _run(200),
    "governance:pledge-tell POST": Row(
        302, but={**HIDDEN, "sales_head": 403}, own=_of_executive(), method="post",
        data=lambda _cast: {"on": dt.datetime.now(tz=dt.UTC).date().isoformat()},
    ),
    "governance:pledge-release": _run(200),
    "governance:pledge-release POST": _run(302, method="post", data={"because": "The event was called off"}),
    "governance:pledge-offer": Row(200, but={**HIDDEN, "executive": 403}, own=_pledge()),
    "governance:pledge-offer POST": Row(
        302, but={**HIDDEN, "executive": 403}, own=_pledge(), method="post", data=_other
    ),
    "governance:pledge-accept": _answer(302, method="post"),
    "governance:pledge-decline": _answer(200),
    "governance:pledge-decline POST": _answer(302, method="post", data={"because": "No time"}),
    "governance:pledge-text": _run(200),
    "governance:pledge-text POST": _run(302, method="post", data=WORDS),
    "governance:pledge-text-anew": _run(302, method="post"),
    "api:list_sponsors": api_row(200),
    "api:get_sponsor": _api(200, own=_sponsor),
    "api:create_sponsor": api_row(**only(201, *KEEP), data=_api_new),
    "api:hand_sponsor_over": _api(200, {"executive": 403}, own=_sponsor, data=_heir),
    "api:end_sponsor": _api(200, {"executive": 403}, own=_sponsor),
    "api:list_pledges": api_row(200),
    "api:get_pledge": _api(200, own=_pledge()),
    "api:create_pledge": _api(201, NOT_RUN, data=_api_promise),
    "api:change_pledge": _api(200, NOT_RUN, own=_pledge(), data={"words": "Close the kick-off"}),
    "api:finish_pledge": _api(200, NOT_RUN, own=_pledge(), data={"proof": "Forty heard it"}),
    "api:release_pledge": _api(200, NOT_RUN, own=_pledge(), data={"because": "Called off"}),
    "api:accept_pledge": _api(200, dict.fromkeys(KEEP, 403), own=_of_executive(state="handed")),
    "api:decline_pledge": _api(200, dict.fromkeys(KEEP, 403), own=_of_executive(state="handed"), data={}),
    "api:offer_pledge": _api(200, {"executive": 403}, own=_pledge(), data=_other),
}  # fmt: skip
