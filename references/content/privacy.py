"""What this room knows of a person, and how it is forgotten: words and pictures go, that something was made stays.

Consents are taken back before (`accounts.privacy`), so nothing of them is shown any more.
"""

from typing import Any

from references.content.models import Asset, AssetPart, AssetVersion, CustomerReview
from refprogram.kernel.files import services as files
from refprogram.kernel.models import StoredFile


def export_person(person_id: int) -> dict[str, Any]:
    """Return what a person said, was asked to read, and answered; and the stories that need their consent."""
    parts = AssetPart.objects.filter(speaker__person=person_id).order_by("pk")
    reviews = CustomerReview.objects.filter(contact__person=person_id).order_by("pk")
    needing = Asset.objects.filter(needs__contact__person=person_id).distinct().order_by("pk")
    return {
        "words_and_pictures": parts.values("asset__title", "kind", "text", "url"),
        "drafts_read": reviews.values("asset__title", "version__number", "answer", "words", "answered_at"),
        "stories": needing.values("title", "kind", "state"),
    }


def erase_person(person_id: int) -> None:
    """Empty the words and pictures of a person, what they wrote about drafts, and drafts in their own words."""
    parts = AssetPart.objects.filter(speaker__person=person_id)
    ids = list(parts.values_list("pk", flat=True))
    for file in StoredFile.objects.filter(subject_type="assetpart", subject_id__in=ids, removed_at__isnull=True):
        files.remove(file=file)
    StoredFile.objects.filter(subject_type="assetpart", subject_id__in=ids).update(name="removed")
    parts.update(text="", url="", speaker=None)
    reviews = CustomerReview.objects.filter(contact__person=person_id)
    reviews.exclude(words="").update(words="")
    versions = reviews.values("asset")
    AssetVersion.objects.filter(asset__in=versions, by_customer=True).update(body="", note="")
