"""Winners at the price of a few rows: for pages that show many."""

import datetime as dt

from django.utils import timezone

from awards.models import Award, CategoryEntry, Contest, ContestEntry, EntryConsent, EntryMetric, WinnerQuote
from references.accounts import clock
from references.consents.enums import Channel, Scope, UseAudience
from references.consents.models import ConsentTerm
from references.models import Consent
from tests.factories.contests import WonFactory
from tests.factories.references import ContactFactory

TERMS = ((Scope.COMPANY, "", "winners_page"), (Scope.QUOTE, "", "quote"), (Scope.NAME, "", "quote"))


def named_winner(contest: Contest, *, words: str) -> Award:
    """Write a published winner who is named and quoted with these words, with a result; no service is asked."""
    contact, until = ContactFactory(), clock.today() + dt.timedelta(days=90)
    number = contest.entries.count()
    entry = ContestEntry.objects.create(
        contest=contest, account=contact.account, contact=contact, owner=contact.person, state="closed",
        title=f"Title {number}", code=f"W{contest.pk}-{number}"[:8], submitted_at=timezone.now(),
    )  # fmt: skip
    consent = Consent.objects.create(contact=contact, activities=[], source="test", wording="Yes.", expires_on=until)
    ConsentTerm.objects.bulk_create(
        ConsentTerm(
            consent=consent, contact=contact, scope=scope, channel=Channel(channel) if channel else "",
            audience=UseAudience.PUBLIC, expires_on=until,
        )
        for scope, channel, _use in TERMS
    )  # fmt: skip
    EntryConsent.objects.bulk_create(
        EntryConsent(entry=entry, use=use, given=True, wording="Yes.", signer=contact.person, consent=consent)
        for use in ("winners_page", "quote")
    )
    EntryMetric.objects.create(entry=entry, factor="cost", what="Cost", before=9, after=3, publishable=True)
    place = CategoryEntry.objects.create(entry=entry, category=contest.categories.get(), state="won")
    made: Award = WonFactory(place=place)
    WinnerQuote.objects.create(award=made, text=words, released_at=timezone.now())
    return made
