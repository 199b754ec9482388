"""Workers are killed, the broker goes away, Postgres crashes while people work: in the end every figure is right."""

import itertools
import os
import random
import signal
import threading
import time

import pytest
from django.core.management import call_command
from django.db import DatabaseError, InterfaceError, OperationalError, connection, connections
from django.db.models import Sum

from incentives.models import Entry
from incentives.policy import ENROLLED_CAP, ENROLLED_POINTS
from nominations.enums import NominationState
from nominations.models import Nomination
from references.accounts import services
from refprogram.celery import app
from refprogram.kernel.enums import Period
from refprogram.kernel.models import Delivery, Rollup
from refprogram.people.enums import Role
from refprogram.people.models import User
from tests.cast import signed_in
from tests.factories.nominations import invited, screened
from tests.factories.people import UserFactory
from tests.outside import wake
from tests.soak.length import lasting, tell

pytestmark = pytest.mark.worker

PEOPLE = 4
CRASH = (DatabaseError, InterfaceError)
PATIENCE = 0.3


class Colleague(threading.Thread):
    """Nominates one customer after the other by the page, and takes each to its yes, until told to stop."""

    def __init__(self, number, marketer, stop):
        super().__init__(name=f"colleague {number}", daemon=True)
        self.marketer, self.stop = marketer, stop
        self.user = UserFactory(role=Role.REP)
        self.client = signed_in(self.user)
        self.accounts, self.fault = [], None

    def run(self):
        try:
            for number in itertools.count():
                if self.stop.is_set():
                    return
                self.one(f"{self.name} {number}")
        except Exception as fault:  # noqa: BLE001 - told by the test, which would not hear of it in a thread
            self.fault = repr(fault)
        finally:
            connections.close_all()

    def one(self, account):
        """Take a customer from the idea to the yes; after a crash look how far it came, and go on from there."""
        while True:
            try:
                self.step(account)
            except CRASH as fault:
                if not ends_a_session(fault):
                    raise
                connections.close_all()
                time.sleep(PATIENCE)
            else:
                self.accounts.append(account)
                return

    def step(self, account):
        known = Nomination.objects.select_related("account", "contact").filter(account__name=account)
        if not known.exists():
            said = {"account_name": account, "why": "They love us", "contact_name": f"Ana {account}"}
            said["contact_email"] = f"{account.replace(' ', '-')}@customer.example"
            answer = self.client.post(f"/nominations/new/?name={account.replace(' ', '+')}", said)
            assert answer.status_code == 302, answer.text
        nomination = known.get()
        if nomination.state == NominationState.SUBMITTED:
            nomination = screened(nomination)
        if nomination.state == NominationState.SCREENING:
            nomination = invited(nomination, actor=self.marketer)
        if not nomination.contact.consents.exists():
            services.record_consent(contact=nomination.contact, activities=["call"], wording="I agree.", actor=None)


def ends_a_session(fault):
    """Whether Postgres went away, which psycopg2 says in three ways; anything else is a fault of ours."""
    return isinstance(fault, OperationalError | InterfaceError) or "server closed the connection" in str(fault)


def crash_postgres():
    """SIGKILL for one session of Postgres: it trusts its memory no more, ends all others, begins anew from its log."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        sessions = [pid for (pid,) in cursor.fetchall()]
    if sessions:
        os.kill(random.choice(sessions), signal.SIGKILL)
    connection.close()


def stop_broker(valkey, chance):
    valkey.stop()
    time.sleep(chance.random())
    valkey.start()


def owed():
    return Delivery.objects.filter(done_at__isnull=True).count()


def sweep():
    wake()
    app.send_task("kernel.sweep")  # as beat does every 15 seconds


def nothing_is_owed():
    try:
        sweep()
        return owed() == 0
    except CRASH as fault:  # Postgres may need a moment to see that one of its own has died
        if not ends_a_session(fault):
            raise
        connection.close()
        return False


def kept(metric):
    """Return the total of a figure in this year's standings of people."""
    rows = Rollup.objects.filter(metric=metric, period=Period.YEAR, dimension="rep")
    return int(rows.aggregate(total=Sum("value"))["total"] or 0)


def test_what_was_answered_outlives_a_crash(transactional_db, eventually):
    """What the long test counts rests on it: of a server that forgets what it said yes to, no figure says anything."""
    kept_people = []
    for _ in range(5):
        beside = connection.copy()
        with beside.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
        kept_people.append(UserFactory().pk)
        os.kill(pid, signal.SIGKILL)
        eventually(has_ended_us)
        eventually(answers_again)
    assert list(User.objects.filter(pk__in=kept_people).order_by("pk").values_list("pk", flat=True)) == kept_people


def has_ended_us():
    """Whether the crash has reached our own session: until then the old server may still answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except CRASH:
        connection.close()
        return True
    return False


def answers_again():
    try:
        connection.ensure_connection()
    except CRASH:
        connection.close()
        return False
    return True


def test_whatever_is_killed_every_figure_is_right(cast, outside, eventually, capsys):
    chance, stop, kills = random.Random(7), threading.Event(), 0
    people = [Colleague(number, cast.marketer, stop) for number in range(PEOPLE)]
    for _ in range(2):
        outside.start_worker()
    for colleague in people:
        colleague.start()
    going_on = lasting(0.3)
    while going_on() or kills < 4:  # each kind of fault comes at least once, however short the run
        time.sleep(chance.random())
        outside.kill(chance.choice(outside.workers))
        kills += 1
        if kills % 3 == 0:
            stop_broker(outside.valkey, chance)
        if kills % 4 == 0:
            crash_postgres()
            eventually(answers_again)
        outside.start_worker()
        sweep()
    stop.set()
    for colleague in people:
        colleague.join()
    assert [colleague.fault for colleague in people if colleague.fault] == []

    eventually(nothing_is_owed)
    accounts = [account for colleague in people for account in colleague.accounts]
    tell(capsys, f"{len(accounts)} customers enrolled while {kills} workers died, and Postgres {kills // 4} times")
    assert Nomination.objects.count() == len(accounts) == len(set(accounts))
    left = Nomination.objects.exclude(state="enrolled").values_list("account__name", "state", "reason")
    assert list(left) == []
    assert kept("nominations.submitted") == kept("nominations.enrolled") == len(accounts)
    assert Entry.objects.count() == sum(
        min(len(colleague.accounts), ENROLLED_CAP // ENROLLED_POINTS) for colleague in people
    )
    call_command("verify")
