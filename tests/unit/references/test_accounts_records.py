"""Accounts and contacts as records: no twins, one person per address, history told."""

import pytest

from references.accounts import services
from references.accounts.errors import TwinFound
from references.accounts.models import Account
from references.accounts.names import match_key
from references.accounts.selectors import pick_list, similar_accounts
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.models import Event
from tests.cast import Cast
from tests.factories.people import PersonFactory, UserFactory
from tests.factories.references import AccountFactory, ContactFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Kestrel Freight B.V.", "kestrel freight"),
        ("KESTREL-FREIGHT", "kestrel freight"),
        ("Müller & Söhne GmbH & Co. KG", "muller sohne"),
        ("Société Générale S.A.", "societe generale"),
        ("The Co", "the co"),
        ("Kan-code", "kan code"),
        ("日本電気", "日本電気"),
    ],
)
def test_match_key(name: str, key: str) -> None:
    assert match_key(name) == key


def test_a_twin_is_refused_until_somebody_says_it_is_another_company() -> None:
    first = services.open_account(name="Kestrel Freight", actor=None, origin="page")
    with pytest.raises(TwinFound) as found:
        services.open_account(name="  KESTREL freight b.v. ", actor=None, origin="page")
    assert found.value.twin == first
    second = services.open_account(name="Kestrel Freight BV", actor=None, origin="page", twin_ok=True)
    assert second.name == "Kestrel Freight BV"


def test_a_field_that_may_not_be_set_is_a_mistake() -> None:
    with pytest.raises(TypeError, match="fatigue_key"):
        services.open_account(name="A", actor=None, origin="page", fatigue_key=3.0)


def test_edits_are_told_by_field_and_nothing_changed_tells_nothing() -> None:
    account = services.open_account(name="Kestrel", actor=None, origin="page", industry="Freight")
    services.edit_account(account=account, actor=None, industry="Freight")
    assert not Event.objects.filter(topic="account.changed").exists()
    services.edit_account(account=account, actor=None, industry="Logistics", name="Kestrel Freight")
    assert Event.objects.get(topic="account.changed").payload == {"fields": ["industry", "name"]}
    assert Account.objects.get(pk=account.pk).match_key == "kestrel freight"


def test_a_person_is_found_by_address() -> None:
    person = PersonFactory(email="marieke@kestrel.example")
    account = AccountFactory()
    contact = services.add_contact(account=account, name="M. Heijden", email="Marieke@Kestrel.example ", actor=None)
    again = services.add_contact(account=account, name="Marieke", email="marieke@kestrel.example", actor=None)
    assert contact.person == person
    assert again == contact


def test_a_contact_without_address_gets_it_later() -> None:
    account = AccountFactory()
    first = services.add_contact(account=account, name="Ruben Bakker", actor=None)
    again = services.add_contact(account=account, name="ruben bakker", email="ruben@kestrel.example", actor=None)
    assert again == first
    assert again.person.email == "ruben@kestrel.example"


def test_a_colleague_is_no_customer() -> None:
    colleague = UserFactory()
    with pytest.raises(InvalidInput, match="colleague"):
        services.add_contact(account=AccountFactory(), name="X", email=colleague.email, actor=None)


def test_two_people_cannot_have_one_address() -> None:
    PersonFactory(email="taken@kestrel.example")
    with pytest.raises(InvalidInput) as refused:
        services.edit_contact(contact=ContactFactory(), email="Taken@kestrel.example", actor=None)
    assert "email" in refused.value.errors


def test_unknown_activities_are_named() -> None:
    with pytest.raises(InvalidInput, match="singing"):
        services.edit_contact(contact=ContactFactory(), willing=["call", "singing"], actor=None)


def test_type_ahead_forgives_and_puts_the_beginning_first(cast: Cast, django_assert_num_queries) -> None:
    kestrel = AccountFactory(name="Kestrel Freight")
    other = AccountFactory(name="North Kestrel Foods")
    AccountFactory(name="Brightwater")
    rep = cast.rep
    with django_assert_num_queries(2):
        assert pick_list(rep, "kestrel") == [kestrel, other]
    assert pick_list(rep, "kestrl freight") == [kestrel]
    assert pick_list(rep, "k") == []
    assert pick_list(cast.judge, "kestrel") == []


def test_type_ahead_passes_over_legal_forms_and_forgives_a_slip(cast: Cast) -> None:
    coral = AccountFactory(name="Coral Basin Corp")
    AccountFactory(name="Coral Reef Corp")
    jadeford = AccountFactory(name="Jadeford Biotech")
    assert pick_list(cast.rep, "Zzqx Corp") == []
    assert pick_list(cast.rep, "coral basin inc") == [coral]
    assert pick_list(cast.rep, "jadford") == pick_list(cast.rep, "jadeford biotch gmbh") == [jadeford]


def test_similar_names_are_shown_before_a_twin_is_made_but_no_masked_ones(cast) -> None:
    kestrel = AccountFactory(name="Kestrel Freight")
    assert similar_accounts("Kestral Freight Ltd", cast.rep) == [kestrel]
    Account.objects.filter(pk=kestrel.pk).update(tier="platinum")
    assert similar_accounts("Kestral Freight Ltd", cast.rep) == []
    assert similar_accounts("Kestral Freight Ltd", cast.marketer) == [kestrel]


def test_type_ahead_means_what_was_typed_letter_by_letter(cast: Cast) -> None:
    percent = AccountFactory(name="100% Green")
    AccountFactory(name="1000 Greens")
    inside = AccountFactory(name="Old North Mill")
    numbered = AccountFactory(name="Zephyr", external_ref="CRM-77")
    assert pick_list(cast.rep, "100%")[0] == percent
    assert pick_list(cast.rep, "no") == [inside]  # two letters: where a word begins
    assert pick_list(cast.rep, "il") == []
    assert pick_list(cast.rep, "CRM-77") == [numbered]
    assert pick_list(cast.rep, "--") == []


def test_masked_names_do_not_push_out_those_that_may_be_shown(cast: Cast) -> None:
    for number in range(9):
        AccountFactory(name=f"Kestrel {number}", tier="platinum" if number < 7 else "gold")
    found = [account.name for account in pick_list(cast.rep, "kestrel", limit=2)]
    assert found == ["Kestrel 7", "Kestrel 8"]
    assert len(pick_list(cast.marketer, "kestrel", limit=20)) == 9
