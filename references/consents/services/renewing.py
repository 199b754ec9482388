"""Saying in good time that what may be shown ends: to who looks after the customer, 60, 30 and 7 days before."""

import datetime as dt

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from references.accounts import clock
from references.accounts.models import Consent
from references.accounts.selectors import answers_for
from references.consents import policy
from references.consents.models import ConsentTerm
from refprogram.notices.mails import absolute
from refprogram.notices.services import Letter, tell


def tell_of_ends() -> int:
    """Tell of every consent of which something ends in 60, 30 or 7 days; return how many notices are new."""
    return sum(_tell_of(days) for days in policy.notices())


def _tell_of(days: int) -> int:
    last = clock.today() + dt.timedelta(days=days)
    ending = ConsentTerm.objects.filter(
        revoked_at__isnull=True, expires_on__range=(last - dt.timedelta(days=policy.CATCH_UP_DAYS), last)
    )
    consents = Consent.objects.filter(pk__in=ending.values("consent"), contact__left_company_at__isnull=True)
    around = ("contact__person", "contact__account__owner__person", "contact__account__csm__person")
    rows = consents.select_related(*around)
    return sum(_tell(consent, days) for consent in rows.order_by("pk"))


def _tell(consent: Consent, days: int) -> int:
    contact = consent.contact
    colleague = answers_for(contact.account)
    if colleague is None:
        return 0
    facts = {"name": contact.person.name, "account": contact.account.name}
    ending = list(consent.terms.filter(revoked_at__isnull=True).order_by("expires_on"))
    day = date_format(ending[0].expires_on, "j F Y")
    text = _("What we may show of %(name)s, %(account)s, ends on %(day)s") % {**facts, "day": day}
    letter = Letter(
        subject=text,
        template="references/terms_end",
        context={
            **facts,
            "scopes": sorted({str(term.get_scope_display()) for term in ending}),
            "day": day,
            "action_label": _("Ask again"),
            "action_url": absolute(reverse("references:contact-release", args=[contact.public_id])),
        },
    )
    told = tell(
        person=colleague.person, kind="references.terms_end", key=f"terms-end:{consent.public_id}:{days}", text=text,
        url=contact.get_absolute_url(), letter=letter,
    )  # fmt: skip
    return 1 if told is not None else 0
