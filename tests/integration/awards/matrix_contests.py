"""Contests, their public pages, and what account teams read: who gets which answer.

Announced contests are for every colleague; drafts for who runs contests, and who has a part in one.
"""

import datetime as dt

from django.utils import timezone

from awards.contests import services
from awards.contests.enums import ContestState
from references.accounts import clock
from refprogram.kernel.files import services as files
from tests import hostile
from tests.factories.contests import (
    CategoryFactory,
    ContestFactory,
    PrizeFactory,
    QuestionFactory,
    SponsorFactory,
    moved,
    opened,
)
from tests.matrix import Row, api_row, only

PROGRAM = ("marketer", "admin")
# Whoever certifies by default has a part, and sees drafts.
CERTIFIERS = ("sales_head", "executive")
COLLEAGUES = ("rep", "support", "manager", "finance", "legal", "other_team_rep")
EVENT = (timezone.now() + dt.timedelta(days=400)).strftime("%Y-%m-%dT19:00")
DAY = (clock.today() + dt.timedelta(days=30)).isoformat()


def draft(cast):
    return ContestFactory(owner=cast.marketer)


def announced(cast):
    contest = draft(cast)
    CategoryFactory(contest=contest)
    services.announce(contest, by=cast.marketer)
    return contest


def slug(cast):
    return {"slug": announced(cast).slug}


def hidden(cast):
    return {"slug": draft(cast).slug}


def taking(cast):
    return {"slug": opened(draft(cast)).slug}


def over(cast):
    return {"slug": moved(draft(cast), ContestState.CLOSED).slug}


def item(cast):
    contest = announced(cast)
    return {"slug": contest.slug, "public_id": contest.plan.first().public_id}


def member(cast):
    contest = announced(cast)
    made = services.add_member(contest, user=cast.rep, part="press", by=cast.marketer)
    return {"slug": contest.slug, "pk": made.pk}


def idea(cast):
    contest = announced(cast)
    return {
        "slug": contest.slug,
        "public_id": services.propose_name(contest, name="Proof", by=cast.marketer).public_id,
    }


def category(cast):
    contest = announced(cast)
    return {"slug": contest.slug, "public_id": contest.categories.get().public_id}


def prize(cast):
    contest = announced(cast)
    return {"slug": contest.slug, "public_id": PrizeFactory(contest=contest).public_id}


def sponsor(cast):
    contest = announced(cast)
    return {"slug": contest.slug, "public_id": SponsorFactory(contest=contest).public_id}


def question(cast):
    contest = announced(cast)
    return {"slug": contest.slug, "public_id": QuestionFactory(contest=contest).public_id}


def verbed(make, verb, name="verb"):
    return lambda cast: {**make(cast), name: verb}


def seen(answer=200, **more):
    """For every colleague once it is announced; a draft only for who runs contests."""
    foreign_but = dict.fromkeys(COLLEAGUES, 404)
    return Row(answer, but={"judge": 403}, own=slug, foreign=hidden, foreign_but=foreign_but, **more)


def run(answer, own, **more):
    return Row(**only(answer, *PROGRAM), own=own, **more)


def work(answer, own, **more):
    return Row(**only(answer, *PROGRAM, *CERTIFIERS), own=own, **more)


def press(own, **more):
    return run(302, own, method="post", **more)


def of_category(cast):
    contest = announced(cast)
    return {"slug": contest.slug, "category": contest.categories.get().slug}


def logo(cast):
    """A sponsor with a logo that is handed out to everybody."""
    contest = announced(cast)
    upload = hostile.upload("logo.png", hostile.picture("PNG"))
    file = files.store(upload=upload, purpose="sponsor_logo", user=cast.marketer)
    made = services.add_sponsor(contest, name="Nordvik", tier="lead", logo=file, by=cast.marketer)
    return {"slug": contest.slug, "public_id": made.public_id}


