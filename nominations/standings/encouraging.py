"""Kind words from the Monday mail: a manager reminds the team, who leads sales thanks the first one."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nominations.models import NominationCredit
from nominations.quotas.enums import QuotaState
from nominations.quotas.models import QuotaShare
from nominations.standings.enums import FIELD, By
from nominations.standings.ranking import standings
from references.models import Account
from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.kernel.filters import midnight
from refprogram.kernel.stream import emit
from refprogram.notices.services import tell
from refprogram.people.models import Team, User


def behind_in(manager: User) -> list[User]:
    """Return who of a manager's teams owes nominations or has made none this quarter."""
    start = rollups.start_of(Period.QUARTER, timezone.localdate())
    owes = QuotaShare.objects.filter(
        user=OuterRef("pk"), plan__state=QuotaState.OPEN, reached_at__isnull=True, waived_at__isnull=True, target__gt=0
    )
    nominated = NominationCredit.objects.filter(user=OuterRef("pk"), since__gte=midnight(start))
    team = User.objects.filter(team__manager=manager, is_active=True, role__in=FIELD).exclude(pk=manager.pk)
    return list(team.filter(Q(Exists(owes)) | ~Exists(nominated)).select_related("person").order_by("person__name"))


@transaction.atomic
def remind(*, team_of: User) -> int:
    """Remind each who is behind, at most once a week; return how many."""
    year, week, _day = timezone.localdate().isocalendar()
    told = 0
    for user in behind_in(team_of):
        told += None is not tell(
            person=user.person,
            kind="nomination_help",
            key=f"team-reminder:{year}-{week}",
            text=_("%(manager)s asks: which customer would speak for us? Two minutes are enough.")
            % {"manager": team_of.name},
            url=reverse("nominations:new"),
        )
    emit("standings.reminded", subject=team_of, actor_id=team_of.person_id, payload={"people": told})
    return told


def first_team() -> tuple[Team | None, list[User]]:
    """Return the team that is first this quarter, and its people."""
    today = rollups.day_of(timezone.now())
    table = standings(By.TEAM, Period.QUARTER, rollups.start_of(Period.QUARTER, today))
    first = next((line for line in table.lines if line.enrolled), None)
    if first is None:
        return None, []
    people = User.objects.filter(team=first.key, is_active=True).select_related("person").order_by("person__name")
    return Team.objects.get(pk=first.key), list(people)


@transaction.atomic
def thank(*, by: User) -> int:
    """Thank everybody of the first team, once a quarter from each who does; return how many."""
    team, people = first_team()
    today = rollups.day_of(timezone.now())
    quarter = rollups.start_of(Period.QUARTER, today)
    told = 0
    for user in people:
        told += None is not tell(
            person=user.person,
            kind="nomination_outcome",
            key=f"team-thanks:{quarter}:{by.pk}",
            text=_("%(name)s thanks you: %(team)s leads this quarter.") % {"name": by.name, "team": team},
            url=f"{reverse('nominations:standings')}?by=team",
        )
    emit("standings.thanked", subject=by, actor_id=by.person_id, payload={"people": told})
    return told


def known_account(name: str) -> Account | None:
    """Return the one customer of exactly this name, if the program knows one."""
    found = list(Account.objects.filter(name__iexact=name.strip())[:2])
    return found[0] if len(found) == 1 else None
