"""Asking sales before anything touches customers: asked, answered once by mail or on the page, conditions ticked."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.pilots import selectors
from refprogram.governance.pilots.enums import Answer, PilotState
from refprogram.governance.pilots.models import Pilot, PilotConsult
from refprogram.governance.pilots.services.planning import faults_before_it_is_ready, settle
from refprogram.governance.pilots.services.rows import check, locked, move, note, refuse, refuse_unless
from refprogram.kernel import links
from refprogram.kernel.errors import DomainError, NotAllowed
from refprogram.people.models import User

P = PilotState
PURPOSE = "pilot_consult"
WORDS, CONDITION = 2000, 300


@transaction.atomic
def ask_sales(*, pilot: Pilot, asked: User, question: str, by: User) -> PilotConsult:
    """Ask somebody of sales about the pilot as it reads now; asked again, return what was asked."""
    row = locked(pilot)
    refuse_unless(by, "governance.run_pilot", row)
    if row.state != P.CONSULTING:
        check(row, P.CONSULTING)
    if not selectors.of_sales(by).filter(pk=asked.pk).exists():
        refuse({"asked": _("Choose a manager or the head of sales, and not yourself.")})
    if missing := faults_before_it_is_ready(row):
        raise DomainError(" ".join(missing))
    known = PilotConsult.objects.filter(pilot=row, version=row.version, asked=asked).first()
    if known is not None:
        return known
    made = PilotConsult(pilot=row, version=row.version, asked=asked, asked_by=by, question=question.strip()[:WORDS])
    made.save(force_insert=True)
    if row.state == P.DRAFT:
        move(row, P.CONSULTING)
    note("pilot.consulted", row, by, consult=made.pk, asked=asked.person_id)
    return made


@transaction.atomic
def answer(
    *, consult: PilotConsult, answer: str, words: str, condition: str = "", by: User, token: str = ""
) -> PilotConsult:
    """Answer for sales; `token` is that of the link in the mail. The first answer stands, whatever comes after it.

    A yes makes the pilot ready; a no sends it back to be changed.
    """
    row = locked(consult.pilot)
    one = PilotConsult.objects.select_for_update(of=("self",)).select_related("asked__person").get(pk=consult.pk)
    _refuse_answer(one, row, by)
    condition = " ".join(condition.split())[:CONDITION]
    errors = {}
    if answer not in Answer.values:
        errors["answer"] = _("Choose one of the three.")
    elif answer == Answer.YES_IF and not condition:
        errors["condition"] = _("Say what has to be so first.")
    elif answer == Answer.NO and not words.strip():
        errors["words"] = _("Say why not: they change it by your words.")
    refuse(errors)
    if token:
        links.use(token)
    one.answer, one.words, one.by_mail = answer, words.strip()[:WORDS], bool(token)
    one.condition = condition if answer == Answer.YES_IF else ""
    one.answered_at = timezone.now()
    one.save(update_fields=["answer", "words", "by_mail", "condition", "answered_at"])
    note("pilot.answered", row, by, consult=one.pk, answer=answer)
    _go_on(row)
    return one


def _refuse_answer(one: PilotConsult, row: Pilot, by: User) -> None:
    if one.asked_id != by.pk or not by.is_active:
        raise NotAllowed(_("Only who was asked answers."))
    if one.answered_at is not None:
        raise DomainError(_("You have answered already. Thank you: your first answer stands."))
    if one.version != row.version or row.state != P.CONSULTING:
        raise DomainError(_("The pilot was changed or settled meanwhile: nothing is needed from you."))


def _go_on(row: Pilot) -> None:
    """Make it ready when sales agrees, a draft when it does not; else it waits for the rest."""
    said = selectors.present(row)
    if any(one.answer == Answer.NO for one in said):
        row.version += 1
        move(row, P.DRAFT, "version")
    elif selectors.blessed(said) and not faults_before_it_is_ready(row):
        settle(pilot=row, by=None)


@transaction.atomic
def meet_condition(*, consult: PilotConsult, by: User) -> PilotConsult:
    """Say that what sales wanted first is so now."""
    row = locked(consult.pilot)
    refuse_unless(by, "governance.run_pilot", row)
    one = PilotConsult.objects.select_for_update(of=("self",)).get(pk=consult.pk)
    if one.answer != Answer.YES_IF or one.version != row.version or row.state != P.CONSULTING:
        raise DomainError(_("There is no condition that waits."))
    if one.met_at is None:
        one.met_at, one.met_by = timezone.now(), by
        one.save(update_fields=["met_at", "met_by"])
        note("pilot.condition_met", row, by, consult=one.pk)
        _go_on(row)
    return one
