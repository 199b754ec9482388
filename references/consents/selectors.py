"""What can be read of consent to show something. `visible_to` comes first."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from references.accounts import clock
from references.accounts.models import Consent, Contact
from references.accounts.selectors import consents_visible_to, contacts_visible_to, visible_to
from references.consents import policy
from references.consents.enums import ReleaseState
from references.consents.models import ConsentTemplate, ConsentTerm, Release
from refprogram.kernel.labels import Label
from refprogram.kernel.prepared import PreparedValues
from refprogram.people.models import Region, User


def terms_visible_to(user: User) -> QuerySet[ConsentTerm]:
    """Return the terms of the contacts of accounts that the user may open."""
    return ConsentTerm.objects.filter(contact__account__in=visible_to(user))


def with_people(terms: QuerySet[ConsentTerm]) -> QuerySet[ConsentTerm]:
    """Join what lists and the API show beside a term."""
    return terms.select_related("contact__person", "contact__account__region", "consent__template")


def in_force_q(on: dt.date | None = None) -> Q:
    """Return what makes a term hold on a day."""
    return Q(revoked_at__isnull=True, expires_on__gte=on or clock.today())


def ending_q() -> Q:
    """Return what makes a term one that ends soon: within the first notice's days."""
    today = clock.today()
    return Q(revoked_at__isnull=True, expires_on__range=(today, today + dt.timedelta(days=max(policy.notices()))))


def terms_of(contact: Contact) -> list[ConsentTerm]:
    """Return everything a contact ever agreed to have shown, what holds first."""
    return terms_of_all([contact])


def terms_of_all(people: Iterable[Contact]) -> list[ConsentTerm]:
    """Return the same of several contacts: one person may be one at two customers."""
    rows = ConsentTerm.objects.filter(contact__in=list(people)).select_related("consent__template", "contact__account")
    return sorted(rows, key=lambda term: (not holds(term), term.scope, term.channel, -term.pk))


def holds(term: ConsentTerm) -> bool:
    """Whether a term holds today."""
    return term.revoked_at is None and term.consent.revoked_at is None and term.expires_on >= clock.today()


def open_releases(contact: Contact) -> list[Release]:
    """Return the releases that the contact has not answered."""
    rows = Release.objects.filter(contact=contact, state=ReleaseState.ASKED)
    return list(rows.select_related("asked_by__person", "template"))


def releases_visible_to(user: User) -> QuerySet[Release]:
    """Return the releases of contacts that the user may see."""
    return Release.objects.filter(contact__in=contacts_visible_to(user)).select_related(
        "contact__person", "contact__account__owner__team", "template"
    )


def release_for_link(release_id: int) -> QuerySet[Release]:
    """Return a release with what its page shows."""
    return Release.objects.filter(pk=release_id).select_related(
        "contact__person", "contact__account", "template", "asked_by__person", "consent"
    )


def consent_for_link(consent_id: int) -> QuerySet[Consent]:
    """Return a consent with what its public page shows."""
    return Consent.objects.filter(pk=consent_id).select_related("contact__account__region", "template")


def terms_under(consent: Consent) -> list[ConsentTerm]:
    """Return the terms of a consent, in order."""
    rows = consent.terms.select_related("consent", "contact__person", "contact__account")
    return list(rows.order_by("scope", "channel", "pk"))


def consents_for(user: User) -> QuerySet[Consent]:
    """Return the consents that the user may see."""
    return consents_visible_to(user)


# ---------------------------------------------------------------- words


def templates() -> QuerySet[ConsentTemplate]:
    """Return every version of the words, by name, newest first."""
    return ConsentTemplate.objects.select_related("written_by__person").order_by("name", "-version")


def newest_templates() -> QuerySet[ConsentTemplate]:
    """Return the version in use of each template: customers are asked in these words."""
    return ConsentTemplate.objects.filter(retired_at__isnull=True).order_by("name", "-version")


def consents_in_words(template: ConsentTemplate) -> int:
    """Return how many consents were given in the words of a version."""
    return Consent.objects.filter(template=template).count()


def territory_choices() -> list[tuple[str, str]]:
    """Return where something may be shown: everywhere, or one region."""
    return [("", _("All countries")), *((name, name) for (name,) in _REGIONS())]


_REGIONS = PreparedValues(lambda: Region.objects.order_by("name").values_list("name"))


# ---------------------------------------------------------------- names in the stream


def template_labels(ids: Iterable[int], _viewer: User) -> dict[int, Label]:
    """Name versions of the words."""
    rows = ConsentTemplate.objects.filter(pk__in=list(ids))
    return {row.pk: Label(f"{row.name} {row.version}") for row in rows}


def release_labels(ids: Iterable[int], _viewer: User) -> dict[int, Label]:
    """Name releases by whom they ask."""
    rows = Release.objects.filter(pk__in=list(ids)).values_list("pk", "contact__person__name")
    return {pk: Label(_("release of %(name)s") % {"name": name}) for pk, name in rows}


def consent_labels(ids: Iterable[int], _viewer: User) -> dict[int, Label]:
    """Name consents by who gave them."""
    rows = Consent.objects.filter(pk__in=list(ids)).values_list("pk", "contact__person__name")
    return {pk: Label(_("consent of %(name)s") % {"name": name}) for pk, name in rows}
