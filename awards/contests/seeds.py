"""The ten steps of a contest as a first plan: what, how long before the event. People change it afterwards."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from awards.contests.enums import Part, Step


@dataclass(frozen=True)
class Line:
    """One line of the plan: `after` days after its anchor (a figure of the policy, in days before the event)."""

    step: Step
    key: str
    words: Any
    anchor: str
    after: int = 0


TEAM, OPENS, CLOSES, EVENT = "team_ahead", "opens_ahead", "closes_ahead", ""

LINES: Final = (
    Line(Step.TEAM, "team.parts", _("Name who runs it, who screens, who looks after field, press and event"), TEAM),
    Line(Step.TEAM, "team.sponsor", _("Win an executive sponsor and agree the money"), TEAM, 14),
    Line(Step.CONCEPT, "concept.name", _("Find the name: gather ideas, vote, take one"), TEAM, 21),
    Line(Step.CONCEPT, "concept.categories", _("Agree categories, who may enter each, and how many win"), TEAM, 35),
    Line(Step.CONCEPT, "concept.criteria", _("Agree what is judged, and how much each criterion weighs"), TEAM, 42),
    Line(Step.CONCEPT, "concept.prizes", _("Choose prizes with finance and legal"), TEAM, 49),
    Line(Step.CONCEPT, "concept.touch", _("List where customers hear of it: site, mails, calls, events"), TEAM, 49),
    Line(Step.CONCEPT, "concept.sponsors", _("Ask who carries it with us"), TEAM, 56),
    Line(Step.OVERVIEW, "overview.text", _("Write what it is, how it works, and what entrants gain"), TEAM, 63),
    Line(Step.OVERVIEW, "overview.legal", _("Legal agrees rules, consent and prizes"), TEAM, 77),
    Line(Step.WEB, "web.form", _("Build the entry form and try it"), OPENS, -21),
    Line(Step.WEB, "web.site", _("Read the public page, the one-page PDF and the share kit"), OPENS, -17),
    Line(Step.LAUNCH, "launch.announce", _("Announce it: mail, newsletter, social media"), OPENS, -14),
    Line(Step.LAUNCH, "launch.open", _("Entries open"), OPENS),
    Line(Step.FIELD, "field.kit", _("Tell account teams what to say, and to whom"), OPENS, 2),
    Line(Step.FIELD, "field.again", _("Call on account teams again: who has not proposed anybody?"), OPENS, 60),
    Line(Step.FIELD, "field.last", _("Last call to owners of unfinished entries"), CLOSES, -14),
    Line(Step.JUDGES, "judges.invite", _("Invite judges: past winners, customers, analysts, partners"), OPENS, 30),
    Line(Step.JUDGES, "judges.ready", _("Every judge has agreed, signed and named their ties"), CLOSES, -7),
    Line(Step.JUDGES, "judges.close", _("Entries close"), CLOSES),
    Line(Step.JUDGES, "judges.screen", _("Screening is done, what needs fixing is fixed"), CLOSES, 14),
    Line(Step.WINNERS, "winners.judged", _("Judging ends"), CLOSES, 49),
    Line(Step.WINNERS, "winners.signed", _("Two certifiers sign the results"), CLOSES, 59),
    Line(Step.WINNERS, "winners.told", _("Winners hear it in confidence; travel is booked"), CLOSES, 66),
    Line(Step.ANNOUNCE, "announce.script", _("Run-of-show, certificates and press draft are ready"), EVENT, -10),
    Line(Step.ANNOUNCE, "announce.stage", _("Announce the winners at the event"), EVENT),
    Line(Step.PROMOTE, "promote.site", _("Winners’ page, badges and thanks to everybody who entered"), EVENT, 1),
    Line(Step.PROMOTE, "promote.stories", _("Draft stories from the best entries"), EVENT, 21),
    Line(Step.PROMOTE, "promote.review", _("Count references per entry and what each cost"), EVENT, 45),
)
# Whose lines become whose once somebody is named for the part.
OF_PART: Final = {
    Part.PRESS: (Step.OVERVIEW, Step.LAUNCH, Step.WEB, Step.PROMOTE),
    Part.FIELD: (Step.FIELD,),
    Part.EVENT: (Step.ANNOUNCE,),
    Part.CHAIR: (Step.WINNERS,),
}
