"""States and kinds of judges, rounds, assignments and ballots."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class JudgeKind(TextChoices):
    """What makes somebody a judge."""

    PAST_WINNER = "past_winner", _("past winner")
    CUSTOMER = "customer", _("customer")
    ANALYST = "analyst", _("analyst")
    LUMINARY = "luminary", _("luminary")
    PARTNER = "partner", _("partner")
    BLOGGER = "blogger", _("blogger")
    EXECUTIVE = "executive", _("executive")
    ADMINISTRATOR = "administrator", _("administrator")


# Who is neither of our house nor earns by us.
INDEPENDENT = (JudgeKind.PAST_WINNER, JudgeKind.CUSTOMER, JudgeKind.ANALYST, JudgeKind.LUMINARY, JudgeKind.BLOGGER)


class JudgeState(TextChoices):
    """An appointment (research 3)."""

    SUGGESTED = "suggested", _("suggested")
    INVITED = "invited", _("invited")
    ACCEPTED = "accepted", _("accepted")
    ONBOARDED = "onboarded", _("ready to judge")
    ACTIVE = "active", _("judging")
    COMPLETED = "completed", _("finished")
    DECLINED = "declined", _("declined")
    EXPIRED = "expired", _("did not answer")
    WITHDRAWN = "withdrawn", _("withdrew")
    REMOVED = "removed", _("removed")


J = JudgeState
JUDGE_MOVES: Moves = {
    J.SUGGESTED: {J.INVITED, J.REMOVED},
    J.INVITED: {J.ACCEPTED, J.DECLINED, J.EXPIRED, J.REMOVED},
    J.ACCEPTED: {J.ONBOARDED, J.WITHDRAWN, J.REMOVED},
    J.ONBOARDED: {J.ACTIVE, J.WITHDRAWN, J.REMOVED},
    J.ACTIVE: {J.COMPLETED, J.WITHDRAWN, J.REMOVED},
    J.COMPLETED: {J.ACTIVE, J.REMOVED},
    J.EXPIRED: {J.INVITED},
    J.DECLINED: {J.INVITED},
}
MAY_JUDGE = (J.ONBOARDED, J.ACTIVE, J.COMPLETED)
# Counted on when work is divided: who said yes, though the papers may still be missing.
EXPECTED = (J.ACCEPTED, *MAY_JUDGE)


class Mode(TextChoices):
    """How a round judges. All end in a stored, explainable tally."""

    QUALIFY = "qualify", _("Yes or no")
    RUBRIC = "rubric", _("Scores by criterion")
    RANKING = "ranking", _("Put in order")
    PAIRWISE = "pairwise", _("Two at a time")


class Blindness(TextChoices):
    """What judges see of the entrant."""

    OPEN = "open", _("Judges see who entered")
    BLIND = "blind", _("Judges see a code and no names")


class Peers(TextChoices):
    """What judges see of each other's ballots."""

    NEVER = "never", _("nothing")
    AFTER_OWN = "after_own", _("after their own ballot is in")


class ConflictKind(TextChoices):
    """Why somebody must not judge an entry."""

    ACCOUNT = "account", _("works for the entrant")
    PARENT = "parent", _("works for a company of the same group")
    DOMAIN = "domain", _("same mail domain")
    PARTNER = "partner", _("partner of the entrant")
    OWNER = "owner", _("looks after the account")
    NOMINATOR = "nominator", _("brought the entry")
    ENTRANT = "entrant", _("wrote or approved the entry")
    RIVAL = "rival", _("competes in the same category")
    SPONSOR = "sponsor", _("sponsor, and the entrant is their customer")
    REGION = "region", _("sells in the entrant’s region")
    TEAM = "team", _("belongs to the team")
    DECLARED = "declared", _("declared by the judge")
    OTHER = "other", _("another tie")


class ConflictSource(TextChoices):
    """Who says so."""

    DETECTED = "detected", _("found in our data")
    DECLARED = "declared", _("declared")
    ADMIN = "admin", _("set by the contest’s manager")


class ConflictStatus(TextChoices):
    """Whether it binds."""

    CONFIRMED = "confirmed", _("binds")
    CLEARED = "cleared", _("cleared")


class AssignmentState(TextChoices):
    """One entry for one judge."""

    PROPOSED = "proposed", _("proposed")
    RELEASED = "released", _("to judge")
    OPENED = "opened", _("opened")
    IN_PROGRESS = "in_progress", _("begun")
    SUBMITTED = "submitted", _("scored")
    LOCKED = "locked", _("locked")
    RECUSED = "recused", _("recused")
    DECLINED = "declined", _("declined")
    REASSIGNED = "reassigned", _("given to another")
    LAPSED = "lapsed", _("not scored in time")


A = AssignmentState
ASSIGNMENT_MOVES: Moves = {
    A.PROPOSED: {A.RELEASED, A.REASSIGNED},
    A.RELEASED: {A.OPENED, A.IN_PROGRESS, A.SUBMITTED, A.RECUSED, A.DECLINED, A.REASSIGNED, A.LAPSED},
    A.OPENED: {A.IN_PROGRESS, A.SUBMITTED, A.RECUSED, A.DECLINED, A.REASSIGNED, A.LAPSED},
    A.IN_PROGRESS: {A.SUBMITTED, A.RECUSED, A.DECLINED, A.REASSIGNED, A.LAPSED},
    A.SUBMITTED: {A.IN_PROGRESS, A.LOCKED, A.RECUSED},
    A.LOCKED: {A.SUBMITTED, A.IN_PROGRESS, A.RECUSED},
    A.LAPSED: {A.IN_PROGRESS, A.RECUSED},
    # Given to the same judge once more, by hand: a tie was cleared, or they can after all.
    A.RECUSED: {A.RELEASED},
    A.DECLINED: {A.RELEASED},
    A.REASSIGNED: {A.PROPOSED, A.RELEASED},
}
# Counts towards what an entry needs and what a judge carries.
HELD = (A.PROPOSED, A.RELEASED, A.OPENED, A.IN_PROGRESS, A.SUBMITTED, A.LOCKED)
# What the judge sees as theirs.
JUDGES_WORK = (A.RELEASED, A.OPENED, A.IN_PROGRESS, A.SUBMITTED, A.LOCKED, A.LAPSED)
TO_DO = (A.RELEASED, A.OPENED, A.IN_PROGRESS)
SCORED = (A.SUBMITTED, A.LOCKED)


class BallotState(TextChoices):
    """One version of one judge's word on one entry."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    LOCKED = "locked", _("locked")
    REPLACED = "replaced", _("replaced by a later one")
    VOIDED = "voided", _("voided")


B = BallotState
BALLOT_MOVES: Moves = {
    B.DRAFT: {B.SUBMITTED, B.REPLACED},
    B.SUBMITTED: {B.LOCKED, B.REPLACED, B.VOIDED},
    B.LOCKED: {B.VOIDED, B.REPLACED},
}
COUNTED = (B.SUBMITTED, B.LOCKED)
