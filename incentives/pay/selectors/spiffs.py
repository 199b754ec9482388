"""Reading SPIFFs: who takes part, what counts, how it stands."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.pay.enums import WAITING, EntryState, Metric, SpiffAudience, SpiffState
from incentives.pay.models import Spiff, SpiffEntry, SpiffVote
from incentives.pay.placing import Gain, Place, next_gain, places
from references.models import Contact
from refprogram.kernel import rollups
from refprogram.kernel.models import Event
from refprogram.people.enums import Role, WorkKind
from refprogram.people.models import User, WorkActivity

ROLES = {
    SpiffAudience.FIELD: (Role.REP, Role.SUPPORT),
    SpiffAudience.SALES: (Role.REP,),
    SpiffAudience.SUPPORT: (Role.SUPPORT,),
}


def visible_to(user: User) -> QuerySet[Spiff]:
    """Return the SPIFFs this user may read: drafts only where they may run them."""
    rows = Spiff.objects.select_related("written_by__person", "approved_by__person", "fund")
    if user.has_perm("incentives.run_spiffs") or user.has_perm("incentives.view_pay"):
        return rows
    if user.has_perm("incentives.view_rewards"):
        return rows.exclude(state=SpiffState.DRAFT)
    return rows.none()


def takes_part(spiff: Spiff, user: User) -> bool:
    """Return whether it is for this colleague."""
    return user.role in ROLES[SpiffAudience(spiff.audience)]


def prizes_of(spiff: Spiff) -> list[Decimal]:
    """Return the amounts, first place first."""
    return [Decimal(each) for each in spiff.prizes]


def counts_until(spiff: Spiff) -> dt.date:
    """Return the last day on which its figures change."""
    return spiff.votes_until or spiff.ends_on


def window_of(spiff: Spiff) -> tuple[dt.datetime, dt.datetime]:
    """Return when it begins, and when it is over, in the program's zone."""
    zone, after = timezone.get_default_timezone(), spiff.ends_on + dt.timedelta(days=1)
    return dt.datetime.combine(spiff.starts_on, dt.time.min, zone), dt.datetime.combine(after, dt.time.min, zone)


def figures_of(spiff: Spiff) -> dict[int, int]:
    """Return what each person who takes part has done in the window, by person id; nothing done: left out."""
    people = User.objects.filter(role__in=ROLES[SpiffAudience(spiff.audience)], is_active=True)
    return _COUNTS[Metric(spiff.metric)](spiff, list(people.values_list("person_id", flat=True)))


def _contacts(spiff: Spiff, people: list[int]) -> dict[int, int]:
    """Contacts they added by hand, as far as those still stand by themselves."""
    since, until = window_of(spiff)
    there = Contact.objects.filter(merged_into__isnull=True).values("pk")
    added = Event.objects.filter(topic="contact.added", occurred_at__gte=since, occurred_at__lt=until)
    rows = added.filter(actor_id__in=people, subject_type="contact", subject_id__in=there).values("actor_id")
    found = rows.annotate(n=Count("subject_id", distinct=True)).values_list("actor_id", "n")
    return {actor: n for actor, n in found if actor is not None}


def _templates(spiff: Spiff, people: list[int]) -> dict[int, int]:
    """Templates they used, as the CRM tells it."""
    since, until = window_of(spiff)
    used = WorkActivity.objects.filter(kind=WorkKind.ASSET_USED, detail__icontains="template", person__in=people)
    rows = used.filter(occurred_at__gte=since, occurred_at__lt=until).values("person_id")
    return dict(rows.annotate(n=Count("pk")).values_list("person_id", "n"))


def _votes(spiff: Spiff, people: list[int]) -> dict[int, int]:
    """Votes for the dashboard they handed in."""
    rows = SpiffVote.objects.filter(spiff=spiff, entry__person__in=people).values("entry__person_id")
    return dict(rows.annotate(n=Count("pk")).values_list("entry__person_id", "n"))


_COUNTS = {Metric.CONTACTS: _contacts, Metric.TEMPLATES: _templates, Metric.DASHBOARD: _votes}


