"""Keeping what a customer agreed may be shown: each thing its own row, resting on one act of consent."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from references.accounts.models import Consent, Contact
from references.accounts.services import write_consent
from references.accounts.services.locks import Actor, actor_id, lock_account, lock_contact
from references.consents import terms as specs
from references.consents import wording
from references.consents.models import ConsentTemplate, ConsentTerm
from references.consents.terms import TermSpec
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.models import StoredFile
from refprogram.kernel.stream import emit

BY_HAND = "recorded by a colleague"


@transaction.atomic
def record_terms(
    *,
    contact: Contact,
    terms: Iterable[TermSpec],
    until: dt.date,
    actor: Actor,
    template: ConsentTemplate | None = None,
    words: str = "",
    given_on: dt.date | None = None,
    evidence: StoredFile | None = None,
    consent: Consent | None = None,
) -> Consent:
    """Keep what a customer agreed to elsewhere, with the document that shows it; return the consent the terms rest on.

    `words`: what they agreed to, if not a template's words. `consent`: an act that is on record already (an entry to a
    contest, with its own evidence); then nothing else is needed.
    """
    wanted = specs.checked(terms)
    account, contact = lock_account(contact.account_id), lock_contact(contact.pk)
    contact.account = account
    if consent is None:
        consent = _act(
            contact, wanted, until=until, actor=actor, template=template, words=words, given_on=given_on,
            evidence=evidence,
        )  # fmt: skip
    elif consent.contact_id != contact.pk or consent.revoked_at is not None:
        raise InvalidInput(_("This consent is another person’s, or was taken back."))
    add_terms(consent, contact, wanted, until=until, actor=actor)
    return consent


def _act(
    contact: Contact,
    wanted: Sequence[TermSpec],
    *,
    until: dt.date,
    actor: Actor,
    template: ConsentTemplate | None,
    words: str,
    given_on: dt.date | None,
    evidence: StoredFile | None,
) -> Consent:
    if evidence is None:
        message = _("Add the letter, mail or contract in which they agreed.")
        raise InvalidInput(message, errors={"evidence": message})
    text = words.strip() or (wording.shown(template.text, contact=contact, until=until) if template else "")
    if not text:
        message = _("Write down the words they agreed to, or choose a template.")
        raise InvalidInput(message, errors={"words": message})
    return write_consent(
        contact=contact, activities=[], wording=f"{text}\n\n{specs.in_words(wanted, until=until)}", source=BY_HAND,
        actor=actor, given_on=given_on, expires_on=until, template_id=template.pk if template else None,
        evidence=evidence,
    )  # fmt: skip


def add_terms(
    consent: Consent, contact: Contact, wanted: Sequence[TermSpec], *, until: dt.date, actor: Actor
) -> list[ConsentTerm]:
    """Write the rows and tell the stream; what stands under this consent already is not written twice."""
    known = {specs.spec_of(term) for term in consent.terms.all()}
    fresh = [
        ConsentTerm(
            consent=consent, contact=contact, scope=spec.scope, channel=spec.channel, audience=spec.audience,
            territory=spec.territory, ask_first=spec.ask_first, expires_on=until,
        )
        for spec in wanted
        if spec not in known
    ]  # fmt: skip
    rows = ConsentTerm.objects.bulk_create(fresh)
    if rows:
        emit(
            "terms.agreed",
            subject=consent,
            account_id=contact.account_id,
            actor_id=actor_id(actor),
            payload={"contact": contact.pk, "scopes": sorted({row.scope for row in rows}), "n": len(rows)},
        )
    return rows
