"""The rows that matching reads say what contacts, consents and asks say, whatever happened; and match by them."""

import datetime as dt
import random

import pytest
from django.db import connection
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from references.accounts import clock, services
from references.accounts.models import Account, ActivityType, Ask, Consent, Contact
from references.models import Speaker
from references.requests import selectors
from references.requests.proofs import SPEAKER, proofs
from references.requests.selectors import standing
from references.requests.selectors.standing import Written
from tests.factories.people import RegionFactory
from tests.factories.references import AskFactory, ConsentFactory, ContactFactory, reserved, speaker
from tests.factories.requests import request_of

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def wrong():
    """Return what `manage.py verify` would say of the kept rows."""
    return next(list(proof.rows) for proof in proofs() if "speaker" in proof.name)


def kept(contact):
    return {row.activity: row for row in Speaker.objects.filter(contact_id=contact.pk)}


def test_a_consent_makes_a_row_for_each_activity_and_taking_it_back_ends_them():
    contact = speaker(activities=("call", "quote"))
    assert set(kept(contact)) == {"call", "quote"}
    assert kept(contact)["call"].agreed_until == Consent.objects.get(contact=contact).expires_on
    services.revoke_consent(consent=Consent.objects.get(contact=contact), actor=contact.person)
    assert kept(contact) == {}
    assert wrong() == []


def test_an_ask_makes_them_busy_for_everything_and_counts_for_its_kind():
    contact = speaker(activities=("call", "quote"))
    ask = reserved(contact, "call")
    assert kept(contact)["quote"].busy
    assert kept(contact)["call"].asked_on == [ask.planned_on]
    assert kept(contact)["quote"].asked_on == []
    services.release_ask(ask=ask, actor=None)
    assert not kept(contact)["call"].busy
    assert kept(contact)["call"].asked_on == []


def test_who_leaves_or_moves_takes_the_rows_along():
    contact, other = speaker(), speaker()
    Contact.objects.filter(pk=contact.pk).update(account=other.account)
    assert {row.account_id for row in kept(contact).values()} == {other.account.pk}
    Contact.objects.filter(pk=contact.pk).update(left_company_at=contact.created_at)
    assert kept(contact) == {}
    Ask.objects.filter(contact=other).delete()
    Consent.objects.filter(contact=other).delete()
    assert kept(other) == {}
    assert wrong() == []


def test_verify_names_a_row_that_nobody_keeps_right():
    contact = speaker(activities=("call",))
    Speaker.objects.filter(contact_id=contact.pk).update(busy=True)
    assert len(wrong()) == 2
    Speaker.objects.filter(contact_id=contact.pk).delete()
    assert [row.split()[0] for row in wrong()] == ["row=missing"]


# ---------------------------------------------------------------- whatever happens

TODAY = clock.today()
DAYS = st.none() | st.integers(-400, 30)
CONTACT = st.fixed_dictionaries(
    {
        "state": st.sampled_from(["active", "active", "identified", "declined"]),
        "willing": st.lists(st.sampled_from(["call", "quote", "visit"]), max_size=3),
        "caps": st.sampled_from([{}, {"call": 1}, {"quote": 2}, {"call": 0}]),
        "paused_until": DAYS.map(lambda days: None if days is None else TODAY + days * DAY),
        "rests_until": DAYS.map(lambda days: None if days is None else TODAY + days * DAY),
        "persona": st.sampled_from(["", "CFO"]),
        "blackouts": st.sampled_from([[], [{"from": str(TODAY - DAY), "to": str(TODAY + DAY)}]]),
    }
)
CONSENT = st.fixed_dictionaries(
    {
        "activities": st.lists(st.sampled_from(["call", "quote"]), max_size=2, unique=True),
        "expires_on": st.integers(-3, 3).map(lambda days: TODAY + days * DAY),
    }
)
ASK = st.fixed_dictionaries(
    {
        "activity": st.sampled_from([None, "call", "quote"]),
        "state": st.sampled_from(["spent", "spent", "released", "declined"]),
        "planned_on": st.integers(-400, 20).map(lambda days: TODAY + days * DAY),
    }
)


def _ask(contact, other, facts):
    kind = facts["activity"] and ActivityType.objects.get(slug=facts["activity"])
    AskFactory(contact=contact, account=contact.account, **{**facts, "activity": kind})


def _hold(contact, other, facts):
    if not Ask.objects.filter(contact=contact, state="held").exists():
        AskFactory(contact=contact, account=contact.account, state="held", planned_on=TODAY)


def _move(contact, other, facts):
    Consent.objects.filter(contact=contact).update(contact=other)
    Ask.objects.filter(contact=contact).exclude(state="held").update(contact=other)


