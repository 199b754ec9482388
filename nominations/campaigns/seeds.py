"""What the teams that use references settle before a campaign begins: the first checklist, to be changed."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from nominations.campaigns.enums import Uses

SEEDS: Final = (
    (Uses.SALES, _("Say which deals lack a reference this quarter")),
    (Uses.SALES, _("Managers tell their teams in a meeting, before the first mail")),
    (Uses.PR, _("Say which stories the press asks for, and by when")),
    (Uses.ADVERTISING, _("Say for which pages and campaigns names, logos and quotes are needed")),
    (Uses.PRODUCT, _("Name the releases that need somebody who uses them")),
    (Uses.SUPPORT, _("Name customers who must not be asked now: open escalations, bad weeks")),
    (Uses.SUPPORT, _("Name customers whose hard problem was solved lately")),
    (Uses.EVENTS, _("List stages and round tables that need a speaker, with their dates")),
)
