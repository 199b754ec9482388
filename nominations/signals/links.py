"""Open links to nominate: made, printed as a QR code, used by whoever has them, ended."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from nominations import policy, services
from nominations.enums import NominationChannel
from nominations.models import Campaign, Nomination, NominationLink
from nominations.services import Speaker
from nominations.signals import letters
from nominations.signals.enums import LinkFor
from references.accounts.services.records import twin_of
from refprogram.kernel import links, soft_cache
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.models import SignedLink
from refprogram.people.models import Person, User

PURPOSE = "nominate"
HOUR = 3600
CHANNELS = {
    LinkFor.CUSTOMER: NominationChannel.CUSTOMER,
    LinkFor.PARTNER: NominationChannel.PARTNER,
    LinkFor.COLLEAGUE: NominationChannel.PAGE,
}


@dataclass(frozen=True)
class Said:
    """What somebody wrote into the open form."""

    name: str
    email: str
    company: str
    why: str
    title: str = ""
    speaks: bool = False


@transaction.atomic
def make_link(
    *, label: str, holder: User, made_for: LinkFor = LinkFor.CUSTOMER, campaign: Campaign | None = None
) -> NominationLink:
    """Make an open link; `holder` is credited with what comes in by it."""
    if not label.strip():
        message = _("Say where it will be used: you will know it by that.")
        raise InvalidInput(message, errors={"label": message})
    row = NominationLink(label=label.strip(), holder=holder, made_for=made_for, campaign=campaign)
    row.save(force_insert=True)
    token = token_of(row)
    links.issue(purpose=PURPOSE, subject=row, person_id=None, days=policy.now().link_lives.days, token=token)
    row.link = links.find(token)
    row.save(update_fields=["link"])
    return row


def address_of(row: NominationLink) -> str:
    """Return the address of an open link, for its page and its QR code."""
    return links.address(token_of(row))


def works(row: NominationLink) -> bool:
    """Whether the link opens a form today."""
    link = row.link
    return link is not None and link.revoked_at is None and link.expires_at > timezone.now()


@transaction.atomic
def end_link(*, row: NominationLink) -> NominationLink:
    """End an open link: who opens it is told so. What came in by it stays."""
    links.withdraw(subject=row, purpose=PURPOSE)
    return NominationLink.objects.select_related("link").get(pk=row.pk)


def count_one(link: SignedLink) -> None:
    """Count a form that was sent by this link; raise DomainError where there are too many within the hour."""
    if soft_cache.count(f"nominate-link:{link.pk}", seconds=HOUR) > policy.now().per_link_and_hour:
        raise DomainError(_("A lot was sent by this link just now. Please try again in an hour."))


@transaction.atomic
def nominate(*, token: str, said: Said) -> Nomination | None:
    """Nominate by an open link. None where the customer cannot be nominated: the holder hears of it, nobody else.

    Whoever sends the form learns nothing of whom the program knows.
    """
    link = links.use(token)
    row = (
        NominationLink.objects.select_for_update(of=("self",))
        .select_related("holder__person", "campaign")
        .get(pk=link.subject_id)
    )
    person = _person(said)
    account = twin_of(said.company) or said.company
    try:
        with transaction.atomic():
            nomination = services.submit(
                nominator=row.holder,
                account=account,
                why=said.why,
                contact=Speaker(said.name, said.email, said.title) if said.speaks else None,
                channel=CHANNELS[LinkFor(row.made_for)],
                named_by=person,
                campaign=row.campaign,
            )
    except InvalidInput as refusal:
        if "account" not in refusal.errors:
            raise
        key = f"link-known:{row.pk}:{person.pk}:{said.company[:60]}"
        letters.tell_of_known(row, name=person.name, account=said.company, why=refusal.message, key=key)
        return None
    row.brought += 1
    row.save(update_fields=["brought"])
    return nomination


def _person(said: Said) -> Person:
    """Return who filled in the form, known by their address; somebody new is noted."""
    known = Person.objects.filter(email__iexact=said.email).first()
    if known is not None:
        return known
    person = Person(name=" ".join(said.name.split()), email=said.email.strip().lower(), title=said.title)
    try:
        person.full_clean()
    except ValidationError as error:
        errors = {name: str(messages[0]) for name, messages in error.message_dict.items()}
        raise InvalidInput(next(iter(errors.values())), errors=errors) from error
    person.save(force_insert=True)
    return person


def token_of(row: NominationLink) -> str:
    """Derived, so that only its hash is kept and the page can still show the address."""
    return salted_hmac(PURPOSE, row.public_id, algorithm="sha256").hexdigest()[:48]
