"""What somebody who said yes still needs before they may be asked: a consent, something they like to do, a known fact.

The fact is one that somebody other than the customer vouches for: an owner's word that still holds, an answer to a
survey, or what a room above knows (`settings.VERIFIED_FACTS`: `(account) -> str`, empty where it knows nothing).
"""

from collections.abc import Callable

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from references.accounts import clock, kept, policy
from references.accounts.models import Account, Consent, Contact
from references.accounts.reasons import Reason
from refprogram.kernel.templatetags.rp import day


def checklist(account: Account, contact: Contact) -> list[Reason]:
    """Return the three things, each with whether it is there. A few queries."""
    return [_consent(contact), _willing(contact), _fact(account)]


def missing(account: Account, contact: Contact) -> list[Reason]:
    """Return what is missing; nothing means: takes part."""
    return [one for one in checklist(account, contact) if not one.ok]


def _consent(contact: Contact) -> Reason:
    consents = Consent.objects.filter(contact=contact, revoked_at__isnull=True, expires_on__gte=clock.today())
    until = consents.exclude(activities=[]).order_by("-expires_on").values_list("expires_on", flat=True).first()
    if until is None:
        return Reason(False, _("No consent in force"), _("Invite them again, or record what they agreed to."))
    return Reason(True, _("A consent in force"), _("until %(day)s") % {"day": day(until)})


def _willing(contact: Contact) -> Reason:
    kinds = [slug for slug in contact.willing if int((contact.caps or {}).get(slug, 1)) > 0]
    if not kinds or kept.cap_of(contact) < 1:
        return Reason(False, _("Nothing that they are willing to do"), _("Ask what they would like, and how often."))
    return Reason(True, _("Something they are willing to do"), _("%(n)d kinds") % {"n": len(kinds)})


def _fact(account: Account) -> Reason:
    if vouched(account):
        return Reason(True, _("A fact that somebody vouches for"), _("confirmed on %(day)s") % {
            "day": day(account.verified_at)
        })  # fmt: skip
    if account.nps_at is not None or account.csat_at is not None:
        return Reason(True, _("A fact that somebody vouches for"), _("they answered a survey"))
    for path in settings.VERIFIED_FACTS:
        knows: Callable[[Account], str] = import_string(path)
        if words := knows(account):
            return Reason(True, _("A fact that somebody vouches for"), words)
    what = _("Their owner says “still a happy customer”, or a result is verified.")
    return Reason(False, _("Nobody has vouched for them yet"), what)


def vouched(account: Account) -> bool:
    """Whether somebody's word that the customer is happy still holds."""
    if account.verified_at is None:
        return False
    return timezone.now() <= account.verified_at + policy.verify_every(account.tier) + policy.now().verify_grace
