"""Reading nominations: who sees which, the queues, the desk."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import BigIntegerField, Count, DateTimeField, Exists, Min, OuterRef, Q, QuerySet, TextField
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nominations import policy
from nominations.enums import OPEN_NOMINATIONS, NominationState, OwnerAnswer
from nominations.models import Nomination, NominationCredit
from nominations.moments import good_moments
from nominations.rules import has_overview, is_colleague, runs_the_program
from nominations.standings.ranking import place_of, standings
from nominations.states import STATE_PILLS
from references.models import Account
from refprogram.kernel.asked_once import once_per_answer
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.filters import midnight
from refprogram.kernel.labels import Label
from refprogram.kernel.prepared import Among, Given, Prepared, PreparedValues
from refprogram.kernel.templatetags import rp
from refprogram.people.enums import Role
from refprogram.people.glance import ForDesk
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor, PreparedValuesFor

__all__ = [
    "DETAIL",
    "approved_for",
    "by_id",
    "colleagues_with",
    "credits_of",
    "desk_items",
    "good_moments",
    "may_still_be_enrolled",
    "nomination_labels",
    "of_account",
    "one",
    "place_of",
    "queue",
    "queue_place",
    "screeners",
    "stage_counts",
    "standings",
    "submitted_by_user",
    "to_screen",
    "visible_to",
    "with_people",
]

N = NominationState
SHOWN_AROUND = 8
OUTCOMES = (N.ENROLLED, N.FIRST_ACT, N.NOT_APPROVED, N.PARKED, N.CUSTOMER_DECLINED)


# ---------------------------------------------------------------- who sees which


def visible_to(user: User) -> QuerySet[Nomination]:
    """Return what this colleague may see: own ones, those of own accounts and teams; who oversees the program, all.

    Own is also what they typed for a colleague, and what they have a share in.
    """
    rows = Nomination.objects.all()
    if has_overview(user):
        return rows
    if not is_colleague(user):
        return rows.none()
    seen = Q(nominator=user.pk) | Q(account__owner=user.pk) | Q(owner_asked=user.pk) | Q(submitted_by=user.pk)
    seen |= Q(pk__in=NominationCredit.objects.filter(user=user.pk).values("nomination"))
    if user.role == Role.MANAGER:
        seen |= Q(nominator__team__manager=user.pk)
    return rows.filter(seen)


def with_people(rows: QuerySet[Nomination]) -> QuerySet[Nomination]:
    """Return the rows with everything joined that a nomination's page names."""
    return rows.select_related(
        "account__owner__person",
        "account__region",
        "contact__person",
        "nominator__person",
        "team",
        "owner_asked__person",
        "decided_by__person",
        "submitted_by__person",
        "named_by",
        "second_to__nominator__person",
        "merged_into__nominator__person",
    )


# The nomination of this public id, if the viewer may see it, with its people.
DETAIL = PreparedFor(lambda viewer: with_people(visible_to(viewer).filter(public_id=Given("public_id", TextField()))))


def one(nomination: Nomination) -> QuerySet[Nomination]:
    """Return just this one, for whoever has just made it: what they typed for a colleague they may not see later."""
    return Nomination.objects.filter(pk=nomination.pk)


def by_id(pk: int) -> Nomination:
    """Return a nomination with its people, for handlers and tasks."""
    return with_people(Nomination.objects.all()).get(pk=pk)


def approved_for(contact_id: int) -> Nomination | None:
    """Return the nomination that is approved, and waits until this contact may be written to."""
    return Nomination.objects.filter(contact=contact_id, state=N.APPROVED).first()


def may_still_be_enrolled(nomination: Nomination) -> bool:
    """Whether the yes of somebody who was invited for it enrols it: not where it was decided, or begun, anew since."""
    if nomination.state == N.CUSTOMER_DECLINED:
        return not Nomination.objects.filter(account=nomination.account_id, state__in=OPEN_NOMINATIONS).exists()
    return nomination.state in {N.OUTREACH, N.PARKED}


def asked_of(user_id: int) -> list[Nomination]:
    """Return those about which a colleague is asked "still a happy customer?", and has not answered."""
    waiting = Nomination.objects.filter(
        owner_asked=user_id, state=N.SUBMITTED, owner_answer=OwnerAnswer.PENDING, second_to=None
    )
    return list(waiting.order_by("pk"))


def credits_of(nomination: Nomination) -> list[NominationCredit]:
    """Return whose it is, who was first first."""
    return _CREDITS(nomination=nomination.pk)


_CREDITS = Prepared(
    lambda: (
        NominationCredit.objects.filter(nomination=Given("nomination", BigIntegerField()))
        .select_related("user__person")
        .order_by("since", "pk")
    )
)


def colleagues_with(figures: Mapping[int, int]) -> dict[User, int]:
    """Return the same by colleague, for a page: user -> figure, in the same order."""
    users = User.objects.select_related("person").in_bulk(figures.keys())
    return {users[pk]: figure for pk, figure in figures.items()}


