"""What entries become: stories with a writer, outcomes, references, and what each cost."""

from decimal import Decimal

import pytest

from awards.closing import services
from awards.closing.enums import StoryState
from awards.closing.models import FollowUp
from awards.closing.proofs import proofs
from awards.closing.selectors.yields import followed_in, yield_of
from awards.contests import services as contests
from awards.models import Contest, EntryConsent, EntryMetric
from references.accounts.enums import Membership
from references.consents.enums import Scope
from references.models import Asset, AssetNeed, MembershipStep, Outcome
from references.profiles.services import verify_outcome
from refprogram.governance.models import Task
from refprogram.kernel.errors import DomainError, NotAllowed
from tests.factories.closing import StepFactory, announced_with
from tests.factories.contests import ContestFactory, opened
from tests.factories.entries import METRIC
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
AGREED = {"consents": {"case_study": True}}
SECRET = {**METRIC, "id": "second", "what": "Margin of each order", "publishable": False}


def test_each_entry_whose_customer_agreed_becomes_a_story_with_a_writer(drain, marketer):
    press = UserFactory(role="marketer")
    contest = opened(ContestFactory(owner=marketer))
    contests.add_member(contest, user=press, part="press", by=marketer)
    contest, (yes, no) = announced_with({**AGREED, "metrics": [METRIC, SECRET]}, {}, contest=contest)
    drain()
    story = FollowUp.objects.get(entry=yes)
    assert (story.state, story.writer, story.asset.state) == (StoryState.DRAFTED, press, "draft")
    words = story.asset.versions.get().body
    assert "Cost of a delivery: 12.5 → 9 EUR (Q1 to Q3, Invoices)" in words
    assert "Deliveries were late." in words
    assert "Margin" not in words  # theirs alone
    needs = set(AssetNeed.objects.filter(asset=story.asset).values_list("contact", "scope"))
    assert needs == {(yes.contact_id, scope) for scope in (Scope.COMPANY, Scope.STORY, Scope.METRICS)}
    task = Task.objects.get(assignee=press)
    assert (task, task.url) == (story.task, story.asset.get_absolute_url())
    assert FollowUp.objects.get(entry=no).state == StoryState.NO_CONSENT
    services.follow(entry=yes)
    assert (Asset.objects.count(), Task.objects.filter(assignee=press).count()) == (1, 1)
    EntryConsent.objects.update_or_create(entry=no, use="case_study", defaults={"given": True, "wording": "Yes."})
    assert services.follow(entry=no, by=marketer).state == StoryState.DRAFTED
    assert all(proof.holds for proof in proofs())


def test_who_wants_no_contact_is_left_alone_and_a_revoked_consent_is_none(marketer):
    contest, (alone, revoked) = announced_with(AGREED, AGREED, owner=marketer)
    alone.account.state = Membership.DO_NOT_CONTACT
    alone.account.save(update_fields=["state"])
    EntryConsent.objects.filter(entry=revoked).update(revoked_at=contest.published_at)
    assert services.follow(entry=alone).state == StoryState.LEFT_ALONE
    assert services.follow(entry=revoked).state == StoryState.NO_CONSENT
    assert not Asset.objects.exists()


def test_results_are_noted_as_outcomes_and_verified_by_somebody_else(drain, marketer):
    contest, (entry, other) = announced_with({**AGREED, "metrics": [METRIC, SECRET]}, {}, owner=marketer)
    (outcome,) = services.note_results(entry=entry, by=marketer)
    assert (outcome.metric, outcome.before, outcome.after, outcome.direction) == (
        "Cost of a delivery", Decimal("12.5"), Decimal(9), "down",
    )  # fmt: skip
    assert entry.get_absolute_url() in outcome.evidence_url
    assert services.note_result(metric=outcome_metric(entry), by=marketer) == outcome
    for row in (entry, other):  # all noted; of the other nothing was given for it
        with pytest.raises(DomainError, match="Nothing is left to note"):
            services.note_results(entry=row, by=marketer)
    with pytest.raises(NotAllowed):
        verify_outcome(outcome=outcome, by=marketer)
    verify_outcome(outcome=outcome, by=UserFactory(role="marketer"))
    brought = yield_of(contest)
    assert (brought.recorded, brought.verified, Outcome.objects.count()) == (1, 1, 1)
    (line, _none) = followed_in(contest, marketer)
    assert [getattr(metric, "recorded", None) is not None for metric in line.metrics.all()] == [True, False]


def outcome_metric(entry):
    return EntryMetric.objects.get(entry=entry, what="Cost of a delivery")


def test_references_per_entry_and_what_each_cost(marketer):
    contest, rows = announced_with(AGREED, AGREED, {}, {}, owner=marketer)
    Contest.objects.filter(pk=contest.pk).update(cost=9000)
    contest.refresh_from_db()
    empty = yield_of(contest)
    assert (empty.eligible, empty.references, empty.per_entry, empty.cost_each) == (4, 0, 0.0, None)
    drafted = [services.follow(entry=row).asset for row in rows[:2]]
    Asset.objects.filter(pk=drafted[0].pk).update(state="approved")
    for row, days in ((rows[0], 1), (rows[2], 1), (rows[3], -400)):  # the last was one long before
        at = row.submitted_at + (contest.closes_at - contest.opens_at) * days
        MembershipStep.objects.filter(account=row.account, contact=None).delete()
        StepFactory(account=row.account, at=at)
    brought = yield_of(contest)
    assert (brought.agreed, brought.drafted, brought.usable) == (2, 2, 1)
    assert (brought.references, brought.per_entry, brought.cost_each) == (2, 0.5, Decimal("4500.00"))
