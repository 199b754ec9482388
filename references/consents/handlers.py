"""What this room does when something happened: it writes to customers, and tells who asked or looks after them."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from references.accounts import wording as account_words
from references.accounts.models import Contact
from references.accounts.selectors import answers_for
from references.consents import policy, terms
from references.consents.enums import ReleaseState
from references.consents.models import Release
from refprogram.kernel import links
from refprogram.kernel.models import Event
from refprogram.notices.services import Letter, tell

_AROUND = ("contact__person", "contact__account__owner__person", "contact__account__csm__person", "asked_by__person")


def _release(event: Event) -> Release:
    return Release.objects.select_related(*_AROUND, "template").get(pk=event.subject_id)


def send_release(event: Event) -> None:
    """Write to the customer: may we show this? One button, no sign-in."""
    release = _release(event)
    if release.state != ReleaseState.ASKED:
        return
    person = release.contact.person
    subject = _("May we show this of you?")
    asked = terms.read(release.terms)
    tell(
        person=person,
        kind="references.release",
        key=f"release:{release.public_id}",
        text=subject,
        letter=Letter(
            subject=subject,
            template="references/release",
            context={
                "lead": _("Dear %(name)s,") % {"name": person.name},
                "asker": release.asked_by.name if release.asked_by else account_words.program_of(),
                "message": release.message,
                "parts": sorted({(spec.what, spec.where) for spec in asked}),
                "until": date_format(release.until, "j F Y"),
                "action_label": _("Read and choose"),
                "action_url": links.issue(
                    purpose="release", subject=release, person_id=person.pk, days=policy.LINK_DAYS
                ),
                "fine": _("You choose thing by thing. With the same link you can take it back later."),
            },
        ),
    )


def tell_of_answer(event: Event) -> None:
    """The customer answered: who asked hears."""
    release = _release(event)
    if release.asked_by is None:
        return
    words = {"name": release.contact.person.name, "account": release.contact.account.name}
    agreed = release.state == ReleaseState.AGREED
    text = _("%(name)s, %(account)s, agreed to a release") if agreed else _("%(name)s, %(account)s, gave no release")
    tell(
        person=release.asked_by.person,
        kind="references.release_answered",
        key=f"release-answered:{release.public_id}",
        text=text % words,
        url=release.contact.get_absolute_url(),
    )


def tell_of_revocation(event: Event) -> None:
    """Something may be shown no longer: who looks after the customer hears."""
    contact = Contact.objects.select_related(
        "person", "account__owner__person", "account__csm__person"
    ).get(pk=event.payload["contact"])  # fmt: skip
    colleague = answers_for(contact.account)
    if colleague is None or colleague.person_id == event.actor_id:
        return
    text = _("%(name)s, %(account)s, took back what we may show of them")
    tell(
        person=colleague.person,
        kind="references.terms_revoked",
        key=f"terms-revoked:{event.pk}",
        text=text % {"name": contact.person.name, "account": contact.account.name},
        url=contact.get_absolute_url(),
    )
