"""`make bench` is not part of the suite; that each of its pages can be asked for is."""

import pytest
from django.core.management import call_command

from refprogram.people.models import User
from tests.bench import added, pages

pytestmark = pytest.mark.django_db

SCALE = 80  # accounts: the smallest demo company that has one of everything the bench asks for


def test_each_page_of_the_bench_answers() -> None:
    """On a small demo company, with the added fields of the bench; errors are told all at once."""
    call_command("demo", scale=SCALE, verbosity=0)
    added.fill()
    found = [*pages.cases(), *added.cases()]
    people = pages.people(found, User.objects.get(email="marketer@demo.example"))
    clients = {who: pages.client_of(one) for who, one in people.items()}
    refused = {}
    for case in found:
        answer = pages.ask(clients[case.who], case, case.address(), case.post() if case.post else "")
        if answer.status_code not in {200, 302}:
            refused[case.name] = answer.status_code
    assert not refused
