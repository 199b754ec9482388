"""The API is sent whatever its own description allows, and what it does not: no 500, every error a problem."""

import functools
import itertools

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode

from refprogram.people.models import User
from refprogram.wsgi import application
from tests.cast import ApiClients
from tests.integration import surface
from tests.soak.length import lasting, tell

pytestmark = pytest.mark.django_db

EXAMPLES = 4  # of one operation in one turn
TURNS = 100_000  # more than there is ever time for
MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]


@functools.cache
def described():
    """Return the operations as the program itself describes them, by their ids."""
    document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    found = (result.ok() for result in document.get_all_operations())
    return {operation.definition.raw["operationId"]: operation for operation in found}


@pytest.fixture(scope="module")
def company(django_db_setup, django_db_blocker):
    """A demo company to ask about, made once, over one connection: that of the test, which no request may close."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo", scale=8, verbosity=0)
        yield
        transaction.set_rollback(True)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def ask(name, headers, *, turn):
    """Send some requests that an operation describes, and some that it does not; other ones in every turn."""
    strategy = st.one_of([described()[name].as_strategy(generation_mode=mode) for mode in MODES])

    @seed(turn)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def send(case):
        response = case.call(headers=headers)
        assert response.status_code < 500, (case.as_curl_command(), response.text)
        if response.status_code >= 400:
            assert response.headers["content-type"][0] == "application/problem+json", case.as_curl_command()

    with transaction.atomic():
        send()
        transaction.set_rollback(True)


def test_operations_answer_whatever_comes(company, capsys):
    """Every operation once, and again with other requests until the time is over; all that fail are told."""
    client = ApiClients.token(User.objects.get(email="marketer@demo.example"))
    headers = {"Authorization": client.defaults["HTTP_AUTHORIZATION"]}
    going_on, faults, asked = lasting(0.3), {}, 0
    for turn, name in itertools.product(range(TURNS), surface.operations()):
        if turn and not going_on():
            break
        asked += 1
        try:
            ask(name, headers, turn=turn)
        except Exception as fault:  # noqa: BLE001 - the others are asked all the same
            faults.setdefault(name, fault)
    tell(capsys, f"{len(surface.operations())} operations, asked {asked} times")
    assert not faults, "\n".join(f"{name}: {fault!r:.600}" for name, fault in faults.items())
