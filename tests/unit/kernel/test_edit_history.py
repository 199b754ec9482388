"""Edits: kept by the database, also of bulk updates; read in words, by whom may read the row."""

import datetime as dt
from decimal import Decimal

import pytest

from nominations.models import Nomination
from references.accounts import services
from references.accounts.enums import Stage
from references.exchange import services as exchange
from references.exchange.models import ImportKind
from references.exchange.specs import SPECS, guess_columns
from references.models import Account, Contact, Opportunity
from refprogram.governance.models import ConsequencePolicy
from refprogram.kernel import jobs, sheets
from refprogram.kernel.custom_fields import services as custom_fields
from refprogram.kernel.custom_fields import values
from refprogram.kernel.edit_history.keeping import acting
from refprogram.kernel.edit_history.nouns import choices_of, copies_of, kept_models, nouns
from refprogram.kernel.edit_history.reading import PAGE, edits_of
from refprogram.kernel.models import Event
from refprogram.people.models import Person, User
from tests.factories.consequences import policy_of
from tests.factories.nominations import NominationFactory, invited
from tests.factories.people import RegionFactory, TeamFactory
from tests.factories.references import (
    AccountFactory,
    ContactFactory,
    OpportunityFactory,
    ProductFactory,
    ReferenceFactory,
    reserved,
)

pytestmark = pytest.mark.django_db

MOMENT = dt.datetime(2027, 3, 1, 9, 0, tzinfo=dt.UTC)


def edits(noun, row, viewer, **more):
    row.refresh_from_db()
    return edits_of(nouns()[noun], row, viewer=viewer, **more)[0]


def told(edit):
    return [(change.label, change.was, change.now) for change in edit.changes]


def dated(row, at):
    """Put the newest edit of a row at a moment: within one test all is one transaction."""
    copies = copies_of(type(row)).objects.filter(pgh_obj_id=row.pk)
    copies.filter(pk=copies.latest("pgh_id").pk).update(pgh_created_at=at)


def test_a_bulk_update_is_seen(marketer, rep):
    account = AccountFactory(name="Kestrel", owner=rep)
    with acting(via="page", person=rep.person_id):
        Account.objects.filter(pk=account.pk).update(name="Kestrel Freight", owner=marketer, gift_ceiling=1200)

    (edit,) = edits("account", account, marketer)

    assert edit.who.text == rep.name
    assert told(edit) == [
        ("Name", "Kestrel", "Kestrel Freight"),
        ("Owner", rep.name, marketer.name),
        ("Gifts up to", "", "$1,200"),
    ]


def test_a_new_row_keeps_nothing():
    account = AccountFactory()

    assert not copies_of(Account).objects.filter(pgh_obj_id=account.pk).exists()


def test_what_the_program_counts_is_no_edit(rep, drain):
    account = ReferenceFactory(owner=rep)
    before = copies_of(Account).objects.count()

    reserved(account.contacts.get())

    account.refresh_from_db()
    assert account.open_asks == 1
    assert copies_of(Account).objects.count() == before


def test_saving_unchanged_is_no_edit():
    account = AccountFactory()

    account.save()

    assert not copies_of(Account).objects.exists()


def test_what_was_changed_and_put_back_is_not_shown(marketer):
    account = AccountFactory(city="Porto")
    for city in ("Lisbon", "Porto"):
        Account.objects.filter(pk=account.pk).update(city=city)

    assert edits("account", account, marketer) == []


def test_each_step_leads_to_the_next(marketer):
    account = AccountFactory(city="Porto")
    for day, city in enumerate(("Lisbon", "Faro", "")):
        Account.objects.filter(pk=account.pk).update(city=city)
        dated(account, MOMENT + dt.timedelta(days=day))

    found = edits("account", account, marketer)

    assert [told(edit) for edit in found] == [
        [("City", "Faro", "")],
        [("City", "Lisbon", "Faro")],
        [("City", "Porto", "Lisbon")],
    ]
    assert found[0].who.text == "The program"


def test_pages_join_without_a_gap(marketer):
    account = AccountFactory(city="0")
    for number in range(1, PAGE + 6):
        Account.objects.filter(pk=account.pk).update(city=str(number))
        dated(account, MOMENT + dt.timedelta(hours=number))
    noun = nouns()["account"]
    account.refresh_from_db()

    first, more = edits_of(noun, account, viewer=marketer)
    second, none = edits_of(noun, account, viewer=marketer, before=more)

    assert len(first) == PAGE
    assert none == ""
    chain = [change for edit in [*first, *second] for change in edit.changes]
    assert [(change.was, change.now) for change in chain] == [
        (str(number - 1), str(number)) for number in range(PAGE + 5, 0, -1)
    ]


