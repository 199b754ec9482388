"""What this room does when something happened: it writes to customers and to those who answer for them."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from references.accounts import clock, onboarding, policy, selectors, wording
from references.accounts.enums import AskState, Membership
from references.accounts.models import Account, ActivityType, Ask, Consent, Contact
from refprogram.kernel import links
from refprogram.kernel.models import Event
from refprogram.notices.services import Letter, tell


def send_invitation(event: Event) -> None:
    """Write to the customer: would you take part? One button, no sign-in."""
    asks = Ask.objects.filter(
        contact=event.payload["contact"],
        activity__isnull=True,
        state=AskState.HELD,
        source_type=event.payload["source_type"],
        source_id=event.payload["source_id"],
    )
    ask = asks.select_related("contact__person", "account", "reserved_by__person").order_by("-pk").first()
    if ask is None:
        return  # answered or withdrawn meanwhile
    person = ask.contact.person
    subject = _("Would you speak about your work with %(us)s now and then?") % {"us": wording.with_us()}
    tell(
        person=person,
        kind="references.invitation",
        key=f"invitation:{ask.public_id}",
        text=subject,
        letter=Letter(
            subject=subject,
            template="references/invitation",
            context={
                "lead": _("Dear %(name)s,") % {"name": person.name},
                "inviter": ask.reserved_by.name if ask.reserved_by else wording.program_of(),
                "account": ask.account.name,
                "kinds": _kinds(event.payload.get("activities", [])),
                "action_label": _("Read and answer"),
                "action_url": links.issue(purpose="invitation", subject=ask, person_id=person.pk),
                "fine": _("No is a fine answer: it takes one click on the same page, and nobody asks why."),
            },
        ),
    )


def welcome(event: Event) -> None:
    """Thank the customer for the yes, and say again in writing what was agreed."""
    contact = Contact.objects.select_related("person", "account").get(pk=event.payload["contact"])
    consent = Consent.objects.filter(contact=contact, revoked_at__isnull=True).order_by("-pk").first()
    if consent is None or contact.state != Membership.ACTIVE:
        return
    subject = _("Thank you for taking part")
    tell(
        person=contact.person,
        kind="references.welcome",
        key=f"welcome:{consent.public_id}",
        text=subject,
        letter=Letter(
            subject=subject,
            template="references/welcome",
            context={
                "lead": _("Dear %(name)s,") % {"name": contact.person.name},
                "kinds": _kinds(consent.activities),
                "facts": [
                    (_("How often"), _("At most %(n)d times in three months") % {"n": policy.now().asks_per_quarter}),
                    (_("Until"), date_format(consent.expires_on, "j F Y")),
                ],
            },
        ),
    )


def ask_still_true(event: Event) -> None:
    """Ask who answers for the account: still a happy customer?"""
    account = _with_owner(event.subject_id)
    if account.state == Membership.REVIEW_DUE:
        _ask_word(account, event)


def ask_for_word(event: Event) -> None:
    """A customer said yes and nobody has vouched for them yet: ask who answers for the account."""
    account = _with_owner(event.account_id)
    if account.state == Membership.ONBOARDING and not onboarding.vouched(account):
        _ask_word(account, event)


def _with_owner(account_id: int | None) -> Account:
    accounts = Account.objects.select_related("owner__person", "owner__team", "csm__person")
    return accounts.get(pk=account_id or 0)


def _ask_word(account: Account, event: Event) -> None:
    colleague = selectors.answers_for(account)
    if colleague is None:
        return
    links.withdraw(subject=account, purpose="still_true")
    subject = _("Is %(name)s still a happy customer?") % {"name": account.name}
    tell(
        person=colleague.person,
        kind="references.still_true",
        key=f"still-true:{event.pk}",
        text=subject,
        url=account.get_absolute_url(),
        letter=Letter(
            subject=subject,
            template="references/still_true",
            context={
                "account": account,
                "days": policy.verify_every(account.tier).days,
                "fine": _deadline(account),
                "action_label": _("Answer in one tap"),
                "action_url": links.issue(purpose="still_true", subject=account, person_id=colleague.person_id),
            },
        ),
    )


def _deadline(account: Account) -> str:
    """Return what happens if nobody answers, and when; nothing where nobody ever confirmed."""
    if account.verified_at is None:
        return ""
    ends = account.verified_at + policy.verify_every(account.tier) + policy.now().verify_grace
    words = _("If nobody answers by %(day)s, the account is not asked for anything until somebody does.")
    return words % {"day": date_format(clock.today(ends), "j F Y")}


def _kinds(slugs: list[str]) -> list[tuple[str, str]]:
    """Return (name, how long it takes) of activities, in catalogue order."""
    return [(kind.name, wording.minutes(kind)) for kind in ActivityType.objects.filter(slug__in=slugs)]
