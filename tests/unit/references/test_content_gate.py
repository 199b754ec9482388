"""The gate: one sentence per refusal, and the same answer in Python and in SQL over the same rows."""

import datetime as dt
import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from references.accounts import clock
from references.accounts import services as accounts
from references.accounts.enums import FreezeKind, Membership
from references.accounts.models import Contact
from references.consents.enums import Channel, Scope, UseAudience
from references.consents.gate import allowed, can_use, judge
from references.content.enums import AssetState
from references.content.models import Asset, AssetPart
from tests.factories.content import agreed, approved, story, with_quote
from tests.factories.people import RegionFactory
from tests.factories.references import AccountFactory, ContactFactory

pytestmark = pytest.mark.django_db

SHARE = {"channel": Channel.SHARE, "audience": UseAudience.PROSPECTS}


def test_everything_agreed_may_be_shown(db):
    assert can_use(approved(), **SHARE).ok


def test_a_draft_is_shown_nowhere_whatever_was_agreed(db):
    contact = ContactFactory()
    agreed(contact)
    verdict = can_use(story(contact=contact), **SHARE)
    assert (verdict.ok, verdict.reason) == (False, "It is not approved: draft.")


def test_without_any_consent_the_answer_names_whose_and_what(db):
    contact = ContactFactory(person__name="Sara Lind")
    verdict = can_use(approved(contact=contact, consent=False), **SHARE)
    assert {one.scope for one in verdict.missing} == {"company", "story"}
    assert "Sara Lind, story: never agreed to it" in verdict.reason


@pytest.mark.parametrize(
    ("term", "why"),
    [
        ({"channel": Channel.WEBSITE}, "agreed to it elsewhere: Website"),
        ({"audience": UseAudience.INTERNAL}, "agreed to it for fewer readers: Colleagues only"),
        ({"territory": "EMEA"}, "agreed to it for EMEA only"),
        ({"ask_first": True}, "wants to be asked before each use"),
    ],
)
def test_the_nearest_miss_is_named(term, why):
    contact = ContactFactory()
    agreed(contact, **term)
    verdict = can_use(approved(contact=contact, consent=False), **SHARE)
    assert why in verdict.reason


def test_a_term_holds_on_its_last_day_and_not_on_the_next():
    contact, today = ContactFactory(), clock.today()
    agreed(contact, until=today)
    asset = approved(contact=contact, consent=False)
    assert can_use(asset, **SHARE, on=today).ok
    assert not can_use(asset, **SHARE, on=today + dt.timedelta(days=1)).ok


def test_a_frozen_account_is_shown_nowhere_until_it_thaws(marketer):
    asset = approved()
    freeze = accounts.freeze(account=asset.account, kind=FreezeKind.LEGAL, actor=marketer)
    assert not can_use(Asset.objects.get(pk=asset.pk), **SHARE).ok
    accounts.lift_freeze(freeze=freeze, actor=marketer)
    assert can_use(Asset.objects.get(pk=asset.pk), **SHARE).ok


def test_a_part_needs_its_own_consent_and_that_of_the_whole():
    contact = ContactFactory()
    agreed(contact, Scope.COMPANY, Scope.STORY)
    asset = approved(contact=contact, consent=False)
    part = with_quote(asset, contact)
    assert can_use(part, **SHARE).missing[0].scope == "quote"
    assert [verdict.ok for verdict in judge([asset], **SHARE, whole=False)] == [True]
    assert not can_use(asset, **SHARE).ok
    agreed(contact, Scope.QUOTE, Scope.NAME)
    assert can_use(part, **SHARE).ok


def rows(territory):
    """Make assets whose consents differ in every way, one way each, and some in two."""
    ways = [
        {}, {"channel": "website"}, {"channel": "share"}, {"audience": 1}, {"audience": 2}, {"territory": territory},
        {"ask_first": True}, {"until": clock.today() - dt.timedelta(days=1)}, {"until": clock.today()},
        {"channel": "share", "territory": territory}, {"audience": 3, "channel": "press"},
    ]  # fmt: skip
    for way in ways:
        contact = ContactFactory()
        agreed(contact, **way)
        with_quote(approved(contact=contact, consent=False), contact)
    taken_back = ContactFactory()
    consent = agreed(taken_back)
    approved(contact=taken_back, consent=False)
    accounts.revoke_consent(consent=consent, actor=None)
    half = ContactFactory()
    agreed(half, Scope.COMPANY, Scope.STORY)
    with_quote(approved(contact=half, consent=False), half)
    nobody = approved()
    nobody.needs.all().delete()
    frozen = approved()
    accounts.freeze(account=frozen.account, kind=FreezeKind.OTHER, actor=None)
    story()
    left_alone = approved()
    Contact.objects.filter(account=left_alone.account).update(state=Membership.DO_NOT_CONTACT)


def test_both_forms_of_the_gate_say_the_same_over_the_same_rows():
    region = RegionFactory(name="EMEA")
    rows(region.name)
    uses = itertools.product(("share", "website", "press"), UseAudience.values, ("", "EMEA", "APAC"))
    for channel, audience, territory in uses:
        use = {"channel": channel, "audience": audience, "territory": territory}
        for whole in (True, False):
            assets = list(Asset.objects.select_related("account").order_by("pk"))
            by_hand = [a.pk for a, v in zip(assets, judge(assets, **use, whole=whole), strict=True) if v.ok]
            assert by_hand == list(
                allowed(Asset.objects.order_by("pk"), **use, whole=whole).values_list("pk", flat=True)
            )
        parts = list(AssetPart.objects.select_related("asset__account").order_by("pk"))
        by_hand = [p.pk for p, v in zip(parts, judge(parts, **use), strict=True) if v.ok]
        assert by_hand == list(allowed(AssetPart.objects.order_by("pk"), **use).values_list("pk", flat=True))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    frozen=st.booleans(),
    state=st.sampled_from(AssetState.values),
    scopes=st.sets(st.sampled_from(["company", "story", "quote", "name"])),
    audience=st.sampled_from(UseAudience.values),
    channel=st.sampled_from(["", "share", "website"]),
    days=st.integers(-3, 3),
)
def test_never_without_consent_and_never_while_frozen(frozen, state, scopes, audience, channel, days):
    contact = ContactFactory(account=AccountFactory())
    if scopes:
        agreed(contact, *scopes, audience=audience, channel=channel, until=clock.today() + dt.timedelta(days=days))
    asset = approved(contact=contact, consent=False)
    Asset.objects.filter(pk=asset.pk).update(state=state)
    if frozen:
        accounts.freeze(account=contact.account, kind=FreezeKind.OTHER, actor=None)
    may = (
        not frozen
        and state in {"approved", "published", "refresh_due"}
        and {"company", "story"} <= scopes
        and audience >= UseAudience.PROSPECTS
        and channel in {"", "share"}
        and days >= 0
    )
    found = allowed(Asset.objects.filter(pk=asset.pk), **SHARE)
    assert found.exists() is may
    assert can_use(Asset.objects.select_related("account").get(pk=asset.pk), **SHARE).ok is may
