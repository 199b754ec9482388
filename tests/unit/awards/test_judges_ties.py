"""Ties between judges and entries: found, declared, followed, and what they take back."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from awards.judging import selectors, services
from awards.judging.enums import AssignmentState, ConflictKind, ConflictStatus, JudgeKind
from awards.judging.selectors import work as room_selectors
from awards.models import Conflict
from references.models import Account
from refprogram.kernel.stream import emit
from tests.factories.contests import ContestFactory, SponsorFactory, opened
from tests.factories.entries import EntryFactory, eligible
from tests.factories.judging import JudgeFactory, OutsiderFactory, accepted, judging, scored, scores
from tests.factories.people import PersonFactory, UserFactory
from tests.factories.references import AccountFactory, ContactFactory

pytestmark = pytest.mark.django_db
A = AssignmentState


def save(room, work, *, revision=0, tab="t", level=4, **more):
    return services.save_ballot(
        assignment=work, scores=scores(room, level), comment="Because.", revision=revision, tab=tab, **more
    )


def state_of(row):
    row.refresh_from_db()
    return row.state


def tied(judge, entry):
    rows = Conflict.objects.filter(judge=judge, entry=entry, status=ConflictStatus.CONFIRMED)
    return set(rows.values_list("kind", flat=True))


def test_ties_of_company_group_domain_and_people_are_found():
    parent = AccountFactory()
    entry = eligible(EntryFactory(contact__account=AccountFactory(parent=parent)))
    contest, account = entry.contest, entry.account
    colleague = ContactFactory(account=account)
    cousin = ContactFactory(account=AccountFactory(parent=parent))
    neighbour = PersonFactory(email=f"x@{entry.owner.email.rpartition('@')[2]}")

    judges = {
        who: JudgeFactory(contest=contest, person=person)
        for who, person in {
            "colleague": colleague.person, "cousin": cousin.person, "neighbour": neighbour,
            "author": entry.owner, "stranger": PersonFactory(email="x@elsewhere.example"),
        }.items()
    }  # fmt: skip

    assert ConflictKind.ACCOUNT in tied(judges["colleague"], entry)
    assert ConflictKind.PARENT in tied(judges["cousin"], entry)
    assert ConflictKind.DOMAIN in tied(judges["neighbour"], entry)
    assert ConflictKind.ENTRANT in tied(judges["author"], entry)
    assert tied(judges["stranger"], entry) == set()


def test_ties_of_colleagues_are_found():
    owner, nominator = UserFactory(role="executive"), UserFactory(role="support")
    contest = opened(ContestFactory())
    contact = ContactFactory(account=AccountFactory(owner=owner))
    entry = eligible(EntryFactory(contest=contest, contact=contact, nominator=nominator))

    assert ConflictKind.OWNER in tied(JudgeFactory(contest=contest, person=owner.person), entry)
    assert ConflictKind.NOMINATOR in tied(JudgeFactory(contest=contest, person=nominator.person), entry)


def test_who_competes_judges_nobody_else_in_the_category():
    contest = opened(ContestFactory())
    mine, other = (
        eligible(EntryFactory(contest=contest, contact=ContactFactory(person=OutsiderFactory()))) for _n in range(2)
    )

    judge = JudgeFactory(contest=contest, person=mine.owner, kind=JudgeKind.CUSTOMER)

    assert tied(judge, other) == {ConflictKind.RIVAL}


def test_who_works_for_a_sponsor_does_not_judge_its_customer():
    entry = eligible()
    SponsorFactory(contest=entry.contest, name="Norbank Ltd", account=entry.account)

    judge = JudgeFactory(contest=entry.contest, organisation="NORBANK")

    assert ConflictKind.SPONSOR in tied(judge, entry)


def test_a_company_that_a_judge_names_is_matched_to_entrants():
    entry = eligible(EntryFactory(contact__account=AccountFactory(name="Kestrel Freight B.V.")))
    judge = accepted(contest=entry.contest)

    services.onboard(judge=judge, nda=True, ties=["kestrel freight"])

    assert tied(judge, entry) == {ConflictKind.DECLARED}


def test_ties_follow_either_side_and_what_is_pinned_stays(drain):
    contest = opened(ContestFactory())
    entry = eligible(EntryFactory(contest=contest))
    judge = JudgeFactory(contest=contest, person=entry.owner)
    row = Conflict.objects.get(judge=judge, entry=entry, kind=ConflictKind.ENTRANT)
    services.clear_conflict(conflict=row, reason="Signed as assistant only.", by=contest.owner)

    changed = services.detect_conflicts(contest)
    row.refresh_from_db()

    assert (changed, row.status, row.pinned) == (0, ConflictStatus.CLEARED, True)
    Conflict.objects.exclude(pk=row.pk).update(status=ConflictStatus.CLEARED, pinned=True)
    assert (judge.pk, entry.pk) not in selectors.blocked_pairs(contest)


def test_an_entry_that_comes_later_is_looked_at_and_so_are_its_rivals(drain):
    contest = opened(ContestFactory())
    early = eligible(EntryFactory(contest=contest))
    contact = ContactFactory(person=OutsiderFactory())
    judge = JudgeFactory(contest=contest, person=contact.person)
    assert tied(judge, early) == set()

    late = eligible(EntryFactory(contest=contest, contact=contact))
    drain()
    another = eligible(EntryFactory(contest=contest))
    drain()

    assert ConflictKind.ENTRANT in tied(judge, late)
    assert tied(judge, early) == {ConflictKind.RIVAL}
    assert tied(judge, another) == {ConflictKind.RIVAL}


def test_a_new_owner_is_a_new_tie(drain):
    executive = UserFactory(role="executive")
    entry = eligible()
    judge = JudgeFactory(contest=entry.contest, person=executive.person)

    Account.objects.filter(pk=entry.account_id).update(owner=executive)
    account_changed(entry.account)
    drain()

    assert tied(judge, entry) == {ConflictKind.OWNER}


def account_changed(account):
    with transaction.atomic():
        emit("account.changed", subject=account, account_id=account.pk, payload={"fields": ["owner"]})


def test_what_is_true_no_longer_goes():
    entry = eligible()
    contact = ContactFactory(account=entry.account, person=PersonFactory(email="x@new.example"))
    judge = JudgeFactory(contest=entry.contest, person=contact.person)
    assert tied(judge, entry)

    contact.account = AccountFactory()
    contact.save()
    services.detect_conflicts(judge)

    assert ConflictKind.ACCOUNT not in tied(judge, entry)


def test_a_new_tie_takes_work_back_and_the_ballot_counts_no_more():
    room = judging(entries=2)
    first, second = room.work
    scored(room, first)

    services.set_conflict(judge=room.judge, entry=first.place.entry, reason="Cousin.", by=room.contest.owner)

    assert (state_of(first), state_of(second)) == (A.RECUSED, A.RELEASED)
    assert selectors.ballots_of(room.round) == []
    assert room_selectors.work([room.judge], first.public_id) is None


def test_detection_costs_the_same_for_many():
    contest = opened(ContestFactory())
    for _n in range(2):
        JudgeFactory(contest=contest)
        eligible(EntryFactory(contest=contest))
    services.detect_conflicts(contest)
    with CaptureQueriesContext(connection) as few:
        services.detect_conflicts(contest)
    for _n in range(3):
        JudgeFactory(contest=contest)
        eligible(EntryFactory(contest=contest))
    services.detect_conflicts(contest)

    with CaptureQueriesContext(connection) as many:
        services.detect_conflicts(contest)

    assert len(many) == len(few)
