"""Requests and candidates: pages, verbs, API. The rep of team north asks; the accounts are owned by somebody else."""

import datetime as dt

from django.utils import timezone

from references.accounts import clock
from references.requests import services
from tests.factories.content import approved
from tests.factories.people import UserFactory
from tests.factories.references import speaker
from tests.factories.requests import accepted, delivered, in_review, invited, owned_speaker, request_of
from tests.matrix import Row, api_row

OVERVIEW = ("sales_head", "executive", "finance", "legal")
UNSEEN = {"rep": 404, "manager": 404}
SOON = (clock.today() + dt.timedelta(days=20)).isoformat()


def seen(program=200, requester=200, others=200, unseen=404):
    """The answers about the rep's request: the program's people, the rep, others who see it, those who do not."""
    return {
        "everyone": unseen,
        "but": {
            **dict.fromkeys(("marketer", "admin"), program),
            **dict.fromkeys((*OVERVIEW, "manager"), others),
            "rep": requester,
        },
    }


def passed_on(requester):
    """Passed on to somebody else than any of the cast."""
    return services.pass_on(
        request=request_of(requester),
        colleague=UserFactory(),
        reason="Theirs",
        due_on=clock.today(),
        actor=UserFactory(),
    )


def missed(requester):
    """A conversation whose time has passed."""
    candidate = arranged(requester)
    candidate.scheduled_at = timezone.now() - dt.timedelta(hours=1)
    candidate.save()
    return candidate


def own(make):
    """The row of the rep's own."""
    return lambda cast: {"public_id": make(cast.rep).public_id}


def foreign(make):
    """The same of another team's rep."""
    return lambda cast: {"public_id": make(cast.other_team_rep).public_id}


def both(make):
    """Own and foreign object, and who does not see the foreign one."""
    return {"own": own(make), "foreign": foreign(make), "foreign_but": UNSEEN}


def asked_back(requester):
    return services.ask_back(request=request_of(requester), question="Which?", actor=UserFactory())


def matching(requester):
    return in_review(request_of(requester)).request


def held(requester):
    return delivered(request=request_of(requester)).request


def proposed(requester):
    return in_review(request_of(requester))


def customer_asked(requester):
    return invited(request=request_of(requester))


def agreed(requester):
    return accepted(request=request_of(requester), times=(_moment(),))


def arranged(requester):
    return services.schedule(candidate=agreed(requester), at=_moment(), actor=requester)


def done(requester):
    return delivered(request=request_of(requester))


def _moment():
    return timezone.now().replace(hour=12, minute=0, second=0, microsecond=0) + dt.timedelta(days=5)


def proposal(_cast):
    return {"account": owned_speaker().account.public_id}


def api_proposal(_cast):
    return {"account": speaker().account.public_id, "request": request_of().public_id}


def story(_cast):
    return {"story": approved().public_id}


def stories(_cast):
    return {"stories": [approved().public_id]}


def logged(cast):
    contact = owned_speaker(cast.rep)
    return {"contact": contact.public_id, "held_at": (timezone.now() - dt.timedelta(days=1)).isoformat()}


def onward(_cast):
    return {"colleague": UserFactory().public_id, "reason": "Theirs", "due_on": SOON}


HANDLED = seen(program=302, requester=403, others=403)
SHARED = seen(program=302, requester=302, others=403)
TEXT = {"text": "Because"}
AT = {"at": _moment().isoformat()}

PAGES = {
    "references:requests": Row(200, but={"judge": 403}),
    "references:request-new": Row(200, but={"judge": 403}),
    "references:request-deals": Row(200, but={"judge": 403}),
    "references:requests-at-risk": Row(403, but={"marketer": 200, "admin": 200}),
    "references:request-log": Row(200, but={"judge": 403}),
    "references:request-log-people": Row(200, but={"judge": 403}),
    "references:request-fits": Row(200, but={"judge": 403}, query="?activity=call"),
    "references:request": Row(**seen(), **both(request_of)),
    "references:request-matches": Row(**seen(requester=403, others=403), **both(request_of)),
    "references:request-left-out": Row(**seen(requester=403, others=403), **both(request_of)),
    "references:request-history": Row(**seen(), **both(request_of)),
    "references:request-edit": Row(**seen(others=403), **both(request_of)),
    "references:request-instead": Row(200, but={"judge": 403}, query="?activity=call"),
    "references:request-ladder": Row(**seen(others=403), **both(request_of)),
    "references:request-pass-on": Row(**seen(requester=403, others=403), **both(request_of)),
    "references:candidate-calendar": Row(**seen(), **both(arranged)),
    "references:candidate-brief": Row(**seen(others=403), **both(arranged)),
    "references:candidate-thanks": Row(**seen(requester=403, others=403), **both(done)),
}
VERBS = {
    "references:request-ask-back": Row(**HANDLED, **both(request_of), method="post", data=TEXT),
    "references:request-answer": Row(**SHARED, **both(asked_back), method="post", data=TEXT),
    "references:request-refuse": Row(**HANDLED, **both(request_of), method="post", data=TEXT),
    "references:request-not-filled": Row(**HANDLED, **both(matching), method="post", data=TEXT),
    "references:request-by-content": Row(
        **seen(program=302, requester=302, others=403), **both(request_of), method="post", data=story
    ),
    "references:request-settle": Row(**HANDLED, **both(passed_on), method="post", data=TEXT),
    "references:request-line-up": Row(**HANDLED, **both(matching), method="post", data=proposal),
    "references:request-withdraw": Row(**SHARED, **both(request_of), method="post", data=TEXT),
    "references:request-close": Row(**HANDLED, **both(held), method="post"),
    "references:request-propose": Row(**HANDLED, **both(request_of), method="post", data=proposal),
    "references:candidate-approve": Row(**HANDLED, **both(proposed), method="post"),
    "references:candidate-decline": Row(**HANDLED, **both(proposed), method="post", data={"reason_code": "bad_time"}),
    "references:candidate-said-yes": Row(**HANDLED, **both(customer_asked), method="post"),
    "references:candidate-said-no": Row(**HANDLED, **both(customer_asked), method="post"),
    "references:candidate-release": Row(**HANDLED, **both(proposed), method="post"),
    "references:candidate-schedule": Row(**SHARED, **both(agreed), method="post", data=AT),
    "references:candidate-held": Row(**SHARED, **both(agreed), method="post"),
    "references:candidate-no-show": Row(**SHARED, **both(missed), method="post", data={"side": "customer"}),
    "references:candidate-promise": Row(**SHARED, **both(arranged), method="post", data={"promised": "No names"}),
    "references:candidate-other-times": Row(**SHARED, **both(arranged), method="post", data=TEXT),
    "references:candidate-feedback": Row(**SHARED, **both(done), method="post", data={"rating": 5}),
}

