"""The watch: who runs the program or pays for it looks into bookings; their own they do not see."""

from incentives.models import Look
from incentives.watch.services import doubt
from tests.factories.incentives import RuleFactory, booked
from tests.factories.people import UserFactory
from tests.matrix import Row, api_row, only

REVERSERS = ("marketer", "finance", "admin")
WATCHERS = ("marketer", "sales_head", "finance", "admin")
WHY = {"reason": "Seen the mail"}


def look(cast):
    return {"public_id": _look(cast).public_id}


def doubted(cast):
    return {"public_id": doubt(look=_look(cast), reason="Odd", actor=_somebody()).public_id}


def _somebody():
    """Return who doubted: nobody of the cast, for each of them may confirm."""
    return UserFactory(role="marketer")


def _look(cast):
    return Look.objects.bulk_create(
        [Look(entry=booked(rule=RuleFactory(), person=cast.rep.person), person=cast.rep.person, why=["sample"])]
    )[0]


MATRIX = {
    "incentives:looks": Row(**only(200, *WATCHERS)),
    "incentives:look": Row(**only(200, *WATCHERS), own=look),
    "incentives:clear-look": Row(**only(200, *WATCHERS), own=look),
    "incentives:clear-look POST": Row(**only(302, *WATCHERS), own=look, method="post", data=WHY),
    "incentives:doubt-look": Row(**only(200, *WATCHERS), own=look),
    "incentives:doubt-look POST": Row(**only(302, *WATCHERS), own=look, method="post", data=WHY),
    "incentives:confirm-look": Row(
        404, but={**dict.fromkeys(REVERSERS, 302), "sales_head": 403}, own=doubted, method="post"
    ),
    "api:list_looks": api_row(**only(200, *WATCHERS)),
    "api:get_look": api_row(**only(200, *WATCHERS), own=look),
    "api:clear_look": api_row(**only(200, *WATCHERS), own=look, data=WHY),
    "api:doubt_look": api_row(**only(200, *WATCHERS), own=look, data=WHY),
    "api:confirm_look": api_row(**only(200, *REVERSERS), own=doubted),
}
