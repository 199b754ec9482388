"""All open requests at once: the same customers and points as each match page, nothing until somebody takes it."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from references.accounts import clock
from references.accounts import services as accounts
from references.accounts.models import Account, Ask, Contact
from references.assignment import selectors as assignments
from references.assignment import services, words
from references.assignment.options import options
from references.assignment.world import load, waiting
from references.goodwill.services import reserve
from references.requests import selectors
from references.requests.models import AssignmentRun, Candidate, ReferenceRequest
from refprogram.kernel import jobs
from refprogram.kernel.enums import JobState
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import Event, Job
from tests.factories.people import RegionFactory, UserFactory
from tests.factories.references import AccountFactory, OpportunityFactory, ProductFactory, ReferenceFactory, speaker
from tests.factories.requests import closed, in_review, request_of

pytestmark = pytest.mark.django_db


def made():
    return services.make(user=None)


def picked(run):
    return {pick.request.purpose: pick.account.name if pick.account else None for pick in assignments.picks_of(run)}


def why(run, request):
    rows = assignments.picks_of(run)
    names = assignments.others(rows)
    return next(words.line_of(row, names) for row in rows if row.request_id == request.pk)


def with_options(request):
    """Return (account, contact, points) as an assignment and as the match page see them."""
    found = options(world := load([request]), request, 200)
    ours = list(zip(world.ids[found.places].tolist(), found.contacts.tolist(), found.points.tolist(), strict=True))
    theirs = [(one.account.pk, one.contact.pk, one.score.total) for one in selectors.best(request, 200)]
    return ours, theirs


# ---------------------------------------------------------------- the same as the match page

FACTS = st.fixed_dictionaries({
    "industry": st.sampled_from(["Energy", "energy", "Retail", ""]),
    "region": st.integers(0, 2),
    "employees": st.sampled_from([None, 50, 400, 1000, 4000]),
    "products": st.sets(st.integers(0, 1)),
    "won": st.sampled_from([None, 900, 1500, 40_000]),
    "use_cases": st.lists(st.sampled_from(["Billing", "billing", "Fraud"]), max_size=2, unique=True),
    "competitor": st.sampled_from(["", "Rival", "rival"]),
    "persona": st.sampled_from(["", "CFO", "cfo"]),
    "languages": st.lists(st.sampled_from(["de", "en"]), unique=True),
    "readiness": st.sampled_from([None, 10, 90]),
    "asked": st.sampled_from([None, 3, 100, 400]),
    "stop": st.sampled_from(["", "", "", "frozen", "paused", "away", "away later", "no consent", "merged", "capped"]),
})  # fmt: skip
NEEDS = st.fixed_dictionaries({
    "must": st.sets(st.sampled_from(["industry", "region", "product", "employees", "use_case", "persona"]), max_size=2),
    "nice": st.dictionaries(
        st.sampled_from(["industry", "use_case", "persona", "competitor", "language"]),
        st.sampled_from(["Energy", "Billing", "CFO", "Rival", "de"]),
    ),
    "deal": st.booleans(),
})  # fmt: skip


def put(facts, regions, products):
    """Make one account as the facts say."""
    today, now = clock.today(), timezone.now()
    contact = speaker(
        industry=facts["industry"], region=regions[facts["region"]], employees=facts["employees"],
        use_cases=facts["use_cases"], competitor=facts["competitor"],
    )  # fmt: skip
    account = contact.account
    account.products.set([products[number] for number in facts["products"]])
    if facts["won"]:
        OpportunityFactory(account=account, stage="won", amount=facts["won"])
    stop = facts["stop"]
    days = {"away": today, "away later": today + dt.timedelta(days=30)}.get(stop)
    asked = None if facts["asked"] is None else now - dt.timedelta(days=facts["asked"])
    Account.objects.filter(pk=account.pk).update(
        last_asked_at=asked, readiness=facts["readiness"], frozen=stop == "frozen",
        paused_until=today + dt.timedelta(days=9) if stop == "paused" else None,
        merged_into=AccountFactory() if stop == "merged" else None,
    )  # fmt: skip
    Contact.objects.filter(pk=contact.pk).update(
        persona=facts["persona"], languages=facts["languages"],
        blackouts=[{"from": days.isoformat(), "to": days.isoformat()}] if days else [],
        willing=[] if stop == "no consent" else contact.willing, caps={"call": 0} if stop == "capped" else {},
    )  # fmt: skip


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(FACTS, min_size=1, max_size=6), NEEDS)
def test_whoever_is_considered_is_who_the_match_page_ranks(pool, need):
    regions, products = [None, RegionFactory(), RegionFactory()], [ProductFactory(), ProductFactory()]
    for facts in pool:
        put(facts, regions, products)
    must = {
        "industry": ("must_industry", "Energy"), "region": ("must_region", regions[1]),
        "product": ("must_product", products[0]), "employees": ("must_employees", 400),
        "use_case": ("must_use_case", "Billing"), "persona": ("must_persona", "CFO"),
    }  # fmt: skip
    row = request_of()
    prospect = AccountFactory(industry="Retail", region=regions[2], employees=900)
    row.opportunity = OpportunityFactory(account=prospect, amount=1000, product=products[1]) if need["deal"] else None
    for name in need["must"]:
        setattr(row, *must[name])
    row.nice = need["nice"]
    row.save()
    rows = ReferenceRequest.objects.select_related("activity", "opportunity__account")
    ours, theirs = with_options(rows.get(pk=row.pk))
    assert ours == theirs


def test_history_reservations_and_who_was_tried_count_as_on_the_match_page():
    rested = closed(rating=5).account
    Account.objects.filter(pk=rested.pk).update(rests_until=None, open_asks=0)
    Contact.objects.update(rests_until=None)
    two = speaker()
    speaker(contact=accounts.add_contact(account=two.account, name="B", email="b@c.example", actor=None))
    kept = speaker()
    day = clock.today()
    reserve(
        account=kept.account, contact=None, purpose="Launch", team="pr", starts_on=day,
        ends_on=day + dt.timedelta(days=60), actor=UserFactory(),
    )  # fmt: skip
    prospect = ReferenceFactory()
    request = request_of(opportunity=OpportunityFactory(account=prospect))
    candidate = in_review(request)
    accounts_left, by_page = with_options(request)
    assert accounts_left == by_page
    assert {account for account, *_rest in accounts_left} == {rested.pk, two.account_id}
    assert candidate.account_id not in {account for account, *_rest in accounts_left}


# ---------------------------------------------------------------- the whole


def test_who_has_only_one_possibility_gets_it_and_the_other_hears_why():
    """Both want Energy: alone each would take Near. Big has nobody else in Energy who speaks of quotes, so it gets it.

    "Calls" may have Near (40 fit) or Far (0 fit): it falls from 95 to 55 points. "Quotes" has Near alone.
    """
    speaker(name="Near", industry="Energy", activities=("call", "quote"))
    speaker(name="Far", industry="Retail", activities=("call",))
    calls = request_of(purpose="Calls", nice={"industry": "Energy"})
    quotes = request_of(purpose="Quotes", slug="quote", must_industry="Energy")
    run = made()
    assert picked(run) == {"Calls": "Far", "Quotes": "Near"}
    assert (run.facts["ours"]["answered"], run.facts["first_come"]["answered"]) == (2, 1)
    assert (run.facts["ours"]["points"], run.facts["first_come"]["points"]) == (95 + 55, 95)
    line = why(run, calls)
    assert (line.best, line.cost, line.why) == ("Near", 40, "Near (95) goes to “Quotes”, which has nobody else.")
    assert why(run, quotes).why == "Its own first choice."


def test_the_larger_deal_has_the_first_word():
    for name, amount in (("Small", 1_000), ("Large", 100_000)):
        request_of(purpose=name, opportunity=OpportunityFactory(amount=amount), nice={"industry": "Energy"})
    speaker(name="Near", industry="Energy")
    speaker(name="Far", industry="Retail")
    run = made()
    assert picked(run) == {"Large": "Near", "Small": "Far"}
    small = ReferenceRequest.objects.get(purpose="Small")
    assert why(run, small).why == "Near (95) goes to “Large”, which would else fall from 95 to 55." or (
        "Large" in why(run, small).why
    )


def test_the_reserve_is_kept_back_where_another_will_do():
    """Precious fits (95), Plain does not (55): 25 points of reserve do not outweigh 40; 95 and 75 do."""
    speaker(name="Precious", industry="Energy", tier="platinum")
    speaker(name="Plain", industry="Energy", employees=1000)
    request = request_of(nice={"industry": "Energy", "employees": 1})
    Account.objects.filter(name="Precious").update(employees=1)
    assert set(picked(made()).values()) == {"Plain"}
    assert why(made(), request).why.startswith("Precious (95) is kept back")
    ReferenceRequest.objects.update(reserved=True)
    assert set(picked(made()).values()) == {"Precious"}


def test_frozen_or_without_consent_is_never_assigned_and_the_request_says_so():
    frozen = speaker(name="Frozen").account
    accounts.freeze(account=frozen, kind="legal", actor=UserFactory())
    speaker(name="Quotes only", activities=("quote",))
    request = request_of()
    run = made()
    assert picked(run) == {"Northwind": None}
    assert why(run, request).why == "No customer who meets the must-haves may be asked today."


def test_only_requests_without_anybody_in_question_are_assigned():
    in_review(request_of(purpose="Running"))
    request_of(purpose="Waits")
    assert [request.purpose for request in waiting()] == ["Waits"]


def test_nothing_is_changed_until_somebody_says_so():
    speaker()
    request_of()
    before = (Event.objects.count(), Ask.objects.count(), Candidate.objects.count(), Account.objects.values().get())
    made()
    after = (Event.objects.count(), Ask.objects.count(), Candidate.objects.count(), Account.objects.values().get())
    assert before == after


# ---------------------------------------------------------------- taking it up


def test_a_pick_is_proposed_once():
    contact = speaker()
    request_of()
    pick = made().picks.get()
    marketer = UserFactory(role="marketer")
    candidate = services.accept(pick=pick, actor=marketer)
    assert (candidate.contact, candidate.score, candidate.factors) == (contact, pick.score, pick.facts["parts"])
    with pytest.raises(DomainError, match="taken up already"):
        services.accept(pick=pick, actor=marketer)
    assert Candidate.objects.count() == 1


def test_all_are_proposed_and_who_was_frozen_meanwhile_is_refused_with_the_reason():
    one, two = speaker(name="One"), speaker(name="Two")
    for purpose in ("A", "B"):
        request_of(purpose=purpose)
    run, marketer = made(), UserFactory(role="marketer")
    accounts.freeze(account=two.account, kind="legal", actor=UserFactory())
    job = services.start_accepting(run=run, actor=marketer)
    with pytest.raises(DomainError, match="already"):
        services.start_accepting(run=run, actor=marketer)
    jobs.run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.result["proposed"], job.result["refused"]) == (JobState.DONE, 1, 1)
    assert Candidate.objects.get().account == one.account
    assert [pick.facts["refused"] for pick in run.picks.filter(taken_at=None)] == ["Two: frozen."]


# ---------------------------------------------------------------- as a job


def test_it_runs_as_a_job_one_at_a_time_and_can_be_called_off():
    speaker()
    request_of()
    job = services.start(user=(marketer := UserFactory(role="marketer")))
    with pytest.raises(DomainError, match="being made"):
        services.start(user=marketer)
    services.call_off(job=job, actor=marketer)
    jobs.run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, AssignmentRun.objects.count()) == (JobState.FAILED, 0)
    again = services.start(user=marketer)
    jobs.run(job_id=again.pk)
    again.refresh_from_db()
    assert again.result["url"] == AssignmentRun.objects.get().get_absolute_url()


def test_at_night_one_is_made_if_something_waits():
    assert services.start_nightly() is None
    request_of()
    assert services.start_nightly() is not None
    assert services.start_nightly() is None


def test_a_worker_that_dies_leaves_nothing_and_the_next_one_may_begin():
    request_of()
    job = services.start(user=None)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, started_at=timezone.now() - dt.timedelta(minutes=5))
    jobs.reap()
    job.refresh_from_db()
    assert (job.state, AssignmentRun.objects.count()) == (JobState.FAILED, 0)
    assert services.start_nightly() is not None
