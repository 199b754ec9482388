"""Added fields: their rules, and their values in typed columns."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refprogram.kernel.custom_fields import definitions, services, values
from refprogram.kernel.custom_fields.definitions import Definition
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.models import CustomField, CustomValue

pytestmark = pytest.mark.django_db

CHOICES = ["Gold", "Silver"]


def add(key="plants", type="number", noun="account", **more):  # noqa: A002
    return services.add_field(noun=noun, key=key, label=key.capitalize(), type=type, **more)


def definition(type, **more):  # noqa: A002
    facts = {"unit": "", "help": "", "required": False, "searchable": False, "filterable": True, "choices": ()}
    return Definition(1, "x", "X", type, **{**facts, **more})


# ---------------------------------------------------------------- values


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("text", "  Grüße ", "Grüße"),
        ("text", "   ", None),
        ("text", 12, "12"),
        ("number", "12.50", Decimal("12.5")),
        ("number", -3, Decimal(-3)),
        ("number", 0, Decimal(0)),
        ("date", "2026-03-31", dt.date(2026, 3, 31)),
        ("date", "2026-03-31T09:00:00Z", dt.date(2026, 3, 31)),
        ("date", dt.datetime(2026, 3, 31, 9, tzinfo=dt.UTC), dt.date(2026, 3, 31)),
        ("choice", "gold", "Gold"),
        ("yes_no", "YES", True),
        ("yes_no", "0", False),
        ("yes_no", False, False),
        ("yes_no", None, None),
    ],
)
def test_a_value_becomes_what_its_type_says(kind, raw, value):
    assert values.clean(definition(kind, choices=tuple(CHOICES)), raw) == value


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("text", "x" * 5001),
        ("text", "a\x00b"),
        ("number", "twelve"),
        ("number", "NaN"),
        ("number", "Infinity"),
        ("number", True),
        ("number", 10**14),
        ("number", [1]),
        ("date", "31.03.2026"),
        ("date", "2026-02-30"),
        ("date", 5),
        ("choice", "Bronze"),
        ("yes_no", "perhaps"),
        ("yes_no", 2),
    ],
)
def test_what_does_not_fit_is_refused_by_its_name(kind, raw):
    with pytest.raises(InvalidInput) as refused:
        values.clean(definition(kind, choices=tuple(CHOICES)), raw)
    assert list(refused.value.errors) == ["custom.x"]


@given(st.decimals(min_value=-(10**13), max_value=10**13, places=6))
def test_no_number_is_bent_on_the_way(number):
    assert values.clean(definition("number"), str(number)) == number
    assert values.tidy(number) == number


def test_values_are_kept_and_read_as_they_were():
    add("plants"), add("tier_word", "choice", choices=CHOICES), add("since", "date")
    add("critical", "yes_no"), add("note", "text")
    said = {
        "plants": Decimal("12.5"),
        "tier_word": "Gold",
        "since": dt.date(2020, 1, 2),
        "critical": False,
        "note": "x",
    }

    assert values.save_values(noun="account", object_id=7, values=said) == sorted(said)
    assert values.values_of("account", [7, 8]) == {7: said, 8: {}}
    assert values.save_values(noun="account", object_id=7, values=said) == []


def test_what_is_emptied_is_gone_and_what_is_not_named_stays():
    add("plants"), add("note", "text")
    values.save_values(noun="account", object_id=7, values={"plants": 3, "note": "x"})

    assert values.save_values(noun="account", object_id=7, values={"plants": ""}) == ["plants"]
    assert values.values_of_one("account", 7) == {"note": "x"}


def test_every_mistake_is_named_at_once_and_nothing_is_kept():
    add("plants"), add("since", "date", required=True)

    with pytest.raises(InvalidInput) as refused:
        values.save_values(noun="account", object_id=7, values={"plants": "x", "since": "", "nowhere": 1})

    assert sorted(refused.value.errors) == ["custom.nowhere", "custom.plants", "custom.since"]
    assert not CustomValue.objects.exists()


def test_many_rows_cost_two_statements(django_assert_num_queries):
    add("plants")
    definitions.definitions("account")
    with django_assert_num_queries(3):  # a savepoint, its end, one insert
        values.save_many(noun="account", rows={row: {"plants": Decimal(row)} for row in range(500)})
    with django_assert_num_queries(1):
        assert len(values.values_of("account", range(500))) == 500


def test_nothing_added_costs_nothing(django_assert_num_queries):
    definitions.definitions("contact")
    with django_assert_num_queries(0):
        assert values.values_of("contact", [1, 2]) == {1: {}, 2: {}}
        assert values.save_values(noun="contact", object_id=1, values={}) == []


def test_erasing_a_row_takes_archived_values_along():
    field = add("plants")
    values.save_values(noun="account", object_id=7, values={"plants": 3})
    services.archive_field(field=field)

    assert values.erase(noun="account", object_ids=[7]) == 1


# ---------------------------------------------------------------- the fields


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("key", {"key": "Plants"}),
        ("key", {"key": "1st"}),
        ("key", {"key": "a-b"}),
        ("noun", {"noun": "planet"}),
        ("choices", {"type": "choice", "choices": ["one", " ONE "]}),
    ],
)
def test_a_field_that_makes_no_sense_is_refused(field, wrong):
    with pytest.raises(InvalidInput) as refused:
        add(**{"key": "plants", **wrong})
    assert list(refused.value.errors) == [field]


def test_a_key_is_never_given_twice_even_to_an_archived_field():
    services.archive_field(field=add("plants"))

    with pytest.raises(InvalidInput):
        add("plants", "text")
    add("plants", "text", noun="contact")


def test_key_and_type_cannot_be_changed():
    with pytest.raises(TypeError):
        services.change_field(field=add(), key="other")


def test_a_choice_in_use_cannot_be_taken_away():
    field = add("tier_word", "choice", choices=CHOICES)
    values.save_values(noun="account", object_id=7, values={"tier_word": "Gold"})

    services.change_field(field=field, choices=["Gold", "Bronze"])
    with pytest.raises(InvalidInput, match="Gold"):
        services.change_field(field=field, choices=["Silver", "Bronze"])


def test_what_does_not_belong_to_a_type_is_dropped():
    field = add("since", "date", unit="years", choices=["a", "b"], searchable=True)

    assert (field.unit, field.choices, field.searchable) == ("", [], False)


def test_an_archived_field_is_out_of_use_and_comes_back_with_its_values():
    field = add()
    values.save_values(noun="account", object_id=7, values={"plants": 3})

    services.archive_field(field=field)
    assert values.values_of_one("account", 7) == {}
    with pytest.raises(InvalidInput):
        values.save_values(noun="account", object_id=7, values={"plants": 4})

    services.restore_field(field=field)
    assert values.values_of_one("account", 7) == {"plants": Decimal(3)}


def test_fields_are_put_in_order():
    first, _second, third = add("a"), add("b"), add("c")

    services.move_field(field=third, by=-1)
    services.move_field(field=first, by=-1)
    services.move_field(field=first, by=1)

    assert [field.key for field in definitions.definitions("account")] == ["c", "a", "b"]


def test_not_more_fields_than_a_page_can_hold(monkeypatch):
    monkeypatch.setattr(services, "MOST", 1)
    add("a")

    with pytest.raises(InvalidInput):
        add("b")
    services.archive_field(field=CustomField.objects.get())
    add("b")


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("noun", "key", "label", "where"),
    [
        ("account", "owner", "Our owner", "key"),  # a field of the model
        ("account", "custom", "Anything", "key"),  # what the API calls all of them
        ("account", "our_owner", "Owner", "label"),  # a heading of the import
        ("account", "heads", "HEADCOUNT", "label"),  # another word for one of them
        ("account", "tired", "Fatigue", "label"),  # a column of the list
        ("contact", "post", "Job  title", "label"),
        ("opportunity", "ends", "Closes", "label"),
        ("nomination", "state", "Where it stands", "key"),
        ("request", "until", "Needed by", "label"),
    ],
)
def test_a_field_is_not_called_like_one_that_is_there(noun, key, label, where):
    with pytest.raises(InvalidInput) as refused:
        services.add_field(noun=noun, key=key, label=label, type="text")

    assert list(refused.value.errors) == [where]


def test_two_fields_of_one_noun_do_not_read_the_same():
    first = add("erp", "text")
    with pytest.raises(InvalidInput):
        services.add_field(noun="account", key="erp_too", label=" Erp! ", type="text")
    other = services.add_field(noun="contact", key="erp", label="Erp", type="text")
    assert other.label == "Erp"

    services.archive_field(field=first)
    services.add_field(noun="account", key="erp_too", label="Erp", type="text")
    with pytest.raises(InvalidInput):
        services.restore_field(field=first)


def test_a_field_keeps_a_name_that_it_has_and_takes_no_built_in_one():
    field = add("erp", "text")

    assert services.change_field(field=field, label="Erp", help="Which one?").help == "Which one?"
    with pytest.raises(InvalidInput):
        services.change_field(field=field, label="Industry")
