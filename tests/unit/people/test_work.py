"""Work activity: each record once, each with its event, late ones too; what cannot be taken says why."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from refprogram.kernel import jobs
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.models import Event, Job
from refprogram.people.models import WorkActivity
from refprogram.people.work import services
from tests.factories.people import UserFactory
from tests.racing import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


@pytest.fixture
def _today():
    with time_machine.travel("2026-11-22 12:00Z"):
        yield


def row(ref="A-1", person="rep@house.example", **more):
    return {
        "external_ref": ref,
        "person": person,
        "kind": "activity_logged",
        "occurred_at": "2026-11-20T09:30:00Z",
        **more,
    }


def take(*rows, source="crm"):
    return services.take_rows(source=source, rows=rows)


def test_a_row_is_one_activity_and_one_event_with_the_facts_of_now(cast):
    taken = take(row(person=cast.rep.email.upper(), detail="demo"))
    activity = WorkActivity.objects.get()
    event = Event.objects.get(pk=activity.event_id)
    assert (taken.created, taken.known, taken.rejected) == (1, 0, [])
    assert (event.topic, event.subject_type, event.subject_id) == ("work.activity_logged", "workactivity", activity.pk)
    assert event.payload == {
        "person": cast.rep.person_id,
        "team": cast.north.pk,
        "region": cast.north.region_id,
        "detail": "demo",
    }
    assert (event.actor_id, event.occurred_at) == (cast.rep.person_id, activity.occurred_at)
    assert event.at > event.occurred_at  # told two days later


def test_told_twice_is_taken_once(rep):
    again = row(person=rep.email)
    assert take(again, again).known == 1
    assert (take(again).created, take(again).known) == (0, 1)
    assert take(again, source="another system").created == 1  # the same id there means another record
    assert (WorkActivity.objects.count(), Event.objects.filter(subject_type="workactivity").count()) == (2, 2)


def test_a_colleague_is_known_by_address_or_by_crm_name():
    anna = UserFactory(external_ref="Anna Snelling")
    assert take(row("1", "anna snelling"), row("2", anna.email)).created == 2
    assert set(WorkActivity.objects.values_list("person", flat=True)) == {anna.person_id}


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"person": "stranger@else.example"}, "Nobody here"),
        ({"external_ref": ""}, "no record"),
        ({"external_ref": "x" * 121}, "too long"),
        ({"kind": "slept"}, "no kind of activity"),
        ({"occurred_at": "yesterday"}, "no time"),
        ({"occurred_at": "2026-13-45T00:00:00Z"}, "no time"),
        ({"occurred_at": "2026-12-24T00:00:00Z"}, "in the future"),
        ({"occurred_at": "1066-10-14"}, "too far back"),
        ({"detail": "a\x00b"}, "no text"),
    ],
)
def test_a_row_that_cannot_be_taken_keeps_no_other_out(rep, bad, words):
    taken = take(
        row("1", rep.email), row(**{"ref": "2", "person": rep.email, **_as_arguments(bad)}), row("3", rep.email)
    )
    assert taken.created == 2
    assert [rejected.number for rejected in taken.rejected] == [2]
    assert words in taken.rejected[0].reason


def _as_arguments(bad):
    return {("ref" if name == "external_ref" else name): value for name, value in bad.items()}


def test_too_many_rows_at_once_are_refused_whole(rep):
    with pytest.raises(InvalidInput):
        take(*[row(str(n), rep.email) for n in range(services.AT_ONCE + 1)])
    assert not WorkActivity.objects.exists()


def test_a_file_is_taken_in_by_a_job(rep, marketer):
    lines = [
        "Id,Email,Kind,Occurred At,Detail",
        f"1,{rep.email},signed_in,2026-11-02,",
        "2,nobody,asset_used,2026-11-02,x",
    ]
    upload = SimpleUploadedFile("work.csv", "\n".join(lines).encode())
    job = services.take_file(source="crm", upload=upload, user=marketer)
    jobs.run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.result["created"], job.result["rejected_count"]) == ("done", 1, 1)
    assert job.result["rejected"][0]["number"] == 3  # as a spreadsheet counts, under the header
    jobs.run(job_id=job.pk)  # delivered twice by the broker
    assert WorkActivity.objects.count() == 1


def test_a_file_without_the_needed_columns_is_refused_at_once_by_name(rep, marketer):
    with pytest.raises(InvalidInput) as refused:
        services.take_file(source="crm", upload=SimpleUploadedFile("work.csv", b"id,email\n1,x\n"), user=marketer)
    assert "kind (or topic, type); occurred_at (or at," in refused.value.errors["file"]
    assert not Job.objects.exists()


def test_rows_that_were_not_taken_are_counted(rep, marketer):
    good, bad = f"{{}},{rep.email},signed_in,2026-11-02", "{},stranger@else.example,slept,never"
    lines = [
        "external_ref,person,kind,occurred_at",
        *(good.format(n) for n in range(5)),
        *(bad.format(n) for n in range(4)),
    ]
    upload = SimpleUploadedFile("work.csv", "\n".join(lines).encode())
    job = services.take_file(source="crm", upload=upload, user=marketer)
    jobs.run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.done, job.total, job.message) == (9, 9, "5 new, 0 told before, 4 not taken.")


@pytest.mark.django_db(transaction=True)
def test_two_that_tell_the_same_at_once_make_it_once(rep):
    rows = [row(str(n), rep.email) for n in range(50)]
    outcomes = at_once(*[lambda: take(*rows)] * 2)
    assert sorted(taken.created for taken in outcomes) == [0, 50]
    assert WorkActivity.objects.count() == 50
