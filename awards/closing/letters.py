"""What people are written after a contest: thanks, once each; and that they may read what judges said."""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.closing import policy
from awards.closing.addresses import address_of
from awards.closing.enums import Circle
from awards.closing.models import Closing
from awards.closing.notice_kinds import FEEDBACK, THANKS
from awards.closing.selectors.circles import Recipient, reachable, recipients
from awards.closing.selectors.feedback import is_open, readers
from awards.closing.selectors.leaning import has_leaning
from awards.closing.services.thanking import texts_of
from awards.contests.enums import SHOWN, Audience
from awards.entries.services.judged import award_of
from awards.judging.services.doors import door_address
from awards.models import Contest, ContestEntry
from awards.results.enums import AwardKind
from refprogram.kernel.templatetags import rp
from refprogram.notices.mails import absolute, as_reader
from refprogram.notices.many import Telling, tell_many
from refprogram.notices.services import Letter
from refprogram.people.models import Person


def write_what_is_owed(now: dt.datetime) -> int:
    """Write every letter that is owed: for some days also to who could not be reached at first. Return how many."""
    since, told = now - policy.LATE_LETTERS, 0
    for contest in Contest.objects.filter(kit__thanked_at__gte=since).order_by("pk"):
        told += thank_all(contest)
    for closing in Closing.objects.filter(feedback_opened_at__gte=since).select_related("contest").order_by("pk"):
        told += tell_of_feedback(closing)
    return told


# ---------------------------------------------------------------- thanks


def thank_all(contest: Contest) -> int:
    """Thank everybody who can be reached and was not thanked yet; return how many were told now."""
    closing, kit = Closing.objects.filter(contest=contest).first(), getattr(contest, "kit", None)
    texts = texts_of(contest, closing, kit)
    people = [one for one in recipients(contest) if not one.why_not]
    return tell_many(kind=THANKS, tellings=_thanks(contest, texts, people))


def _thanks(contest: Contest, texts: Mapping[Circle, str], people: list[Recipient]) -> Iterator[Telling]:
    for one in people:
        with as_reader(one.person):
            yield Telling(
                person=one.person,
                key=f"contest-thanks:{contest.pk}",
                text=subject_of(contest),
                url=page_for(contest, one.person),
                letter=partial(thanks_letter, contest, one, texts[one.circle]),
            )


def subject_of(contest: Contest) -> str:
    """Return what a letter of thanks is called."""
    return _("Thank you: %(contest)s") % {"contest": contest.name}


def thanks_letter(contest: Contest, to: Recipient, text: str, *, links: bool = True) -> Letter:
    """Return the letter of one person. Without `links` (a preview) no door is made."""
    with as_reader(to.person):
        url = page_for(contest, to.person)
        context = {
            "lead": _("Dear %(name)s,") % {"name": to.person.name},
            "paragraphs": paragraphs_of(text),
            "facts": _facts(to),
            "action_label": _("See the winners") if url else "",
            "action_url": absolute(url),
            "alternatives": [*_own_leaning(to, links=links)],
        }
        return Letter(subject=subject_of(contest), template="awards/thanks", context=context)


def paragraphs_of(text: str) -> list[str]:
    """Return a letter's paragraphs: what empty lines part."""
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def page_for(contest: Contest, person: Person) -> str:
    """Return where they see who won: the public page; of a contest among ourselves, its page for colleagues."""
    if contest.audience == Audience.CUSTOMERS and contest.state in SHOWN:
        return reverse("awards:site", args=[contest.slug])
    return contest.get_absolute_url() if hasattr(person, "user") else ""


def _facts(to: Recipient) -> list[tuple[str, str]]:
    if to.circle == Circle.ENTRANTS:
        return [(_("Your entry"), entry_line(entry)) for entry in to.entries]
    if to.circle == Circle.NOMINATORS:
        return [(_("You brought"), f"{_entrant(entry)}: {entry_line(entry)}") for entry in to.entries[:10]]
    if to.judge is not None:
        n: int = to.judge.scored  # type: ignore[attr-defined]  # annotated by selectors.circles
        return [(_("You scored"), ngettext("%(n)d entry", "%(n)d entries", n) % {"n": n})]
    return []


def entry_line(entry: ContestEntry) -> str:
    """Return an entry in a line: code, title, and what it won."""
    won = award_of(entry)
    words = f"{entry.code}, “{entry.title}”" if entry.title else entry.code
    return f"{words} ({AwardKind(won).label})" if won else words


def _entrant(entry: ContestEntry) -> str:
    one = entry.account or entry.team
    return one.name if one is not None else entry.code


def _own_leaning(to: Recipient, *, links: bool) -> list[tuple[str, str]]:
    """Lead a judge to how strict they were, where that is known."""
    judge = to.judge
    if judge is None or not has_leaning(judge):
        return []
    if hasattr(to.person, "user"):
        url = absolute(reverse("awards:judging-leaning", args=[judge.public_id]))
    else:
        url = door_address(judge) if links else "#"
    return [(_("How strict you were, for you alone"), url)]


# ---------------------------------------------------------------- feedback


def tell_of_feedback(closing: Closing) -> int:
    """Tell every entrant who asked for it that there is something to read; return how many were told now."""
    contest = closing.contest
    if not is_open(contest, closing):
        return 0
    entries = list(readers(contest))
    can = reachable({entry.owner_id: entry.owner for entry in entries if entry.owner is not None}.values())
    return tell_many(kind=FEEDBACK, tellings=_feedback(entry for entry in entries if entry.owner_id in can))


def _feedback(entries: Iterator[ContestEntry]) -> Iterator[Telling]:
    for entry in entries:
        if entry.owner is None:
            continue
        with as_reader(entry.owner):
            yield Telling(
                person=entry.owner,
                key=f"entry-feedback:{entry.pk}",
                text=_("What the judges said of your entry to %(contest)s") % {"contest": entry.contest.name},
                url=address_of(entry) if hasattr(entry.owner, "user") else "",
                letter=partial(feedback_letter, entry, entry.owner),
            )


def feedback_letter(entry: ContestEntry, owner: Person) -> Letter:
    """Return the letter that leads an entrant to their feedback. Nothing of it stands in the mail."""
    with as_reader(owner):
        contest = entry.contest
        return Letter(
            subject=_("What the judges said of your entry to %(contest)s") % {"contest": contest.name},
            template="awards/feedback",
            context={
                "lead": _("Dear %(name)s,") % {"name": owner.name},
                "contest": contest.name,
                "facts": [(_("Your entry"), entry_line(entry)), (_("Announced"), rp.day(contest.announce_at))],
                "action_label": _("Read it"),
                "action_url": address_of(entry),
            },
        )
