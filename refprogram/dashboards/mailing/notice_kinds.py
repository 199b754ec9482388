"""The kind of notice that this room sends."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

REPORT: Final = "dashboards.report"

KINDS = [Kind(REPORT, _("Dashboards and lists by mail"), _("you, or who runs the program for you, asked for it"))]
