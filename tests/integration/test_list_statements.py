"""Lists that keep their statements show each reader the rows, and the number, that they would show without."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import get_resolver
from django_htmx.middleware import HtmxDetails

from awards.contests.doors import ContestListPage
from awards.contests.models import Contest
from refprogram.kernel import list_statements
from refprogram.kernel.list_parts import capped_count
from refprogram.kernel.lists import ListPage
from tests.cast import ROLES, Cast
from tests.factories.entries import EntryFactory, open_contest
from tests.factories.gifts import asked_gift
from tests.factories.nominations import NominationFactory
from tests.factories.references import AccountFactory, ContactFactory, OpportunityFactory
from tests.factories.requests import request_of

pytestmark = pytest.mark.django_db


def steady_pages() -> list[type[ListPage]]:
    found = {view for view in _views(get_resolver()) if issubclass(view, ListPage) and view.steady}
    return sorted(found, key=lambda view: view.page)


def _views(resolver: Any) -> Iterator[Any]:
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from _views(entry)
        elif hasattr(entry.callback, "view_class"):
            yield entry.callback.view_class


def page_of(view: type[ListPage], reader: Any, params: str = "") -> ListPage:
    request: Any = RequestFactory().get(f"/{params}")
    request.user, request.htmx = reader, HtmxDetails(request)
    page = view()
    page.setup(request, **({"slug": Contest.objects.get().slug} if issubclass(view, ContestListPage) else {}))
    return page


@pytest.fixture
def rows(cast: Cast) -> None:
    """Rows of the rep, of the other team's rep, and of nobody."""
    for owner in (cast.rep, cast.other_team_rep, cast.support):
        for state in ("active", "identified"):
            account = AccountFactory(owner=owner, state=state)
            if state == "identified":
                NominationFactory(account=account, nominator=owner)
            OpportunityFactory(account=account, owner=owner)
            request_of(owner)
            asked_gift(requested_by=owner)
    contest = open_contest()
    for team in (cast.north, cast.south):
        EntryFactory(contest=contest, contact=ContactFactory(account__owner=team.members.order_by("pk")[0]))


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("view", steady_pages(), ids=lambda view: view.page)
def test_what_is_kept_shows_what_the_page_would_show(view: type[ListPage], cast: Cast) -> None:
    """For every role, and for two readers of one role, who share the statement and not the rows."""
    for part in (*ROLES, "other_team_rep", "other_team_manager"):
        for params in ("", "?state=active", f"?sort=-{next(iter(view.table_class.declared()))}"):
            page = page_of(view, cast[part], params)
            kept, number = list_statements.rows_statement(page), list_statements.number_statement(page)
            if kept is None or number is None:
                continue
            shown = [row.pk for row in page.portion()]
            assert [row.pk for row in kept(**page.given)] == shown, part
            assert number(**page.given) == capped_count(page.filtered).number, part


def test_staff_are_asked_for_anew(cast: Cast) -> None:
    """Their rights may hang on more than their role."""
    open_contest()
    cast.admin.is_staff = True
    assert all(list_statements.rows_statement(page_of(view, cast.admin)) is None for view in steady_pages())


def test_a_filter_that_looks_at_the_reader_or_the_clock_is_asked_anew(cast: Cast) -> None:
    """Mine is another statement for each reader; a search is hardly asked twice."""
    accounts = next(view for view in steady_pages() if view.page == "references:accounts")
    for params in ("?mine=yes", "?availability=available", "?q=nord", "?asked_after=2026-01-01"):
        assert list_statements.rows_statement(page_of(accounts, cast.rep, params)) is None
    assert list_statements.rows_statement(page_of(accounts, cast.rep, "?state=active")) is not None


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("view", steady_pages(), ids=lambda view: view.page)
def test_rows_by_their_keys_are_those_the_page_would_show(view: type[ListPage], cast: Cast) -> None:
    """What is typed, or hangs on the reader, finds the keys; what is shown of them is asked by a kept statement."""
    first = next(iter(view.table_class.declared()))
    for part in (*ROLES, "other_team_rep"):
        for params in ("?q=a", f"?q=a&sort=-{first}", "?mine=yes"):
            page = page_of(view, cast[part], params)
            if list_statements.rows_statement(page) is None:
                assert [row.pk for row in page.rows.records] == [row.pk for row in page.portion()], (part, params)
