"""Two signatures under every tally, each with a second factor; with the last one the contest is decided."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.contests import services as contests
from awards.contests.enums import ContestState, Part
from awards.contests.services.rows import lock as lock_contest
from awards.models import Award, Certification, Contest, ContestMember
from awards.results import letters, policy
from awards.results.enums import AWARD_MOVES, TALLY_MOVES, AwardState, TallyState
from awards.results.models import TallyRun
from awards.results.services.tallies import demand_current, lock_tally
from awards.results.stored import genuine
from awards.results.ties import tie_of
from refprogram.kernel import moves
from refprogram.kernel.errors import DomainError
from refprogram.kernel.stream import emit
from refprogram.people import second_factor
from refprogram.people.models import User

SIGNATURES = 2
TIES = {
    "judge": gettext_lazy("You judge in this contest: somebody else certifies it."),
    "entry": gettext_lazy("You have a part in an entry of this category: somebody else certifies it."),
}


def waiting_tallies(contest: Contest) -> list[TallyRun]:
    """Return the tallies that decide the contest: those of the last closed round that stand."""
    round_ = contest.rounds.filter(closed_at__isnull=False).order_by("-number").first()
    rows = TallyRun.objects.filter(round=round_).exclude(state=TallyState.SUPERSEDED)
    return list(rows.select_related("category", "round__contest").defer("snapshot", "results").order_by("category"))


@transaction.atomic
def ask_for_signatures(*, contest: Contest, by: User) -> int:
    """Tell the certifiers that results wait for them; return how many categories.

    Refused where a category cannot be certified: too few of its certifiers are without a tie. Who may sign nothing
    gets no letter.
    """
    contest = lock_contest(contest)
    tallies = waiting_tallies(contest)
    _ready(contest, tallies)
    asked: dict[int, User] = {}
    for tally in tallies:
        asked |= {user.pk: user for user in _free(contest, tally)}
    emit("certification.asked", subject=contest, actor_id=by.person_id, payload={"categories": len(tallies)})
    for user in asked.values():
        letters.please_sign(contest, user)
    return len(tallies)


def _free(contest: Contest, tally: TallyRun) -> list[User]:
    """Return the certifiers who may sign this tally."""
    members = ContestMember.objects.filter(contest=contest, part=Part.CERTIFIER).select_related("user__person")
    free = [member.user for member in members if not tie_of(member.user, tally.category)]
    if len(free) < SIGNATURES:
        raise DomainError(
            _(
                "%(category)s needs %(needed)d certifiers who do not judge here and have no part in an entry; it has "
                "%(free)d. Give somebody else that part, under Plan and team."
            )
            % {"category": tally.category.name, "needed": SIGNATURES, "free": len(free)}
        )
    return free


def _ready(contest: Contest, tallies: list[TallyRun]) -> None:
    if contest.state != ContestState.DELIBERATION:
        raise DomainError(_("Results are certified while the contest is in deliberation."))
    if not tallies:
        raise DomainError(_("Nothing is computed yet."))
    if any(tally.state == TallyState.COMPUTED for tally in tallies):
        raise DomainError(_("Look through the results of each category first."))
    demand_current(tallies)
    if not Award.objects.filter(contest=contest, state=AwardState.PROPOSED, people_choice=False).exists():
        raise DomainError(_("Propose the winners first: that is what is signed."))


def act_of(tally: TallyRun) -> str:
    """Return the name of the act that a code is for: this tally with these inputs, and no other."""
    return f"certify:{tally.pk}:{tally.inputs_hash[:16]}"


def mail_code(*, tally: TallyRun, by: User) -> str:
    """Mail a code to sign with, unless they have an authenticator; return it where a demo shows it, else nothing."""
    if second_factor.way_of(by) == second_factor.TOTP:
        return ""
    code = second_factor.new_code(by, act_of(tally), minutes=policy.now().code_minutes)
    with transaction.atomic():
        letters.code(tally, by, code)
    return code if settings.DEMO else ""


@transaction.atomic
def certify(*, tally: TallyRun, by: User, inputs_hash: str, code: str) -> Certification:
    """Sign a tally as it was shown (`inputs_hash`). The second signature certifies it, the last decides the contest.

    Signing twice is once. Raises PermissionDenied for who may not, InvalidInput beside `code` for a wrong one.
    """
    contest = lock_contest(tally.round.contest)
    row = lock_tally(tally)
    if not by.has_perm("awards.certify_results", contest):
        raise PermissionDenied
    found = Certification.objects.filter(tally=row, certifier=by).first()
    if found is not None:
        return found
    _signable(contest, row, by, inputs_hash)
    factor = second_factor.prove(by, act_of(row), code)
    signed = Certification.objects.create(tally=row, certifier=by, factor=factor, inputs_hash=row.inputs_hash)
    payload = {"contest": contest.pk, "category": row.category_id, "factor": factor}
    emit("tally.signed", subject=row, actor_id=by.person_id, payload=payload)
    if Certification.objects.filter(tally=row, inputs_hash=row.inputs_hash).count() >= SIGNATURES:
        moves.move(row, TallyState.CERTIFIED, moves=TALLY_MOVES, noun=_("tally"))
        _decide(contest, by)
    return signed


def _signable(contest: Contest, tally: TallyRun, by: User, inputs_hash: str) -> None:
    _ready(contest, waiting_tallies(contest))
    if tally.state != TallyState.REVIEWED or tally.inputs_hash != inputs_hash:
        raise DomainError(_("The results were computed anew since you opened this page. Look at them again."))
    if not genuine(tally):
        raise DomainError(_("What these results were computed from is not what was kept. Tell who runs the program."))
    tie = tie_of(by, tally.category)
    if tie:
        raise DomainError(str(TIES[tie]))


def _decide(contest: Contest, by: User) -> None:
    """When every category is certified, its awards are approved and lie under embargo."""
    if any(tally.state != TallyState.CERTIFIED for tally in waiting_tallies(contest)):
        return
    mine = Award.objects.filter(contest=contest, state=AwardState.PROPOSED, people_choice=False)
    rows = mine.select_for_update()
    awards = list(rows.order_by("pk"))
    for award in awards:
        for step in (AwardState.APPROVED, AwardState.EMBARGOED):
            moves.move(award, step, moves=AWARD_MOVES, noun=_("award"))
    contests.move(contest, ContestState.DECIDED, by=by)
    emit("contest.decided", subject=contest, actor_id=by.person_id, payload={"awards": len(awards)})
