"""Surveys are run by the program's people and read by who answers for customers in general; drafts are not read."""

from references.accounts import clock
from references.surveys import services
from tests.factories.references import ContactFactory
from tests.factories.surveys import answered, ready_form, running, survey_of
from tests.matrix import Row, api_row, only

PROGRAM = ("marketer", "admin")
READERS = (*PROGRAM, "sales_head", "executive", "finance", "legal", "support", "manager")


def draft(cast):
    return {"public_id": survey_of(cast.marketer).public_id}


def ready(cast):
    survey = survey_of(cast.marketer)
    services.add_wave(survey=survey, name="W", audience={}, starts_on=clock.today())
    return {"public_id": survey.public_id}


def started(cast):
    return {"public_id": running(cast.marketer, ContactFactory()).public_id}


def with_an_answer(cast):
    return {"public_id": answered(cast.marketer, ContactFactory()).survey.public_id}


def wave(cast):
    survey = running(cast.marketer, ContactFactory())
    return {"public_id": survey.public_id, "wave_id": survey.waves.get().public_id}


def a_survey(cast):
    return {"name": "New", "kind": "nps", "form": ready_form().public_id, "message": "", "per_day": 50}


def a_wave(cast):
    return {"name": "Spring", "starts_on": clock.today().isoformat(), "who": "all", "band": ""}


def verb(name, make):
    return lambda cast: {**make(cast), "verb": name}


RUN = only(302, *PROGRAM)
READ = only(200, *READERS)

MATRIX = {
    "references:surveys": Row(**READ),
    "references:survey-new": Row(**only(200, *PROGRAM)),
    "references:survey-new POST": Row(**RUN, method="post", data=a_survey),
    "references:survey": Row(**READ, own=with_an_answer),
    "references:survey draft": Row(403, but={**dict.fromkeys(READERS, 404), **dict.fromkeys(PROGRAM, 200)}, own=draft),
    "references:survey-results": Row(**READ, own=with_an_answer),
    "references:survey-edit": Row(**only(200, *PROGRAM), own=started),
    "references:survey-audience": Row(**only(200, *PROGRAM), own=draft, query="?who=members"),
    "references:survey-wave": Row(**only(200, *PROGRAM), own=draft),
    "references:survey-wave POST": Row(**RUN, own=draft, method="post", data=a_wave),
    "references:survey-wave-cancel": Row(**RUN, own=wave, method="post"),
    "references:survey-verb": Row(**RUN, own=verb("start", ready), method="post"),
    "references:survey-verb close": Row(**RUN, own=verb("close", started), method="post"),
    "references:survey-verb unknown": Row(**only(404, *PROGRAM), own=verb("sing", started), method="post"),
    "api:list_surveys": api_row(**READ),
    "api:list_survey_forms": api_row(**READ),
    "api:create_survey": api_row(**only(201, *PROGRAM), data=a_survey),
    "api:get_survey": api_row(**READ, own=started),
    "api:change_survey": api_row(**only(200, *PROGRAM), own=started, data={"per_day": 20}),
    "api:preview_survey_reach": api_row(**only(200, *PROGRAM), own=started, data={"who": "members"}),
    "api:list_survey_waves": api_row(**READ, own=started),
    "api:create_survey_wave": api_row(
        **only(201, *PROGRAM), own=draft, data=lambda cast: {"name": "W", "starts_on": clock.today().isoformat()}
    ),
    "api:start_survey": api_row(**only(200, *PROGRAM), own=ready),
    "api:pause_survey": api_row(**only(200, *PROGRAM), own=started),
    "api:close_survey": api_row(**only(200, *PROGRAM), own=started),
    "api:get_survey_results": api_row(**READ, own=with_an_answer),
    "api:list_survey_answers": api_row(**READ, own=with_an_answer),
}
