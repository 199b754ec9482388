"""A contest's life: planned backwards from its event, announced, open, closed, moved on, called off."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from awards.contests import policy, zones
from awards.contests.enums import CONTEST_MOVES, Audience, ContestState, Part
from awards.contests.models import Category, Contest, ContestMember
from awards.contests.services import timetable
from awards.contests.services.plan import plan_backwards, shift_plan
from awards.contests.services.rows import held, lock, refusal, words
from refprogram.kernel import moves
from refprogram.kernel.errors import DomainError
from refprogram.kernel.stream import emit
from refprogram.people.enums import Role
from refprogram.people.models import User

S = ContestState
# Addresses below /contests/ and /awards/ that are not a contest's.
TAKEN: Final = frozenset({"new", "colleagues", "entries", "judging", "judges", "questions"})
# Back to what was over, or to an end: somebody says why.
NEEDS_REASON: Final = frozenset(
    {
        *((S.ANNOUNCED, S.DRAFT), (S.CLOSED, S.OPEN), (S.JUDGING, S.SCREENING), (S.DELIBERATION, S.JUDGING)),
        (S.DECIDED, S.DELIBERATION),
    }
)
STAMPS: Final[Mapping[str, str]] = {S.ANNOUNCED: "announced_at", S.PUBLISHED: "published_at"}
TEXTS: Final = ("tagline", "overview", "process", "payoff", "rules_text", "event_name", "event_place")
RULES: Final = (
    *("nominator_credit", "one_award_each", "cool_off_years", "people_choice", "votes_for", "cost", "form"),
    "judging_mail",
)
MOMENTS: Final = ("opens_at", "closes_at", "announce_at", "event_at", "votes_open_at", "votes_close_at")
CERTIFIERS: Final = (Role.EXECUTIVE, Role.SALES_HEAD, Role.LEGAL)
HOW_MANY: Final = 2


@transaction.atomic
def start(
    *, name: str, series: str, year: int, audience: str, event_at: dt.datetime, zone: str, owner: User, by: User
) -> Contest:
    """Plan a contest backwards from its event: its windows, the ten steps, who runs and who certifies it."""
    figures, where = policy.now(), zones.zone_of(zone)
    called = words(name, field="name", sentence=_("Give the contest a name."))
    award = words(series, field="series", sentence=_("Say which award it is."), most=80)
    if Contest.objects.filter(series=award, year=year).exists():
        raise refusal("year", _("There is a contest of this award and year already."))
    dates = timetable.windows(event_at, where, figures, today=timezone.now().astimezone(where).date())
    contest = Contest(
        name=called, slug=_slug(called), series=award, year=year, audience=Audience(audience), zone=zone,
        opens_at=dates.opens_at, closes_at=dates.closes_at, announce_at=event_at, event_at=event_at,
        grace_minutes=figures.grace_minutes, owner=owner,
    )  # fmt: skip
    contest.save(force_insert=True)
    members = [ContestMember(contest=contest, user=owner, part=Part.MANAGER)]
    members += [ContestMember(contest=contest, user=user, part=Part.CERTIFIER) for user in _certifiers()]
    ContestMember.objects.bulk_create(members)
    plan_backwards(contest)
    payload = {"series": award, "year": year, "audience": str(contest.audience)}
    emit("contest.started", subject=contest, actor_id=by.person_id, payload=payload)
    return contest


def _slug(name: str) -> str:
    base = slugify(name)[:50] or "contest"
    like = set(Contest.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | TAKEN
    if base not in like:
        return base
    return next(slug for n in range(2, len(like) + 3) if (slug := f"{base}-{n}") not in like)


def _certifiers() -> list[User]:
    """Return who signs where nobody else is named: two whose roles may, one of each role as far as there are any."""
    rows = User.objects.filter(role__in=CERTIFIERS, is_active=True).order_by("pk")
    first_of: dict[str, User] = {}
    for user in rows:
        first_of.setdefault(user.role, user)
    one_each = [first_of[role] for role in CERTIFIERS if role in first_of]
    rest = [user for user in rows if user not in one_each]
    return [*one_each, *rest][:HOW_MANY]


@transaction.atomic
def move(contest: Contest, to: ContestState, *, by: User | None, reason: str = "") -> Contest:
    """Move a contest to a state; without `by` the clock does it. Ways back and calling off need a reason."""
    row = lock(contest)
    before = ContestState(row.state)
    moves.check(row, to, moves=CONTEST_MOVES, noun=_("contest"))
    said = " ".join(reason.split())[:300]
    if not said and (to == S.CANCELLED or (before, to) in NEEDS_REASON):
        raise refusal("reason", _("Say why: it stays in the record."))
    stamp = STAMPS.get(to)
    if stamp is not None and getattr(row, stamp) is None:
        setattr(row, stamp, timezone.now())
    moves.move(row, to, moves=CONTEST_MOVES, noun=_("contest"), also=[stamp] if stamp else [])
    actor = by.person_id if by is not None else None
    payload = {"from": before.value, "to": to.value, "reason": said}
    emit("contest.moved", subject=row, actor_id=actor, payload=payload)
    _tell_of(row, before, to, actor)
    contest.state = row.state
    return row


def _tell_of(contest: Contest, before: ContestState, to: ContestState, actor: int | None) -> None:
    """Emit what others wait for by name, beside the move itself."""
    facts: dict[str, dict[str, Any]] = {}
    if to == S.ANNOUNCED and before == S.DRAFT:
        facts["contest.announced"] = {}
    elif to == S.OPEN:
        facts["contest.opened"] = {"again": before == S.CLOSED}
    elif to == S.CLOSED:
        facts["contest.closed"] = {"by_itself": actor is None}
    elif to == S.PUBLISHED:
        facts["contest.published"] = {}
    elif to == S.CANCELLED:
        facts["contest.cancelled"] = {}
    for topic, payload in facts.items():
        emit(topic, subject=contest, actor_id=actor, payload=payload)


@transaction.atomic
def announce(contest: Contest, *, by: User) -> Contest:
    """Show the contest to everybody. It needs something to enter, and a deadline that is still to come."""
    row = held(contest)
    moves.check(row, S.ANNOUNCED, moves=CONTEST_MOVES, noun=_("contest"))
    if not Category.objects.filter(contest=row).exists():
        raise DomainError(_("Add a category first: there is nothing to enter yet."))
    if row.closes_at <= timezone.now():
        raise DomainError(_("Its deadline is over. Set new dates first."))
    return move(row, S.ANNOUNCED, by=by)


@transaction.atomic
def open_entries(contest: Contest, *, by: User | None) -> Contest:
    """Open for entries now, also before the day that was planned."""
    row, now = held(contest), timezone.now()
    moves.check(row, S.OPEN, moves=CONTEST_MOVES, noun=_("contest"))
    if row.opens_at > now:
        row.opens_at = now
        row.save(update_fields=["opens_at"])
    return move(row, S.OPEN, by=by)


@transaction.atomic
def close_entries(contest: Contest, *, by: User | None, reason: str = "") -> Contest:
    """Close for entries. Before the printed deadline that takes a reason, and the deadline is set to this moment."""
    row, now = held(contest), timezone.now()
    moves.check(row, S.CLOSED, moves=CONTEST_MOVES, noun=_("contest"))
    if now < row.closes_at:
        if not reason.strip():
            raise refusal("reason", _("Say why: a later deadline was promised."))
        row.closes_at, row.grace_minutes = max(now, row.opens_at + dt.timedelta(minutes=1)), 0
        row.save(update_fields=["closes_at", "grace_minutes"])
        Category.objects.filter(contest=row, closes_at__gt=now).update(closes_at=None)
    return move(row, S.CLOSED, by=by, reason=reason)


@transaction.atomic
def reopen_entries(contest: Contest, *, until: dt.datetime, reason: str, by: User) -> Contest:
    """Take entries again until a new deadline: an extension for everybody, with its reason."""
    row = held(contest)
    moves.check(row, S.OPEN, moves=CONTEST_MOVES, noun=_("contest"))
    if until <= timezone.now():
        raise refusal("until", _("This moment is over."))
    if until >= row.announce_at:
        raise refusal("until", _("The winners are announced before that."))
    row.closes_at = until
    row.save(update_fields=["closes_at"])
    return move(row, S.OPEN, by=by, reason=reason)


@transaction.atomic
def cancel(contest: Contest, *, reason: str, by: User) -> Contest:
    """Call the contest off. Entries stay where they are, and nobody is judged."""
    return move(contest, S.CANCELLED, by=by, reason=reason)


@transaction.atomic
def change(contest: Contest, *, by: User, **fields: Any) -> Contest:
    """Change what a contest says and when it takes place. What was promised to entrants is not taken back.

    `zone` alone keeps what the clock shows: 18:00 in Berlin becomes 18:00 in Tokyo. Moments are given in UTC.
    """
    row = held(contest)
    was = {name: getattr(row, name) for name in (*TEXTS, *RULES, *MOMENTS, "name", "zone", "grace_minutes", "owner")}
    said = {name: value for name, value in fields.items() if was[name] != value}
    if "name" in said:
        said["name"] = words(said["name"], field="name", sentence=_("Give the contest a name."))
    if "zone" in said:
        said = _in_new_zone(row, said)
    _demand_public(row, said)
    timetable.check(row, {**{name: was[name] for name in (*MOMENTS, "grace_minutes")}, **said})
    if "rules_text" in said and row.state != S.DRAFT:
        row.rules_version += 1
    event_was = row.event_at
    for name, value in said.items():
        setattr(row, name, value)
    row.save()
    if "event_at" in said:
        shift_plan(row, (row.event_at.astimezone(row.tz).date() - event_was.astimezone(row.tz).date()).days)
    if "owner" in said:
        ContestMember.objects.get_or_create(contest=row, user=row.owner, part=Part.MANAGER)
    if said:
        emit("contest.changed", subject=row, actor_id=by.person_id, payload={"fields": sorted(said)})
    return row


def _demand_public(contest: Contest, said: Mapping[str, Any]) -> None:
    if said.get("people_choice") and contest.audience == Audience.INTERNAL:
        raise refusal("people_choice", _("The public votes where customers compete: our own teams’ work is not shown."))


def _in_new_zone(contest: Contest, said: dict[str, Any]) -> dict[str, Any]:
    """Return the changes with every moment to come that was not given moved along: the wall clock stays."""
    old, new, now = contest.tz, zones.zone_of(said["zone"]), timezone.now()
    moments = {name: getattr(contest, name) for name in MOMENTS if name not in said}
    to_come = {name: at for name, at in moments.items() if at is not None and at > now}
    for category in Category.objects.select_for_update().filter(contest=contest, closes_at__gt=now):
        if category.closes_at is not None:
            later = zones.moved(category.closes_at, old, new, field="zone")
            if later < category.closes_at and contest.state != S.DRAFT:
                raise refusal("zone", _("Deadlines were announced: they would be earlier in this zone."))
            category.closes_at = later
            category.save(update_fields=["closes_at"])
    return {**said, **{name: zones.moved(at, old, new, field=name) for name, at in to_come.items()}}
