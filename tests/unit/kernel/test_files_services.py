"""Files from the first byte to the last: taken in, attached, scanned, removed, forgotten."""

import datetime as dt
import hashlib
import socketserver
import struct
import threading

import pytest
import time_machine
from django.core.exceptions import RequestDataTooBig
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from refprogram.kernel import tasks
from refprogram.kernel.enums import FileState
from refprogram.kernel.errors import DomainError, InvalidInput, LinkRefused
from refprogram.kernel.files import addresses, antivirus, selectors, services
from refprogram.kernel.files.handlers import SLACK, SizeCap
from refprogram.kernel.models import StoredFile
from refprogram.kernel.stream import Subject
from tests import hostile

pytestmark = pytest.mark.django_db

PURPOSE = "consent_evidence"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def finds_eicar(data):
    return "Eicar-Test-Signature" if EICAR in data else ""


def asleep(data):
    raise antivirus.ScannerAsleepError


def kept(user, name="letter.txt", data=b"We agree.", **options):
    return services.store(upload=hostile.upload(name, data), purpose=PURPOSE, user=user, **options)


def test_what_is_washed_is_what_is_kept_and_hashed(rep):
    file = kept(rep, "photo.jpg", hostile.picture_with_place())

    data = default_storage.open(file.path).read()
    assert (file.sha256, file.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert b"Mia" not in data
    assert (file.name, file.media_type, file.state) == ("photo.jpg", "image/jpeg", FileState.CLEAN)
    assert "photo" not in file.path


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("virus.exe", hostile.EXE, "not taken"),
        ("page.html", hostile.HTML, "not taken"),
        ("logo.svg", hostile.SVG, "not taken"),
        ("noextension", b"hello", "not taken"),
        ("letter.pdf", hostile.EXE, "not a PDF"),
        ("photo.png", hostile.HTML, "not a PNG"),
        ("letter.txt", b"", "empty"),
        ("letter.txt", b"x" * (15 * 1024 * 1024 + 1), "at most"),
        ("letter.docx", hostile.docx(**{"word/vbaProject.bin": b"x"}), "macros"),
    ],
)
def test_what_is_refused_leaves_nothing(rep, tmp_path, name, data, words):
    with pytest.raises(InvalidInput, match=words) as refused:
        kept(rep, name, data)

    assert list(refused.value.errors) == ["file"]
    assert not StoredFile.objects.exists()
    assert not (tmp_path / "files").exists()


def test_a_file_belongs_to_one_thing_only(rep):
    file = kept(rep)
    services.attach(file=file, subject=Subject("consent", 1))
    services.attach(file=file, subject=Subject("consent", 1))

    with pytest.raises(DomainError):
        services.attach(file=file, subject=Subject("consent", 2))


def test_no_more_files_than_the_policy_says(rep):
    kept(rep, subject=Subject("consent", 1))

    with pytest.raises(InvalidInput, match="Only 1 file"):
        kept(rep, subject=Subject("consent", 1))


def test_nobody_fills_the_disk_with_what_is_used_nowhere(rep, monkeypatch):
    monkeypatch.setattr(services, "OPEN_UPLOADS", 2)
    kept(rep)
    kept(rep)

    with pytest.raises(InvalidInput, match="used nowhere"):
        kept(rep)


def test_an_upload_waits_for_its_own_sender_only(rep, marketer):
    file = kept(rep)

    assert list(selectors.unattached(purpose=PURPOSE, user=rep)) == [file]
    assert not selectors.unattached(purpose=PURPOSE, user=marketer).exists()
    assert not selectors.unattached(purpose="other", user=rep).exists()
    assert not selectors.unattached(purpose=PURPOSE).exists()


def test_in_quarantine_until_the_scanner_says_clean(rep, settings):
    settings.ANTIVIRUS = f"{__name__}.finds_eicar"
    file = kept(rep)
    assert file.state == FileState.QUARANTINED
    with pytest.raises(DomainError):
        services.read(file)

    tasks.scan_file(file_id=file.pk)

    file.refresh_from_db()
    assert file.ready
    assert services.read(file).read() == b"We agree."


