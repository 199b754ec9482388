"""What is overdue goes, the rest stays, and the page and `verify` know."""

import datetime as dt

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from references.exchange.models import ImportFile, ImportKind, ImportState
from refprogram.kernel import links, retention
from refprogram.kernel.edit_history.nouns import copies_of
from refprogram.kernel.files import services as files
from refprogram.kernel.models import FormAnswer, RetentionRun, SignedLink
from refprogram.notices.enums import MailState
from refprogram.notices.models import Mail, Notice
from refprogram.ops import erasing
from refprogram.people.models import Person
from tests.cast import signed_in
from tests.factories.forms import published_form
from tests.factories.notices import MailFactory, NoticeFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2027, 6, 1, 12, 0, tzinfo=dt.UTC)


def policy(name):
    return next(each for each in retention.policies() if each.name == name)


def ran(name):
    with time_machine.travel(NOW, tick=False):
        return retention.run(policy(name))


def days_ago(days):
    return NOW - dt.timedelta(days=days)


def test_read_notices_go_after_half_a_year():
    old = NoticeFactory(read_at=days_ago(181))
    kept = [NoticeFactory(read_at=days_ago(179)), NoticeFactory(read_at=None)]

    assert ran("read_notices") == 1
    assert set(Notice.objects.all()) == set(kept)
    assert old not in Notice.objects.all()


def test_words_of_a_mail_that_has_gone_are_emptied():
    mail = MailFactory(state=MailState.SENT, text="Dear Ann", html="<p>Dear Ann</p>")
    waiting = MailFactory(state=MailState.QUEUED, text="Dear Bo")

    assert ran("mail_words") == 1
    mail.refresh_from_db()
    waiting.refresh_from_db()
    assert (mail.text, mail.html, waiting.text) == ("", "", "Dear Bo")


def test_links_are_kept_three_months_after_their_end(rep):
    for expires_at in (days_ago(91), days_ago(30)):
        links.issue(purpose="survey", subject=rep, person_id=rep.person_id)
        SignedLink.objects.filter(pk=SignedLink.objects.latest("pk").pk).update(expires_at=expires_at)

    assert ran("dead_links") == 1
    assert SignedLink.objects.get().expires_at == days_ago(30)


def test_unused_uploads_lose_their_bytes(rep):
    with time_machine.travel(days_ago(3), tick=False):
        file = files.store(upload=SimpleUploadedFile("a.txt", b"Hello"), purpose="answer", user=rep)

    assert ran("unused_uploads") == 1
    file.refresh_from_db()
    assert file.removed_at is not None


def test_files_of_an_import_go_after_a_month(rep):
    with time_machine.travel(days_ago(31), tick=False):
        upload = ImportFile(kind=ImportKind.ACCOUNTS, state=ImportState.READY, original_name="a.csv", uploaded_by=rep)
        upload.file.save("old.table", ContentFile(b"a,b\n"), save=True)

    assert ran("import_files") == 1
    upload.refresh_from_db()
    assert not upload.file
    assert upload.state == ImportState.DISCARDED
    assert ran("import_files") == 0


def test_drafts_of_a_year_ago_go():
    version = published_form()
    with time_machine.travel(days_ago(366), tick=False):
        FormAnswer(version=version, subject_type="team", subject_id=1).save()
    with time_machine.travel(days_ago(300), tick=False):
        FormAnswer(version=version, subject_type="team", subject_id=2).save()

    assert ran("form_drafts") == 1
    assert FormAnswer.objects.get().subject_id == 2


def test_sessions_that_ran_out_go(rep):
    signed_in(rep)
    Session.objects.update(expire_date=days_ago(1))

    assert ran("sessions") == 1


def test_edits_of_the_erased_go_after_a_month(cast):
    person = PersonFactory(name="Ann Lee")
    Person.objects.filter(pk=person.pk).update(title="Head")
    erasing.erase(person=person, by=cast.admin)
    copies = copies_of(Person).objects.filter(pgh_obj_id=person.pk)
    Person.objects.filter(pk=person.pk).update(erased_at=days_ago(29))
    assert ran("edits_of_erased") == 0
    assert copies.exists()

    Person.objects.filter(pk=person.pk).update(erased_at=days_ago(31))
    assert ran("edits_of_erased") == 1
    assert not copies.exists()


def test_in_batches(monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    NoticeFactory.create_batch(5, read_at=days_ago(200))

    assert ran("read_notices") == 5
    assert not Notice.objects.exists()


def test_each_run_is_noted():
    NoticeFactory(read_at=days_ago(200))
    ran("read_notices")
    with time_machine.travel(NOW + dt.timedelta(days=1), tick=False):
        retention.run(policy("read_notices"))

    run = RetentionRun.objects.get(policy="read_notices")
    assert (run.removed, run.removed_at, run.total) == (1, NOW, 1)
    assert run.ran_at == NOW + dt.timedelta(days=1)


def test_verify_names_what_lies_around():
    NoticeFactory(read_at=timezone.now() - dt.timedelta(days=181))
    assert all(proof.holds for proof in retention.proofs())  # two days of grace

    NoticeFactory(read_at=timezone.now() - dt.timedelta(days=183))
    broken = [proof.name for proof in retention.proofs() if not proof.holds]
    assert broken == ["kept no longer than promised: read_notices"]


def test_one_that_breaks_does_not_hold_up_the_others(monkeypatch):
    broken = retention.Policy("broken", "", 1, "", lambda before: Mail.objects.filter(nothing=before))
    working = policy("read_notices")
    monkeypatch.setattr(retention, "policies", lambda: [broken, working])
    NoticeFactory(read_at=timezone.now() - dt.timedelta(days=183))

    assert retention.run_all() == 1
