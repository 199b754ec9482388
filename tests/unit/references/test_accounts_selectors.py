"""Availability in Python and in SQL say the same; who sees what; what lands on a desk."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from references.accounts import fatigue, policy, services
from references.accounts.enums import Availability, Membership
from references.accounts.models import Account
from references.accounts.selectors import (
    AlikeReferences,
    answers_for,
    availability_of,
    availability_q,
    desk_items,
    references_like,
    state_of,
    state_q,
    visible_to,
)
from tests.cast import ROLES
from tests.factories.people import RegionFactory
from tests.factories.references import AccountFactory, ReferenceFactory, reserved, speaker

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
TODAY = NOW.date()
STATES = (Membership.IDENTIFIED, Membership.ACTIVE, Membership.REVIEW_DUE)
DATES = (None, TODAY, TODAY + dt.timedelta(days=1))


def every_kind_of_account():
    keys = (None, fatigue.key_at(59, NOW), fatigue.key_at(61, NOW))
    for state in STATES:
        for frozen in (False, True):
            for paused in DATES:
                for rests in DATES:
                    for open_asks in (0, 1):
                        for key in keys:
                            yield AccountFactory.build(
                                state=state, frozen=frozen, paused_until=paused, rests_until=rests,
                                open_asks=open_asks, fatigue_key=key, verified_at=NOW,
                            )  # fmt: skip


def test_python_and_sql_agree_on_every_kind_of_account():
    Account.objects.bulk_create(every_kind_of_account())
    by_sql = {
        pk: state
        for state in Availability
        for pk in Account.objects.filter(state_q(state, at=NOW)).values_list("pk", flat=True)
    }
    by_python = {account.pk: state_of(account, at=NOW) for account in Account.objects.all()}
    assert by_sql == by_python
    assert set(by_python.values()) == set(Availability)


def test_may_be_asked_today_ends_with_the_grace():
    account = ReferenceFactory(tier="gold")
    Account.objects.filter(pk=account.pk).update(state=Membership.REVIEW_DUE, verified_at=NOW)
    last = NOW + dt.timedelta(days=120)  # 90 days for gold, 30 of grace
    assert Account.objects.filter(availability_q(at=last)).exists()
    assert not Account.objects.filter(availability_q(at=last + dt.timedelta(seconds=1))).exists()


def test_free_again_on_the_day_the_rest_ends():
    with time_machine.travel(NOW, tick=False):
        contact = speaker()
        services.spend_ask(ask=reserved(contact), actor=None)
        contact.account.refresh_from_db()
        view = availability_of(contact.account)
    assert view.state == Availability.RESTING
    assert view.free_again_on == dt.date(2026, 12, 6)
    assert view.detail == "Free again on 6 December, in 14 days."
    assert view.reasons[0].text == "Rests until 6 December"


def test_frozen_until_a_day_is_free_the_day_after():
    with time_machine.travel(NOW, tick=False):
        account = ReferenceFactory()
        services.freeze(account=account, kind="legal", ends_on=dt.date(2026, 12, 24), actor=None)
        account.refresh_from_db()
        assert availability_of(account).free_again_on == dt.date(2026, 12, 25)


def test_kinds_of_freezes_are_left_out_for_those_who_may_not_know():
    account = ReferenceFactory()
    services.freeze(account=account, kind="legal", actor=None)
    account.refresh_from_db()
    assert availability_of(account).reasons[0].text == "Legal matter"
    assert availability_of(account, with_kinds=False).reasons[0].text == "Frozen"


def test_who_sees_which_accounts(cast):
    mine = AccountFactory(owner=cast.rep)
    cared = AccountFactory(csm=cast.support)
    pool = ReferenceFactory(owner=cast.other_team_rep)
    other = AccountFactory(owner=cast.other_team_rep)
    AccountFactory(owner=cast.rep, merged_into=mine)
    seen = {role: set(visible_to(cast[role])) for role in ROLES}
    everything = {mine, cared, pool, other}
    assert seen == {
        **dict.fromkeys(("marketer", "admin", "sales_head", "executive", "finance", "legal"), everything),
        "rep": {mine, pool},
        "support": {cared, pool},
        "manager": {mine, pool},
        "judge": set(),
    }


def test_who_answers_for_an_account(cast):
    marketer = cast.marketer
    account = AccountFactory(owner=cast.rep, csm=cast.support)
    assert answers_for(account) == cast.rep
    cast.rep.is_active = False
    assert answers_for(account) == cast.support
    assert answers_for(AccountFactory()) == marketer


def test_desks(cast, django_assert_max_num_queries):
    account = ReferenceFactory(owner=cast.rep, name="Kestrel Freight")
    services.ask_still_true(account=account)
    services.freeze(account=ReferenceFactory(csm=cast.support), kind="legal", ends_on=timezone.localdate(), actor=None)
    users = {role: cast[role] for role in ROLES}
    lines = {}
    for role, user in users.items():
        with django_assert_max_num_queries(2):
            lines[role] = [item.title for item in desk_items(user)]
    assert lines["rep"] == ["Kestrel Freight: still a happy customer?"]
    assert [title.partition(" thaws")[2][:3] for title in lines["support"]] == [" on"]
    assert lines["marketer"] == lines["admin"] == ["1 check is due"]
    assert [role for role, found in lines.items() if not found] == [
        "manager", "sales_head", "executive", "finance", "legal", "judge",
    ]  # fmt: skip


def test_a_consent_about_to_lapse_is_on_the_marketers_desk(cast):
    contact = speaker()
    soon = timezone.localdate() + policy.now().consent_warning
    contact.consents.update(expires_on=soon)
    assert [item.title for item in desk_items(cast.marketer)] == ["1 consent lapses soon"]


# ---------------------------------------------------------------- alike


def test_references_like_an_account_are_counted_by_industry_and_region() -> None:
    """One without industry or region is like nobody, and who is no reference is not counted."""
    north, south = RegionFactory(), RegionFactory()
    for industry, region, state in (
        ("Energy", north, "active"),
        ("Energy", south, "review_due"),
        ("Energy", north, "identified"),
        ("Food", north, "active"),
        ("", None, "active"),
    ):
        AccountFactory(industry=industry, region=region, state=state)
    like = references_like(AccountFactory(industry="Energy", region=north, state="identified"))
    assert like == AlikeReferences(of_industry=2, of_region=2, of_both=1)
    unknown = references_like(AccountFactory(industry="", region=None, state="identified"))
    assert unknown == AlikeReferences(of_industry=0, of_region=0, of_both=0)
