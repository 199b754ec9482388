"""What this room puts on a desk: customers to vouch for, freezes about to end, consents about to lapse."""

from collections.abc import Iterable
from typing import Any, cast

from django.db.models import DateField, F, FloatField, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from references.accounts import clock, policy
from references.accounts.enums import POOL, Availability, Membership
from references.accounts.models import Account, Consent, Contact, Freeze
from references.accounts.rules import PROGRAM_PEOPLE
from references.accounts.selectors.availability import standing_q, tired_at
from references.accounts.selectors.lists import CappedCount, capped
from refprogram.kernel.asked_once import once_per_answer
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.prepared import Given
from refprogram.kernel.templatetags.rp import day, relative_words
from refprogram.people.enums import Role
from refprogram.people.glance import ForDesk
from refprogram.people.models import User
from refprogram.people.prepared import PreparedValuesFor

LINES = 10
ANSWERS = frozenset({Role.REP, Role.SUPPORT, Role.MANAGER, *PROGRAM_PEOPLE})


def desk_items(user: User) -> list[DeskItem]:
    """Return what needs this colleague: at most two queries, none for roles that answer for no account."""
    if user.role not in ANSWERS:
        return []
    if user.role in PROGRAM_PEOPLE:
        return [*_checks(_FIRST_CHECKS(user)), *_program_counts(user)]
    return [*_checks(_FIRST_CHECKS(user)), *_freezes(user)]


def checks_for(user: User) -> QuerySet[Account]:
    """Return the accounts that this colleague is asked to vouch for, longest unconfirmed first."""
    nobody = Q(owner__isnull=True) | Q(owner__is_active=False)
    no_csm = Q(csm__isnull=True) | Q(csm__is_active=False)
    mine = Q(owner=user.pk) | (nobody & Q(csm=user.pk))
    if user.role == Role.MANAGER:
        mine |= nobody & no_csm & Q(owner__team__manager=user.pk)
    if user.role in PROGRAM_PEOPLE:
        no_manager = Q(owner__team__manager__isnull=True) | Q(owner__team__manager__is_active=False)
        mine |= nobody & no_csm & no_manager
    unvouched = Q(state=Membership.ONBOARDING, verified_at__isnull=True)
    waiting = Q(state=Membership.REVIEW_DUE) | unvouched
    due = Account.objects.filter(mine, waiting, merged_into__isnull=True, frozen=False)
    return due.order_by(F("verified_at").asc(nulls_first=True), "pk")


def to_attest(user: User) -> QuerySet[Account]:
    """Return what somebody may vouch for now: what they are asked about, and what a manager's team has not answered."""
    due = checks_for(user)
    if user.role == Role.MANAGER:
        late = Account.objects.filter(
            owner__in=User.objects.filter(team__manager=user.pk).values("pk"),
            state=Membership.REVIEW_DUE, merged_into__isnull=True, frozen=False,
        )  # fmt: skip
        due = Account.objects.filter(Q(pk__in=due.values("pk")) | Q(pk__in=late.values("pk")))
        due = due.order_by(F("verified_at").asc(nulls_first=True), "pk")
    return due.select_related("owner__person", "owner__team", "csm__person")


def speakers_of(accounts: Iterable[Account]) -> dict[int, list[Contact]]:
    """Return who takes part at these accounts, by account. One query."""
    people = Contact.objects.filter(account__in=list(accounts), state__in=POOL, left_company_at__isnull=True)
    found: dict[int, list[Contact]] = {}
    for contact in people.select_related("person").order_by("person__name"):
        found.setdefault(contact.account_id, []).append(contact)
    return found


_FIRST_CHECKS = ForDesk(lambda viewer: checks_for(viewer)[:LINES])


