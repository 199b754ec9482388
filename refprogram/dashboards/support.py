"""The support dashboard: how the customers are whom one cares for, and what their people were asked for."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, DateField, DateTimeField, F, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nominations import selectors as nominations
from nominations.views import NominationList
from references.accounts import clock
from references.accounts import selectors as accounts
from references.accounts.enums import POOL, Availability
from references.accounts.models import Account
from references.accounts.selectors.availability import standing_q
from references.accounts.views.lists import AccountList
from refprogram.dashboards.drill import rows_of
from refprogram.dashboards.figures import Stat
from refprogram.dashboards.history import Quarter
from refprogram.dashboards.metrics.program import CONTENT, PROMISED
from refprogram.kernel.prepared import Given
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor, PreparedValuesFor

SHOWN: Final = 8


@dataclass(frozen=True)
class Care:
    """What one reads who cares for customers."""

    facts: list[str]
    stats: list[Stat]
    unhappy: list[Account]
    ready: list[Account]


def mine(user: User) -> QuerySet[Account]:
    """Return the customers whom a colleague cares for or owns."""
    return accounts.visible_to(user).filter(Q(csm=user.pk) | Q(owner=user.pk))


COUNTED: Final = ("every", "references", "due", "frozen", "promoters", "detractors", "answered")
NAMED: Final = ("public_id", "name", "nps", "nps_at")


def care_of(user: User) -> Care:
    """Return the figures and the two short lists: four queries."""
    quarter = Quarter.now()
    counts = next(iter(_COUNTS(user, today=clock.today(timezone.now()))), (0,) * len(COUNTED))
    sent, enrolled = next(iter(_BROUGHT(user, since=quarter.from_moment)), (0, 0))
    found = dict(zip(COUNTED, counts, strict=True))
    return Care(_facts(found), _stats(found, sent, enrolled, quarter), _UNHAPPY(user), _READY(user))


def _counts(viewer: User) -> QuerySet[Any, Any]:
    due = standing_q(Availability.CHECK_DUE, today=Given("today", DateField()), tired=None)
    rows: QuerySet[Any, Any] = mine(viewer).order_by().annotate(whole=Value(0)).values("whole")
    totals = rows.annotate(
        every=Count("pk"),
        references=Count("pk", filter=Q(state__in=POOL)),
        due=Count("pk", filter=due),
        frozen=Count("pk", filter=Q(frozen=True)),
        promoters=Count("pk", filter=Q(nps__gte=PROMISED)),
        detractors=Count("pk", filter=Q(nps__lt=CONTENT)),
        answered=Count("pk", filter=Q(nps__isnull=False)),
    )
    return totals.values_list(*COUNTED)


def _brought(viewer: User) -> QuerySet[Any, Any]:
    rows = nominations.visible_to(viewer).filter(nominator=viewer.pk, submitted_at__gte=Given("since", DateTimeField()))
    counted: QuerySet[Any, Any] = rows.order_by().annotate(whole=Value(0)).values("whole")
    return counted.annotate(sent=Count("pk"), became=Count("pk", filter=Q(enrolled_at__isnull=False))).values_list(
        "sent", "became"
    )


def _unhappy(viewer: User) -> QuerySet[Account]:
    return mine(viewer).filter(nps__lt=CONTENT).only(*NAMED).order_by("nps", "-nps_at", "name")[:SHOWN]


def _ready(viewer: User) -> QuerySet[Account]:
    rows = mine(viewer).filter(nps__gte=PROMISED).exclude(state__in=POOL).only(*NAMED)
    return rows.order_by("-nps", F("nps_at").desc(), "name")[:SHOWN]


_COUNTS, _BROUGHT = PreparedValuesFor(_counts), PreparedValuesFor(_brought)
_UNHAPPY, _READY = PreparedFor(_unhappy), PreparedFor(_ready)


def _facts(found: dict[str, int]) -> list[str]:
    every, frozen = found["every"], found["frozen"]
    said = ngettext("%(n)s customer", "%(n)s customers", every) % {"n": rp.number(every)}
    held = ngettext("%(n)s is frozen", "%(n)s are frozen", frozen) % {"n": rp.number(frozen)}
    return [said, *([held] if frozen else []), _("as of now")]


def _stats(found: dict[str, int], sent: int, enrolled: int, quarter: Quarter) -> list[Stat]:
    score, answered = found["promoters"] - found["detractors"], found["answered"]
    return [
        Stat(
            _("References among them"), rp.number(found["references"]),
            _("Those that agreed to speak for us and are in the program."),
            rows_of(AccountList, mine="yes", state=[state.value for state in POOL]), _("Who they are"),
        ),
        Stat(
            _("To confirm"), rp.number(found["due"]), _("References of which somebody has to say that they still are."),
            rows_of(AccountList, mine="yes", availability="check_due"), _("Which"),
            tone="wait" if found["due"] else "",
        ),
        Stat(
            _("Their score of us"), rp.number(round(100 * score / answered)) if answered else "–",
            _("100 x (promoters - detractors) / answers, by the last answer of each of your customers."), "", "",
            note=_("n = %(n)s") % {"n": rp.number(answered)} if answered else _("Nobody answered yet"),
        ),
        Stat(
            _("Nominated this quarter"), rp.number(sent), _("Nominations that you sent in this quarter."),
            rows_of(NominationList, mine="yes", submitted_after=quarter.starts_on.isoformat()), _("My nominations"),
            note=_("%(n)s enrolled") % {"n": rp.number(enrolled)},
        ),
    ]  # fmt: skip
