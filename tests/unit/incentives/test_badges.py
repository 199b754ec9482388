"""Badges: given once, within their limits, taken back with a reason, told to their people."""

import datetime as dt

import pytest

from incentives.badges import proofs, selectors, services
from incentives.badges.enums import Often
from incentives.models import BadgeGrant
from refprogram.kernel.errors import IllegalMove, InvalidInput, NotAllowed
from refprogram.kernel.models import Event
from refprogram.notices.models import Notice
from tests.factories.incentives_badges import BadgeFactory, wish, worn
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = dt.datetime(2026, 10, 5, 12, tzinfo=dt.UTC), dt.datetime(2026, 11, 5, 12, tzinfo=dt.UTC)


def test_many_are_given_in_few_statements_each_key_once_and_none_over_its_limit(django_assert_max_num_queries):
    once, monthly, rare = BadgeFactory(), BadgeFactory(often=Often.MONTHLY), BadgeFactory(often="always", a_month=2)
    ann, bob, cem = PersonFactory.create_batch(3)
    wishes = [
        wish(once, ann, OCTOBER, "a"),
        wish(once, ann, NOVEMBER),  # has it
        wish(once, bob, NOVEMBER),
        wish(monthly, ann, OCTOBER),
        wish(monthly, ann, OCTOBER),  # has October's
        wish(monthly, ann, NOVEMBER),
        *[wish(rare, person, NOVEMBER) for person in (ann, bob, cem)],  # the third is over the limit
        wish(rare, cem, OCTOBER),  # another month
    ]

    with django_assert_max_num_queries(12):
        made = services.grant_many(wishes)

    assert {(row.badge_id, row.person_id, row.month.month) for row in made} == {
        (once.pk, ann.pk, 10), (once.pk, bob.pk, 11), (monthly.pk, ann.pk, 10), (monthly.pk, ann.pk, 11),
        (rare.pk, ann.pk, 11), (rare.pk, bob.pk, 11), (rare.pk, cem.pk, 10),
    }  # fmt: skip
    assert services.grant_many(wishes) == []
    assert Event.objects.filter(topic="badge.granted").count() == BadgeGrant.objects.count() == 7
    assert [proof for proof in proofs.proofs() if not proof.holds] == []


def test_a_badge_is_given_by_hand_told_and_taken_back(drain, manager, rep, marketer):
    badge = BadgeFactory(name="Kind soul")

    given = services.grant_badge(badge=badge, to=rep, words="You  lent me your customer.", actor=manager)
    with pytest.raises(InvalidInput, match="has Kind soul already"):
        services.grant_badge(badge=badge, to=rep, words="Again", actor=manager)
    with pytest.raises(InvalidInput, match="to themselves"):
        services.grant_badge(badge=badge, to=manager, words="Me", actor=manager)
    with pytest.raises(NotAllowed):
        services.grant_badge(badge=badge, to=manager, words="Thanks", actor=rep)
    with pytest.raises(NotAllowed):
        services.revoke(grant=given, reason="No", actor=rep)
    drain()
    services.revoke(grant=given, reason="It was somebody else", actor=manager)
    with pytest.raises(IllegalMove):
        services.revoke(grant=given, reason="Once more", actor=marketer)
    drain()

    assert selectors.of_person(rep.person) == []
    told = Notice.objects.filter(person=rep.person).order_by("pk").values_list("text", flat=True)
    assert list(told) == [
        f"{manager.name} gave you the badge Kind soul: You lent me your customer.",
        "Your badge Kind soul was taken back: It was somebody else",
    ]
    assert services.grant_badge(badge=badge, to=rep, words="After all", actor=manager).revoked_at is None


def test_who_had_a_badge_that_was_taken_back_is_not_everybodys_business(rep, support, marketer):
    grant = worn(person=rep.person)
    services.revoke(grant=grant, reason="Wrong", actor=marketer)

    seen = {user.role: selectors.grants_visible_to(user).exists() for user in (rep, support, marketer)}

    assert seen == {"rep": True, "support": False, "marketer": True}


def test_a_retired_badge_and_one_of_rules_alone_are_not_given_by_hand(manager, rep, marketer):
    retired, by_rule = (
        services.set_retired(badge=BadgeFactory(), retired=True, actor=marketer),
        BadgeFactory(by_hand=False),
    )

    for badge in (retired, by_rule):
        with pytest.raises(services.BadgeRefused, match="is not given by hand"):
            services.grant_badge(badge=badge, to=rep, words="Well done", actor=manager)
    assert services.grant_many([wish(retired, rep.person)]) == []
    assert len(services.grant_many([wish(by_rule, rep.person)])) == 1
