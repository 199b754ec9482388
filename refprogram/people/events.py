"""What happens to colleagues: who came, who left, who stands in for whom. Told to those who run the program."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.topics import Topic
from refprogram.people.enums import Role

if TYPE_CHECKING:
    from refprogram.kernel.models import Event
    from refprogram.people.models import User


def runs_or_is(user: "User", event: "Event") -> bool:
    """The people who run the program, and the colleague it is about."""
    return user.is_role(Role.MARKETER, Role.ADMIN) or event.subject_id == user.pk


def runs(user: "User", _event: "Event") -> bool:
    """The people who run the program."""
    return user.is_role(Role.MARKETER, Role.ADMIN)


TOPICS = [
    Topic("user.invited", _("{actor} invited {subject}"), visible=runs_or_is, tone="info", icon="mail"),
    Topic("user.joined", _("{subject} came in"), visible=runs_or_is, tone="ok", icon="check", silent=True),
    Topic(
        "user.deactivated",
        _("{actor} ended the access of {subject}"),
        visible=runs_or_is,
        tone="rest",
        icon="lock",
        silent=True,
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
        silent=True,
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
        silent=True,
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
        fields=("privilege",),
        visible=runs_or_is,
        tone="ok",
        icon="undo",
        silent=True,
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
]
