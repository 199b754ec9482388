"""Suites to inherit: what every list page and every form promises, whatever the room.

class TestAccounts(ListContract):
    view = AccountList
    reader = "marketer"

    @staticmethod
    def make(count, cast):
        AccountFactory.create_batch(count, owner=cast.rep)
"""

import csv
import io
from typing import Any, ClassVar

from django.test import Client
from django.urls import reverse

from refprogram.kernel.list_parts import capped_count
from refprogram.kernel.lists import ListPage
from tests.budgets import Budget
from tests.cast import Cast, Clients


class ListContract:
    """A list page: flat cost, sorting, filters, searching, the fragment, the export, its empty states."""

    view: ClassVar[type[ListPage]]
    reader: ClassVar[str] = "marketer"
    url_kwargs: ClassVar[dict[str, Any]] = {}

    @staticmethod
    def make(count: int, cast: Cast) -> None:
        """Create `count` more rows that the reader sees."""
        raise NotImplementedError

    @property
    def url(self) -> str:
        """The page's address; its key is its URL's name."""
        return reverse(self.view.page, kwargs=self.url_kwargs)

    def test_costs_are_flat_and_the_export_is_whole(self, budget: Budget, cast: Cast, clients: Clients) -> None:
        client = clients[self.reader]
        budget.flat_each(
            {
                self.view.page: lambda: client.get(self.url),
                f"{self.view.page} fragment": lambda: client.get(self.url, headers={"HX-Request": "true"}),
                f"{self.view.page} export": lambda: client.get(f"{self.url}?format=csv").getvalue(),
            },
            make=lambda count: self.make(count, cast),
        )
        self.make(40, cast)  # now there are more than a page holds
        self.check_export(client)

    def check_export(self, client: Client) -> None:
        """The export is what is shown: all of it, not the first page."""
        if not self.view.can_export:
            return
        answer = client.get(f"{self.url}?format=csv")
        rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
        page = self.view()
        page.request = answer.wsgi_request
        page.kwargs = self.url_kwargs
        assert len(rows) - 1 == capped_count(page.get_queryset()).number

    def test_every_column_sorts_both_ways(self, cast: Cast, clients: Clients) -> None:
        self.make(3, cast)
        sortable = [name for name, column in self.view.table_class.declared().items() if column.sort_fields]
        answers = [clients[self.reader].get(f"{self.url}?sort={sign}{name}") for name in sortable for sign in ("", "-")]
        assert {answer.status_code for answer in answers} <= {200}

    def test_every_filter_answers_and_refuses_nonsense(self, cast: Cast, clients: Clients) -> None:
        self.make(1, cast)
        names = [key for keys in self.view.filterset_class.parameters().values() for key in keys]
        answers = [clients[self.reader].get(f"{self.url}?{name}=%00nonsense%27") for name in names]
        assert {answer.status_code for answer in answers} <= {200, 422}

    def test_nothing_found_is_said(self, cast: Cast, clients: Clients) -> None:
        self.make(1, cast)
        page = clients[self.reader].get(f"{self.url}?q=zzzzzzzzzz")
        assert page.status_code == 200


class FormContract:
    """A form page: empty it refuses, double it does nothing twice, what was typed is not lost."""

    url: ClassVar[str]
    reader: ClassVar[str] = "marketer"
    good: ClassVar[dict[str, Any]]
    typed: ClassVar[str]  # a value of `good` that must come back when the rest is wrong
    broken: ClassVar[dict[str, Any]] = {}  # what makes `good` wrong

    @staticmethod
    def count() -> int:
        """Return how many rows there are of what the form makes."""
        raise NotImplementedError

    def test_wrong_values_come_back_with_422(self, clients: Clients) -> None:
        answer = clients[self.reader].post(self.url, {**self.good, **self.broken})
        assert answer.status_code == 422
        assert self.typed in answer.text

    def test_twice_is_once(self, clients: Clients) -> None:
        client = clients[self.reader]
        before = self.count()
        sent = {**self.good, "submit_key": "6f1b6a52-7f0c-4f4b-9a8e-0d1f6d0a4c11"}
        answers = [client.post(self.url, sent) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302]
        assert answers[0].url == answers[1].url
        assert self.count() == before + 1
