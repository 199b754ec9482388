"""The support dashboard: how the customers are whom one cares for, and what their people were asked for."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nominations import selectors as nominations
from nominations.views import NominationList
from references.accounts import selectors as accounts
from references.accounts.enums import POOL, Availability
from references.accounts.models import Account
from references.accounts.views.lists import AccountList
from refprogram.dashboards.drill import rows_of
from refprogram.dashboards.figures import Stat
from refprogram.dashboards.history import Quarter
from refprogram.dashboards.metrics.program import CONTENT, PROMISED
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User

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


def care_of(user: User) -> Care:
    """Return the figures and the two short lists: four queries."""
    rows, quarter = mine(user), Quarter.now()
    found = rows.aggregate(
        every=Count("pk"),
        references=Count("pk", filter=Q(state__in=POOL)),
        due=Count("pk", filter=accounts.state_q(Availability.CHECK_DUE)),
        frozen=Count("pk", filter=Q(frozen=True)),
        promoters=Count("pk", filter=Q(nps__gte=PROMISED)),
        detractors=Count("pk", filter=Q(nps__lt=CONTENT)),
        answered=Count("pk", filter=Q(nps__isnull=False)),
    )
    sent = nominations.visible_to(user).filter(nominator=user.pk, submitted_at__gte=quarter.from_moment)
    brought = sent.aggregate(sent=Count("pk"), enrolled=Count("pk", filter=Q(enrolled_at__isnull=False)))
    unhappy = rows.filter(nps__lt=CONTENT).order_by("nps", "-nps_at", "name")[:SHOWN]
    ready = rows.filter(nps__gte=PROMISED).exclude(state__in=POOL).order_by("-nps", F("nps_at").desc(), "name")
    return Care(_facts(found), _stats(found, brought, quarter), list(unhappy), list(ready[:SHOWN]))


def _facts(found: dict[str, int]) -> list[str]:
    every, frozen = found["every"], found["frozen"]
    said = ngettext("%(n)s customer", "%(n)s customers", every) % {"n": rp.number(every)}
    held = ngettext("%(n)s is frozen", "%(n)s are frozen", frozen) % {"n": rp.number(frozen)}
    return [said, *([held] if frozen else []), _("as of now")]


def _stats(found: dict[str, int], brought: dict[str, int], quarter: Quarter) -> list[Stat]:
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
            _("Nominated this quarter"), rp.number(brought["sent"]), _("Nominations that you sent in this quarter."),
            rows_of(NominationList, mine="yes", submitted_after=quarter.starts_on.isoformat()), _("My nominations"),
            note=_("%(n)s enrolled") % {"n": rp.number(brought["enrolled"])},
        ),
    ]  # fmt: skip