PAGES = {
    "awards:contests": Row(200, but={"judge": 403}),
    "awards:contest-colleagues": Row(200, but={"judge": 403}),
    "awards:contest-new": Row(**only(200, *PROGRAM)),
    "awards:contest-new POST": Row(
        **only(302, *PROGRAM),
        method="post",
        data={
            "name": "Proof",
            "series": "Proof",
            "year": 2031,
            "audience": "customers",
            "event_at": EVENT,
            "zone": "Europe/Berlin",
        },
    ),
    "awards:contest": seen(),
    "awards:contest-field": seen(),
    "awards:contest-questions": seen(),
    "awards:question-ask": seen(302, method="post", data={"text": "May partners enter?"}),
    "awards:contest-plan": work(200, slug),
    "awards:contest-concept": work(200, slug),
    "awards:contest-settings": run(200, slug),
    "awards:contest-texts": run(200, slug),
    "awards:contest-texts POST": press(slug, data={"name": "The Proof Awards"}),
    "awards:contest-cancel": run(200, slug),
    "awards:contest-cancel POST": press(slug, data={"reason": "No money."}),
    "awards:contest-to-draft": run(200, slug),
    "awards:contest-to-draft POST": press(slug, data={"reason": "Too early."}),
    "awards:contest-close-early": run(200, taking),
    "awards:contest-reopen": run(200, over),
    "awards:contest-step": press(verbed(slug, "open")),
    "awards:plan-new": run(200, slug),
    "awards:plan-new POST": press(slug, data={"name": "Call the press", "step": "launch", "due_on": DAY}),
    "awards:plan-edit": run(200, item),
    "awards:plan-verb": press(verbed(item, "done")),
    "awards:member-new": run(200, slug),
    "awards:member-remove": press(member),
    "awards:idea-new": work(302, slug, method="post", data={"name": "Proof"}),
    "awards:idea-verb": work(302, verbed(idea, "vote"), method="post"),
    "awards:category-new": run(200, slug),
    "awards:category-edit": run(200, category),
    "awards:prize-new": run(200, slug),
    "awards:prize-edit": run(200, prize),
    "awards:sponsor-new": run(200, slug),
    "awards:sponsor-edit": run(200, sponsor),
    "awards:part-remove": press(verbed(prize, "prizes", "kind")),
    "awards:question-answer": run(200, question),
    "awards:question-verb": press(verbed(question, "first")),
}
PUBLIC = {
    "awards:sites": Row(200, anonymous=200),
    **{
        f"awards:{name}": Row(200, anonymous=200, own=slug)
        for name in (
            *("site", "site-rules", "site-share", "site-picture", "site-overview", "site-qr", "site-dates", "site-ask"),
        )
    },
    "awards:site-ask POST": Row(200, anonymous=200, own=slug, method="post", data={"website": "x", "text": "Who?"}),
    "awards:site-logo": Row(200, anonymous=200, own=logo),
    "awards:site-category-picture": Row(200, anonymous=200, own=of_category),
}


def contest_id(cast):
    return {"public_id": announced(cast).public_id}


def draft_id(cast):
    return {"public_id": draft(cast).public_id}


def ready_id(cast):
    contest = draft(cast)
    CategoryFactory(contest=contest)
    return {"public_id": contest.public_id}


def open_id(cast):
    return {"public_id": opened(draft(cast)).public_id}


def closed_id(cast):
    return {"public_id": moved(draft(cast), ContestState.CLOSED).public_id}


def item_id(cast):
    contest = announced(cast)
    return {"public_id": contest.public_id, "item_id": contest.plan.first().public_id}


def question_id(cast):
    made = QuestionFactory(contest=announced(cast))
    return {"public_id": made.contest.public_id, "question_id": made.public_id}


def prize_id(cast):
    made = PrizeFactory(contest=announced(cast))
    return {"public_id": made.contest.public_id, "prize_id": made.public_id}


def category_id(cast):
    return {"public_id": announced(cast).categories.get().public_id}


def hidden_category(cast):
    return {"public_id": CategoryFactory(contest=draft(cast)).public_id}


def new_category(cast):
    return {"name": "Supply", "contest": announced(cast).public_id}


def told(own, foreign=draft_id):
    return api_row(200, but={"judge": 403}, own=own, foreign=foreign, foreign_but=dict.fromkeys(COLLEAGUES, 404))


def does(answer, own=None, **more):
    return api_row(**only(answer, *PROGRAM), own=own, **more)


START = {"name": "Proof", "series": "Proof", "year": 2031, "event_at": f"{EVENT}:00Z"}
LATER = (timezone.now() + dt.timedelta(days=5)).isoformat()
API = {
    "api:list_contests": api_row(200, but={"judge": 403}),
    "api:create_contest": does(201, data=START),
    "api:get_contest": told(contest_id),
    "api:change_contest": does(200, contest_id, data={"tagline": "You moved a number."}),
    # Not announced, so others do not know of it.
    "api:announce_contest": api_row(
        404, but={**dict.fromkeys(PROGRAM, 200), **dict.fromkeys((*CERTIFIERS, "judge"), 403)}, own=ready_id
    ),
    "api:open_contest": does(200, contest_id),
    "api:close_contest": does(200, open_id, data={"reason": "Legal asks for it."}),
    "api:reopen_contest": does(200, closed_id, data={"until": LATER, "reason": "Mails were late."}),
    "api:screen_contest": does(200, closed_id),
    "api:cancel_contest": does(200, contest_id, data={"reason": "No money."}),
    # Costs and drafts stand in it: for who runs contests.
    "api:list_contest_edits": api_row(404, but=dict.fromkeys(PROGRAM, 200), own=contest_id),
    "api:list_contest_plan": api_row(**only(200, *PROGRAM, *CERTIFIERS), own=contest_id),
    "api:create_plan_item": does(201, contest_id, data={"step": "launch", "name": "Call the press", "due_on": DAY}),
    "api:finish_plan_item": does(200, item_id),
    "api:list_contest_questions": told(contest_id),
    "api:ask_about_contest": api_row(201, but={"judge": 403}, own=contest_id, data={"text": "May partners enter?"}),
    "api:answer_about_contest": does(200, question_id, data={"text": "Yes."}),
    "api:list_contest_prizes": told(contest_id),
    "api:create_contest_prize": does(201, contest_id, data={"item": "A dinner", "kind": "dinner"}),
    "api:delete_contest_prize": does(204, prize_id),
    "api:list_categories": api_row(200, but={"judge": 403}),
    "api:create_category": does(201, data=new_category),
    "api:get_category": told(category_id, hidden_category),
    "api:change_category": does(200, category_id, data={"description": "Move more with less."}),
    "api:delete_category": does(204, category_id),
}
MATRIX = {**PAGES, **PUBLIC, **API}
