"""Newsletters: drafted from what happened, sent once to each, opened by link, never naming anybody in vain."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from incentives.newsletters import blocks, keeping_times, proofs, selectors, sending, services
from incentives.newsletters.enums import IssueState
from incentives.newsletters.models import Newsletter, NewsletterCopy
from incentives.recognition import services as recognition
from incentives.recognition.enums import PostKind
from references.consents.enums import Scope
from references.models import ConsentTerm
from refprogram.kernel.errors import IllegalMove, NotAllowed
from refprogram.kernel.models import SignedLink
from refprogram.kernel.stale import Stale
from refprogram.notices.enums import Channel
from refprogram.notices.kinds import registry
from refprogram.notices.models import Mail
from refprogram.notices.services import choose
from tests.factories.references import AccountFactory, ConsentFactory, ContactFactory
from tests.factories.votes import TermFactory


def test_text_is_read_as_headings_lists_and_paragraphs():
    text = "Hello\nall.\n\n## New\n- <b>one</b>\n-  two\nand so\r\n\r\n##  Old \nend"
    assert blocks.read(text) == [
        blocks.Block(text="Hello all."),
        blocks.Block(heading="New"),
        blocks.Block(items=("<b>one</b>", "two")),
        blocks.Block(text="and so"),
        blocks.Block(heading="Old"),
        blocks.Block(text="end"),
    ]
    assert blocks.read("") == []


def win(cast, account):
    recognition.post(
        kind=PostKind.WIN, key=f"win:{account.pk}", at=timezone.now() - dt.timedelta(days=1), person=cast.rep.person,
        account=account,
    )  # fmt: skip


@pytest.mark.django_db
def test_an_issue_names_customers_by_consent_and_is_not_sent_when_that_ends(cast):
    named, secret = AccountFactory(name="Acme Works"), AccountFactory(name="Hush Ltd", industry="Steel")
    consent = ConsentFactory(contact=ContactFactory(account=named), activities=[])
    term = TermFactory(consent=consent, contact=consent.contact, scope=Scope.COMPANY)
    win(cast, named)
    win(cast, secret)
    recognition.choose(user=cast.support, in_ranks=True, in_feed=False)
    recognition.post(kind=PostKind.WIN, key="w", at=timezone.now(), person=cast.support.person, account=secret)

    issue = services.draft_issue(title="November", actor=cast.marketer)

    assert "- Rhea Rep brought in a reference: Acme Works." in issue.body
    assert "- Rhea Rep brought in a reference: a customer in Steel." in issue.body
    assert "Hush" not in issue.body
    assert "Sami" not in issue.body
    by_hand = services.change_issue(issue=issue, actor=cast.marketer, title="hush ltd helps")  # never agreed at all
    with pytest.raises(services.NamedInVain, match="Hush Ltd"):
        services.send_issue(issue=by_hand, actor=cast.marketer)
    services.change_issue(issue=issue, actor=cast.marketer, title="November")
    ConsentTerm.objects.filter(pk=term.pk).update(revoked_at=timezone.now())
    with pytest.raises(services.NamedInVain, match="Acme Works"):
        services.send_issue(issue=issue, actor=cast.marketer)
    with pytest.raises(NotAllowed):
        services.send_issue(issue=issue, actor=cast.rep)
    changed = services.change_issue(issue=issue, actor=cast.marketer, body="Well done, all.", revision=2)
    with pytest.raises(Stale):
        services.change_issue(issue=issue, actor=cast.marketer, body="Other words.", revision=2)
    assert services.send_issue(issue=changed, actor=cast.marketer).state == IssueState.SENDING
    with pytest.raises(IllegalMove):
        services.change_issue(issue=issue, actor=cast.marketer, body="Too late.")


@pytest.mark.django_db
def test_each_reader_gets_one_copy_and_opening_counts_once(cast, client, drain, mailoutbox):
    readers = {cast.rep.person_id, cast.support.person_id}
    choose(person=cast.support.person, kind=registry()["incentives.newsletter"], channel=Channel.OFF)
    assert cast.manager.role not in ("rep", "support")
    issue = services.draft_issue(title="November", actor=cast.marketer, roles=["rep", "support"])
    services.send_issue(issue=issue, actor=cast.marketer)

    assert sending.send_all() == 2
    assert sending.send_all() == 0
    drain()

    issue.refresh_from_db()
    assert (issue.state, issue.told, issue.opened) == (IssueState.SENT, 2, 0)
    assert set(issue.copies.values_list("person", flat=True)) == readers
    assert [mail.to for mail in Mail.objects.all()] == [cast.rep.email]  # the other one turned these mails down
    lines = mailoutbox[0].body.splitlines()
    address = lines[lines.index("Read it on the web:") + 1]
    assert SignedLink.objects.filter(purpose="newsletter").count() == 1
    for _again in range(2):
        page = client.get(address)
    assert page.status_code == 200
    assert "Here is what colleagues" in page.content.decode()
    issue = selectors.with_rates(Newsletter.objects.all()).get()
    assert (issue.opened, issue.rate) == (1, 50.0)
    assert [proof.name for proof in proofs.proofs() if not proof.holds] == []
    Newsletter.objects.update(sent_at=timezone.now() - dt.timedelta(days=91))
    policy = keeping_times.POLICIES[0]
    policy.forget(list(policy.overdue(timezone.now() - dt.timedelta(days=policy.days))))
    assert not NewsletterCopy.objects.exists()
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_a_lot_that_was_told_and_not_marked_is_told_to_nobody_again(cast):
    assert cast.rep.is_active
    issue = services.draft_issue(title="November", actor=cast.marketer, roles=["rep"])
    services.send_issue(issue=issue, actor=cast.marketer)
    sending.send_lot(issue.pk)
    with connection.cursor() as cursor:  # as if the worker had died before the mark
        cursor.execute("UPDATE incentives_newslettercopy SET told_at = NULL")
        cursor.execute("UPDATE incentives_newsletter SET told = 0")

    sending.send_all()

    assert Mail.objects.count() == 1
    assert Newsletter.objects.get().told == 1
