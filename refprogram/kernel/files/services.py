"""What is done with files: taken in, attached, scanned, removed, forgotten."""

import datetime as dt
import hashlib
import logging
import secrets
from functools import partial
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from refprogram.kernel.enums import FileState
from refprogram.kernel.errors import DomainError
from refprogram.kernel.files import antivirus
from refprogram.kernel.files.kinds import HEAD, KINDS, check_content, extension_of, policy_of, refuse, safe_name
from refprogram.kernel.files.sandbox import washed
from refprogram.kernel.models import StoredFile
from refprogram.kernel.queueing import enqueue
from refprogram.kernel.stream import Subject, subject_of

log = logging.getLogger(__name__)

UNATTACHED: Final = dt.timedelta(days=2)
OPEN_UPLOADS: Final = 100  # of one person within UNATTACHED: more is not work, it is filling our disk
SECOND_LOOK: Final = dt.timedelta(days=7)


def store(
    *,
    upload: UploadedFile,
    purpose: str,
    user: Any = None,
    person_id: int | None = None,
    subject: models.Model | Subject | None = None,
) -> StoredFile:
    """Take in one file: check name, size and content, wash it, keep it. Raises InvalidInput beside the field `file`.

    What is washed is what is kept, hashed and scanned; the bytes as they came are kept nowhere.
    """
    name, extension = _checked_name(upload, purpose)
    _check_room(user, person_id)
    data = upload.read()
    check_content(data[:HEAD], extension)
    clean = washed(data, extension)
    file = StoredFile(
        name=name,
        path=f"{timezone.now():%Y-%m-%d}/{secrets.token_hex(20)}",
        media_type=KINDS[extension].media_type,
        size=len(clean),
        sha256=hashlib.sha256(clean).hexdigest(),
        state=FileState.QUARANTINED if antivirus.wanted() else FileState.CLEAN,
        purpose=purpose,
        uploaded_by=user,
        person_id=person_id,
    )
    # Bytes before the row: those whose row is taken back with its transaction are found by `forget`.
    file.path = default_storage.save(file.path, ContentFile(clean))
    return _keep(file, subject)


@transaction.atomic
def _keep(file: StoredFile, subject: models.Model | Subject | None) -> StoredFile:
    file.save(force_insert=True)
    if file.state == FileState.QUARANTINED:
        enqueue("kernel.scan_file", file_id=file.pk)
    return file if subject is None else attach(file=file, subject=subject)


def _checked_name(upload: UploadedFile, purpose: str) -> tuple[str, str]:
    policy = policy_of(purpose)
    extension = extension_of(upload.name or "")
    if extension not in policy.extensions:
        raise refuse(_("This kind of file is not taken here. Choose one of: %(words)s.") % {"words": policy.words})
    if not upload.size:
        raise refuse(_("This file is empty."))
    if upload.size > policy.max_bytes:
        raise refuse(
            _("This file has %(size)s; at most %(most)s are taken.")
            % {"size": filesizeformat(upload.size), "most": filesizeformat(policy.max_bytes)}
        )
    return safe_name(upload.name or ""), extension


def _check_room(user: Any, person_id: int | None) -> None:
    mine = StoredFile.objects.filter(uploaded_by=user, person_id=person_id, subject_id__isnull=True)
    if mine.filter(created_at__gt=timezone.now() - UNATTACHED, removed_at__isnull=True).count() >= OPEN_UPLOADS:
        raise refuse(_("You have uploaded many files that are used nowhere. Use them, or wait for two days."))