def standing_of(spiff: Spiff) -> list[Place]:
    """Return how it stands: counted now while it runs, as it was counted when it was over."""
    if spiff.state == SpiffState.LIVE:
        return places(figures_of(spiff), prizes_of(spiff), spiff.least)
    kept = SpiffEntry.objects.filter(spiff=spiff, place__isnull=False).order_by("place", "pk")
    return [Place(row.person_id, row.figure, row.place or 0, row.prize) for row in kept]


@dataclass(frozen=True)
class Chance:
    """What a running SPIFF would bring a person as it stands, and what a few more would."""

    spiff: Spiff
    figure: int
    place: int | None
    prize: Decimal
    gain: Gain | None


def chances_of(user: User) -> list[Chance]:
    """Return the SPIFFs that run and are for this colleague, as they stand for them. Votes are nobody’s to see yet."""
    today = rollups.day_of(timezone.now())
    running = Spiff.objects.filter(state=SpiffState.LIVE, starts_on__lte=today, ends_on__gte=today)
    rows = running.filter(audience__in=_audiences_of(user)).exclude(metric=Metric.DASHBOARD)
    return [_chance(spiff, user.person_id) for spiff in rows.order_by("ends_on", "pk")]


def _audiences_of(user: User) -> list[SpiffAudience]:
    return [audience for audience, roles in ROLES.items() if user.role in roles]


def _chance(spiff: Spiff, person_id: int) -> Chance:
    figures, prizes = figures_of(spiff), prizes_of(spiff)
    now = next((p for p in places(figures, prizes, spiff.least) if p.person_id == person_id), None)
    return Chance(
        spiff=spiff,
        figure=figures.get(person_id, 0),
        place=now.place if now else None,
        prize=now.prize if now else Decimal("0.00"),
        gain=next_gain(figures, prizes, spiff.least, person_id),
    )


def waiting_for(person_id: int) -> list[SpiffEntry]:
    """Return a person's places whose prize waits for proof."""
    rows = SpiffEntry.objects.filter(person=person_id, spiff__state=SpiffState.PROOF).select_related("spiff")
    return list(rows.filter(state__in=[*WAITING, EntryState.PROVED], prize__gt=0).order_by("pk"))


def entries_of(spiff: Spiff) -> list[SpiffEntry]:
    """Return who takes part with an entry, best first; while votes are given, in an order of its own for each."""
    rows = SpiffEntry.objects.filter(spiff=spiff).select_related("person", "judged_by__person", "spiff")
    return list(rows.order_by("place", "pk"))


def vote_of(spiff: Spiff, user: User) -> SpiffVote | None:
    """Return what this colleague voted for."""
    return SpiffVote.objects.filter(spiff=spiff, voter=user).first()


def names_of(people: Iterable[int], viewer: User) -> dict[int, str]:
    """Return how people are called; who would rather not stand in ranks, only for themselves and who runs SPIFFs."""
    sees_all = viewer.has_perm("incentives.run_spiffs") or viewer.has_perm("incentives.view_pay")
    wanted = ("person_id", "person__name", "person__recognition_choice__in_ranks")
    rows = User.objects.filter(person__in=list(people)).values_list(*wanted)
    return {
        key: name if in_ranks is not False or sees_all or key == viewer.person_id else _("A colleague")
        for key, name, in_ranks in rows
    }


def proofs_for(user: User) -> QuerySet[Any, Any]:
    """Return the keys of the entries whose proof this user may read: their own, or all for who runs SPIFFs."""
    runs = user.has_perm("incentives.run_spiffs") or user.has_perm("incentives.view_pay")
    mine = Q() if runs else Q(person=user.person_id)
    return SpiffEntry.objects.filter(mine).values("pk")


def entries_in(spiff: Spiff) -> QuerySet[SpiffEntry]:
    """Return everybody's part in a SPIFF."""
    return SpiffEntry.objects.filter(spiff=spiff)


def entry_of(spiff: Spiff, user: User) -> SpiffEntry | None:
    """Return this colleague's part in a SPIFF."""
    return SpiffEntry.objects.filter(spiff=spiff, person=user.person_id).first()
