"""People, teams, settings, sign-in; users, teams, events and jobs of the API; the rooms of others (admin, allauth)."""

from refprogram.kernel import jobs, timeline
from refprogram.people import services
from refprogram.people.enums import Privilege
from tests.factories.people import (
    ApiTokenFactory,
    DelegationFactory,
    LeaveFactory,
    RestrictionFactory,
    UserFactory,
)
from tests.integration.people.matrix_calendars import MATRIX as CALENDARS
from tests.matrix import Row, api_row, only

PROGRAM = ("marketer", "admin")


def rep(cast):
    return {"public_id": cast.rep.public_id}


def outsider(cast):
    return {"public_id": cast.other_team_rep.public_id}


def newcomer(cast):
    return {"public_id": UserFactory(team=cast.north, is_active=False, email="new@agents.invalid").public_id}


def foreign_newcomer(cast):
    return {"public_id": UserFactory(team=cast.south, is_active=False).public_id}


def seen_by(allowed, *others_see, unseen=404, seen=403):
    """The answers of a page about somebody: those who may, those who only see them, the rest."""
    return {"everyone": unseen, "but": {**dict.fromkeys(others_see, seen), **allowed}}


# Who sees the rep's page: program people, the rep, the rep's manager.
ABOUT_REP = {"marketer": 200, "admin": 200, "rep": 200, "manager": 200}
# The same pages about somebody of another team: the rep and the manager see nothing.
NOT_THEIRS = {"rep": 404, "manager": 404}
ADMIN_ON_REP = {"everyone": 404, "but": {"marketer": 403, "admin": 200, "rep": 403, "manager": 403}}
PROGRAM_ON_REP = {"everyone": 404, "but": {"marketer": 200, "admin": 200, "rep": 403, "manager": 403}}
COVER = {"starts_on": "2199-01-01", "ends_on": "2199-01-05"}


def cover_of_rep(cast):
    return {"public_id": DelegationFactory(principal=cast.rep).public_id}


def cover_of_outsider(cast):
    return {"public_id": DelegationFactory(principal=cast.other_team_rep).public_id}


def ban_of_rep(cast):
    return {"public_id": RestrictionFactory(user=cast.rep).public_id}


def ban_of_outsider(cast):
    return {"public_id": RestrictionFactory(user=cast.other_team_rep).public_id}


def left(cast):
    return {
        "public_id": UserFactory(team=cast.north, is_active=False, last_login="2026-01-05T08:00Z").public_id,
    }


def north(cast):
    return {"public_id": cast.north.public_id}


PAGES = {
    "people:people": Row(**only(200, *PROGRAM)),
    "people:invite": Row(**only(200, *PROGRAM)),
    "people:invite POST": Row(
        **only(302, *PROGRAM),
        method="post",
        data={"email": "nadia@house.example", "name": "Nadia New", "role": "rep"},
    ),
    "people:person": Row(404, but=ABOUT_REP, own=rep, foreign=outsider, foreign_but=NOT_THEIRS),
    "people:invite-known": Row(
        404,
        but={"marketer": 200, "admin": 200, "manager": 403},
        own=newcomer,
        foreign=foreign_newcomer,
        foreign_but={"manager": 404},
    ),
    "people:edit": Row(**ADMIN_ON_REP, own=rep, foreign=outsider, foreign_but=NOT_THEIRS),
    "people:edit POST": Row(
        404,
        but={"marketer": 403, "admin": 302, "rep": 403, "manager": 403},
        own=rep,
        foreign=outsider,
        foreign_but=NOT_THEIRS,
        method="post",
        data={"role": "support"},
    ),
    "people:deactivate": Row(**ADMIN_ON_REP, own=rep, foreign=outsider, foreign_but=NOT_THEIRS),
    "people:deactivate POST": Row(
        404,
        but={"marketer": 403, "admin": 302, "rep": 403, "manager": 403},
        own=rep,
        foreign=outsider,
        foreign_but=NOT_THEIRS,
        method="post",
    ),
    "people:reactivate": Row(405, own=left),
    "people:reactivate POST": Row(404, but={"marketer": 403, "admin": 302, "manager": 403}, own=left, method="post"),
    "people:cover": Row(
        404,
        but={"marketer": 200, "admin": 200, "rep": 200, "manager": 403},
        own=rep,
        foreign=outsider,
        foreign_but=NOT_THEIRS,
    ),
    "people:leave": Row(
        404,
        but={"marketer": 200, "admin": 200, "rep": 200, "manager": 403},
        own=rep,
        foreign=outsider,
        foreign_but=NOT_THEIRS,
    ),
    "people:leave-end POST": Row(
        404,
        but={"marketer": 302, "admin": 302, "rep": 302, "manager": 403},
        own=lambda cast: {"public_id": LeaveFactory(user=cast.rep).public_id},
        foreign=lambda cast: {"public_id": LeaveFactory(user=cast.other_team_rep).public_id},
        foreign_but=NOT_THEIRS,
        method="post",
    ),
    "people:cover-end": Row(405, own=cover_of_rep),
    "people:cover-end POST": Row(
        404,
        but={"marketer": 302, "admin": 302, "rep": 302, "manager": 403},
        own=cover_of_rep,
        foreign=cover_of_outsider,
        foreign_but=NOT_THEIRS,
        method="post",
    ),
    "people:restrict": Row(**PROGRAM_ON_REP, own=rep, foreign=outsider, foreign_but=NOT_THEIRS),
    "people:lift": Row(405, own=ban_of_rep),
    "people:lift POST": Row(
        404,
        but={"marketer": 302, "admin": 302, "rep": 403, "manager": 403},
        own=ban_of_rep,
        foreign=ban_of_outsider,
        foreign_but=NOT_THEIRS,
        method="post",
    ),
    "people:settings": Row(200),
    "people:tokens": Row(200),
    "people:tokens POST": Row(200, method="post", data={"name": "A script", "scope": "read"}),
    "people:token-revoke": Row(405, own=lambda cast: {"public_id": ApiTokenFactory(user=cast.rep).public_id}),
    "people:token-revoke POST": Row(
        404,
        but={"rep": 302},
        own=lambda cast: {"public_id": ApiTokenFactory(user=cast.rep).public_id},
        foreign=lambda cast: {"public_id": ApiTokenFactory(user=cast.other_team_rep).public_id},
        foreign_but={"rep": 404},
        method="post",
    ),
    "people:teams": Row(**only(200, "marketer", "admin", "manager", "sales_head")),
    "people:team": Row(**only(200, "marketer", "admin", "manager", "sales_head"), own=north),
    "people:team-new": Row(**only(200, "admin")),
    "people:team-new POST": Row(**only(302, "admin"), method="post", data={"name": "East"}),
    "people:team-edit": Row(**only(200, "admin"), own=north),
}