@transaction.atomic
def attach(*, file: StoredFile, subject: models.Model | Subject) -> StoredFile:
    """Say what a file belongs to; from then on it is kept as long as that is."""
    about = subject if isinstance(subject, Subject) else subject_of(subject)
    locked = StoredFile.objects.select_for_update().get(pk=file.pk)
    if (locked.subject_type, locked.subject_id) == (about.type, about.id):
        return locked
    if locked.subject_id is not None or locked.removed_at is not None or locked.state == FileState.REFUSED:
        raise refuse(_("This file is no longer there. Choose it again."))
    most = policy_of(locked.purpose).max_count
    siblings = StoredFile.objects.filter(subject_type=about.type, subject_id=about.id, purpose=locked.purpose)
    if siblings.filter(removed_at__isnull=True).count() >= most:
        raise refuse(ngettext("Only %(n)d file fits here.", "Only %(n)d files fit here.", most) % {"n": most})
    locked.subject_type, locked.subject_id = about.type, about.id
    locked.save(update_fields=["subject_type", "subject_id"])
    return locked


@transaction.atomic
def scan(*, file_id: int) -> StoredFile | None:
    """Have a file in quarantine scanned: clean it may be handed out, else its bytes go. Safe to run twice."""
    file = StoredFile.objects.select_for_update(skip_locked=True).filter(pk=file_id).first()
    if file is None or file.state != FileState.QUARANTINED or file.removed_at is not None:
        return None
    with default_storage.open(file.path) as source:
        found = antivirus.verdict_on(source.read()) if antivirus.wanted() else ""
    file.state, file.verdict = (FileState.REFUSED, found[:200]) if found else (FileState.CLEAN, "")
    file.save(update_fields=["state", "verdict"])
    return remove(file=file) if found else file


def scan_waiting() -> int:
    """Scan what the broker never heard of, or what met a sleeping scanner; return how many are decided."""
    waiting = StoredFile.objects.filter(state=FileState.QUARANTINED, removed_at__isnull=True).order_by("pk")
    decided = 0
    for file_id in waiting.values_list("pk", flat=True)[:200]:
        try:
            decided += scan(file_id=file_id) is not None
        except antivirus.ScannerAsleepError as error:
            log.warning("the scanner sleeps, files wait in quarantine: %s", error)
            break
    return decided


@transaction.atomic
def remove(*, file: StoredFile) -> StoredFile:
    """Delete the bytes of a file; its row stays and says when."""
    locked = StoredFile.objects.select_for_update().get(pk=file.pk)
    if locked.removed_at is None:
        locked.removed_at = timezone.now()
        locked.save(update_fields=["removed_at"])
        transaction.on_commit(partial(_delete_bytes, locked.path))
    return locked


def _delete_bytes(path: str) -> None:
    """Delete, and never raise: the removal is decided, and `forget` looks a second time."""
    try:
        default_storage.delete(path)
    except Exception:
        log.exception("could not delete the bytes of %s", path)


def forget() -> int:
    """Remove uploads that nobody used, and bytes without a living row; return how many rows went. Daily."""
    before = timezone.now() - UNATTACHED
    unused = StoredFile.objects.filter(subject_id__isnull=True, removed_at__isnull=True, created_at__lt=before)
    forgotten = [remove(file=file) for file in unused.iterator()]
    recently = StoredFile.objects.filter(removed_at__gt=timezone.now() - SECOND_LOOK)
    for path in recently.values_list("path", flat=True):
        _delete_bytes(path)
    for days in range(UNATTACHED.days, UNATTACHED.days + SECOND_LOOK.days):
        _delete_orphans(f"{timezone.now() - dt.timedelta(days=days):%Y-%m-%d}")
    return len(forgotten)


def _delete_orphans(folder: str) -> None:
    """Delete the bytes of a day whose rows were taken back with their transaction."""
    try:
        _folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    kept = set(StoredFile.objects.filter(path__startswith=f"{folder}/").values_list("path", flat=True))
    for name in names:
        if f"{folder}/{name}" not in kept:
            _delete_bytes(f"{folder}/{name}")


def read(file: StoredFile) -> Any:
    """Open the bytes of a file that may be handed out."""
    if not file.ready:
        raise DomainError(_("This file is not handed out."))
    return default_storage.open(file.path)
