"""Filters narrow, say what is on, and answer nonsense with words."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import timezone
from factory import Sequence, SubFactory
from factory.django import DjangoModelFactory

from refprogram.kernel import filters
from refprogram.kernel.filters import query_url, query_without
from refprogram.kernel.models import Job, SavedView
from refprogram.people.models import User
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


class ViewFactory(DjangoModelFactory):
    """Rows to narrow."""

    class Meta:
        model = SavedView

    user = SubFactory(UserFactory)
    page = "rooms:list"
    name = Sequence(lambda n: f"View {n:04}")


class JobFactory(DjangoModelFactory):
    """Rows with a moment."""

    class Meta:
        model = Job

    kind = "import"


class GroupFactory(DjangoModelFactory):
    """The other end of a relation to many."""

    class Meta:
        model = Group

    name = Sequence(lambda n: f"Group {n}")


class ViewFilter(filters.FilterSet):
    """One of each kind."""

    page = filters.MultiChoiceFilter(label="Page", choices=[("a", "Accounts"), ("b", "Budgets"), ("c", "Contests")])
    owner = filters.ModelChoiceFilter(label="Owner", field_name="user", queryset=lambda request: User.objects.all())
    kind = filters.ChoiceFilter(label="Kind", field_name="page", choices=lambda: [("a", "Accounts")])
    place = filters.RangeFilter(label="Place", field_name="position", unit="steps")
    made = filters.DateRangeFilter(label="Made", field_name="created_at")
    title = filters.TextFilter(label="Title", field_name="name")
    shared = filters.YesNoFilter(label="Shared", no="Only mine")


def build(query: str) -> filters.FilterSet:
    request = RequestFactory().get(f"/?{query}")
    return ViewFilter(request.GET, SavedView.objects.order_by("name"), request=request, only_on=True)


def found(query: str) -> list[str]:
    filterset = build(query)
    assert filterset.form.is_valid(), filterset.form.errors
    return [view.name for view in filterset.qs]


def chips(query: str) -> list[tuple[str, str, str]]:
    return [
        (chip.label, chip.value, chip.remove_url) for chip in build(query).chips(RequestFactory().get(f"/?{query}"))
    ]


def problems(query: str) -> dict[str, list[str]]:
    return {name: list(words) for name, words in build(query).form.errors.items()}


def test_several_choices_are_any_of_them() -> None:
    for page in "abc":
        ViewFactory(page=page, name=page)

    assert found("page=a&page=c") == ["a", "c"]


def test_a_relation_to_many_brings_no_row_twice() -> None:
    class UserFilter(filters.FilterSet):
        group = filters.MultiChoiceFilter(
            label="Group", field_name="groups__name", choices=[("x", "X"), ("y", "Y")], many=True
        )

    user = UserFactory()
    user.groups.set([GroupFactory(name="x"), GroupFactory(name="y")])

    assert list(UserFilter(QueryDict("group=x&group=y"), User.objects.all()).qs) == [user]


def test_a_row_of_another_table_is_named_by_its_public_id() -> None:
    mine, other = ViewFactory(name="mine"), ViewFactory(name="other")

    assert found(f"owner={mine.user.public_id}") == ["mine"]
    assert problems(f"owner={other.user.pk}") == {"owner": ["That is not one of the choices."]}


def test_a_range_includes_its_ends() -> None:
    for place in range(1, 6):
        ViewFactory(position=place, name=str(place))

    assert found("place_min=2&place_max=4") == ["2", "3", "4"]
    assert found("place_min=4") == ["4", "5"]
    assert found("place_max=1") == ["1"]


def test_days_are_whole_days_where_the_reader_lives() -> None:
    ViewFactory(name="late evening", created_at=dt.datetime(2026, 3, 1, 22, 30, tzinfo=dt.UTC))

    with timezone.override("Europe/Berlin"):
        assert found("made_after=2026-03-01&made_before=2026-03-01") == ["late evening"]
    with timezone.override("Asia/Tokyo"):
        assert found("made_before=2026-03-01") == []
        assert found("made_after=2026-03-02") == ["late evening"]


def test_text_is_found_anywhere_in_any_case() -> None:
    ViewFactory(name="Watch list")

    assert found("title=ATCH") == ["Watch list"]
    assert found("title=%25") == []


def test_yes_and_no() -> None:
    ViewFactory(name="everyone", shared=True)
    ViewFactory(name="me")

    assert (found("shared=yes"), found("shared=no"), found("shared=")) == (["everyone"], ["me"], ["everyone", "me"])


def test_search_is_a_filter_of_the_page() -> None:
    ViewFactory(name="Watch list")
    ViewFactory(name="Other")
    asked: list[list[str]] = []

    def search(queryset: Any, words: list[str]) -> Any:
        asked.append(words)
        return queryset.filter(name__icontains=words[0])

    filterset = filters.FilterSet(QueryDict("q=watch+a+b+c+d+e+f+g"), SavedView.objects.all(), search=search)

    assert [view.name for view in filterset.qs] == ["Watch list"]
    assert asked == [["watch", "a", "b", "c", "d", "e"]]


def test_a_page_without_search_ignores_it() -> None:
    assert list(filters.FilterSet(QueryDict("q=x"), SavedView.objects.all()).filters) == []


@pytest.mark.parametrize(
    ("query", "label", "value"),
    [
        ("page=a", "Page", "Accounts"),
        ("page=a&page=b", "Page", "Accounts or Budgets"),
        ("page=a&page=b&page=c", "Page", "any of 3"),
        ("kind=a", "Kind", "Accounts"),
        ("place_min=500", "Place", "500 steps and more"),
        ("place_max=1500", "Place", "up to 1,500 steps"),
        ("place_min=2.50&place_max=10", "Place", "2.5 to 10 steps"),
        ("made_after=2026-11-01", "Made", "since 1 November 2026"),
        ("made_before=2026-11-30", "Made", "until 30 November 2026"),
        ("made_after=2026-11-01&made_before=2026-11-30", "Made", "1 November 2026 to 30 November 2026"),
        ("made_after=2026-11-01&made_before=2026-11-01", "Made", "1 November 2026"),
        ("title=watch", "Title", "contains “watch”"),
        ("shared=no", "Shared", "Only mine"),
    ],
)
def test_a_chip_says_what_is_on_and_how_to_take_it_off(query: str, label: str, value: str) -> None:
    assert chips(f"{query}&sort=-name&from=50&part=count") == [(label, value, "?sort=-name")]


def test_a_chip_leaves_the_others_on() -> None:
    assert [chip[2] for chip in chips("page=a&page=b&shared=yes")] == ["?shared=yes", "?page=a&page=b"]


def test_a_chip_names_the_row_of_another_table() -> None:
    user = UserFactory(name="Ana Sousa")

    assert [chip[1] for chip in chips(f"owner={user.public_id}")] == [str(user)]


@pytest.mark.parametrize(
    ("query", "name", "words"),
    [
        ("page=a&page=zzz", "page", "“zzz” is not one of the choices."),
        ("kind=zzz", "kind", "“zzz” is not one of the choices."),
        ("place_min=abc", "place", "Enter a number."),
        ("place_min=NaN", "place", "Enter a number."),
        ("place_min=1e999999", "place", "Ensure that there are no more than 15 digits in total."),
        ("place_min=5&place_max=2", "place", "The lower end is above the upper one."),
        ("made_after=2026-02-31", "made", "Enter a valid date."),
        ("made_after=0001-01-01", "made", "Ensure this value is greater than or equal to 1900-01-01."),
        ("shared=maybe", "shared", "“maybe” is not one of the choices."),
        ("title=%00", "title", "Null characters are not allowed."),
        ("owner=%00", "owner", "Null characters are not allowed."),
    ],
)
def test_nonsense_is_an_error_of_its_field(query: str, name: str, words: str) -> None:
    assert words in problems(query)[name]


def test_nonsense_has_no_chip() -> None:
    assert chips("place_min=abc&shared=yes") == [("Shared", "Yes", "?place_min=abc")]


def test_only_filters_that_are_on_are_built() -> None:
    def never() -> list[tuple[str, str]]:
        raise AssertionError("choices were asked for although the filter is off")

    class Lazy(filters.FilterSet):
        dear = filters.MultiChoiceFilter(label="Dear", field_name="page", choices=never)
        name = filters.TextFilter(label="Name")

    filterset = Lazy(QueryDict("name=x"), SavedView.objects.all(), only_on=True)

    assert list(filterset.filters) == ["name"]
    assert list(filterset.qs) == []


def test_a_filter_cannot_take_a_name_of_the_list() -> None:
    class Wrong(filters.FilterSet):
        sort = filters.TextFilter(label="Sort", field_name="name")

    with pytest.raises(ImproperlyConfigured, match=r"Wrong\.sort"):
        Wrong.on(QueryDict("sort=name"))


def test_state_leaves_out_what_belongs_to_the_moment() -> None:
    params = QueryDict("a=1&a=2&b=&from=50&part=count&format=csv&c=3")

    assert query_url(query_without(params, ["c"])) == "?a=1&a=2"
    assert query_url(QueryDict("")) == "?"