def test_a_contact_shows_its_person_and_consents(marketer, rep):
    contact = ContactFactory()
    with acting(via="page", person=rep.person_id):
        Person.objects.filter(pk=contact.person_id).update(phone="555")
        Contact.objects.filter(pk=contact.pk).update(willing=["call", "quote"])

    (edit,) = edits("contact", contact, marketer)

    assert told(edit) == [("Willing to", "", "Reference call, quote"), ("Phone", "", "555")]


def test_added_fields_are_edits_too(marketer):
    custom_fields.add_field(noun="account", key="plants", label="Plants", type="number")
    account = AccountFactory()
    for day, plants in enumerate(("3", "4", None)):
        values.save_values(noun="account", object_id=account.pk, values={"plants": plants})
        copies = copies_of(values.CustomValue).objects
        copies.filter(pk=copies.latest("pgh_id").pk).update(pgh_created_at=MOMENT + dt.timedelta(days=day))

    assert [told(edit) for edit in edits("account", account, marketer)] == [
        [("Plants", "4", "")],
        [("Plants", "3", "4")],
        [("Plants", "", "3")],
    ]


def test_money_and_choices_read_as_on_the_page(marketer):
    deal = OpportunityFactory(amount=Decimal(10_000))
    Opportunity.objects.filter(pk=deal.pk).update(amount=Decimal(12_500), stage="won")

    (edit,) = edits("opportunity", deal, marketer)

    assert ("Amount", "$10,000", "$12,500") in told(edit)
    assert ("Stage", str(Stage.ENGAGING.label), str(Stage.WON.label)) in told(edit)


def test_scores_are_for_screeners(marketer, rep):
    nomination = NominationFactory(nominator=rep)
    Nomination.objects.filter(pk=nomination.pk).update(score_fit=5, reason="No")

    (seen,) = edits("nomination", nomination, marketer)
    (masked,) = edits("nomination", nomination, rep)

    assert ("Score: fit", "", "5") in told(seen)
    assert ("Score: fit", "", "") in told(masked)
    assert [change.label for change in masked.changes if change.hidden] == ["Score: fit"]
    assert ("Reason", "", "No") in told(masked)


def test_a_page_says_who(clients, marketer, rep):
    account = AccountFactory(name="Kestrel", owner=rep)
    sent = {"name": "Kestrel Freight", "gift_policy": "allowed"}
    clients["marketer"].post(f"/accounts/{account.public_id}/edit/", sent)

    copy = copies_of(Account).objects.get(pgh_obj_id=account.pk)

    assert copy.pgh_context.keys() == {"via", "person", "request"}
    assert (copy.pgh_context["via"], copy.pgh_context["person"]) == ("page", marketer.person_id)


def test_the_api_says_who(api, marketer):
    account = AccountFactory()
    body = {"industry": "Freight"}
    api["marketer"].patch(f"/api/v1/accounts/{account.public_id}", body, content_type="application/json")

    found = api["marketer"].get(f"/api/v1/accounts/{account.public_id}/edits").json()["items"]

    assert [(edit["by"], edit["way"]) for edit in found] == [(marketer.name, "over the API")]
    assert found[0]["changes"] == [
        {"field": "industry", "label": "Industry", "was": "Logistics", "now": "Freight", "hidden": False}
    ]


def test_passwords_are_not_kept():
    assert "password" not in {field.name for field in copies_of(User)._meta.fields}


def chose(account, *products, at):
    """Say which products an account uses, at a moment of its own."""
    copies = choices_of(Account)[Account._meta.get_field("products")].objects
    known = list(copies.values_list("pk", flat=True))
    with acting(via="page", person=account.owner.person_id):
        account.products.set(products)
    copies.exclude(pk__in=known).update(pgh_created_at=at)


def test_what_was_chosen_of_many_is_an_edit_like_others(marketer, rep):
    field, plan, watch = (ProductFactory(name=name) for name in ("Field", "Plan", "Watch"))
    account = AccountFactory(owner=rep)
    account.products.set([plan])
    chose(account, plan, watch, at=MOMENT)
    chose(account, field, at=MOMENT + dt.timedelta(days=1))

    found = edits("account", account, marketer)

    assert [told(edit) for edit in found] == [
        [("Products", "Plan, Watch", "Field")],
        [("Products", "Plan", "Plan, Watch")],
    ]
    assert [edit.who.text for edit in found] == [rep.name, rep.name]


def test_what_a_new_row_chose_is_no_edit(marketer):
    account = AccountFactory()
    account.products.set([ProductFactory()])

    assert edits("account", account, marketer) == []