def of_account(user: User, account: Account) -> QuerySet[Nomination]:
    """Return the nominations of an account that this colleague may see, newest first."""
    return with_people(visible_to(user).filter(account=account)).order_by("-submitted_at", "-pk")


def _named_for(viewer: User) -> QuerySet[Nomination]:
    seen = Exists(visible_to(viewer).filter(pk=OuterRef("pk")))
    named = Nomination.objects.filter(Among("pk", "ids")).select_related("account")
    return named.only("public_id", "account__name").annotate(open_to_viewer=seen)


_NAMED = PreparedFor(_named_for)


def nomination_labels(ids: Iterable[int], viewer: Any) -> Mapping[int, Label]:
    """Return how nominations are called in a sentence; with a link for who may open them."""
    return {
        row.pk: Label(
            _("the nomination of %(account)s") % {"account": row.account.name},
            row.get_absolute_url() if row.open_to_viewer else "",  # type: ignore[attr-defined]
        )
        for row in _NAMED(viewer, ids=list(ids))
    }


# ---------------------------------------------------------------- screening


def screeners() -> list[User]:
    """Return the colleagues who screen."""
    return list(User.objects.filter(role=Role.MARKETER, is_active=True).select_related("person"))


def queue() -> QuerySet[Nomination]:
    """Return what waits to be screened, oldest first."""
    return Nomination.objects.filter(state=N.SCREENING).order_by("submitted_at", "pk")


def to_screen() -> tuple[int, dt.datetime | None]:
    """Return how many wait to be screened, and since when the first does. One query for all who ask on a page."""
    return once_per_answer("nominations-to-screen", lambda: next(iter(_TO_SCREEN()), (0, None)))


_TO_SCREEN = PreparedValues(
    lambda: (
        queue().order_by().values("state").annotate(n=Count("pk"), oldest=Min("state_since")).values_list("n", "oldest")
    )
)


@dataclass(frozen=True)
class QueuePlace:
    """Where a screener is in the queue; `nomination` is None when it is empty."""

    nomination: Nomination | None
    number: int
    of: int
    next_id: str = ""
    previous_id: str = ""
    around: Sequence[Nomination] = ()


def queue_place(*, wanted: str = "", after: str = "") -> QueuePlace:
    """Return the nomination to screen: `wanted`, or the first one after `after` (just decided), or the oldest."""
    order = list(queue().values_list("public_id", flat=True))
    if not order:
        return QueuePlace(None, 0, 0)
    at = order.index(wanted) if wanted in order else _place_after(after, len(order))
    nomination = with_people(Nomination.objects.all()).get(public_id=order[at])
    several = len(order) > 1
    return QueuePlace(
        nomination,
        number=at + 1,
        of=len(order),
        next_id=order[(at + 1) % len(order)] if several else "",
        previous_id=order[at - 1] if several else "",
        around=_around(order, at) if several else (),
    )


def _around(order: Sequence[str], at: int) -> list[Nomination]:
    """Return what stands before and after a place of the queue, for a glance at what is next."""
    first = max(0, min(at - 2, len(order) - SHOWN_AROUND))
    rows = Nomination.objects.filter(public_id__in=order[first : first + SHOWN_AROUND])
    return list(rows.select_related("account", "nominator__person").order_by("submitted_at", "pk"))


def just_parked(public_id: str, user: User) -> Nomination | None:
    """Return what this screener has put aside a moment ago: one tap brings it back."""
    if not public_id:
        return None
    lately = timezone.now() - dt.timedelta(minutes=10)
    rows = Nomination.objects.filter(public_id=public_id, state=N.PARKED, decided_by=user.pk, state_since__gte=lately)
    return rows.select_related("account").first()


def seconds_of(nomination: Nomination) -> list[Nomination]:
    """Return the nominations that wait to be joined to this one, oldest first."""
    return _SECONDS(first=nomination.pk)


_SECONDS = Prepared(
    lambda: (
        Nomination.objects.filter(second_to=Given("first", BigIntegerField()))
        .select_related("nominator__person")
        .order_by("submitted_at", "pk")
    )
)


def _place_after(after: str, length: int) -> int:
    gone = Nomination.objects.filter(public_id=after).values_list("submitted_at", "pk").first() if after else None
    if gone is None:
        return 0
    before = queue().filter(Q(submitted_at__lt=gone[0]) | Q(submitted_at=gone[0], pk__lt=gone[1])).count()
    return before % length


def stage_counts(user: User | None = None) -> dict[str, int]:
    """Return how many nominations (that a user sees) are in each state: state -> number, every state named."""
    counted = dict(_STAGES() if user is None else _STAGES_FOR(user))
    return {state.value: counted.get(state.value, 0) for state in N}


def _by_stage(rows: QuerySet[Nomination]) -> QuerySet[Nomination, Any]:
    return rows.order_by().values_list("state").annotate(n=Count("pk"))


