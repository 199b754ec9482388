"""Assets begin here, get their words, their parts, and the people whose consent they need."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts.models import Account, Contact, Product
from references.accounts.services.locks import Actor, user_of
from references.consents.enums import Scope
from references.content.enums import AssetKind, AssetState, PartKind
from references.content.models import Asset, AssetNeed, AssetPart, AssetVersion
from references.content.services.rows import LONGEST, lock_asset, move, tell
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.files import services as files
from refprogram.kernel.models import Event, StoredFile
from refprogram.kernel.stream import subject_of

FIELDS = frozenset({
    "title", "kind", "owner", "summary", "region", "use_cases", "due_on", "refresh_on", "disclosure",
})  # fmt: skip
# The words of these can be changed; after that the customer has agreed to them.
WRITABLE = (
    AssetState.IDEA, AssetState.BRIEF, AssetState.INTERVIEW, AssetState.DRAFT, AssetState.INTERNAL_REVIEW,
    AssetState.REFRESH_DUE,
)  # fmt: skip
# What a part of a kind needs of its speaker.
PART_SCOPES = {
    PartKind.QUOTE: (Scope.QUOTE, Scope.NAME),
    PartKind.PICTURE: (Scope.PHOTO,),
    PartKind.VIDEO: (Scope.VIDEO,),
    PartKind.FIGURE: (Scope.METRICS,),
}


@transaction.atomic
def draft_story(
    *,
    account: Account,
    contact: Contact | None,
    source: Model | None,
    title: str,
    actor: Actor,
    body: str = "",
    summary: str = "",
    kind: str = AssetKind.CASE_STUDY,
    scopes: Sequence[str] = (Scope.COMPANY, Scope.STORY),
    disclosure: str = "",
    products: Iterable[Product] = (),
    use_cases: Sequence[str] = (),
) -> Asset:
    """Begin a story from what another room has (an entry to a contest): a draft that needs this contact's consent.

    The same `source` again returns the first one. Nothing of it is shown before customer and program have approved it.
    """
    if source is not None and (earlier := _drafted_from(account, source)):
        return earlier
    asset = open_asset(
        account=account, kind=kind, title=title, actor=actor, summary=summary, contact=contact, scopes=scopes,
        products=products, source=source, use_cases=list(use_cases), disclosure=disclosure[:300],
    )  # fmt: skip
    if body.strip():
        save_version(asset=asset, body=body, note=_("First draft"), actor=actor)
    asset = lock_asset(asset)
    if asset.state == AssetState.IDEA:
        move(asset, AssetState.DRAFT, actor=actor)
    return asset


def _drafted_from(account: Account, source: Model) -> Asset | None:
    about = subject_of(source)
    told = Event.objects.filter(
        account_id=account.pk, topic="asset.opened", payload__source_type=about.type, payload__source_id=about.id
    )
    key = told.values_list("subject_id", flat=True).first()
    return Asset.objects.filter(pk=key).first() if key is not None else None


@transaction.atomic
def open_asset(
    *,
    account: Account,
    kind: str,
    title: str,
    actor: Actor,
    contact: Contact | None = None,
    scopes: Sequence[str] = (Scope.COMPANY, Scope.STORY),
    products: Iterable[Product] = (),
    source: Model | None = None,
    **facts: Any,
) -> Asset:
    """Note an idea for something to make with a customer."""
    Account.objects.select_for_update().get(pk=account.pk)
    asset = Asset(account=account, kind=AssetKind(kind), title=_title(title), region=account.region)
    _assign(asset, facts)
    if asset.owner is None:
        asset.owner = user_of(actor)
    asset.save(force_insert=True)
    asset.products.set(products)
    for scope in scopes if contact is not None else ():
        _need(asset, None, contact, scope)
    about = subject_of(source) if source is not None else None
    tell(
        "asset.opened", asset, actor, kind=asset.kind, source_type=about.type if about else "",
        source_id=about.id if about else None,
    )  # fmt: skip
    return asset


def _title(title: str) -> str:
    words = " ".join(title.split())
    if not words:
        message = _("Give it a title.")
        raise InvalidInput(message, errors={"title": message})
    return words[:200]


def _assign(asset: Asset, facts: dict[str, Any]) -> list[str]:
    unknown = facts.keys() - FIELDS
    if unknown:
        message = f"a story has no {sorted(unknown)}"
        raise TypeError(message)
    if "title" in facts:
        facts["title"] = _title(facts["title"])
    if "use_cases" in facts:
        facts["use_cases"] = sorted({" ".join(one.split())[:60] for one in facts["use_cases"] if one.strip()})
    changed = [name for name, value in facts.items() if getattr(asset, name) != value]
    for name in changed:
        setattr(asset, name, facts[name])
    return changed


@transaction.atomic
def edit_asset(*, asset: Asset, actor: Actor, products: Iterable[Product] | None = None, **facts: Any) -> Asset:
    """Change an asset's facts; its words are versions."""
    row = lock_asset(asset)
    changed = _assign(row, facts)
    if changed:
        row.save(update_fields=changed)
    if products is not None and {one.pk for one in products} != set(row.products.values_list("pk", flat=True)):
        row.products.set(products)
        changed = [*changed, "products"]
    if changed:
        tell("asset.changed", row, actor, fields=sorted(changed))
    return row


