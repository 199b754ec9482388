"""Writing chains: one draft at a time, published as a new version. Approvals that run keep theirs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.approvals.answer_time import MOST_HOURS, USUAL_HOURS
from refprogram.governance.approvals.enums import ApproverKind, SkipRule
from refprogram.governance.approvals.models import Chain, ChainStep, ChainVersion
from refprogram.governance.approvals.planning import rehearse
from refprogram.governance.approvals.traits import traits_of
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.models import User

MOST_STEPS = 12


@dataclass(frozen=True)
class StepPlan:
    """One row of a draft: who is asked in which place, for which amounts, for how long, and who is next."""

    position: int
    approver: ApproverKind
    role: str = ""
    user: User | None = None
    amount_from: Decimal | None = None
    amount_below: Decimal | None = None
    hours: int = USUAL_HOURS
    escalate_role: str = ""
    escalate_user: User | None = None
    escalate_manager: bool = False
    only_for: Sequence[str] = ()
    skip: str = SkipRule.NEVER


@transaction.atomic
def save_draft(*, chain: Chain, steps: Sequence[StepPlan], passes: bool, actor: User) -> ChainVersion:
    """Keep the draft of a chain's next version; what is published stays as it is."""
    row = _locked(chain, actor)
    if len(steps) > MOST_STEPS:
        raise InvalidInput(_("At most %(n)d steps.") % {"n": MOST_STEPS})
    known = {key for key, _label in traits_of(row.kind)}
    for step in steps:
        _check(step, known)
    draft = row.versions.filter(published_at__isnull=True).first()
    if draft is None:
        last = row.versions.order_by("-number").values_list("number", flat=True).first()
        draft = ChainVersion(chain=row, number=(last or 0) + 1)
    draft.passes = passes
    draft.save()
    draft.steps.all().delete()
    for step in sorted(steps, key=lambda step: step.position):
        ChainStep(version=draft, **{**vars(step), "only_for": list(step.only_for)}).save(force_insert=True)
    return draft


def _check(step: StepPlan, known: Collection[str]) -> None:
    if not set(step.only_for) <= set(known):
        raise InvalidInput(_("A step goes by something that is not known here: choose what is offered."))
    if step.skip not in SkipRule.values:
        raise InvalidInput(_("Choose when the step is left out."))
    if step.approver == ApproverKind.ROLE and not step.role:
        raise InvalidInput(_("Choose the role that is asked."))
    if step.approver == ApproverKind.PERSON and step.user is None:
        raise InvalidInput(_("Choose the person who is asked."))
    if not 0 < step.hours <= MOST_HOURS:
        raise InvalidInput(_("Between 1 and %(most)d working hours to answer.") % {"most": MOST_HOURS})
    low, high = step.amount_from, step.amount_below
    if low is not None and high is not None and high <= low:
        raise InvalidInput(_("The amounts of a step end above where they begin."))


@transaction.atomic
def publish(*, chain: Chain, actor: User) -> ChainVersion:
    """Make the draft the chain for everything that is asked from now on.

    Refused while one of its steps finds nobody: tried on somebody uninvolved, and on what was asked last month.
    """
    row = _locked(chain, actor)
    draft = row.versions.filter(published_at__isnull=True).first()
    if draft is None:
        raise DomainError(_("There is no draft to publish."))
    found = rehearse(draft)
    if found.wrong:
        raise DomainError(found.wrong)
    if not found.sound:
        nobody = (*found.empty, *(turn for one in found.stuck for turn in one.stuck))[0]
        words = {"position": nobody.position, "why": nobody.why}
        raise DomainError(_("Step %(position)d finds nobody: %(why)s. Say who is asked then.") % words)
    draft.published_at, draft.published_by = timezone.now(), actor
    draft.save(update_fields=["published_at", "published_by"])
    emit("chain.published", subject=row, actor_id=actor.person_id, payload={"version": draft.number})
    return draft


@transaction.atomic
def drop_draft(*, chain: Chain, actor: User) -> None:
    """Throw the draft away."""
    _locked(chain, actor).versions.filter(published_at__isnull=True).delete()


def _locked(chain: Chain, actor: User) -> Chain:
    if not actor.has_perm("governance.edit_chains"):
        raise NotAllowed(_("Only an administrator changes who approves."))
    return Chain.objects.select_for_update().get(pk=chain.pk)
