"""How long the files of an import are kept."""

from django.utils.translation import gettext_lazy as _

from references.exchange.models import ImportFile, ImportState
from refprogram.kernel.retention import Policy


def _drop(rows: list[ImportFile]) -> None:
    """Delete the bytes; what the file did is told on its page as before. One never applied is thrown away."""
    for upload in rows:
        if upload.state != ImportState.APPLIED:
            upload.state = ImportState.DISCARDED
        upload.file.delete(save=False)
        upload.save(update_fields=["state", "file"])


POLICIES = [
    Policy(
        "import_files",
        _("Files of a CRM import"),
        30,
        _("Long enough to look up what a row said; they hold more about people than we keep."),
        lambda before: ImportFile.objects.filter(updated_at__lt=before).exclude(file=""),
        _drop,
    ),
]