@transaction.atomic
def save_version(*, asset: Asset, body: str, actor: Actor, note: str = "") -> AssetVersion:
    """Save the words as the next version. Once the customer reads them, they are changed no more."""
    row = lock_asset(asset)
    if row.state not in WRITABLE:
        message = _("The words are with the customer, with legal, or approved. Take it back to a draft first.")
        raise DomainError(message, errors={"body": message})
    return add_version(row, body, actor=actor, note=note)


def add_version(row: Asset, body: str, *, actor: Actor, note: str = "", by_customer: bool = False) -> AssetVersion:
    """Write the next version of a locked asset."""
    newest = row.versions.first()
    text = body.replace("\r\n", "\n").strip()[:LONGEST]
    if newest is not None and newest.body == text:
        return newest
    if not text:
        message = _("Write something.")
        raise InvalidInput(message, errors={"body": message})
    version = AssetVersion(
        asset=row, number=(newest.number if newest else 0) + 1, body=text, note=note.strip()[:200],
        written_by=user_of(actor), by_customer=by_customer, at=timezone.now(),
    )  # fmt: skip
    version.save(force_insert=True)
    row.save(update_fields=["updated_at"])
    tell("asset.written", row, actor, number=version.number, by_customer=by_customer)
    return version


# ---------------------------------------------------------------- parts, and whose consent is needed


@transaction.atomic
def save_part(
    *,
    asset: Asset,
    kind: str,
    actor: Actor,
    text: str = "",
    url: str = "",
    speaker: Contact | None = None,
    part: AssetPart | None = None,
    file: StoredFile | None = None,
) -> AssetPart:
    """Add a part that can stand alone, or change one. What it needs of its speaker is noted with it."""
    row = _changeable(asset)
    text, url = text.strip()[:LONGEST], url.strip()
    if not (text or url or file or (part is not None and _has_file(part))):
        message = _("Write it, give its address, or add the file.")
        raise InvalidInput(message, errors={"text": message})
    if part is None:
        last = row.parts.aggregate(last=Max("position"))["last"]
        part = AssetPart(asset=row, position=0 if last is None else last + 1)
    part.kind, part.text, part.url, part.speaker = PartKind(kind), text, url, speaker
    part.save()
    if file is not None:
        files.attach(file=file, subject=part)
    part.needs.all().delete()
    for scope in PART_SCOPES.get(PartKind(part.kind), ()) if speaker is not None else ():
        _need(row, part, speaker, scope)
    tell("asset.changed", row, actor, fields=["parts"])
    return part


def _has_file(part: AssetPart) -> bool:
    about = subject_of(part)
    return StoredFile.objects.filter(
        subject_type=about.type, subject_id=about.id, removed_at__isnull=True
    ).exists()  # fmt: skip


@transaction.atomic
def remove_part(*, part: AssetPart, actor: Actor) -> Asset:
    """Take a part out, with its file."""
    row = _changeable(part.asset)
    about = subject_of(part)
    for file in StoredFile.objects.filter(subject_type=about.type, subject_id=about.id, removed_at__isnull=True):
        files.remove(file=file)
    part.delete()
    tell("asset.changed", row, actor, fields=["parts"])
    return row


@transaction.atomic
def add_need(*, asset: Asset, contact: Contact, scope: str, actor: Actor, part: AssetPart | None = None) -> AssetNeed:
    """Note that the asset, or a part of it, may not be shown without this contact's consent to this."""
    row = lock_asset(asset)
    need = _need(row, part, contact, scope)
    tell("asset.changed", row, actor, fields=["needs"])
    return need


def _need(asset: Asset, part: AssetPart | None, contact: Contact | None, scope: str) -> AssetNeed:
    need, _made = AssetNeed.objects.get_or_create(asset=asset, part=part, contact=contact, scope=Scope(scope))
    return need


@transaction.atomic
def remove_need(*, need: AssetNeed, actor: Actor) -> Asset:
    """Note that this consent is not needed after all: only while nothing of it is approved."""
    row = _changeable(need.asset)
    need.delete()
    tell("asset.changed", row, actor, fields=["needs"])
    return row


def _changeable(asset: Asset) -> Asset:
    row = lock_asset(asset)
    if row.state not in WRITABLE:
        raise DomainError(_("It is with the customer, with legal, or approved. Take it back to a draft first."))
    return row
