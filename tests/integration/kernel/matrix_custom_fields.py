"""Added fields: the program's people add them; what they are, every colleague may read."""

from refprogram.kernel.custom_fields import services
from tests.matrix import Row, api_row, only

PROGRAM = ("marketer", "admin")


def a_field(cast):
    field = services.add_field(noun="account", key="plant_count", label="Plants", type="number")
    return {"public_id": field.public_id}


def moved(cast):
    return {**a_field(cast), "verb": "up"}


MATRIX = {
    "kernel:custom-fields": Row(**only(200, *PROGRAM)),
    "kernel:custom-field-new": Row(**only(200, *PROGRAM)),
    "kernel:custom-field": Row(**only(200, *PROGRAM), own=a_field),
    "kernel:custom-field-act": Row(**only(302, *PROGRAM), own=moved, method="post"),
    "api:list_custom_fields": api_row(200),
    "api:get_custom_field": api_row(200, own=a_field),
    "api:create_custom_field": api_row(
        **only(201, *PROGRAM), data={"noun": "account", "key": "plants", "label": "Plants", "type": "number"}
    ),
    "api:change_custom_field": api_row(**only(200, *PROGRAM), own=a_field, data={"label": "Factories"}),
    "api:archive_custom_field": api_row(**only(200, *PROGRAM), own=a_field),
    "api:restore_custom_field": api_row(**only(200, *PROGRAM), own=a_field),
}
