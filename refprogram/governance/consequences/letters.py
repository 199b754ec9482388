"""What people are told in this room: the line in the program, and the mail. Words in templates/governance/mail/."""

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from refprogram.governance.consequences import metrics, selectors, terms
from refprogram.governance.consequences.models import ConsequenceCase, Task
from refprogram.governance.consequences.wording import goal_of
from refprogram.kernel.templatetags import rp
from refprogram.notices.mails import absolute, as_reader
from refprogram.notices.services import Letter, tell
from refprogram.people.models import User

# Written while the mail is, so that the reader's own zone and language hold.
exactly = lazy(rp.exact, str)
on_day = lazy(rp.day, str)


def facts_of(case: ConsequenceCase) -> list[tuple[str, Any]]:
    """Return the figures of a case as its notice gives them."""
    return [
        (metrics.label_of(terms.of(case).metric), f"{rp.number(case.value)} ({goal_of(case)})"),
        (_("Counted from"), on_day(case.period_starts_on)),
        (_("until"), on_day(case.period_ends_on)),
        (_("People compared"), rp.number(case.cohort)),
    ]


def notice(case: ConsequenceCase, *, key: str) -> None:
    """Tell the person: what, why, the figures, how to appeal, from when."""
    person = case.user.person
    with as_reader(person):
        subject = _("A notice for you: %(policy)s") % {"policy": case.policy.name}
        letter = Letter(
            subject,
            "governance/consequence_notice",
            {
                "case": case,
                "what": terms.of(case).words(own=True),
                "facts": [
                    *facts_of(case),
                    (_("Takes effect"), exactly(case.takes_effect_at)),
                    (_("Ends"), exactly(case.ends_at)),
                    (_("Appeal until"), exactly(case.appeal_until)),
                ],
                "fine": _("Without an appeal it takes effect on the day above, and ends by itself."),
                **_button(case, _("Read it, or appeal")),
            },
        )
        tell(
            person=person,
            kind="consequence.notice",
            key=key,
            text=subject,
            url=case.get_absolute_url(),
            letter=letter,
        )


def tell_manager(case: ConsequenceCase, *, key: str) -> None:
    """Tell the person's manager, in the program only: a word with them may be worth more than a mail."""
    manager = case.user.team.manager if case.user.team else None
    if manager is not None and manager.pk != case.user_id and manager.is_active:
        text = _("%(name)s had a notice: %(policy)s") % {"name": case.user.name, "policy": case.policy.name}
        tell(person=manager.person, kind="consequence.team", key=key, text=text, url=case.get_absolute_url())


def appeal_made(case: ConsequenceCase, *, key: str) -> None:
    """Ask whoever may answer the appeal."""
    _ask_to_answer(case, selectors.answerers(case), gettext_noop("%(name)s appeals: %(policy)s"), key)


def appeal_late(case: ConsequenceCase, readers: list[User], *, key: str) -> None:
    """Say that an appeal should have been answered by now."""
    _ask_to_answer(case, readers, gettext_noop("Still without an answer, the appeal of %(name)s: %(policy)s"), key)


def _ask_to_answer(case: ConsequenceCase, readers: list[User], words: str, key: str) -> None:
    for reader in readers:
        with as_reader(reader.person):
            subject = _(words) % {"name": case.user.name, "policy": case.policy.name}
            letter = Letter(
                subject,
                "governance/consequence_appeal",
                {"case": case, "facts": facts_of(case), **_button(case, _("Read and answer"))},
            )
            tell(
                person=reader.person,
                kind="consequence.appeal",
                key=key,
                text=subject,
                url=case.get_absolute_url(),
                letter=letter,
            )


def outcome(case: ConsequenceCase, *, waived: bool, key: str) -> None:
    """Tell the person that it was waived, or that their appeal was turned down, with the reason."""
    with as_reader(case.user.person):
        words = _("Waived: %(policy)s") if waived else _("Your appeal was turned down: %(policy)s")
        subject = words % {"policy": case.policy.name}
        days = [(_("Takes effect"), exactly(case.takes_effect_at)), (_("Ends"), exactly(case.ends_at))]
        letter = Letter(
            subject,
            "governance/consequence_outcome",
            {
                "case": case,
                "waived": waived,
                "words": case.reason if waived else case.appeal_answer,
                "facts": [] if waived else days,
                **_button(case, _("Read it")),
            },
        )
        tell(
            person=case.user.person,
            kind="consequence.notice",
            key=key,
            text=subject,
            url=case.get_absolute_url(),
            letter=letter,
        )


def over(case: ConsequenceCase, *, key: str) -> None:
    """Tell the person that nothing of it holds any more."""
    with as_reader(case.user.person):
        text = _("It is over: %(policy)s") % {"policy": case.policy.name}
        tell(person=case.user.person, kind="consequence.notice", key=key, text=text, url=case.get_absolute_url())


def weekly(reader: User, waiting: int, url: str, *, key: str) -> None:
    """Tell one of the board how many cases wait."""
    with as_reader(reader.person):
        text = ngettext("%(n)d case waits for the review board", "%(n)d cases wait for the review board", waiting)
        text %= {"n": waiting}
        button = {"action_label": _("Review them"), "action_url": absolute(url)}
        letter = Letter(text, "governance/consequence_review", {"waiting": waiting, **button})
        tell(person=reader.person, kind="consequence.review", key=key, text=text, url=url, letter=letter)


def task_given(task: Task, *, key: str) -> None:
    """Tell somebody of their task."""
    with as_reader(task.assignee.person):
        subject = _("A task for you: %(title)s") % {"title": task.title}
        facts = [(_("Due"), on_day(task.due_on))] if task.due_on else []
        button = {"action_label": _("Open the task"), "action_url": absolute(task.get_absolute_url())}
        letter = Letter(subject, "governance/task_given", {"task": task, "facts": facts, **button})
        tell(
            person=task.assignee.person,
            kind="task.given",
            key=key,
            text=subject,
            url=task.get_absolute_url(),
            letter=letter,
        )


def task_done(task: Task, *, key: str) -> None:
    """Tell who gave a task that it is done, in the program."""
    if task.given_by is not None and task.given_by_id != task.assignee_id:
        text = _("%(name)s finished: %(title)s") % {"name": task.assignee.name, "title": task.title}
        tell(person=task.given_by.person, kind="task.done", key=key, text=text, url=task.get_absolute_url())


def _button(case: ConsequenceCase, label: str) -> dict[str, str]:
    return {"action_label": label, "action_url": absolute(case.get_absolute_url())}