_STAGES = PreparedValues(lambda: _by_stage(Nomination.objects.all()))
_STAGES_FOR = PreparedValuesFor(lambda viewer: _by_stage(visible_to(viewer)))


# ---------------------------------------------------------------- the desk


def desk_items(user: User) -> list[DeskItem]:
    """Return what waits for this colleague: "still true?", the screening queue, outcomes of own nominations."""
    if not is_colleague(user):
        return []
    mine = _OWN_MATTERS(user)
    items = [_DESK.get(N(row.state), _outcome)(row) for row in mine]
    if runs_the_program(user):
        number, oldest = to_screen()
        items += [_to_screen(number, oldest)] if oldest else []
    return items


def _own_matters(user: User) -> QuerySet[Nomination]:
    lately = Given("lately", DateTimeField())
    asked = Q(owner_asked=user.pk, state__in=[N.SUBMITTED, N.RECHECK], owner_answer=OwnerAnswer.PENDING)
    asked |= Q(nominator=user.pk, state=N.DRAFT)
    decided = Q(nominator=user.pk, state__in=OUTCOMES, state_since__gte=lately) & ~Q(decided_by=user.pk)
    return with_people(Nomination.objects.filter(asked | decided)).order_by("state_since")[:30]


_OWN_MATTERS = ForDesk(_own_matters, lambda: {"lately": timezone.now() - policy.now().outcome_stays})


def _owner_check(row: Nomination) -> DeskItem:
    return DeskItem(
        title=_("%(account)s: still a happy customer?") % {"account": row.account.name},
        detail=_("%(nominator)s would like to ask them to speak for us") % {"nominator": row.nominator.name},
        tone="wait",
        icon="clock",
        actions=(
            DeskAction(
                _("Still true"),
                reverse("nominations:answer", args=[row.public_id]),
                post=True,
                fields={"answer": OwnerAnswer.STILL_TRUE.value, "next": "/"},
            ),
            DeskAction(_("Something changed"), f"{row.get_absolute_url()}#owner"),
        ),
        since=row.state_since,
        urgency=2,
    )


def _draft(row: Nomination) -> DeskItem:
    return DeskItem(
        title=_("Nominate %(account)s?") % {"account": row.account.name},
        detail=row.reason,
        tone="info",
        icon="star",
        actions=(
            DeskAction(_("Nominate"), reverse("nominations:take-up", args=[row.public_id]), primary=True),
            DeskAction(
                _("Not now"), reverse("nominations:withdraw", args=[row.public_id]), post=True, fields={"next": "/"}
            ),
        ),
        since=row.state_since,
        urgency=6,
    )


def _outcome(row: Nomination) -> DeskItem:
    pill = STATE_PILLS[row.state]
    details = {
        N.ENROLLED: _("They said yes. Thank you: you made it happen."),
        N.FIRST_ACT: _("They did something for us for the first time."),
        N.PARKED: _("Comes back %(day)s. %(reason)s") % {"day": rp.day(row.revisit_on), "reason": row.reason},
        N.CUSTOMER_DECLINED: _("They would rather not. It does not count against you."),
    }
    return DeskItem(
        title=_("%(account)s: %(word)s") % {"account": row.account.name, "word": str(pill.word).lower()},
        detail=details.get(N(row.state), row.reason),
        tone=pill.tone,
        icon="trophy" if row.state == N.ENROLLED else "star",
        actions=(DeskAction(_("Read"), row.get_absolute_url()),),
        since=row.state_since,
        urgency=8,
    )


_DESK = {N.SUBMITTED: _owner_check, N.RECHECK: _owner_check, N.DRAFT: _draft}


def _to_screen(number: int, oldest: dt.datetime) -> DeskItem:
    age = timezone.now() - oldest
    return DeskItem(
        title=ngettext("%(n)d nomination to screen", "%(n)d nominations to screen", number) % {"n": number},
        detail=_("The oldest came in %(when)s") % {"when": rp.relative_words(-age.total_seconds())},
        tone="wait" if age > policy.now().screen_within else "info",
        icon="star",
        actions=(DeskAction(_("Screen"), reverse("nominations:screening"), primary=True),),
        since=oldest,
        urgency=3,
    )


def submitted_by_user(starts_on: dt.date, ends_on: dt.date, users: Sequence[User]) -> dict[int, Decimal]:
    """Return how many nominations each of these people submitted in a period; what they withdrew does not count."""
    rows = Nomination.objects.filter(
        nominator__in=[user.pk for user in users],
        submitted_at__gte=midnight(starts_on),
        submitted_at__lt=midnight(ends_on + dt.timedelta(days=1)),
    ).exclude(state__in=[N.WITHDRAWN, N.DRAFT])
    counted = rows.order_by().values("nominator").annotate(n=Count("pk"))
    return {row["nominator"]: Decimal(row["n"]) for row in counted}
