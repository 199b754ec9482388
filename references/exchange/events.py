"""What exchange tells the stream: one event per import, however many rows it had."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.topics import Topic

if TYPE_CHECKING:
    from refprogram.kernel.models import Event


def importers(user: Any, event: "Event") -> bool:
    """Those who may import see what was imported."""
    return bool(user.has_perm("references.import"))


TOPICS = (
    Topic(
        "import.applied",
        _("{actor} imported {kind}: {created} new, {updated} changed, {unchanged} as they were"),
        fields=("kind", "created", "updated", "unchanged", "rejected"),
        visible=importers,
        tone="info",
        icon="download",
        silent=True,
    ),
    Topic(
        "account.owner_proposed",
        _("The import proposed {owner} as owner: most deals with {account}, {deals} of them"),
        fields=("owner", "deals"),
        refs={"owner": "user"},
        icon="user",
        silent=True,
    ),
)
