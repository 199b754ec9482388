"""What contests tell people: the line in the program, and the mail. Words: templates/awards/mail/."""

from django.urls import reverse
from django.utils.translation import gettext as _

from awards.contests.models import PlanItem, Question
from awards.contests.notice_kinds import ANSWER, PLAN, QUESTION
from refprogram.kernel.templatetags import rp
from refprogram.notices.mails import absolute
from refprogram.notices.services import Letter, tell
from refprogram.people.models import Person, User


def item_due(item: PlanItem, owner: User) -> None:
    """Remind who owns a line of the plan, once for each day and owner it is given."""
    url = reverse("awards:contest-plan", args=[item.contest.slug])
    facts = {"what": item.name, "contest": item.contest.name, "day": rp.day(item.due_on)}
    text = _("For %(contest)s until %(day)s: %(what)s") % facts
    tell(
        person=owner.person,
        kind=PLAN,
        key=f"plan:{item.pk}:{owner.pk}:{item.due_on}",
        text=text,
        url=url,
        letter=Letter(
            subject=_("To do for %(contest)s until %(day)s") % facts,
            template="awards/plan_item",
            context={
                "what": item.name,
                "note": item.note,
                "contest": item.contest.name,
                "until": facts["day"],
                "action_label": _("Open the plan"),
                "action_url": absolute(url),
            },
        ),
    )


def asked(question: Question, manager: User) -> None:
    """Tell who runs the contest that somebody asked."""
    facts = {"contest": question.contest.name, "question": question.text}
    url = reverse("awards:contest-questions", args=[question.contest.slug])
    tell(
        person=manager.person,
        kind=QUESTION,
        key=f"question:{question.pk}",
        text=_("A question about %(contest)s: %(question)s") % facts,
        url=url,
        letter=Letter(
            subject=_("A question about %(contest)s") % facts,
            template="awards/question",
            context={**facts, "action_label": _("Answer for everybody"), "action_url": absolute(url)},
        ),
    )


def answered(question: Question, person: Person, *, colleague: bool) -> None:
    """Tell who asked that there is an answer."""
    name = "awards:contest-questions" if colleague else "awards:site"
    url = reverse(name, args=[question.contest.slug])
    facts = {"contest": question.contest.name, "question": question.text, "answer": question.answer}
    tell(
        person=person,
        kind=QUESTION if colleague else ANSWER,
        key=f"answer:{question.pk}",
        text=_("Your question about %(contest)s was answered") % facts,
        url=url,
        letter=Letter(
            subject=_("Your question about %(contest)s was answered") % facts,
            template="awards/answer",
            context={**facts, "action_label": _("Read all questions"), "action_url": absolute(url)},
        ),
    )


def works_here(person: Person) -> bool:
    """Whether a person reads answers in the program: a colleague who still works here."""
    return User.objects.filter(person=person, is_active=True).exists()