def test_choices_and_columns_of_one_act_stand_together(marketer, rep):
    region, team = RegionFactory(name="Iberia"), TeamFactory(name="Faro")
    policy = policy_of(threshold=Decimal(3))
    with acting(via="page", person=rep.person_id):
        policy.off_in.add(region)
        policy.off_for.add(team)
        ConsequencePolicy.objects.filter(pk=policy.pk).update(threshold=4)
    for copies in (copies_of(ConsequencePolicy), *choices_of(ConsequencePolicy).values()):
        copies.objects.update(pgh_created_at=MOMENT)

    (edit,) = [each for each in edits("policy", policy, marketer) if each.who.text == rep.name]

    assert sorted(told(edit)) == [
        ("Switched off for", "", "Faro"),
        ("Switched off in", "", "Iberia"),
        ("Threshold", "3", "4"),
    ]


def test_pages_of_choices_join_without_a_gap(marketer, rep):
    account, (one, two) = AccountFactory(owner=rep), (ProductFactory(name=name) for name in ("A", "B"))
    for number in range(PAGE + 5):
        chose(account, *([one], [one, two])[number % 2], at=MOMENT + dt.timedelta(hours=number))
    noun = nouns()["account"]
    account.refresh_from_db()

    first, more = edits_of(noun, account, viewer=marketer)
    second, none = edits_of(noun, account, viewer=marketer, before=more)

    assert (len(first), none) == (PAGE, "")
    chain = [change for edit in [*first, *second] for change in edit.changes]
    assert len(chain) == PAGE + 5
    assert [change.was for change in chain[:-1]] == [change.now for change in chain[1:]]
    assert (chain[0].was, chain[0].now, chain[-1].was) == ("A, B", "A", "")


def test_choices_of_every_kept_model_are_kept():
    for model in kept_models():
        chosen = {field.name for field in model._meta.local_many_to_many} - {"groups", "user_permissions"}
        assert {field.name for field in choices_of(model)} == chosen


def test_every_kept_model_is_shown_somewhere():
    shown = {part.model for noun in nouns().values() for part in noun.parts}

    assert {model for model in kept_models() if model is not values.CustomValue} == shown


def test_no_words_in_the_context(clients, drain, rep):
    """Ids only: what says who did it outlives the person."""
    account = AccountFactory(owner=rep, name="Kestrel")
    clients["rep"].post(f"/accounts/{account.public_id}/pause/", {"until": "2031-01-01"})
    drain()

    for context in copies_of(Account).objects.values_list("pgh_context", flat=True):
        assert rep.name not in str(context)
        assert rep.email not in str(context)


def test_a_job_says_which_and_for_whom(marketer, settings):
    account = AccountFactory(city="Porto")
    settings.JOB_RUNNERS = {"move": f"{__name__}.move"}
    job = jobs.start(kind="move", params={"account": account.pk}, user=marketer)

    jobs.run(job_id=job.pk)

    (edit,) = edits("account", account, marketer)
    assert (edit.who.text, edit.way) == (marketer.name, "with a file or another long job")
    assert copies_of(Account).objects.get().pgh_context["job"] == job.pk


def move(job, _progress):
    """Run as a job."""
    Account.objects.filter(pk=job.params["account"]).update(city="Lisbon")
    return {}


def test_a_handler_says_after_which_event(marketer, drain):
    nomination = invited(NominationFactory(), actor=marketer)
    drain()
    services.record_consent(contact=nomination.contact, activities=["call"], wording="I agree.", actor=None)
    drain()

    copy = copies_of(Nomination).objects.filter(pgh_obj_id=nomination.pk).latest("pgh_id")
    assert (copy.pgh_context["via"], copy.pgh_context["handler"]) == ("handler", "nominations.handlers.enrol")
    assert Event.objects.get(pk=copy.pgh_context["event"]).topic == "membership.activated"
    assert edits("nomination", nomination, marketer)[0].who.text == "The program"


def test_an_import_of_new_rows_keeps_nothing_and_of_changed_ones_each():
    _imported(b"account,account id,city\nKestrel,K1,Porto\nOriel,O1,Faro\n")
    assert not copies_of(Account).objects.exists()

    _imported(b"account,account id,city\nKestrel,K1,Lisbon\nOriel,O1,Faro\n")
    assert list(copies_of(Account).objects.values_list("external_ref", "city")) == [("K1", "Porto")]


def _imported(content):
    sheet, spec = sheets.read(content), SPECS[ImportKind.ACCOUNTS]
    columns = guess_columns(spec, sheet.header)
    exchange.write(spec, exchange.check(spec, sheet, columns), columns, keep_good=False, source=None)
