"""Stories and consent terms: valid and boring. What crosses rows (approved, placed, shared) is reached by services."""

import datetime as dt
from typing import Any

from django.db import transaction

from references.accounts import clock
from references.accounts.models import Contact
from references.accounts.services import write_consent
from references.consents.enums import Scope, UseAudience
from references.consents.models import ConsentTemplate
from references.consents.services.recording import add_terms
from references.consents.terms import TermSpec
from references.content import services
from references.content.enums import AssetKind, AssetState, PartKind, ReviewAnswer
from references.content.models import Asset, AssetPart
from references.content.services.rows import lock_asset, move
from refprogram.kernel.files import services as files
from refprogram.kernel.models import StoredFile
from refprogram.people.models import User
from tests.factories.references import ContactFactory

BODY = "# A quick start\n\nThey closed the books in three days."


def words() -> ConsentTemplate:
    """Return the template that a data migration brings."""
    return ConsentTemplate.objects.get(version=1)


@transaction.atomic
def agreed(
    contact: Contact,
    *scopes: str,
    channel: str = "",
    audience: int = UseAudience.PUBLIC,
    territory: str = "",
    until: dt.date | None = None,
    ask_first: bool = False,
) -> Any:
    """Return a consent with these terms, as a colleague would record it."""
    day = until or clock.today() + dt.timedelta(days=365)
    consent = write_consent(
        contact=contact, activities=[], wording="They may show it.", source="recorded by a colleague", actor=None,
        expires_on=max(day, clock.today() + dt.timedelta(days=1)),
    )  # fmt: skip
    specs = [TermSpec(scope, channel, int(audience), territory, ask_first) for scope in scopes or list(Scope.values)]
    add_terms(consent, contact, specs, until=day, actor=None)
    return consent


@transaction.atomic
def story(by: User | None = None, contact: Contact | None = None, **facts: Any) -> Asset:
    """Return a draft with words and the contact whose consent it needs."""
    contact = contact or ContactFactory()
    facts = {"title": "A quick start", "body": BODY, "kind": AssetKind.QUOTE, **facts}
    return services.draft_story(account=contact.account, contact=contact, source=None, actor=by, **facts)


@transaction.atomic
def approved(by: User | None = None, contact: Contact | None = None, *, consent: bool = True, **facts: Any) -> Asset:
    """Return a story that may be shown: its customer said yes, everything was agreed to."""
    contact = contact or ContactFactory()
    if consent:
        agreed(contact)
    asset = lock_asset(story(by, contact, **facts))
    version = asset.versions.get()
    asset.reviews.create(version=version, contact=contact, answer=ReviewAnswer.YES, answered_at=version.at)
    for state in (AssetState.INTERNAL_REVIEW, AssetState.CUSTOMER_REVIEW, AssetState.APPROVED):
        move(asset, state, actor=by)
    return asset


@transaction.atomic
def with_quote(asset: Asset, contact: Contact, text: str = "It just works.") -> Any:
    """Return a quote of the contact as a part of an approved story."""
    state, asset.state = asset.state, AssetState.DRAFT
    asset.save(update_fields=["state"])
    part = services.save_part(asset=asset, kind=PartKind.QUOTE, text=text, speaker=contact, actor=None)
    asset.state = state
    asset.save(update_fields=["state"])
    return AssetPart.objects.select_related("asset__account").get(pk=part.pk)


def board(by: User, *assets: Asset, **facts: Any) -> Any:
    """Return a share page."""
    return services.make_board(title="For your team", assets=list(assets), by=by, **facts)


@transaction.atomic
def with_logo(contact: Contact, picture: StoredFile) -> Asset:
    """Return the logo of a contact's company among the content, approved, with its picture."""
    asset = approved(contact=contact, consent=False, kind=AssetKind.LOGO, title="Their logo")
    part = AssetPart(asset=asset, kind=PartKind.PICTURE, speaker=contact)
    part.save(force_insert=True)
    files.attach(file=picture, subject=part)
    return asset
