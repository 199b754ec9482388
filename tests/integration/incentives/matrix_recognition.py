"""Recognition: one's own for oneself, the feed and the wall for every colleague, letters for their people."""

from django.utils import timezone

from incentives.recognition.enums import PostKind
from incentives.recognition.services import draft_letter, give_thanks, post
from tests.matrix import Row, api_row, only

NO_JUDGE = {"judge": 403}
RUN = ("marketer", "sales_head", "admin")
DRAFT = (*RUN, "executive")
# Everybody else does not know of a letter's draft.
READS_DRAFT = {**dict.fromkeys(DRAFT, 200), "judge": 403}
WORDS = {"subject": "Well done", "body": "Dear Rhea, thank you.", "public": "on", "revision": 0}


def letter(cast):
    return {"public_id": draft_letter(about=cast.rep, writer=cast.executive, actor=cast.executive).public_id}


def thanks(cast):
    return {"public_id": give_thanks(to=cast.other_team_rep, words="Well done", actor=cast.rep).public_id}


def win(cast):
    row = post(kind=PostKind.WIN, key=f"win:{cast.rep.pk}", at=timezone.now(), person=cast.rep.person)
    return {"public_id": row.public_id}


def for_other(cast):
    return {"to": cast.other_team_rep.public_id, "words": "Well done"}


def to_rep(cast):
    return {"about": cast.rep.public_id, "writer": cast.executive.public_id}


MATRIX = {
    "incentives:my-recognition": Row(200, but=NO_JUDGE),
    "incentives:recognition-choice": Row(200, but=NO_JUDGE),
    "incentives:recognition-choice POST": Row(302, but=NO_JUDGE, method="post", data={"in_ranks": "on"}),
    "incentives:thank": Row(200, but=NO_JUDGE),
    "incentives:thank POST": Row(302, but=NO_JUDGE, method="post", data=for_other),
    "incentives:take-thanks-back": Row(403, but=dict.fromkeys((*RUN, "rep"), 302), own=thanks, method="post"),
    "incentives:wall": Row(200, but=NO_JUDGE),
    "incentives:needs-help": Row(404, but=NO_JUDGE),
    "incentives:feed": Row(200, but=NO_JUDGE),
    "incentives:feed-panel": Row(200, but=NO_JUDGE),
    "incentives:hide-post": Row(403, but=dict.fromkeys((*RUN, "rep"), 302), own=win, method="post"),
    "incentives:letters": Row(**only(200, *DRAFT)),
    "incentives:new-letter": Row(**only(200, *DRAFT)),
    "incentives:new-letter POST": Row(**only(302, *DRAFT), method="post", data=to_rep),
    "incentives:letter": Row(404, but=READS_DRAFT, own=letter),
    "incentives:edit-letter": Row(404, but=READS_DRAFT, own=letter),
    "incentives:edit-letter POST": Row(
        404, but={**dict.fromkeys(DRAFT, 302), "judge": 403}, own=letter, method="post", data=WORDS
    ),
    "incentives:send-letter": Row(
        404, but={**dict.fromkeys(RUN, 403), "executive": 302}, own=letter, method="post", data={"revision": 0}
    ),
    "incentives:drop-letter": Row(404, but=dict.fromkeys(DRAFT, 302), own=letter, method="post"),
    "api:get_recognition": api_row(200, but=NO_JUDGE),
    "api:change_recognition": api_row(200, but=NO_JUDGE, data={"in_feed": False}),
    "api:list_thanks": api_row(200, but=NO_JUDGE),
    "api:get_thanks": api_row(200, but=NO_JUDGE, own=thanks),
    "api:give_thanks": api_row(201, but=NO_JUDGE, data=for_other),
    "api:take_thanks_back": api_row(403, but=dict.fromkeys((*RUN, "rep"), 200), own=thanks),
    "api:list_letters": api_row(200, but=NO_JUDGE),
    "api:get_letter": api_row(404, but=READS_DRAFT, own=letter),
    "api:draft_letter": api_row(**only(201, *DRAFT), data=to_rep),
    "api:change_letter": api_row(404, but=READS_DRAFT, own=letter, data={"subject": "Well done"}),
    "api:send_letter": api_row(404, but={**dict.fromkeys(RUN, 403), "executive": 200, "judge": 403}, own=letter),
    "api:drop_letter": api_row(404, but=READS_DRAFT, own=letter),
    "api:list_feed": api_row(200, but=NO_JUDGE),
    "api:hide_post": api_row(403, but=dict.fromkeys((*RUN, "rep"), 200), own=win),
}
