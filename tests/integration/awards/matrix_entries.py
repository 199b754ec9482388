"""Entries and invitations: pages, API, and what lies behind signed links."""

import datetime as dt
import itertools

from django.utils import timezone

from awards.entries import services
from awards.entries.addresses import address_of
from awards.entries.services.strangers import Wish, address
from refprogram.kernel.links import issue
from tests.factories.entries import EntryFactory, InviteFactory, handed_in, open_contest
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory, ContactFactory
from tests.matrix import Row, api_row

PROGRAM = ("marketer", "admin")
CERTIFIERS = ("executive", "sales_head")  # named by themselves when a contest is planned
SOON = dt.timedelta(days=2)
COUNT = itertools.count()  # one address may ask for a few links only


def about(*, program, rep, certifiers=None, colleagues=404):
    """Return the answers about an entry of the rep’s customer: program, rep, who certifies its contest, and the others,

    who do not see it.
    """
    named = {} if certifiers is None else dict.fromkeys(CERTIFIERS, certifiers)
    return {"everyone": colleagues, "but": {**dict.fromkeys(PROGRAM, program), "rep": rep, "judge": 403, **named}}


def draft_of(owner):
    return EntryFactory(contact=ContactFactory(account=AccountFactory(owner=owner)))


def draft(cast):
    return {"public_id": draft_of(cast.rep).public_id}


def foreign_draft(cast):
    return {"public_id": draft_of(cast.other_team_rep).public_id}


def submitted(cast):
    return {"public_id": handed_in(draft_of(cast.rep)).public_id}


def foreign_submitted(cast):
    return {"public_id": handed_in(draft_of(cast.other_team_rep)).public_id}


def refused(cast):
    entry = services.screen(
        entry=handed_in(draft_of(cast.rep)), decision="ineligible", by=UserFactory(role="marketer"), codes=["rules"]
    )
    second = UserFactory(role="marketer")
    return {"public_id": services.screen(entry=entry, decision="ineligible", by=second).public_id}


def judged(cast):
    entry = services.screen(entry=handed_in(draft_of(cast.rep)), decision="eligible", by=UserFactory(role="marketer"))
    return {"public_id": entry.public_id}


def accused(cast):
    entry = services.screen(entry=handed_in(draft_of(cast.rep)), decision="eligible", by=UserFactory(role="marketer"))
    by = UserFactory(role="marketer")
    return {"public_id": services.disqualify(entry=entry, by=by, reason="Copied").public_id}


def own_team(cast):
    contest = open_contest(audience="internal")
    entry = services.begin(contest=contest, owner=cast.rep.person, team=cast.rep.team)
    return {"public_id": entry.public_id}


def slug(cast):
    return {"slug": open_contest().slug}


def internal(cast):
    return {"slug": open_contest(audience="internal").slug}


def proposed(cast):
    return {"public_id": InviteFactory(by=cast.rep).public_id}


def foreign_proposed(cast):
    return {"public_id": InviteFactory(by=cast.other_team_rep).public_id}


def with_verb(make, verb):
    return lambda cast: {**make(cast), "verb": verb}


def by_mail(cast):
    contest = open_contest()
    url = address(contest, Wish("Nora New", "nora@new.example", "New Company"))
    return {"slug": contest.slug, "said": url.rstrip("/").rpartition("/")[2]}


def entry_link(cast):
    entry = EntryFactory()
    return {"token": address_of(entry, entry.owner).rstrip("/").rpartition("/")[2]}


def invite_link(cast):
    invite = InviteFactory()
    invite = services.invite(invite=invite, by=invite.contest.owner)
    url = issue(purpose="entry_invite", subject=invite, person_id=invite.contact.person_id)
    return {"token": url.rstrip("/").rpartition("/")[2]}


def proposal(cast):
    return {
        "account": AccountFactory(owner=cast.rep).public_id, "name": "Ana Sousa", "email": "ana@customer.example",
        "note": "A quarter less",
    }  # fmt: skip


def more_time(cast):
    return {"until": f"{timezone.now() + SOON:%Y-%m-%dT%H:%M}", "reason": "Ill"}


def more_time_by_api(cast):
    return {"until": (timezone.now() + SOON).isoformat(), "reason": "Ill"}


PATHS = {"own": submitted, "foreign": foreign_submitted, "foreign_but": {"rep": 404}}
DRAFTS = {"own": draft, "foreign": foreign_draft, "foreign_but": {"rep": 404}}
INVITES = {"own": proposed, "foreign": foreign_proposed, "foreign_but": {"rep": 404}}
READS = about(program=200, rep=200, certifiers=200)
PROGRAM_READS, PROGRAM_ACTS = about(program=200, rep=403, certifiers=403), about(program=302, rep=403, certifiers=403)
# Invitations are seen by who runs the contest, who proposed, and who looks after the customer.
INVITE_READS = about(program=200, rep=200)
INVITE_FORM, INVITE_ACTS = about(program=200, rep=403), about(program=302, rep=403)
POST = {"method": "post"}
REASON = {"reason": "They asked for it"}
ANYBODY = {"anonymous": 200}

