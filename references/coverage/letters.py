"""What this room tells colleagues."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from references.accounts.models import Account
from references.coverage.models import RecruitingTarget, TargetAsk, TargetPlan
from refprogram.kernel.templatetags.rp import day
from refprogram.notices.services import Letter, tell
from refprogram.people.models import User


def nominate_url(target: RecruitingTarget) -> str:
    """Return the page on which somebody is nominated for this target."""
    return f"{reverse('nominations:new')}?target={target.public_id}"


def ask_to_nominate(ask: TargetAsk) -> None:
    """Ask a colleague: do you know somebody? With the customers of theirs who stand there."""
    target, person = ask.target, ask.user.person
    names = list(Account.objects.filter(pk__in=ask.account_ids).order_by("name").values_list("name", flat=True))
    subject = _("Do you know a customer for us? %(title)s") % {"title": target.title}
    missing = max(target.wanted - target.gained, 1)
    facts = [
        (_("Looked for"), target.title),
        (_("Still missing"), ngettext("%(n)d reference", "%(n)d references", missing) % {"n": missing}),
        (_("Until"), day(target.due_on)),
    ]
    tell(
        person=person,
        kind="references.recruiting_ask",
        key=f"recruiting:{target.public_id}",
        text=subject,
        url=nominate_url(target),
        letter=Letter(
            subject=subject,
            template="references/recruiting_ask",
            context={
                "lead": _("Dear %(name)s,") % {"name": person.name},
                "target": target,
                "names": names,
                "asked_by": ask.asked_by.person.name if ask.asked_by else "",
                "facts": facts,
                "action_label": _("Nominate a customer"),
                "action_url": f"{settings.BASE_URL}{nominate_url(target)}",
            },
        ),
    )


def tell_met(target: RecruitingTarget) -> None:
    """Tell whose target it is that it is met."""
    _tell_owner(target, "met", _("The target “%(title)s” is met: %(gained)d new references."))


def tell_over(target: RecruitingTarget) -> None:
    """Tell whose target it is that its day is past."""
    _tell_owner(target, "over", _("The target “%(title)s” ended with %(gained)d of %(wanted)d references."))


def _tell_owner(target: RecruitingTarget, what: str, words: str) -> None:
    if target.owner is None:
        return
    facts = {"title": target.title, "gained": target.gained, "wanted": target.wanted}
    tell(
        person=target.owner.person,
        kind="references.recruiting_over",
        key=f"recruiting-{what}:{target.public_id}",
        text=words % facts,
        url=target.get_absolute_url(),
    )


def tell_won(plan: TargetPlan) -> None:
    """Tell everybody who took part that the customer became a reference."""
    involved = User.objects.filter(pk__in=plan.connectors.values("user")).select_related("person")
    people = {user.person for user in (*involved, plan.owner, plan.sponsor) if user is not None}
    for person in sorted(people, key=lambda one: one.pk):
        tell(
            person=person,
            kind="references.plan_won",
            key=f"plan-won:{plan.public_id}",
            text=_("%(account)s became a reference, as planned.") % {"account": plan.account.name},
            url=plan.get_absolute_url(),
        )
