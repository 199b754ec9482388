"""Two at once, with real threads on the real database: publishing, answering, writing, while it is acknowledged."""

import pytest

from refprogram.governance.charter import selectors, services
from refprogram.governance.charter.enums import CharterState
from refprogram.governance.charter.models import Acknowledgement, CharterVersion, ScopeLine
from refprogram.governance.charter.services.acknowledging import Outcome
from refprogram.governance.stakeholders import services as stakeholders
from refprogram.governance.stakeholders.models import Pulse
from refprogram.kernel.models import Event
from refprogram.people.enums import Role
from tests.factories.charter import ScopeLineFactory, charter_of, holding, right_answers
from tests.factories.people import UserFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.racing import at_once, results

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_publish_at_once_leave_one_that_holds():
    one, other = UserFactory(role=Role.MARKETER), UserFactory(role=Role.ADMIN)
    before, version = holding(), charter_of(CharterState.APPROVED)
    found = results(*(lambda by=by: services.publish(version=version, by=by) for by in (one, other)))
    assert found == ["done", "illegal-move"]
    states = dict(CharterVersion.objects.values_list("pk", "state"))
    assert states == {before.pk: CharterState.SUPERSEDED, version.pk: CharterState.PUBLISHED}
    assert Event.objects.filter(topic="charter.published").count() == 1


def test_two_who_begin_a_version_at_once_write_the_same_one():
    people = UserFactory.create_batch(2, role=Role.MARKETER)
    holding()
    rows = at_once(*(lambda by=by: services.begin_draft(by=by) for by in people))
    assert len({row.pk for row in rows}) == 1
    assert ScopeLine.objects.filter(version=rows[0]).count() == 2


def test_two_parts_written_at_once_are_both_there_and_counted():
    by = UserFactory(role=Role.MARKETER)
    version = charter_of()
    facts = {"inside": True, "words": [], "hours": 2}
    at_once(
        *(
            lambda name=name: services.add_part(version=version, model=ScopeLine, facts=facts | {"name": name}, by=by)
            for name in ("Film", "Talk")
        )
    )
    version.refresh_from_db()
    assert (version.lines.count(), version.revision) == (4, 3)


def test_a_charter_that_is_published_while_it_is_acknowledged_is_known_or_said_to_have_changed():
    reader, by = UserFactory(role=Role.EXECUTIVE), UserFactory(role=Role.MARKETER)
    read, version = holding(), charter_of(CharterState.APPROVED)
    ScopeLineFactory(version=version, name="Film", hours=9)
    answers = right_answers(read)
    done, _published = at_once(
        lambda: services.acknowledge(version=read, answers=answers, by=reader),
        lambda: services.publish(version=version, by=by),
    )
    kept = Acknowledgement.objects.filter(version=read, acknowledged_at__isnull=False).exists()
    assert kept is isinstance(done, Outcome)
    assert kept or done.changes == ["Film is in scope now."]
    assert selectors.current() == version


def test_a_pulse_answered_by_a_double_click_counts_once():
    by = UserFactory(role=Role.MARKETER)
    pulse = stakeholders.ask_pulse(row=StakeholderFactory(), by=by)
    token = stakeholders.address_of(pulse).rsplit("/s/")[1].strip("/")
    at_once(*(lambda score=score: stakeholders.answer_pulse(token=token, score=score) for score in (4, 5)))
    assert Pulse.objects.get().score in (4, 5)
    assert Event.objects.filter(topic="stakeholder.pulse_given").count() == 1


def test_two_who_ask_at_once_ask_one_question():
    by, row = UserFactory(role=Role.MARKETER), StakeholderFactory()
    pulses = at_once(*[lambda: stakeholders.ask_pulse(row=row, by=by)] * 2)
    assert pulses[0] == pulses[1] == Pulse.objects.get()
