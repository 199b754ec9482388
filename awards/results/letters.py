"""What certifiers, managers and winners are written."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.contests import zones
from awards.contests.enums import Part
from awards.models import Award, Contest, ContestMember
from awards.results.models import TallyRun
from awards.results.notice_kinds import CODE, DECIDED, SIGN, WINNER
from references.accounts.places import known_zone
from refprogram.kernel.templatetags import rp
from refprogram.notices.mails import absolute, as_reader
from refprogram.notices.services import Letter, tell
from refprogram.people.models import Person, User


def please_sign(contest: Contest, user: User) -> None:
    """Ask a certifier for the signature."""
    url = reverse("awards:results", args=[contest.slug])
    with as_reader(user.person):
        text = _("The results of %(contest)s wait for your signature") % {"contest": contest.name}
        context = {
            "contest": contest, "until": rp.exact(contest.announce_at), "action_label": _("Look at the results"),
            "action_url": absolute(url),
        }  # fmt: skip
        letter = Letter(subject=text, template="awards/please_sign", context=context)
        key = f"certify:{contest.pk}:{timezone.localdate()}"
        tell(person=user.person, kind=SIGN, key=key, text=text, url=url, letter=letter)


def code(tally: TallyRun, user: User, digits: str) -> None:
    """Send the code that a signature needs."""
    url = reverse("awards:certify", args=[tally.round.contest.slug, tally.category.slug])
    with as_reader(user.person):
        text = _("Your code to certify results")
        context = {"contest": tally.round.contest, "category": tally.category, "code": digits,
                   "action_label": _("Go on"), "action_url": absolute(url)}  # fmt: skip
        letter = Letter(subject=text, template="awards/certify_code", context=context)
        key = f"certify-code:{tally.pk}:{timezone.now():%Y%m%d%H%M%S%f}"
        tell(person=user.person, kind=CODE, key=key, text=text, url=url, letter=letter)


def you_won(award: Award, person: Person, url: str, *, again: bool = False) -> bool:
    """Tell a winner in confidence; `again`: they have not answered. Return whether they were told now."""
    with as_reader(person):
        contest, entry = award.contest, award.place.entry
        text = _("In confidence: you won at %(contest)s") % {"contest": contest.name}
        if again:
            text = _("In confidence: do you accept? You won at %(contest)s") % {"contest": contest.name}
        context = {
            "contest": contest, "entry": entry, "category": award.place.category, "people_choice": award.people_choice,
            "until": zones.said_for(contest.announce_at, contest.tz, known_zone(person)),
            "action_label": _("Answer"), "action_url": url, "again": again,
        }  # fmt: skip
        letter = Letter(subject=text, template="awards/you_won", context=context)
        key = f"winner:{award.pk}" + (f":{contest.announce_at:%Y%m%d}" if again else "")
        return tell(person=person, kind=WINNER, key=key, text=text, url=url, letter=letter) is not None


def winners_are_silent(contest: Contest) -> int:
    """Tell who runs the contest, once for each announcement, that winners are still to be told, or to answer."""
    url, told = reverse("awards:results", args=[contest.slug]), 0
    for member in ContestMember.objects.filter(contest=contest, part=Part.MANAGER).select_related("user__person"):
        with as_reader(member.user.person):
            text = _("Winners of %(contest)s are not told, or have not answered: soon they are announced") % {
                "contest": contest.name
            }
            key = f"winners-silent:{contest.pk}:{contest.announce_at:%Y%m%d}"
            told += tell(person=member.user.person, kind=DECIDED, key=key, text=text, url=url) is not None
    return told


def results_are_stale(contest: Contest, stale: list[TallyRun], *, computing: int) -> None:
    """Tell who runs the contest, once for each computing, that results have to be computed again."""
    url = reverse("awards:results", args=[contest.slug])
    for member in ContestMember.objects.filter(contest=contest, part=Part.MANAGER).select_related("user__person"):
        with as_reader(member.user.person):
            text = _("The results of %(contest)s are out of date: compute them again") % {"contest": contest.name}
            context = {
                "contest": contest, "categories": ", ".join(tally.category.name for tally in stale),
                "action_label": _("Look at the results"), "action_url": absolute(url),
            }  # fmt: skip
            letter = Letter(subject=text, template="awards/results_stale", context=context)
            key = f"results-stale:{contest.pk}:{computing}"
            tell(person=member.user.person, kind=DECIDED, key=key, text=text, url=url, letter=letter)


def somebody_declined(contest: Contest, award: Award, risen: Award | None) -> None:
    """Tell who runs the contest that a winner declined, and who moved up."""
    url = reverse("awards:results", args=[contest.slug])
    for member in ContestMember.objects.filter(contest=contest, part=Part.MANAGER).select_related("user__person"):
        with as_reader(member.user.person):
            text = _("A winner of %(contest)s declined") % {"contest": contest.name}
            if risen is not None:
                text = _("A winner of %(contest)s declined: the next is to be told") % {"contest": contest.name}
            key = f"winner-declined:{award.pk}"
            tell(person=member.user.person, kind=DECIDED, key=key, text=text, url=url)