API_HANDLED = seen(program=200, requester=403, others=403)
API_SHARED = seen(program=200, requester=200, others=403)
NEED = {"activity": "call", "purpose": "Northwind", "needed_by": SOON}
API = {
    "api:list_requests": api_row(200, but={"judge": 403}),
    "api:create_request": api_row(201, but={"judge": 403}, data=NEED),
    "api:log_reference": api_row(201, but={"judge": 403}, data=logged),
    "api:get_request": api_row(seen()["everyone"], but=seen()["but"], **both(request_of)),
    "api:change_request": api_row(404, but=seen(others=403)["but"], **both(request_of), data={"topics": "Start-up"}),
    "api:list_matches": api_row(404, but=API_HANDLED["but"], **both(request_of)),
    "api:ask_request_back": api_row(404, but=API_HANDLED["but"], **both(request_of), data=TEXT),
    "api:answer_request": api_row(404, but=API_SHARED["but"], **both(asked_back), data=TEXT),
    "api:refuse_request": api_row(404, but=API_HANDLED["but"], **both(request_of), data=TEXT),
    "api:give_up_request": api_row(404, but=API_HANDLED["but"], **both(matching), data=TEXT),
    "api:answer_request_by_content": api_row(404, but=API_SHARED["but"], **both(request_of), data=stories),
    "api:pass_request_on": api_row(404, but=API_HANDLED["but"], **both(request_of), data=onward),
    "api:settle_request": api_row(404, but=API_HANDLED["but"], **both(passed_on), data=TEXT),
    "api:line_customer_up": api_row(
        404, but=seen(program=201, requester=403, others=403)["but"], **both(matching), data=proposal
    ),
    "api:withdraw_request": api_row(404, but=API_SHARED["but"], **both(request_of), data=TEXT),
    "api:close_request": api_row(404, but=API_HANDLED["but"], **both(held)),
    "api:list_candidates": api_row(200, but={"judge": 403}),
    "api:create_candidate": api_row(403, but={"marketer": 201, "admin": 201}, data=api_proposal),
    "api:get_candidate": api_row(404, but=seen()["but"], **both(proposed)),
    "api:get_candidate_brief": api_row(404, but=seen(others=403)["but"], **both(arranged)),
    "api:keep_candidate_promise": api_row(404, but=API_SHARED["but"], **both(arranged), data=TEXT),
    "api:ask_candidate_for_other_times": api_row(404, but=API_SHARED["but"], **both(arranged), data=TEXT),
    "api:thank_candidate": api_row(404, but=API_HANDLED["but"], **both(done), data=TEXT),
    "api:approve_candidate": api_row(404, but=API_HANDLED["but"], **both(proposed)),
    "api:decline_candidate": api_row(404, but=API_HANDLED["but"], **both(proposed), data={"reason_code": "bad_time"}),
    "api:record_candidate_yes": api_row(404, but=API_HANDLED["but"], **both(customer_asked), data={"times": []}),
    "api:record_candidate_no": api_row(404, but=API_HANDLED["but"], **both(customer_asked), data={"pause": False}),
    "api:release_candidate": api_row(404, but=API_HANDLED["but"], **both(proposed), data=TEXT),
    "api:schedule_candidate": api_row(404, but=API_SHARED["but"], **both(agreed), data=AT),
    "api:hold_candidate": api_row(404, but=API_SHARED["but"], **both(agreed)),
    "api:note_candidate_absence": api_row(404, but=API_SHARED["but"], **both(missed), data={"side": "customer"}),
    "api:give_candidate_feedback": api_row(
        404, but=seen(program=201, requester=201, others=403)["but"], **both(done), data={"rating": 5}
    ),
}
MATRIX = {**PAGES, **VERBS, **API}
