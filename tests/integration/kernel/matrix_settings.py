"""Figures of policies: the program's people change them; nobody else sees the page."""

from refprogram.kernel.models import ProgramSetting
from refprogram.kernel.program_settings.figures import rooms
from refprogram.kernel.program_settings.services import change
from tests.matrix import Row, api_row, only

PROGRAM = ("marketer", "admin")
KEY = "references.accounts"


def room(cast):
    return {"key": KEY}


def figure(cast):
    return {"key": KEY, "name": "consent_years"}


def changed(cast):
    change(room=rooms()[KEY], values={"consent_years": 3}, user=cast.admin)
    return {"public_id": ProgramSetting.objects.get().public_id}


MATRIX = {
    "kernel:program-settings": Row(**only(200, *PROGRAM)),
    "kernel:program-settings-room": Row(**only(200, *PROGRAM), own=room),
    "kernel:program-settings-default": Row(**only(302, *PROGRAM), own=figure, method="post"),
    "api:list_settings": api_row(**only(200, *PROGRAM)),
    "api:change_settings": api_row(
        **only(200, *PROGRAM), own=lambda cast: {"room": KEY}, data={"values": {"consent_years": 3}}
    ),
    "api:list_setting_edits": api_row(**only(200, *PROGRAM, others=404), own=changed),
}