def test_what_the_scanner_finds_is_gone(rep, settings, django_capture_on_commit_callbacks):
    settings.ANTIVIRUS = f"{__name__}.finds_eicar"
    file = kept(rep, data=EICAR)

    with django_capture_on_commit_callbacks(execute=True):
        tasks.scan_files()

    file.refresh_from_db()
    assert (file.state, file.verdict) == (FileState.REFUSED, "Eicar-Test-Signature")
    assert not default_storage.exists(file.path)
    with pytest.raises(DomainError):
        services.attach(file=file, subject=Subject("consent", 1))


def test_a_sleeping_scanner_leaves_files_in_quarantine(rep, settings):
    settings.ANTIVIRUS = f"{__name__}.asleep"
    file = kept(rep)

    assert services.scan_waiting() == 0

    file.refresh_from_db()
    assert file.state == FileState.QUARANTINED


class Clamd(socketserver.BaseRequestHandler):
    """Speaks INSTREAM as ClamAV's daemon does."""

    def handle(self):
        stream = self.request.makefile("rb")
        assert stream.read(10) == b"zINSTREAM\0"
        data = b""
        while length := struct.unpack(">L", stream.read(4))[0]:
            data += stream.read(length)
        found = finds_eicar(data)
        self.request.sendall(f"stream: {found} FOUND\0".encode() if found else b"stream: OK\0")


@pytest.fixture
def clamd(settings):
    with socketserver.TCPServer(("127.0.0.1", 0), Clamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.ANTIVIRUS_URL = f"clamd://127.0.0.1:{server.server_address[1]}"
        yield
        server.shutdown()


@pytest.mark.usefixtures("clamd")
def test_the_daemon_is_asked_in_its_own_words():
    assert antivirus.clamd(b"harmless" * 40_000) == ""
    assert antivirus.clamd(b"x" * 100_000 + EICAR) == "Eicar-Test-Signature"


def test_no_daemon_is_no_verdict(settings):
    settings.ANTIVIRUS_URL = "clamd://127.0.0.1:1"

    with pytest.raises(antivirus.ScannerAsleepError):
        antivirus.clamd(b"x")


def test_removal_keeps_the_row_and_not_the_bytes(rep, django_capture_on_commit_callbacks):
    file = kept(rep, subject=Subject("consent", 1))

    with django_capture_on_commit_callbacks(execute=True):
        services.remove(file=file)

    file.refresh_from_db()
    assert not file.ready
    assert file.sha256
    assert not default_storage.exists(file.path)


def test_what_nobody_used_is_forgotten_after_two_days(rep, django_capture_on_commit_callbacks):
    unused, used = kept(rep), kept(rep, subject=Subject("consent", 1))

    with time_machine.travel(timezone.now() + dt.timedelta(days=3)), django_capture_on_commit_callbacks(execute=True):
        tasks.forget()

    assert not default_storage.exists(unused.path)
    assert default_storage.exists(used.path)


def test_bytes_whose_row_was_taken_back_are_forgotten(rep):
    with transaction.atomic():
        path = kept(rep).path
        transaction.set_rollback(True)
    assert default_storage.exists(path)

    with time_machine.travel(timezone.now() + dt.timedelta(days=3)):
        services.forget()

    assert not default_storage.exists(path)


def test_an_address_is_for_one_viewer_and_half_an_hour(rep):
    file = kept(rep)
    key = addresses.address(file, viewer=rep).partition("?k=")[2]

    assert addresses.viewer_of(file.public_id, key) == rep.pk
    with pytest.raises(LinkRefused):
        addresses.viewer_of(kept(rep).public_id, key)
    with pytest.raises(LinkRefused):
        addresses.viewer_of(file.public_id, key[:-1])
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=31)), pytest.raises(LinkRefused, match="half an"):
        addresses.viewer_of(file.public_id, key)


def test_a_request_that_is_too_big_is_not_read(settings):
    settings.UPLOAD_MAX_BYTES = 1000
    with pytest.raises(RequestDataTooBig):
        SizeCap().handle_raw_input(None, {}, 1001 + SLACK, b"")

    unannounced = SizeCap()
    assert unannounced.receive_data_chunk(b"x" * 1000, 0) == b"x" * 1000
    with pytest.raises(RequestDataTooBig):
        unannounced.receive_data_chunk(b"x" * (SLACK + 1), 1000)
