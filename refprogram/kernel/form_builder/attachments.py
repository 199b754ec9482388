"""Files that answer a field: stored by the kernel's own door, named in the answer by their public id."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from refprogram.kernel.files import services as files
from refprogram.kernel.form_builder.enums import FieldType
from refprogram.kernel.form_builder.fields import FieldSpec
from refprogram.kernel.form_builder.purposes import purpose_of
from refprogram.kernel.models import FormAnswer, StoredFile


def take(upload: UploadedFile, answer: FormAnswer) -> str:
    """Store an upload as part of an answer; return its public id. Raises InvalidInput naming "file"."""
    policy = purpose_of(answer.version.design.purpose).files
    stored = files.store(upload=upload, purpose=policy, person_id=answer.person_id, subject=answer)
    return stored.public_id


def names_of(values: Mapping[str, Any], specs: Iterable[FieldSpec]) -> dict[str, str]:
    """Return public id -> name of the files in an answer. No query without a file."""
    wanted = [str(values[spec.key]) for spec in specs if spec.type == FieldType.FILE and values.get(spec.key)]
    if not wanted:
        return {}
    return dict(StoredFile.objects.filter(public_id__in=wanted).values_list("public_id", "name"))
