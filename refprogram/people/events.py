"""What happens to colleagues: who came, who left, who stands in for whom. Told to those who run the program."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.topics import Topic
from refprogram.people.enums import Role

if TYPE_CHECKING:
    from refprogram.kernel.models import Event
    from refprogram.people.models import User


def runs_or_is(user: "User", event: "Event") -> bool:
    """The people who run the program, and the colleague it is about."""
    return user.is_role(Role.MARKETER, Role.ADMIN) or event.subject_id == user.pk


def own_or_leads(user: "User", event: "Event") -> bool:
    """The colleague who did it, and those who run the program or lead all of sales."""
    return user.is_role(Role.MARKETER, Role.ADMIN, Role.SALES_HEAD) or event.actor_id == user.person_id


def runs(user: "User", _event: "Event") -> bool:
    """The people who run the program."""
    return user.is_role(Role.MARKETER, Role.ADMIN)


def _work(name: str, sentence: Any) -> Topic:
    """Work activity: the facts are as they were when it was told."""
    return Topic(
        name,
        sentence,
        fields=("person", "team", "region", "detail"),
        refs={"person": "person", "team": "team"},
        visible=own_or_leads,
        icon="list",
        silent=True,
    )


TOPICS = [
    _work("work.signed_in", _("{actor} signed in to the CRM")),
    _work("work.activity_logged", _("{actor} logged an activity in the CRM: {detail}")),
    _work("work.asset_used", _("{actor} used an asset in the CRM: {detail}")),
    Topic("user.invited", _("{actor} invited {subject}"), visible=runs_or_is, tone="info", icon="mail"),
    Topic(
        "settings.changed",
        _("{actor} changed {subject} from {was} to {now}"),
        fields=("figure", "was", "now"),
        visible=runs,
        tone="info",
        icon="edit",
        silent=True,
    ),
    Topic("person.erased", _("{actor} erased a person’s data"), visible=runs, tone="rest", icon="shield", silent=True),
    Topic("user.joined", _("{subject} came in"), visible=runs_or_is, tone="ok", icon="check", silent=True),
    Topic(
        "user.deactivated",
        _("{actor} ended the access of {subject}"),
        visible=runs_or_is,
        tone="rest",
        icon="lock",
    ),
    Topic(
        "user.reactivated",
        _("{actor} gave {subject} access again"),
        visible=runs_or_is,
        tone="ok",
        icon="check",
        silent=True,
    ),
    Topic(
        "user.role_changed",
        _("{actor} gave {subject} another role"),
        fields=("was", "role"),
        visible=runs_or_is,
        icon="edit",
    ),
    Topic(
        "user.team_changed",
        _("{actor} moved {subject} to another team"),
        fields=("was", "team"),
        visible=runs_or_is,
        icon="swap",
        silent=True,
    ),
    Topic(
        "delegation.set",
        _("{delegate} stands in for {subject} for some days"),
        fields=("delegate", "starts_on", "ends_on"),
        refs={"delegate": "person"},
        visible=runs_or_is,
        tone="info",
        icon="calendar",
    ),
    Topic(
        "delegation.ended",
        _("{delegate} no longer stands in for {subject}"),
        fields=("delegate",),
        refs={"delegate": "person"},
        visible=runs_or_is,
        icon="calendar",
        silent=True,
    ),
    Topic(
        "leave.set",
        _("{subject} is away for some days"),
        fields=("starts_on", "ends_on"),
        visible=runs_or_is,
        tone="rest",
        icon="calendar",
    ),
    Topic("leave.ended", _("{subject} is not away after all"), visible=runs_or_is, icon="calendar", silent=True),
    Topic(
        "restriction.imposed",
        _("{actor} took a privilege from {subject} for a time"),
        fields=("privilege",),
        visible=runs_or_is,
        tone="stop",
        icon="lock",
        silent=True,
    ),
    Topic(
        "restriction.lifted",
        _("{actor} gave {subject} a privilege back"),
        fields=("privilege", "restriction"),
        visible=runs_or_is,
        tone="ok",
        icon="undo",
    ),
    Topic(
        "token.issued",
        _("{subject} made an API token"),
        fields=("token", "scope"),
        visible=runs_or_is,
        icon="key",
        silent=True,
    ),
    Topic(
        "token.revoked",
        _("{actor} revoked an API token of {subject}"),
        fields=("token",),
        visible=runs_or_is,
        icon="key",
        silent=True,
    ),
    Topic("team.changed", _("{actor} changed the team {subject}"), visible=runs, icon="users", silent=True),
    Topic(
        "calendar.changed",
        _("{actor} changed the calendar {subject}"),
        fields=("day",),
        visible=runs,
        icon="calendar",
        silent=True,
    ),
]