# What others wrote: every page of theirs that a signed-in person reaches, and that the others send to the sign-in.
ALLAUTH = {
    "account_login": Row(302, anonymous=200),
    "account_signup": Row(302, anonymous=200),
    "account_logout": Row(200, anonymous=302),
    "account_inactive": Row(200, anonymous=200),
    "account_reset_password": Row(200, anonymous=200),
    "account_reset_password_done": Row(200, anonymous=200),
    "account_request_login_code": Row(302, anonymous=200),
    "account_confirm_login_code": Row(302, anonymous=302),
    "account_email": Row(302, anonymous=302),
    "account_change_password": Row(302),
    "account_set_password": Row(200),
    "mfa_index": Row(200),
    "account_*": Row(200),
    "mfa_*": Row(200),
    "socialaccount_*": Row(200),
    "social/*": Row(200),
    "openid_connect_*": Row(200),
    "admin:*": Row(302),
    "admin:index": Row(302, anonymous=302),
}

API = {
    "api:list_users": api_row(200),
    "api:get_me": api_row(200),
    "api:get_user": api_row(404, but=ABOUT_REP, own=rep, foreign=outsider, foreign_but=NOT_THEIRS),
    "api:create_user": api_row(**only(201, *PROGRAM), data={"email": "nadia@house.example", "name": "Nadia New"}),
    "api:change_user": api_row(
        **ADMIN_ON_REP, own=rep, foreign=outsider, foreign_but=NOT_THEIRS, data={"role": "support"}
    ),
    "api:deactivate_user": api_row(**ADMIN_ON_REP, own=rep, foreign=outsider, foreign_but=NOT_THEIRS),
    "api:list_teams": api_row(200),
    "api:get_team": api_row(200, but={"judge": 404}, own=north),
    "api:create_team": api_row(**only(201, "admin"), data={"name": "East"}),
    "api:change_team": api_row(403, but={"admin": 200, "judge": 404}, own=north, data={"name": "East"}),
    "api:list_events": api_row(200),
    "api:get_event": api_row(
        404,
        but={"marketer": 200, "admin": 200, "rep": 200},
        own=lambda cast: {"public_id": event_about(cast, cast.rep)},
        foreign=lambda cast: {"public_id": event_about(cast, cast.other_team_rep)},
        foreign_but={"rep": 404},
    ),
    "api:get_job": api_row(
        404,
        but={"rep": 200},
        own=lambda cast: {"public_id": jobs.start(kind="import", params={}, user=cast.rep).public_id},
        foreign=lambda cast: {"public_id": jobs.start(kind="import", params={}, user=cast.other_team_rep).public_id},
        foreign_but={"rep": 404},
    ),
}


def event_about(cast, user):
    services.impose(user=user, privilege=Privilege.SELF_SERVE, reason="Twice late", actor=cast.marketer)
    return timeline.of_subject("user", user.pk)[0].public_id


MATRIX = PAGES | ALLAUTH | API | CALENDARS
