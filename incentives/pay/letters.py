"""What people are told about pay: a line in the program, and a short mail."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from incentives.pay.models import PayDispute, PayLine, PayPeriod, Spiff, SpiffEntry
from incentives.pay.notice_kinds import PAY, PAY_WORK, SPIFF
from incentives.pay.selectors.names import month_name
from refprogram.kernel.templatetags import rp
from refprogram.notices.mails import absolute, as_reader
from refprogram.notices.many import Telling, tell_many
from refprogram.notices.services import Letter, tell
from refprogram.people.enums import Role
from refprogram.people.models import Person, User

TEMPLATE: Final = "incentives/pay"
ANSWER_FOR_PAY: Final = (Role.FINANCE, Role.SALES_HEAD)


def _who_answers(*, but: User | None = None) -> Iterable[User]:
    users = User.objects.filter(role__in=ANSWER_FOR_PAY, is_active=True).select_related("person").order_by("pk")
    return users.exclude(pk=but.pk) if but else users


def _letter(subject: str, paragraphs: Sequence[str], label: str, url: str) -> Letter:
    words = [each for each in paragraphs if each]
    context = {"paragraphs": words, "action_label": label, "action_url": absolute(url)}
    return Letter(subject=subject, template=TEMPLATE, context=context)


class To(NamedTuple):
    """Whom a telling is for, of which kind it is, and what makes it once."""

    person: Person
    kind: str
    key: str


def _say(to: To, text: str, url: str, paragraphs: Sequence[str] = (), label: str = "") -> None:
    letter = _letter(text, paragraphs, label or _("See it"), url)
    tell(person=to.person, kind=to.kind, key=to.key, text=text, url=url, letter=letter)


# ---------------------------------------------------------------- months


def agree_please(period: PayPeriod, closed_by: User) -> None:
    """Ask the others who answer for pay to agree to a month that one of them closed."""
    for user in _who_answers(but=closed_by):
        with as_reader(user.person):
            words = {"month": month_name(period.starts_on), "name": closed_by.name}
            text = _("Pay of %(month)s waits for a second person") % words
            told = _("%(name)s closed it. Look at its lines, then agree, or open it again.") % words
            key = f"pay-agree:{period.pk}:{period.proposed_at}"
            _say(To(user.person, PAY_WORK, key), text, period.get_absolute_url(), [told], _("Look at it"))


def reopened(period: PayPeriod, whom: User, by: User, why: str) -> None:
    """Tell who closed a month that it is open again, and why."""
    with as_reader(whom.person):
        words = {"month": month_name(period.starts_on), "name": by.name}
        text = _("%(name)s opened pay of %(month)s again") % words
        key = f"pay-reopened:{period.pk}:{period.updated_at}"
        _say(To(whom.person, PAY_WORK, key), text, period.get_absolute_url(), [why])


def month_closed(period: PayPeriod, lines: QuerySet[PayLine]) -> None:
    """Tell each person what their month came to. Payroll pays it, not the program."""
    url = f"{reverse('incentives:earnings')}?month={period.starts_on:%Y-%m}"

    def telling(line: PayLine) -> Telling:
        with as_reader(line.person):
            words = {"month": month_name(period.starts_on), "amount": rp.money(line.total)}
            text = _("Your incentives of %(month)s: %(amount)s") % words
        return Telling(line.person, f"pay-closed:{period.pk}", text, url, lambda: _line_letter(line, text, url))

    tell_many(kind=PAY, tellings=(telling(line) for line in lines))


def _line_letter(line: PayLine, text: str, url: str) -> Letter:
    with as_reader(line.person):
        told = _("The month is closed and goes to payroll. Each amount stands on your page with its reason; if one is "
                 "wrong, ask about it there.")  # fmt: skip
        return _letter(text, [told], _("See each amount"), url)


# ---------------------------------------------------------------- disputes


def disputed(dispute: PayDispute) -> None:
    """Tell who answers for pay that somebody asks, and until when they are to have an answer."""
    for user in _who_answers():
        if user.person_id == dispute.person_id:
            continue
        with as_reader(user.person):
            words = {"name": dispute.person.name, "day": date_format(dispute.due_on, "j F Y")}
            text = _("%(name)s asks about their pay") % words
            told = _("An answer is due on %(day)s.") % words
            key = f"pay-dispute:{dispute.pk}"
            _say(To(user.person, PAY_WORK, key), text, dispute.get_absolute_url(), [dispute.words, told], _("Answer"))


def overdue(dispute: PayDispute) -> None:
    """Remind who answers for pay of an answer that is late."""
    for user in _who_answers():
        with as_reader(user.person):
            text = _("%(name)s still waits for an answer about their pay") % {"name": dispute.person.name}
            key = f"pay-dispute-late:{dispute.pk}"
            _say(To(user.person, PAY_WORK, key), text, dispute.get_absolute_url(), [dispute.words], _("Answer"))


def answered(dispute: PayDispute) -> None:
    """Tell who asked what came of it."""
    with as_reader(dispute.person):
        words = {"month": month_name(dispute.earned_in), "verdict": dispute.get_state_display()}
        text = _("Your question about pay of %(month)s: %(verdict)s") % words
        key = f"pay-answered:{dispute.pk}"
        _say(To(dispute.person, PAY, key), text, dispute.get_absolute_url(), [dispute.answer])


# ---------------------------------------------------------------- SPIFFs


def not_started(spiff: Spiff, why: str) -> None:
    """Tell who wrote a SPIFF that it was approved, but could not begin."""
    if spiff.written_by is None:
        return
    with as_reader(spiff.written_by.person):
        text = _("“%(name)s” was approved, but did not begin: %(why)s") % {"name": spiff.name, "why": why}
        key = f"spiff-not-started:{spiff.pk}:{spiff.updated_at.isoformat()}"
        _say(To(spiff.written_by.person, SPIFF, key), text, spiff.get_absolute_url())


def prove_please(entry: SpiffEntry) -> None:
    """Ask who has a place in a SPIFF for the proof."""
    with as_reader(entry.person):
        words = {"spiff": entry.spiff.name, "prize": rp.money(entry.prize), "place": entry.place,
                 "day": date_format(entry.prove_until, "j F Y") if entry.prove_until else ""}  # fmt: skip
        text = _("Place %(place)d in “%(spiff)s”: show your proof until %(day)s") % words
        told = _("%(prize)s waits for it. Asked for: %(proof)s") % {**words, "proof": entry.spiff.proof}
        key = f"spiff-proof:{entry.pk}"
        _say(To(entry.person, SPIFF, key), text, entry.spiff.get_absolute_url(), [told], _("Show the proof"))


def proof_shown(entry: SpiffEntry) -> None:
    """Tell who runs the SPIFF that there is a proof to look at."""
    runner = entry.spiff.written_by
    if runner is None or runner.person_id == entry.person_id:
        return
    with as_reader(runner.person):
        text = _("%(name)s showed their proof for “%(spiff)s”") % {"name": entry.person.name, "spiff": entry.spiff.name}
        key = f"spiff-shown:{entry.pk}"
        _say(To(runner.person, SPIFF, key), text, entry.spiff.get_absolute_url(), [entry.shown], _("Look at it"))


def proof_refused(entry: SpiffEntry) -> None:
    """Tell whose proof was not accepted, and why."""
    with as_reader(entry.person):
        text = _("Your proof for “%(spiff)s” was not accepted") % {"spiff": entry.spiff.name}
        key = f"spiff-refused:{entry.pk}"
        _say(To(entry.person, SPIFF, key), text, entry.spiff.get_absolute_url(), [entry.reason])


def won(entry: SpiffEntry) -> None:
    """Tell a winner what they won; it comes with the month's pay."""
    with as_reader(entry.person):
        words = {"spiff": entry.spiff.name, "prize": rp.money(entry.prize), "place": entry.place}
        text = _("Place %(place)d in “%(spiff)s”: %(prize)s") % words
        told = _("It stands among your earnings now, and comes with the month’s pay.")
        key = f"spiff-won:{entry.pk}"
        _say(To(entry.person, SPIFF, key), text, reverse("incentives:earnings"), [told], _("See your earnings"))
