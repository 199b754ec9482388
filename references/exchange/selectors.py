"""Reading imports."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from references.exchange.added import spec_of
from references.exchange.models import ImportFile, ImportKind
from refprogram.people.models import User

PAGES = {
    ImportKind.TEAMS: "people:teams",
    ImportKind.ACCOUNTS: "references:accounts",
    ImportKind.CONTACTS: "references:accounts",
    ImportKind.OPPORTUNITIES: "references:opportunities",
}


def visible_to(user: User) -> QuerySet[ImportFile]:
    """Return the imports that a person may see: all, for those who may import."""
    files = ImportFile.objects.select_related("uploaded_by__person", "job")
    return files if user.has_perm("references.import") else files.none()


def field_labels(upload: ImportFile) -> dict[str, str]:
    """Return what the fields of the file's kind are called."""
    return {f.name: str(f.label) for f in spec_of(upload.kind).fields}


def rows_url(upload: ImportFile) -> str:
    """Return where one sees what a file of this kind brought; empty where there is no such page."""
    page = PAGES.get(ImportKind(upload.kind))
    return reverse(page) if page else ""


def column_choices(upload: ImportFile, header: list[str]) -> list[dict[str, Any]]:
    """Return the fields of the file's kind, each with the column chosen for it and whether one is needed."""
    return [
        {
            "name": f.name,
            "label": f.label,
            "required": f.required,
            "chosen": upload.columns.get(f.name, ""),
            "options": [title for title in header if title],
        }
        for f in spec_of(upload.kind).fields
    ]
