"""What the edits of a figure are called."""

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.edit_history.nouns import EditNoun, Part
from refprogram.kernel.models import ProgramSetting
from refprogram.kernel.program_settings.selectors import settings_for

SETTING = EditNoun(
    title=_("Figure"),
    path="/settings/figures",
    visible=settings_for,
    parts=(Part(ProgramSetting, words={"value": _("Value")}, silent=("key",)),),
)
