"""What a rule gives a person at most is given once to two who are one, and to each when they are two again."""

import datetime as dt

import pytest

from incentives.ledger import services as ledger
from incentives.models import Entry, RuleTally
from incentives.rulebook import proofs
from incentives.rulebook.folding import holder
from references.merging import services as merging
from refprogram.kernel.stream import Subject, emit
from tests.factories.incentives import RuleFactory, saying
from tests.factories.incentives_badges import BadgeFactory
from tests.factories.references import AccountFactory, ContactFactory

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = (dt.datetime(2026, month, 5, 12, tzinfo=dt.UTC) for month in (10, 11))
CAPS = [{"span": "month", "most": 250}, {"span": "quarter", "most": 1000, "each": False}]


@pytest.fixture(autouse=True)
def _only_this_room_listens(settings):
    settings.EVENT_HANDLERS = {
        topic: [name for name in names if name.startswith(("incentives.handlers.", "incentives.merging."))]
        for topic, names in settings.EVENT_HANDLERS.items()
    }


@pytest.fixture
def rule():
    return RuleFactory(definition=saying("survey.answered", "contact", 100, caps=CAPS))


def answers(*contacts, at=NOVEMBER):
    for contact in contacts:
        emit("survey.answered", subject=Subject("survey", 1), payload={"contact": contact.pk}, occurred_at=at)


def counted(rule, contact, span="month:2026-11-01"):
    row = RuleTally.objects.filter(rule=rule, holder=holder(contact.person_id)).first()
    return row.sums.get(span) if row is not None else None


def broken():
    return [(proof.name, proof.rows) for proof in proofs.proofs() if not proof.holds]


def test_two_who_are_one_have_one_limit_and_each_their_own_again(rule, marketer, finance, drain):
    kept = ContactFactory()
    other = ContactFactory(account=kept.account)
    answers(kept, other, other)
    answers(other, at=OCTOBER)
    drain()
    assert (counted(rule, kept), counted(rule, other), broken()) == ([100, 1], [200, 2], [])

    merge = merging.merge_contacts(kept=kept, merged=other, actor=marketer)
    drain()
    assert (counted(rule, kept), counted(rule, other), broken()) == ([300, 3], None, [])
    assert counted(rule, kept, "month:2026-10-01") == [100, 1]
    answers(kept, other)  # nothing is left of November
    drain()
    assert counted(rule, kept) == [300, 3]
    theirs = Entry.objects.filter(rule=rule, postings__wallet__person=other.person, occurred_at=NOVEMBER).first()
    ledger.reverse(entry=theirs, reason="Twice", actor=finance)
    assert broken() == []
    drain()
    answers(other)  # 50 of it are free again: given to the one there is
    drain()
    assert (counted(rule, kept), broken()) == ([250, 3], [])

    merging.undo_merge(merge=merge, actor=marketer)
    drain()
    assert (counted(rule, kept), counted(rule, other), broken()) == ([150, 2], [100, 1], [])
    assert counted(rule, other, "month:2026-10-01") == [100, 1]
    answers(kept, kept, other)
    drain()
    assert (counted(rule, kept), counted(rule, other), broken()) == ([250, 3], [200, 2], [])


def test_what_is_taken_back_between_two_merges_frees_the_right_ones_limit(rule, marketer, finance, drain):
    kept = ContactFactory()
    other = ContactFactory(account=kept.account)
    answers(other)
    drain()
    entry = Entry.objects.get(rule=rule)
    ledger.reverse(entry=entry, reason="Twice", actor=finance)
    merge = merging.merge_contacts(kept=kept, merged=other, actor=marketer)
    drain()
    assert (counted(rule, kept), broken()) == ([0, 0], [])

    answers(other)
    drain()
    ledger.reverse(entry=Entry.objects.filter(rule=rule, kind="earned").last(), reason="Twice", actor=finance)
    merging.undo_merge(merge=merge, actor=marketer)
    drain()
    assert (counted(rule, kept), counted(rule, other), broken()) == ([0, 0], [0, 0], [])


def test_people_of_two_merged_houses_and_badges_count_the_same(marketer, drain):
    badge = BadgeFactory(often="always")
    gives = {"gift": "badge", "amount": 1, "of": badge.pk}
    rule = RuleFactory(definition=saying("survey.answered", "contact", 1, gives=gives, caps=[
        {"span": "total", "most": 2},
    ]))  # fmt: skip
    here, there = ContactFactory(), ContactFactory(account=AccountFactory())
    twin = ContactFactory(account=there.account)
    answers(there, twin)
    drain()

    merge = merging.merge_contacts(kept=there, merged=twin, actor=marketer)
    houses = merging.merge_accounts(kept=here.account, merged=there.account, actor=marketer)
    drain()
    answers(there, twin)
    drain()
    assert counted(rule, there, "total") == [2, 2]

    merging.undo_merge(merge=houses, actor=marketer)
    merging.undo_merge(merge=merge, actor=marketer)
    drain()
    assert (counted(rule, there, "total"), counted(rule, twin, "total")) == ([1, 1], [1, 1])