def _checks(accounts: Iterable[Account]) -> Iterable[DeskItem]:
    now = timezone.now()
    for account in accounts:
        last = account.verified_at
        said = _("Last confirmed %(ago)s") % {"ago": relative_words((last - now).total_seconds())} if last else ""
        yield DeskItem(
            title=_("%(name)s: still a happy customer?") % {"name": account.name},
            detail=said or _("Never confirmed so far"),
            tone="wait",
            icon="heart",
            actions=(
                DeskAction(
                    _("Still true"),
                    reverse("references:account-confirm", args=[account.public_id]),
                    post=True,
                    fields={"next": "/"},
                    primary=True,
                ),
                DeskAction(_("Not now"), reverse("references:account-freeze", args=[account.public_id])),
            ),
            since=(last or account.created_at) + policy.verify_every(account.tier),
            urgency=3,
        )


def _ending(viewer: User) -> QuerySet[Freeze]:
    ending = Freeze.objects.filter(
        Q(account__owner=viewer.pk) | Q(account__csm=viewer.pk) | Q(imposed_by=viewer.pk),
        lifted_at__isnull=True,
        ends_on__lte=Given("soon", DateField()),
    )
    return ending.select_related("account").order_by("ends_on")[:LINES]


_ENDING = ForDesk(_ending, lambda: {"soon": clock.today() + policy.now().freeze_ends_soon})


def _freezes(user: User) -> Iterable[DeskItem]:
    for freeze in _ENDING(user):
        yield DeskItem(
            title=_("%(name)s thaws on %(day)s") % {"name": freeze.account.name, "day": day(freeze.ends_on)},
            detail=str(freeze.get_kind_display()),
            tone="stop",
            icon="snow",
            actions=(
                DeskAction(_("Look"), freeze.account.get_absolute_url()),
                DeskAction(
                    _("Lift now"),
                    reverse("references:freeze-lift", args=[freeze.public_id]),
                    post=True,
                    fields={"next": "/"},
                ),
            ),
            since=freeze.starts_at,
            urgency=6,
        )


def program_queues(user: User) -> tuple[int, int]:
    """Return how many checks are due and how many consents lapse soon. One query for all who ask on a page."""
    now = timezone.now()
    today = clock.today(now)
    given = {"today": today, "soon": today + policy.now().consent_warning, "tired": tired_at(now)}
    return once_per_answer(f"accounts-queues:{user.pk}", lambda: cast("tuple[int, int]", _QUEUES(user, **given)[0]))


def _queues(viewer: User) -> QuerySet[User, Any]:
    today = Given("today", DateField())
    lapsing = Consent.objects.filter(
        revoked_at__isnull=True,
        expires_on__range=(today, Given("soon", DateField())),
        contact__state=Membership.ACTIVE,
    ).exclude(activities=[])
    checks = standing_q(Availability.CHECK_DUE, today=today, tired=Given("tired", FloatField()))
    due = Account.objects.filter(checks, merged_into__isnull=True)  # those of the list
    return User.objects.filter(pk=viewer.pk).values_list(CappedCount(due), CappedCount(lapsing))


_QUEUES = PreparedValuesFor(_queues)


def _program_counts(user: User) -> Iterable[DeskItem]:
    """Return whole queues as one line each: who runs the program works in the lists. One query."""
    checks, consents = program_queues(user)
    now, accounts = timezone.now(), reverse("references:accounts")
    if checks:
        yield DeskItem(
            title=ngettext("%(n)s check is due", "%(n)s checks are due", checks) % {"n": capped(checks)},
            detail=_("Owners were asked whether their customers are still happy"),
            tone="wait",
            icon="clock",
            actions=(DeskAction(_("See who"), f"{accounts}?availability=check_due&view=checks"),),
            since=now,
            urgency=7,
        )
    if consents:
        yield DeskItem(
            title=ngettext("%(n)s consent lapses soon", "%(n)s consents lapse soon", consents)
            % {"n": capped(consents)},
            detail=_("Within %(days)d days; ask those people again") % {"days": policy.now().consent_warning.days},
            tone="wait",
            icon="shield",
            actions=(DeskAction(_("See whose"), f"{accounts}?consent=lapsing"),),
            since=now,
            urgency=7,
        )
