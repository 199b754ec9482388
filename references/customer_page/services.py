"""What a customer does on their own page. Each verb locks the link first: a withdrawn one acts no more."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from references.accounts import clock, kept, policy, wording
from references.accounts import services as accounts
from references.accounts.enums import Membership
from references.accounts.models import Consent, Contact
from references.accounts.services.locks import lock_account, lock_contact
from references.consents import selectors as consents
from references.consents.models import ConsentTerm
from references.consents.services import revoke_terms
from references.customer_page import addresses, selectors
from refprogram.kernel import links
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.stream import emit
from refprogram.notices.services import Letter, tell
from refprogram.people.models import User

MOST = 50
# What waits for an answer has a page of its own, opened by a link of this purpose.
OPENED_BY = {"ask": "customer_ask", "draft": "draft_review", "release": "release", "survey": "survey"}


def _mine(token: str) -> Contact:
    """Return the contact whose link this is; account and contact are locked."""
    link = links.use(token)
    known = Contact.objects.select_related("merged_into").get(pk=link.subject_id)
    known = known.merged_into or known
    account = lock_account(known.account_id)
    contact = lock_contact(known.pk)
    contact.account = account
    return contact


def _all(token: str) -> list[Contact]:
    """Return every contact that the person of this link is, the link's own first; all are locked, accounts first."""
    first = _mine(token)
    found = selectors.mine(first)
    accounts_of = {pk: lock_account(pk) for pk in sorted({one.account_id for one in found})}
    locked = [lock_contact(one.pk) for one in found]
    for one in locked:
        one.account = accounts_of[one.account_id]
    return locked


@transaction.atomic
def pause(*, token: str, until: dt.date) -> None:
    """Nobody asks them for anything until a day, whoever they speak for; what is agreed stays."""
    people = _all(token)
    if until > clock.today() + dt.timedelta(days=366 * 3):
        message = _("Choose a day within three years, or end it altogether below.")
        raise InvalidInput(message, errors={"until": message})
    for contact in people:
        accounts.pause(account=contact.account, until=until, contact=contact, actor=contact.person)


@transaction.atomic
def resume(*, token: str) -> None:
    """The pause ends early."""
    for contact in _all(token):
        accounts.resume(account=contact.account, contact=contact, actor=contact.person)


@transaction.atomic
def set_caps(*, token: str, cap: int | None, caps: Mapping[str, int]) -> Contact:
    """Their own number of asks in three months, of all kinds (None: ours) and of each kind they name (0: never)."""
    people = _all(token)
    known = {line.kind.slug for line in selectors.agreed_kinds(people)}
    if cap == 0:
        raise InvalidInput(_("From 1 on. To be asked nothing at all, pause above, or end everything below."))
    if (cap is not None and cap > MOST) or any(not 0 <= n <= MOST for n in caps.values()):
        raise InvalidInput(_("A number from 0 to %(most)d, please.") % {"most": MOST})
    for contact in people:
        kept_caps = {slug: n for slug, n in (contact.caps or {}).items() if slug not in known}
        contact.cap_per_quarter = cap
        contact.caps = {**kept_caps, **{slug: n for slug, n in caps.items() if slug in known}}
        contact.save(update_fields=["cap_per_quarter", "caps"])
        kept.settle(contact.account)
        _changed(contact, "cap_per_quarter", "caps")
    return people[0]


@transaction.atomic
def name_stand_in(*, token: str, name: str, email: str) -> Contact:
    """Somebody of their house answers while they cannot; without a name nobody does.

    The program is told, for the one who is named has to agree first.
    """
    contact = _mine(token)
    stand_in = _stand_in(contact, " ".join(name.split()), email.strip().lower()) if name.strip() else None
    if contact.stand_in == stand_in:
        return contact
    contact.stand_in = stand_in
    contact.save(update_fields=["stand_in"])
    _changed(contact, "stand_in")
    if stand_in is not None:
        emit(
            "contact.stand_in_named",
            subject=contact,
            account_id=contact.account_id,
            actor_id=contact.person_id,
            payload={"stand_in": stand_in.pk},
        )
    return contact


def _stand_in(contact: Contact, name: str, email: str) -> Contact:
    """Return who is meant: known by name or address, corrected if they were named before, or added."""
    if email:
        _demand_address(email)
    before = contact.stand_in
    same = before is not None and before.person.name.casefold() == name.casefold()
    if same and before is not None and before.state == Membership.IDENTIFIED and email:
        return accounts.edit_contact(contact=before, email=email, actor=contact.person)
    if not email and not selectors.colleague_called(contact, name).exists():
        raise InvalidInput(_("Give their e-mail too, so that we can ask them."))
    found = accounts.add_contact(account=contact.account, name=name, email=email, actor=contact.person)
    if found.pk == contact.pk:
        raise InvalidInput(_("That is yourself. Name somebody else."))
    return found


