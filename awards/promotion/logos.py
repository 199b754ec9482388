"""Logos of winners in public: the picture that lies among the customer's content, where both say that it may be shown.

The entrant agreed that we show their logo because of the contest, and the gate of references lets that very picture
onto the website today. Asked anew for every page and picture, like names.
"""

from collections.abc import Iterable

from awards.models import Award
from awards.promotion import selectors
from references.consents.enums import Channel
from references.consents.enums import UseAudience as Readers
from references.consents.gate import allowed
from references.content.enums import AssetKind, PartKind
from references.content.models import AssetPart
from refprogram.kernel.files.selectors import files_of
from refprogram.kernel.models import StoredFile


def logos_of(awards: Iterable[Award]) -> dict[int, StoredFile]:
    """Return the logo of each of these awards' winners that has one to show; two queries, none where nobody agreed.

    The awards were read by `selectors.with_what_may`.
    """
    account_of = {award.pk: award.place.entry.account_id for award in awards if selectors.may(award, "logo")}
    if not account_of:
        return {}
    rows = AssetPart.objects.filter(asset__kind=AssetKind.LOGO, asset__account__in=account_of.values())
    parts = allowed(rows.filter(kind=PartKind.PICTURE), channel=Channel.WEBSITE, audience=Readers.PUBLIC)
    newest = list(parts.select_related("asset").order_by("-asset__updated_at", "-asset_id", "position", "pk"))
    files = files_of(newest)
    found: dict[int, StoredFile] = {}
    for part in newest:
        ready = next((file for file in files[part.pk] if file.ready and file.media_type.startswith("image/")), None)
        if ready is not None:
            found.setdefault(part.asset.account_id, ready)
    return {award: found[account] for award, account in account_of.items() if account in found}
