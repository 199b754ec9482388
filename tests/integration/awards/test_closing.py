"""The end of a contest on its pages: what is left to do, what entrants read, what nobody outside ever reads."""

import re

import pytest

from awards.closing import letters, services
from awards.closing.addresses import address_of
from awards.closing.models import Feedback
from awards.models import ContestEntry, EntryConsent
from references.models import Asset, Outcome
from tests.factories.closing import announced, announced_with
from tests.factories.contests import WonFactory
from tests.unit.awards.test_effects import TABLE

pytestmark = pytest.mark.django_db
FEW = {name: TABLE[name] for name in ("E1", "E2", "E3", "E4")}
PUBLIC = ("", "rules/", "share/", "dates.ics", "vote/")


def text_of(response):
    return response.content.decode()


def path_of(address):
    return re.sub(r"^https?://[^/]+", "", address)


def test_comments_are_moderated_and_entrants_read_them_by_their_link(clients, drain, marketer, mailoutbox):
    contest = announced(FEW, owner=marketer, E1="Sound work.", E2="J4 would like to see more.")
    drain()
    page, mine = f"/contests/{contest.slug}/after/feedback/", clients["marketer"]
    assert "12 comments of judges to read" in text_of(mine.get("/"))
    shown = text_of(mine.get(page))
    assert shown.count('name="text"') == 12
    assert "Names stand in it: J4" not in shown  # too short a name to look for
    said = Feedback.objects.filter(entry__title="E1").order_by("pk")
    mine.post(f"/contests/comments/{said[0].public_id}/hold/", {"back": page})
    mine.post(f"/contests/comments/{said[1].public_id}/pass/", {"text": "Tell us what it cost.", "back": page})
    waits = re.findall(r'name="id" value="(\w+)"', text_of(mine.get(page)))
    answer = mine.post(f"{page}pass/", {"id": waits, "back": "https://elsewhere.example/"}, follow=True)
    assert "10 comments were passed on." in text_of(answer)
    assert answer.redirect_chain[-1][0] == page
    mine.post(f"{page}open/")
    entry = contest.entries.get(title="E1")
    clients["anonymous"].get("/")
    link = path_of(address_of(entry))
    read = text_of(clients["anonymous"].get(link))
    assert "Tell us what it cost." in read
    assert "in the upper half" in read
    assert not re.search(r"82\.7|79\.6|\bJ\d\b|rank", read)
    assert read.count("Sound work.") == 1  # one changed, one held back
    mine.post(f"{page}refrain/")
    closed = text_of(clients["anonymous"].get(link))
    assert "Nothing to read here" in closed
    assert "Tell us what it cost." not in closed


def test_letters_are_looked_at_changed_and_sent(clients, drain, marketer, mailoutbox):
    contest = announced(FEW, owner=marketer)
    page, mine = f"/contests/{contest.slug}/after/thanks/", clients["marketer"]
    letter = {"entrants": "=Thank you all.\n\nSee you next year.", "judges": "", "helpers": "", "nominators": ""}
    assert mine.post(page, letter).status_code == 302
    shown = text_of(mine.get(f"{page}?preview=entrants"))
    assert "See you next year." in shown
    assert contest.entries.get(title="E1").code in shown
    assert "thank you for judging" in text_of(mine.get(f"{page}?preview=judges"))
    mine.post(f"{page}send/", {**letter, "judges": "Typed, and not kept before it was sent."})
    letters.write_what_is_owed(now=contest.published_at)
    drain()
    assert any("See you next year." in mail.body for mail in mailoutbox)
    assert any("Typed, and not kept" in mail.body for mail in mailoutbox)
    assert "disabled" in text_of(mine.get(page))
    assert "letters are drafted" not in text_of(mine.get("/"))


def test_what_came_of_it_is_followed_entry_by_entry(clients, drain, marketer, rep):
    contest, (yes, no) = announced_with({"consents": {"case_study": True}}, {}, owner=marketer)
    drain()
    page, mine = f"/contests/{contest.slug}/after/", clients["marketer"]
    shown = text_of(mine.get(page))
    assert "Story drafted" in shown
    assert "No consent to a story" in shown
    mine.post(f"/contests/after/entries/{yes.public_id}/results/")
    assert Outcome.objects.get().account == yes.account
    EntryConsent.objects.update_or_create(entry=no, use="case_study", defaults={"given": True, "wording": "Yes."})
    assert "Draft the story" in text_of(mine.get(page))
    mine.post(f"/contests/after/entries/{no.public_id}/story/")
    assert Asset.objects.count() == 2
    assert "References per entry" in text_of(mine.get(f"/contests/{contest.slug}/"))
    panel = text_of(mine.get(f"/accounts/{yes.account.public_id}/contests/"))
    assert contest.name in panel
    assert "Its story" in panel


def test_who_did_not_win_is_named_on_no_public_page(clients, api, drain, marketer):
    contest = announced(TABLE, owner=marketer)
    WonFactory(place=contest.entries.get(title="E1").places.get())
    for entry in contest.entries.select_related("account"):
        account = entry.account
        account.name = f"Canary {entry.title} Ltd"
        account.save(update_fields=["name"])
        ContestEntry.objects.filter(pk=entry.pk).update(summary=f"Sung by {entry.title}")
    drain()
    services.pass_many(rows=Feedback.objects.all(), by=marketer)
    services.open_feedback(contest=contest, by=marketer)
    addresses = [f"/awards/{contest.slug}/{rest}" for rest in PUBLIC]
    addresses += ["/awards/", "/winners/", f"/winners/{contest.slug}/"]
    for role in ("anonymous", "other_team_rep"):
        for address in addresses:
            seen = text_of(clients[role].get(address, follow=True))
            assert not re.search(r"Canary E[2-6]|Sung by E[2-6]", seen), (role, address)
    listed = api["other_team_rep"].get("/api/v1/entries")
    assert "Canary" not in text_of(listed)
    assert api["other_team_rep"].get(f"/api/v1/contests/{contest.public_id}/results").status_code == 403


def test_a_judge_reads_how_strict_they_were_and_nobody_else_does(clients, marketer, judge):
    contest = announced(TABLE, owner=marketer)
    seat = contest.judges.get(person__name="J1")
    seat.person = judge.person
    seat.save(update_fields=["person"])
    page = f"/judging/{seat.public_id}/leaning/"
    assert "6.0 points more generously" in text_of(clients["judge"].get(page))
    assert clients["marketer"].get(page).status_code == 404
    assert "How strict" in text_of(clients["judge"].get(f"/judging/{seat.public_id}/receipt/"))


def test_pages_ask_the_same_for_any_number_of_entries(clients, drain, marketer, budget):
    contest = announced(TABLE, owner=marketer)
    drain()
    services.pass_many(rows=Feedback.objects.all(), by=marketer)
    mine, base = clients["marketer"], f"/contests/{contest.slug}/after/"
    for name, address in (("closing", base), ("closing-thanks", f"{base}thanks/"),
                          ("closing-feedback", f"{base}feedback/?show=passed")):  # fmt: skip
        mine.get(address)
        with budget(f"awards:{name}"):
            mine.get(address)
    account = contest.entries.get(title="E1").account
    with budget("awards:account-contests"):
        mine.get(f"/accounts/{account.public_id}/contests/")
