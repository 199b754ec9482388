"""What can be read of files. Who may see an attached file, its room says (`settings.FILE_READERS`)."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet, TextField
from django.utils.module_loading import import_string

from refprogram.kernel.models import StoredFile
from refprogram.kernel.prepared import Among, Given, Prepared
from refprogram.kernel.stream import subject_of


def visible_to(user: Any) -> QuerySet[StoredFile]:
    """Return the files that a person may read: own uploads, and those of subjects whose room says so.

    `settings.FILE_READERS[subject_type]` is `(user) -> queryset of the subject's ids`.
    """
    mine = Q(uploaded_by=user)
    for subject_type, reader in settings.FILE_READERS.items():
        mine |= Q(subject_type=subject_type, subject_id__in=import_string(reader)(user))
    return StoredFile.objects.filter(mine)


def unattached(*, purpose: str, user: Any = None, person_id: int | None = None) -> QuerySet[StoredFile]:
    """Return the uploads of one person that wait to be used."""
    if user is None and person_id is None:
        return StoredFile.objects.none()
    rows = StoredFile.objects.filter(purpose=purpose, subject_id__isnull=True, removed_at__isnull=True)
    return rows.filter(uploaded_by=user, person_id=person_id)


def files_of(subjects: Iterable[models.Model]) -> dict[int, list[StoredFile]]:
    """Return the files of some rows of one model, by the row's key; removed ones too, which say so."""
    about = [subject_of(subject) for subject in subjects]
    found: dict[int, list[StoredFile]] = {subject.id: [] for subject in about}
    if about:
        for file in _OF_ROWS(type=about[0].type, ids=list(found)):
            if file.subject_id is not None:
                found[file.subject_id].append(file)
    return found


_OF_ROWS = Prepared(
    lambda: StoredFile.objects.filter(Among("subject_id", "ids"), subject_type=Given("type", TextField())).order_by(
        "pk"
    )
)


def by_public_id(public_id: str) -> StoredFile | None:
    """Return the file behind a signed address, which has already said who may."""
    return StoredFile.objects.filter(public_id=public_id).first()
