"""What voters, who runs a contest, and who agrees to a count are written."""

import datetime as dt

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from awards.contests import zones
from awards.contests.enums import Part
from awards.models import Contest, ContestMember
from awards.voting import policy
from awards.voting.models import PublicVote, VoteCount
from awards.voting.notice_kinds import AGREE, CLOSED, COUNTED
from refprogram.notices.mails import absolute, as_reader
from refprogram.notices.services import Letter, tell
from refprogram.notices.strangers import mail_to

TEMPLATE = "awards/entry"


def confirm(vote: PublicVote, url: str, server: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """Return the mail with the link: opening it shows a button, and the button counts."""
    contest, entry = vote.contest, vote.entry
    with translation.override(vote.language or settings.LANGUAGE_CODE):
        until = vote.cast_at + dt.timedelta(hours=policy.now().confirm_hours)
        letter = Letter(
            subject=_("Your vote at %(contest)s: please confirm it") % {"contest": contest.name},
            template=TEMPLATE,
            context={
                "lead": _("Hello,"),
                "paragraphs": [
                    _("You chose “%(title)s” of %(company)s. It counts once you press the button on the page that this "
                      "link opens.") % {"title": entry.title, "company": _company(vote)}
                ],
                "facts": [(_("Confirm it until"), zones.said(until, contest.tz))],
                "action_label": _("Confirm my vote"),
                "action_url": url,
                "fine": _("You did not vote? Then leave it: nothing counts, and your address is kept nowhere."),
            },
        )  # fmt: skip
        return _to_voter(vote, letter, server)


def voted_already(vote: PublicVote, server: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """Return the mail that says that a vote stands: only the mailbox itself learns of it."""
    with translation.override(vote.language or settings.LANGUAGE_CODE):
        letter = Letter(
            subject=_("You have voted already at %(contest)s") % {"contest": vote.contest.name},
            template=TEMPLATE,
            context={
                "lead": _("Hello,"),
                "paragraphs": [
                    _("Somebody, probably you, asked for another vote with this address. Everybody has one: the first "
                      "stands, and nothing changes.")
                ],
            },
        )  # fmt: skip
        return _to_voter(vote, letter, server)


def _company(vote: PublicVote) -> str:
    return vote.entry.account.name if vote.entry.account is not None else ""


def _to_voter(vote: PublicVote, letter: Letter, server: BaseEmailBackend | None) -> EmailMultiAlternatives:
    reason = _("somebody voted with your address on the page of %(contest)s") % {"contest": vote.contest.name}
    return mail_to(vote.to, letter, reason=reason, key=f"vote-{vote.public_id}", language=vote.language, server=server)


def please_agree(made: VoteCount) -> None:
    """Ask the chair and the certifiers to look at the count; who counted is left out."""
    url = reverse("awards:votes", args=[made.contest.slug])
    members = ContestMember.objects.filter(contest=made.contest, part__in=[Part.CHAIR, Part.CERTIFIER])
    people = {member.user_id: member.user for member in members.exclude(user=made.by).select_related("user__person")}
    for user in people.values():
        with as_reader(user.person):
            text = _("The public vote of %(contest)s is counted: do you agree?") % {"contest": made.contest.name}
            body = _("%(name)s counted the votes. The result takes a second person’s yes before it lies under embargo "
                     "with the other awards.") % {"name": made.by.name}  # fmt: skip
            letter = Letter(
                subject=text, template=TEMPLATE,
                context={"lead": _("Dear %(name)s,") % {"name": user.name}, "paragraphs": [body],
                         "action_label": _("Look at the count"), "action_url": absolute(url)},
            )  # fmt: skip
            tell(person=user.person, kind=AGREE, key=f"votes:{made.pk}", text=text, url=url, letter=letter)


def agreed(made: VoteCount) -> None:
    """Tell who runs the contest that the count was agreed to."""
    _tell_managers(
        made.contest, COUNTED, f"votes-agreed:{made.pk}",
        lambda: _("The public vote of %(contest)s is agreed: its winner may be told in confidence"),
    )  # fmt: skip


def over(contest: Contest, *, round_: str) -> None:
    """Tell who runs the contest that the votes may be counted."""
    _tell_managers(
        contest, CLOSED, f"votes-over:{contest.pk}:{round_}",
        lambda: _("The public vote of %(contest)s is over: look at what was set aside, and count it"),
    )  # fmt: skip


def _tell_managers(contest: Contest, kind: str, key: str, words: object) -> None:
    url = reverse("awards:votes", args=[contest.slug])
    for member in ContestMember.objects.filter(contest=contest, part=Part.MANAGER).select_related("user__person"):
        with as_reader(member.user.person):
            text = words() % {"contest": contest.name}  # type: ignore[operator]
            tell(person=member.user.person, kind=kind, key=key, text=text, url=url)
