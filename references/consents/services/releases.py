"""Asking a customer by signed link for exactly the terms that are wanted, and their answer."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts import clock
from references.accounts.models import Contact
from references.accounts.services import demand_may_write, write_consent
from references.accounts.services.locks import Actor, actor_id, lock_account, lock_contact
from references.consents import terms as specs
from references.consents import wording
from references.consents.enums import RELEASE_MOVES, ReleaseState
from references.consents.models import ConsentTemplate, Release
from references.consents.services.recording import add_terms
from references.consents.terms import TermSpec
from refprogram.kernel import links
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.moves import check, move
from refprogram.kernel.stream import emit, subject_of
from refprogram.people.models import User

BY_LINK = "signed link"
LONGEST = 2000


@transaction.atomic
def ask_release(
    *,
    contact: Contact,
    template: ConsentTemplate,
    terms: Iterable[TermSpec],
    until: dt.date,
    by: User,
    message: str = "",
    source: Model | None = None,
) -> Release:
    """Ask a customer's person for these terms in a template's words; the mail with the link follows.

    An earlier question that is still open is withdrawn: one at a time. Raises AskRefused where nobody may write.
    """
    wanted = specs.checked(terms)
    foreign = sorted({spec.scope for spec in wanted} - set(template.scopes))
    if foreign:
        message = _("The words of this template do not cover: %(scopes)s.") % {"scopes": ", ".join(foreign)}
        raise InvalidInput(message, errors={"scopes": message})
    if until <= clock.today():
        message = _("That has ended already.")
        raise InvalidInput(message, errors={"until": message})
    contact = demand_may_write(contact=contact)
    for earlier in Release.objects.select_for_update().filter(contact=contact, state=ReleaseState.ASKED):
        _withdraw(earlier, by)
    about = subject_of(source) if source is not None else None
    release = Release(
        contact=contact, template=template, terms=[spec.as_dict() for spec in wanted], until=until,
        message=message.strip()[:LONGEST], asked_by=by, source_type=about.type if about else "",
        source_id=about.id if about else None,
    )  # fmt: skip
    release.save(force_insert=True)
    _emit("release.asked", release, by)
    return release


@transaction.atomic
def answer_release(*, token: str, ticked: Collection[int], note: str = "") -> Release:
    """The customer agrees to the terms at these places of the list; the others are not agreed to. Twice is once."""
    release = _used(token)
    if release.state == ReleaseState.AGREED:
        return release
    check(release, ReleaseState.AGREED, moves=RELEASE_MOVES, noun=_("question"))
    asked = specs.read(release.terms)
    agreed = [spec for place, spec in enumerate(asked) if place in ticked]
    if not agreed:
        message = _("Tick what you agree to, or choose “No, thank you”.")
        raise InvalidInput(message, errors={"ticked": message})
    contact, person = release.contact, release.contact.person
    text = wording.shown(release.template.text, contact=contact, until=release.until)
    release.consent = write_consent(
        contact=contact, activities=[], wording=f"{text}\n\n{specs.in_words(agreed, until=release.until)}",
        source=BY_LINK, actor=person, expires_on=release.until, template_id=release.template_id,
    )  # fmt: skip
    add_terms(release.consent, contact, agreed, until=release.until, actor=person)
    release.answered_at, release.note = timezone.now(), note.strip()[:LONGEST]
    move(release, ReleaseState.AGREED, moves=RELEASE_MOVES, noun=_("question"), also=["answered_at", "note", "consent"])
    _emit("release.agreed", release, person)
    return release


@transaction.atomic
def decline_release(*, token: str, note: str = "") -> Release:
    """The customer agrees to nothing of it. Nobody asks why; twice is once."""
    release = _used(token)
    if release.state == ReleaseState.DECLINED:
        return release
    release.answered_at, release.note = timezone.now(), note.strip()[:LONGEST]
    move(release, ReleaseState.DECLINED, moves=RELEASE_MOVES, noun=_("question"), also=["answered_at", "note"])
    _emit("release.declined", release, release.contact.person)
    return release


@transaction.atomic
def withdraw_release(*, release: Release, by: User) -> Release:
    """Take the question back before it is answered."""
    row = Release.objects.select_for_update(of=("self",)).select_related("contact").get(pk=release.pk)
    return _withdraw(row, by)


def _withdraw(row: Release, by: User) -> Release:
    move(row, ReleaseState.WITHDRAWN, moves=RELEASE_MOVES, noun=_("question"))
    links.withdraw(subject=row)
    _emit("release.withdrawn", row, by)
    return row


def _used(token: str) -> Release:
    link = links.use(token)
    found = Release.objects.select_related("contact").get(pk=link.subject_id)
    account = lock_account(found.contact.account_id)
    contact = lock_contact(found.contact_id)
    contact.account = account
    release = Release.objects.select_for_update(of=("self",)).select_related("template").get(pk=found.pk)
    release.contact = contact
    return release


def _emit(topic: str, release: Release, actor: Actor) -> None:
    emit(
        topic,
        subject=release,
        account_id=release.contact.account_id,
        actor_id=actor_id(actor),
        payload={"contact": release.contact_id, "n": len(release.terms)},
    )
