"""Forms are built by who runs the program; surveys' forms are read by who reads surveys; colleagues answer theirs."""

from refprogram.kernel.form_builder import services
from tests.factories.forms import SCORE, published_form
from tests.matrix import Row, api_row, only

PROGRAM = ("marketer", "admin")
READERS = (*PROGRAM, "sales_head", "executive", "finance", "legal", "support", "manager")


def survey_form(cast):
    return {"public_id": published_form(name="A form").design.public_id}


def changed_form(cast):
    design = published_form(name="A form").design
    services.save_draft(design=design, revision=0, intro="Two minutes.")
    return {"public_id": design.public_id}


def colleagues_form(cast):
    design = services.create_design(name="For us", purpose="colleagues", by=cast.marketer, specs=[SCORE])
    services.publish(design=design, revision=0, by=cast.marketer)
    return {"public_id": design.public_id}


MATRIX = {
    "kernel:forms": Row(**only(200, *READERS)),
    "kernel:form-new": Row(**only(200, *PROGRAM)),
    "kernel:form-new POST": Row(
        **only(302, *PROGRAM), method="post", data={"name": "New one", "purpose": "survey", "copy": ""}
    ),
    "kernel:form": Row(**only(200, *READERS, others=404), own=survey_form),
    "kernel:form POST": Row(
        404,
        but={**dict.fromkeys(READERS, 403), **dict.fromkeys(PROGRAM, 302)},
        own=survey_form,
        method="post",
        data={"act": "add", "type": "text", "revision": "0"},
    ),
    "kernel:form-versions": Row(**only(200, *READERS, others=404), own=survey_form),
    "kernel:form-results": Row(**only(200, *READERS, others=404), own=survey_form),
    "api:list_forms": api_row(**only(200, *READERS)),
    "api:create_form": api_row(**only(201, *PROGRAM), data={"name": "By API", "purpose": "survey"}),
    "api:get_form": api_row(**only(200, *READERS), own=survey_form),
    "api:change_form": api_row(**only(200, *PROGRAM), own=survey_form, method="patch", data={"name": "Another name"}),
    "api:archive_form": api_row(**only(200, *PROGRAM), own=survey_form),
    "api:restore_form": api_row(**only(200, *PROGRAM), own=survey_form),
    "api:list_form_versions": api_row(**only(200, *READERS), own=survey_form),
    "api:get_form_draft": api_row(**only(200, *READERS), own=survey_form),
    "api:change_form_draft": api_row(**only(200, *PROGRAM), own=survey_form, data={"revision": 0, "fields": []}),
    "api:publish_form": api_row(**only(200, *PROGRAM), own=changed_form, data={"revision": 1}),
    "api:list_form_answers": api_row(**only(200, *READERS), own=survey_form),
    "kernel:form-answer": Row(200, own=colleagues_form),
    "kernel:form-answer of a survey": Row(404, own=survey_form),
}
