"""What the verbs of this room share: locks from the top of the house down, moves, and telling the stream."""

from typing import Any

from references.accounts.models import Account
from references.accounts.services.locks import Actor, actor_id
from references.content.enums import ASSET_MOVES, AssetState
from references.content.models import Asset
from refprogram.kernel import moves
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.stream import emit

NOUN = "story"
LONGEST = 20_000


def lock_asset(asset: Asset) -> Asset:
    """Return the asset with its account, fresh; the asset is locked."""
    return Asset.objects.select_for_update(of=("self",)).select_related("account").get(pk=asset.pk)


def lock_for_showing(asset: Asset) -> Asset:
    """Return the asset, locked, and with it the accounts on whose people it depends.

    Consent is taken back under the lock of its account, so that nothing is published in the same moment.
    """
    accounts = set(asset.needs.values_list("contact__account", flat=True)) | {asset.account_id}
    list(Account.objects.select_for_update().filter(pk__in=accounts).order_by("pk"))
    return lock_asset(asset)


def move(asset: Asset, to: AssetState, *also: str, actor: Actor, note: str = "") -> None:
    """Move a locked asset and tell the stream."""
    before = asset.state
    moves.move(asset, to, moves=ASSET_MOVES, noun=NOUN, also=also)
    tell("asset.moved", asset, actor, before=before, to=to.value, note=note[:200])


def tell(topic: str, asset: Asset, actor: Actor, **facts: Any) -> None:
    """Tell the stream what happened to an asset."""
    emit(topic, subject=asset, account_id=asset.account_id, actor_id=actor_id(actor), payload=facts)


def said(text: str, field: str, message: Any, longest: int = LONGEST) -> str:
    """Return what was typed; refuse nothing at all."""
    words = text.strip()[:longest]
    if not words:
        raise InvalidInput(message, errors={field: message})
    return words