# Rows are changed past every service: what keeps the speakers must not depend on who writes.
DO = {
    "contact": lambda contact, _other, facts: Contact.objects.filter(pk=contact.pk).update(**facts),
    "consent": lambda contact, _other, facts: ConsentFactory(contact=contact, **facts),
    "revoke": lambda contact, _other, _: Consent.objects.filter(contact=contact).update(revoked_at=contact.created_at),
    "ask": _ask,
    "hold": _hold,
    "free": lambda contact, _other, _: Ask.objects.filter(contact=contact, state="held").update(state="released"),
    "later": lambda contact, _other, _: Ask.objects.filter(contact=contact).update(planned_on=F("planned_on") - 9),
    "forget": lambda contact, _other, _: Ask.objects.filter(contact=contact).delete(),
    "move": _move,
}
GIVEN = {"contact": CONTACT, "consent": CONSENT, "ask": ASK}
DOINGS = st.sampled_from(list(DO)).flatmap(lambda what: st.tuples(st.just(what), GIVEN.get(what, st.none())))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(doings=st.lists(st.tuples(st.integers(0, 1), DOINGS), min_size=1, max_size=12))
def test_whatever_happens_the_kept_rows_say_what_the_others_say(doings):
    pair = [ContactFactory(), ContactFactory()]
    for who, (what, facts) in doings:
        DO[what](pair[who], pair[1 - who], facts)
    assert wrong() == []


# ---------------------------------------------------------------- the fast way finds what the plain way finds

# The plain way: everything in one list, sorted by all that counts; the index order and the tiers must give the same.
PLAIN = (
    "SELECT a.id, speaker.contact_id, speaker.agreed_until FROM references_account a"
    f" CROSS JOIN LATERAL ({standing._SPEAKER}) speaker"
    f" WHERE {standing._POOL} AND {{musts}}"
    f" AND CASE {standing._OF_THE_ACCOUNT} ELSE '' END = ''"
    " ORDER BY (a.industry = %(near_industry)s)::int + (a.region_id IS NOT DISTINCT FROM %(near_region)s)::int DESC,"
    " a.fatigue_key NULLS FIRST, a.id LIMIT {limit}"
)


def plainly(request, industry, region_id, limit):
    musts = standing.musts_of(request)
    sql = PLAIN.format(musts=standing._all(standing._MUSTS[name] for name in musts), limit=limit)
    given_values = {**standing._params(request), **musts, "near_industry": industry, "near_region": region_id}
    # Of the view, not of the kept rows: the whole way is compared.
    sql = sql.replace("references_speaker c", "references_speaker_said c")
    return [standing.Speaker(*row) for row in Written("plain", sql).ask(given_values)]


@pytest.mark.parametrize("seed", range(6))
def test_the_nearest_are_the_same_in_the_same_order_as_by_sorting_all(seed):
    rng = random.Random(seed)
    regions = [RegionFactory(), RegionFactory(), None]
    for _number in range(24):
        contact = speaker(industry=rng.choice(["Energy", "Retail", ""]), region=rng.choice(regions))
        Account.objects.filter(pk=contact.account_id).update(
            fatigue_key=rng.choice([None, None, 1.0, 2.0, 3.0]), frozen=rng.random() < 0.1,
            employees=rng.choice([None, 40, 4000]), rests_until=rng.choice([None, None, TODAY + DAY]),
        )  # fmt: skip
        Contact.objects.filter(pk=contact.pk).update(persona=rng.choice(["", "CFO"]))
        if rng.random() < 0.5:
            colleague = speaker(ContactFactory(account=contact.account))
            AskFactory(contact=colleague, account=contact.account, planned_on=TODAY - DAY)
    for industry in ("Energy", ""):
        for region in regions:
            for must in ((), ("must_industry",), ("must_region",), ("must_industry", "must_region"), ("must_persona",)):
                wishes = {"must_industry": industry, "must_region": region, "must_persona": "CFO"}
                request = request_of(**{name: wishes[name] for name in must})
                place = region.pk if region else None
                for limit in (3, 100):
                    found = standing.nearest(request, industry=industry, region_id=place, limit=limit)
                    assert found == plainly(request, industry, place, limit), (industry, region, must, limit)


def test_only_those_shown_are_read_and_how_many_there_are_is_said():
    for _number in range(7):
        speaker()
    found = selectors.first_of(request_of(), 3)
    assert [match.rank for match in found.shown] == [1, 2, 3]
    assert found.of == 7
    assert [one.account for one in found.shown] == [one.account for one in selectors.best(request_of())[:3]]


def test_the_kept_row_has_every_column_of_the_view():
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM references_speaker_said LIMIT 0")
        assert {column.name for column in cursor.description} == set(SPEAKER.split(", "))
