"""What people are told about quotas: begun, a reminder, the team’s, what was answered."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nominations.quotas.lines import words_of
from nominations.quotas.models import QuotaPlan, QuotaShare
from nominations.quotas.selectors import share_url
from refprogram.kernel import links
from refprogram.kernel.stream import subject_of
from refprogram.kernel.templatetags import rp
from refprogram.notices import mails
from refprogram.notices.mails import Letter, absolute
from refprogram.notices.many import Link, Telling, tell_many
from refprogram.notices.services import tell
from refprogram.people.models import User


def tell_begun(shares: Iterable[QuotaShare]) -> int:
    """Tell everybody what they owe until when: a line, no mail of its own; the Monday mail repeats it."""
    return tell_many(
        kind="quota",
        tellings=(
            Telling(
                share.user.person,
                f"quota-begun:{share.plan_id}",
                _("%(plan)s: %(n)s until %(day)s")
                % {"plan": share.plan.name, "n": rp.plain(share.target), "day": rp.day(share.ends_on)},
                share_url(share),
            )
            for share in shares
        ),
    )


def remind(shares: Iterable[QuotaShare]) -> int:
    """Remind everybody who is behind, kindly, once; the button takes a nomination without signing in."""
    return tell_many(kind="quota", tellings=(_reminder(share) for share in shares))


def _reminder(share: QuotaShare) -> Telling:
    person = share.user.person
    link = Link("nominate_by_mail", subject_of(share.user), links.new_token())

    def letter() -> Letter:
        with mails.as_reader(person):
            words = words_of(share)
            return Letter(
                subject=_("%(plan)s: %(words)s") % {"plan": share.plan.name, "words": words},
                template="nominations/quota_reminder",
                context={
                    "share": share,
                    "words": words,
                    "action_label": _("Nominate a customer"),
                    "action_url": link.address,
                    "alternatives": [(_("What counts so far"), absolute(share_url(share)))],
                    "fine": _("Were you away, or is the count wrong? Say so on that page."),
                },
            )

    with mails.as_reader(person):
        text = _("%(plan)s: %(words)s") % {"plan": share.plan.name, "words": words_of(share)}
    return Telling(person, f"quota-reminder:{share.plan_id}", text, share_url(share), letter, link)


def tell_managers(plan: QuotaPlan, behind: Sequence[QuotaShare]) -> int:
    """Tell each manager who of the team is behind, once; the button reminds them."""
    teams: dict[User, list[QuotaShare]] = {}
    for share in behind:
        team = share.user.team
        if team is not None and team.manager is not None and team.manager_id != share.user_id:
            teams.setdefault(team.manager, []).append(share)
    return tell_many(kind="quota_team", tellings=(_for_manager(plan, who, rows) for who, rows in teams.items()))


def _for_manager(plan: QuotaPlan, manager: User, rows: list[QuotaShare]) -> Telling:
    link = Link("remind_team", subject_of(manager), links.new_token())
    url = f"{reverse('nominations:quotas')}?plan={plan.public_id}"
    with mails.as_reader(manager.person):
        words = ngettext("%(n)d of your team is behind", "%(n)d of your team are behind", len(rows)) % {"n": len(rows)}
        text = _("%(plan)s: %(words)s") % {"plan": plan.name, "words": words}
        facts = [(share.user.name, f"{rp.plain(share.counted)} / {rp.plain(share.target)}") for share in rows]
        letter = Letter(
            subject=text,
            template="nominations/quota_team",
            context={
                "plan": plan,
                "facts": facts,
                "action_label": _("Remind them"),
                "action_url": link.address,
                "alternatives": [(_("See the team’s shares"), absolute(url))],
            },
        )
    return Telling(manager.person, f"quota-team:{plan.pk}:{rows[0].ends_on}", text, url, lambda: letter, link)


def tell_answered(share: QuotaShare, *, granted: bool) -> None:
    """Tell what was answered to an objection, or that the rest was waived."""
    words = _("%(plan)s: the rest is waived.") if granted else _("%(plan)s: your objection was answered.")
    tell(
        person=share.user.person,
        kind="quota",
        key=f"quota-answer:{share.pk}:{'waived' if granted else 'stands'}",
        text=words % {"plan": share.plan.name},
        url=share_url(share),
    )


def tell_owner(share: QuotaShare) -> None:
    """Tell the owner of a quota that somebody objects."""
    tell(
        person=share.plan.owner.person,
        kind="quota_team",
        key=f"quota-appeal:{share.pk}",
        text=_("%(name)s objects to their count in %(plan)s") % {"name": share.user.name, "plan": share.plan.name},
        url=share_url(share),
    )
