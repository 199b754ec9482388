"""What whoever watches the program reads: metrics and log lines."""

import logging

import pytest

from refprogram.logs import BriefRefusals, formatter
from refprogram.people import services

pytestmark = pytest.mark.django_db


def test_metrics_say_what_the_stream_owes(settings, client, cast, drain_quietly):
    settings.METRICS_TOKEN = "secret"
    bearer = {"Authorization": "Bearer secret"}
    services.invite_user(actor=cast.admin, email="nadia@house.example", name="Nadia New")
    owed = 'refprogram_deliveries_waiting{handler="refprogram.notices.joining.send_invitation"}'

    before = client.get("/metrics", headers=bearer).text
    drain_quietly()
    after = client.get("/metrics", headers=bearer).text

    assert f"{owed} 1.0" in before
    assert 'refprogram_deliveries_failing{handler="nominations.handlers.count"} 0.0' in before
    assert f"{owed} 0.0" in after


def line(record, style="console"):
    """Return what is written of a record."""
    assert BriefRefusals().filter(record)
    return formatter(style).format(record)


def test_a_refusal_is_one_line_in_the_log(clients, caplog):
    caplog.set_level("WARNING")  # a worker of an earlier test leaves the root logger at "error"
    clients["rep"].get("/dashboards/")
    (refused,) = [record for record in caplog.records if record.name == "django.request"]
    assert "\n" not in line(refused)


@pytest.mark.parametrize("style", ["console", "json"])
def test_a_fault_of_ours_keeps_its_traceback(style, caplog):
    try:
        raise RuntimeError
    except RuntimeError:
        logging.getLogger("django.request").exception("broken", extra={"status_code": 500})
    assert "Traceback (most recent call last)" in line(caplog.records[0], style)