PAGES = {
    "awards:my-entries": Row(200, but={"judge": 403}),
    "awards:entries": Row(200, but={"judge": 403}, own=slug),
    "awards:invites": Row(200, but={"judge": 403}, own=slug),
    "awards:entry": Row(**READS, **PATHS),
    "awards:entry draft": Row(**READS, **DRAFTS),
    "awards:entry-write": Row(404, but={"rep": 200, "judge": 403}, own=own_team),
    "awards:entry-screen": Row(**PROGRAM_ACTS, **PATHS, **POST, data={"decision": "eligible"}),
    "awards:entry-redact": Row(**PROGRAM_READS, **PATHS),
    "awards:entry-redact POST": Row(**PROGRAM_ACTS, **PATHS, **POST, data={"act": "done"}),
    "awards:entry-extend": Row(**PROGRAM_READS, **DRAFTS),
    "awards:entry-extend POST": Row(**PROGRAM_ACTS, **DRAFTS, **POST, data=more_time),
    "awards:entry-withdraw": Row(**PROGRAM_READS, **PATHS),
    "awards:entry-withdraw POST": Row(**PROGRAM_ACTS, **PATHS, **POST, data=REASON),
    "awards:entry-disqualify": Row(**PROGRAM_READS, own=judged),
    "awards:entry-disqualify POST": Row(**PROGRAM_ACTS, own=judged, **POST, data=REASON),
    "awards:entry-look-again": Row(**PROGRAM_READS, own=refused),
    "awards:entry-look-again POST": Row(**PROGRAM_ACTS, own=refused, **POST, data=REASON),
    "awards:entry-duplicate": Row(**PROGRAM_READS, **PATHS),
    "awards:entry-verb": Row(**PROGRAM_ACTS, own=with_verb(submitted, "redacted"), **POST),
    "awards:entry-verb known": Row(**PROGRAM_ACTS, own=with_verb(submitted, "known"), **POST),
    "awards:entry-verb another": Row(**PROGRAM_ACTS, own=with_verb(submitted, "another"), **POST),
    "awards:entry-verb confirm": Row(**PROGRAM_ACTS, own=with_verb(accused, "confirm"), **POST),
    "awards:entry-verb keep": Row(**PROGRAM_ACTS, own=with_verb(accused, "keep"), **POST),
    "awards:entry-new": Row(200, but={"judge": 403}, own=internal),
    "awards:invite-new": Row(200, but={"judge": 403}, own=slug),
    "awards:invite-new POST": Row(
        302, but={"judge": 403, "support": 422}, own=slug, **POST, data=proposal
    ),
    "awards:invite": Row(**INVITE_READS, **INVITES),
    "awards:invite-refuse": Row(**INVITE_FORM, **INVITES),
    "awards:invite-refuse POST": Row(**INVITE_ACTS, **INVITES, **POST, data=REASON),
    "awards:invite-verb": Row(**INVITE_ACTS, own=with_verb(proposed, "invite"), **POST),
    "awards:invite-verb let-go": Row(**INVITE_ACTS, own=with_verb(proposed, "let-go"), **POST),
    "awards:enter": Row(200, **ANYBODY, own=slug),
    "awards:enter POST": Row(
        200, **ANYBODY, own=slug, **POST,
        data=lambda cast: {"name": "Nora New", "email": f"nora{next(COUNT)}@new.example", "company": "New Company"},
    ),
    "awards:enter-by-mail": Row(200, **ANYBODY, own=by_mail),
    "awards:enter-by-mail POST": Row(302, anonymous=302, own=by_mail, **POST),
    "kernel:link entry": Row(200, **ANYBODY, own=entry_link),
    "kernel:link entry_invite": Row(200, **ANYBODY, own=invite_link),
}  # fmt: skip


def for_team(cast):
    return {"contest": open_contest(audience="internal").public_id, "team": cast.rep.team.public_id}


def proposal_by_api(cast):
    return {**proposal(cast), "contest": open_contest().public_id}


API_PROGRAM = PROGRAM_READS
# An entry of team north is seen by the team and who runs or certifies the contest; only its author writes in it.
SEES_TEAM = dict.fromkeys((*PROGRAM, *CERTIFIERS, "support", "manager", "judge"), 403)
API = {
    "api:list_entries": api_row(200, but={"judge": 403}),
    "api:get_entry": api_row(**READS, **PATHS),
    "api:create_entry": api_row(201, but={"judge": 403}, data=for_team),
    "api:change_entry": api_row(
        404, but={**SEES_TEAM, "rep": 200}, own=own_team,
        data={"revision": 0, "title": "Ours"},
    ),
    "api:submit_entry": api_row(
        404, but={**SEES_TEAM, "rep": 422}, own=own_team, data={}
    ),
    "api:screen_entry": api_row(**API_PROGRAM, **PATHS, data={"decision": "eligible"}),
    "api:redact_entry": api_row(**API_PROGRAM, **PATHS),
    "api:identify_entry": api_row(**API_PROGRAM, **PATHS, data={"them": False}),
    "api:hide_in_entry": api_row(**API_PROGRAM, **PATHS, data={"words": "Planned"}),
    "api:extend_entry": api_row(**API_PROGRAM, **DRAFTS, data=more_time_by_api),
    "api:withdraw_entry": api_row(**API_PROGRAM, **PATHS, data=REASON),
    "api:disqualify_entry": api_row(**API_PROGRAM, own=judged, data=REASON),
    "api:list_entry_edits": api_row(404, but=dict.fromkeys((*PROGRAM, *CERTIFIERS, "rep"), 200), **PATHS),
    "api:list_invite_edits": api_row(404, but=dict.fromkeys((*PROGRAM, "rep"), 200), **INVITES),
    "api:list_invites": api_row(200, but={"judge": 403}),
    "api:create_invite": api_row(201, but={"judge": 403, "support": 422}, data=proposal_by_api),
    "api:get_invite": api_row(**INVITE_READS, **INVITES),
    "api:send_invite": api_row(**INVITE_FORM, **INVITES),
    "api:refuse_invite": api_row(**INVITE_FORM, **INVITES, data=REASON),
}  # fmt: skip
MATRIX = {**PAGES, **API}
