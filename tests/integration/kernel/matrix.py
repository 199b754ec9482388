"""Signed links are for who holds them; jobs for who began them and who runs the program, as is the stream."""

from refprogram.kernel import jobs, links, saved_views
from tests.factories.notices import MailFactory
from tests.integration.kernel import matrix_custom_fields, matrix_edits, matrix_files, matrix_forms, matrix_settings
from tests.matrix import Row, only

PROGRAM = ("marketer", "admin")


def a_link(cast):
    mail = MailFactory()
    url = links.issue(purpose="unsubscribe", subject=mail, person_id=mail.person_id)
    return {"token": url.rstrip("/").rpartition("/")[2]}


def job_of_rep(cast):
    return {"public_id": jobs.start(kind="import", params={}, user=cast.rep).public_id}


def job_of_outsider(cast):
    return {"public_id": jobs.start(kind="import", params={}, user=cast.other_team_rep).public_id}


def view_of_rep(cast):
    return {"public_id": _view(cast.rep).public_id}


def view_of_outsider(cast):
    return {"public_id": _view(cast.other_team_rep).public_id}


def _view(user):
    return saved_views.save_view(user=user, page="incentives:ledger", name="Mine", query="sort=points")


MATRIX = {
    **matrix_files.MATRIX,
    **matrix_forms.MATRIX,
    **matrix_custom_fields.MATRIX,
    **matrix_edits.MATRIX,
    **matrix_settings.MATRIX,
    "kernel:link": Row(200, anonymous=200, own=a_link),
    "kernel:link unknown": Row(410, anonymous=410, own=lambda cast: {"token": "nobody-knows-it"}),
    "kernel:job": Row(
        404,
        but={"rep": 200, "marketer": 200, "admin": 200},
        own=job_of_rep,
        foreign=job_of_outsider,
        foreign_but={"rep": 404},
    ),
    "kernel:job-stop": Row(
        404,
        but={"rep": 302, "marketer": 302, "admin": 302},
        own=job_of_rep,
        foreign=job_of_outsider,
        foreign_but={"rep": 404},
        method="post",
    ),
    "kernel:stream": Row(**only(200, *PROGRAM)),
    "kernel:retry": Row(**only(302, *PROGRAM), method="post", data={"handler": "nowhere.at.all"}),
    "kernel:save-view": Row(302, method="post", data={"page": "incentives:ledger", "name": "Mine", "query": ""}),
    "kernel:delete-view": Row(
        404, but={"rep": 302}, own=view_of_rep, foreign=view_of_outsider, foreign_but={"rep": 404}, method="post"
    ),
}