def _demand_address(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise InvalidInput(_("This is not an e-mail address: %(text)s") % {"text": email}) from None


@transaction.atomic
def end_term(*, token: str, term: str) -> int:
    """One thing may not be shown any more; what shows it comes down."""
    people = _all(token)
    mine = [row for row in consents.terms_of_all(people) if row.public_id == term]
    return revoke_terms(terms=mine, actor=people[0].person)


@transaction.atomic
def end_consent(*, token: str, consent: str) -> None:
    """They take one agreement back."""
    people = _all(token)
    for row in Consent.objects.filter(contact__in=people, public_id=consent):
        accounts.revoke_consent(consent=row, actor=people[0].person)


@transaction.atomic
def end_everything(*, token: str) -> int:
    """They take everything back and take part no longer; return how many agreements ended."""
    people = _all(token)
    me = people[0].person
    mine = list(Consent.objects.filter(contact__in=people, revoked_at__isnull=True).order_by("pk"))
    for row in mine:
        accounts.revoke_consent(consent=row, actor=me)
    revoke_terms(terms=ConsentTerm.objects.filter(contact__in=people, revoked_at__isnull=True), actor=me)
    return len(mine)


@transaction.atomic
def speak(*, token: str, language: str) -> None:
    """Mails and pages speak this language to them."""
    contact = _mine(token)
    if language not in dict(settings.LANGUAGES):
        raise InvalidInput(_("Choose one of the languages."))
    contact.person.language = language
    contact.person.save(update_fields=["language"])


def _nothing(_people: selectors.Mine) -> list[Any]:
    return []


@transaction.atomic
def open_answer(*, token: str, kind: str, key: str) -> str:
    """Return a fresh link to the page on which something is answered: an ask, a draft, a release, a survey."""
    contact = _mine(token)
    rows: dict[str, Callable[[selectors.Mine], Sequence[Any]]] = {
        "ask": selectors.asked_now,
        "draft": selectors.reviews_open,
        "release": selectors.open_releases,
        "survey": selectors.surveys_open,
    }
    rows |= {name: import_string(door["rows"]) for name, door in settings.CUSTOMER_DOORS.items()}
    opened_by = OPENED_BY | {name: door["purpose"] for name, door in settings.CUSTOMER_DOORS.items()}
    found = next((row for row in rows.get(kind, _nothing)(selectors.mine(contact)) if row.public_id == key), None)
    if found is None:
        raise DomainError(_("Nothing is needed there any more."))
    return links.issue(purpose=opened_by[kind], subject=found, person_id=contact.person_id)


@transaction.atomic
def send_address(*, contact: Contact, actor: User) -> None:
    """Write to them where their page is; once a day is enough."""
    contact = accounts.demand_may_write(contact=contact)
    url = addresses.address_for(contact.person)
    if not url:
        raise DomainError(
            _("%(name)s has agreed to nothing yet, so there is nothing to show.") % {"name": contact.person}
        )
    subject = _("Your page with %(us)s") % {"us": wording.with_us()}
    tell(
        person=contact.person,
        kind="references.my_page",
        key=f"my-page:{contact.pk}:{clock.today()}",
        text=subject,
        letter=Letter(
            subject=subject,
            template="references/my_page",
            context={
                "lead": _("Dear %(name)s,") % {"name": contact.person.name},
                "action_label": _("Open your page"),
                "action_url": url,
            },
        ),
    )
    emit("contact.page_sent", subject=contact, account_id=contact.account_id, actor_id=actor.person_id)


@transaction.atomic
def withdraw_address(*, contact: Contact, actor: User) -> int:
    """Make the address of a contact's page useless: it went to somebody else, or they asked for a new one."""
    done = addresses.withdraw(contact)
    if done:
        emit("contact.page_withdrawn", subject=contact, account_id=contact.account_id, actor_id=actor.person_id)
    return done


def first_pause() -> dt.timedelta:
    """Return how long a pause is proposed for."""
    return policy.now().pause


def _changed(contact: Contact, *fields: str) -> None:
    emit(
        "contact.changed",
        subject=contact,
        account_id=contact.account_id,
        actor_id=contact.person_id,
        payload={"fields": sorted(fields)},
    )
