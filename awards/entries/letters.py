"""What people are told about entries: the line in the program, and the mail."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.contests import zones
from awards.contests.models import Contest
from awards.contests.services import deadline_of
from awards.entries import notice_kinds as kinds
from awards.entries import wording as use_words
from awards.entries.addresses import address_of
from awards.entries.enums import HelperPart, Reason
from awards.entries.models import ContestEntry, EntryHelper, EntryInvite, EntryVersion
from references.accounts import wording
from references.accounts.places import known_zone
from refprogram.kernel import links
from refprogram.notices.services import Letter, tell
from refprogram.people.models import Person, User

TEMPLATE = "awards/entry"


def _letter(subject: str, to: Person, paragraphs: Sequence[str], **more: Any) -> Letter:
    lead = _("Dear %(name)s,") % {"name": to.name}
    said = [words for words in paragraphs if words]
    return Letter(subject=subject, template=TEMPLATE, context={"lead": lead, "paragraphs": said, **more})


def deadline_words(contest: Contest, entry: ContestEntry | None = None) -> str:
    """Return the deadline as it is printed, with its zone."""
    return zones.said(deadline_of(contest, None, entry), contest.tz)


def _deadline(entry: ContestEntry, to: Person | None) -> tuple[str, str]:
    return _until(entry.contest, to, entry)


def _until(contest: Contest, to: Person | None, entry: ContestEntry | None = None) -> tuple[str, str]:
    """Return the deadline by the contest's clock and by the reader's, as far as it is known."""
    own = known_zone(to) if to is not None else None
    return (_("Deadline"), zones.said_for(deadline_of(contest, None, entry), contest.tz, own))


def send_begin_link(contest: Contest, person: Person, url: str) -> None:
    """To who asked on the public page: the link with which the entry begins. Each time they ask, one mail."""
    subject = _("Your entry to %(contest)s") % {"contest": contest.name}
    text = _("You asked for a link to enter %(contest)s. It opens your entry; nothing happens before you press a "
             "button there.") % {"contest": contest.name}  # fmt: skip
    tell(
        person=person,
        kind=kinds.BEGIN,
        key=f"entry-begin:{contest.pk}:{links.new_token()[:12]}",
        text=subject,
        letter=_letter(
            subject, person, [text], action_label=_("Begin my entry"), action_url=url,
            facts=[_until(contest, person)],
            fine=_("You did not ask for it? Then leave it: nothing is entered in your name."),
        ),
    )  # fmt: skip


def send_invitation(invite: EntryInvite) -> None:
    """To the customer: would you tell your story? Each reminder is a mail of its own."""
    person, contest = invite.contact.person, invite.contest
    url = links.issue(purpose="entry_invite", subject=invite, person_id=person.pk)
    subject = _("Would you enter %(contest)s?") % {"contest": contest.name}
    if invite.reminders:
        subject = _("Once more: would you enter %(contest)s?") % {"contest": contest.name}
    told = _("%(name)s of %(us)s thinks that what you achieved should be told.") % {
        "name": invite.proposed_by.name, "us": wording.program_of(),
    }  # fmt: skip
    tell(
        person=person,
        kind=kinds.INVITATION,
        key=f"entry-invite:{invite.public_id}:{invite.invited_at:%Y%m%d%H%M}:{invite.reminders}",
        text=subject,
        letter=_letter(
            subject, person, [told, invite.note, contest.tagline], action_label=_("Look at the invitation"),
            action_url=url, facts=[_until(contest, person)],
            fine=_("No is a fine answer too: the page has a button for it."),
        ),
    )  # fmt: skip


def send_entry_link(entry: ContestEntry, *, key: str) -> None:
    """To who has begun an entry: where to go on, from any device."""
    if entry.owner is None:
        return
    subject = _("Your entry to %(contest)s") % {"contest": entry.contest.name}
    text = _("This is where your entry lies. Write when you have time: what you type is kept.")
    _tell_owner(entry, subject, [text], key=key, label=_("Go on with my entry"), facts=[_deadline(entry, entry.owner)])


def _tell_owner(
    entry: ContestEntry,
    subject: str,
    paragraphs: Sequence[str],
    *,
    key: str,
    label: str,
    kind: str = kinds.ENTRY,
    **more: Any,
) -> bool:
    owner = entry.owner
    if owner is None:
        return False
    url = address_of(entry, owner)
    letter = _letter(subject, owner, paragraphs, action_label=label, action_url=url, **more)
    return tell(person=owner, kind=kind, key=key, text=subject, letter=letter) is not None


def send_receipt(entry: ContestEntry, version: EntryVersion) -> None:
    """To the owner: what was handed in, under which code, and the hash by which anybody can tell it is the same."""
    subject = _("Receipt: your entry %(code)s to %(contest)s") % {"code": entry.code, "contest": entry.contest.name}
    uses = [row.wording for row in entry.consents.all() if row.given and row.revoked_at is None]
    facts = [
        (_("Code"), entry.code),
        (_("Title"), version.content["title"]),
        (_("Received"), zones.said(version.at, entry.contest.tz)),
        (_("Version"), str(version.number)),
        (_("Hash (sha256)"), version.hash),
    ]
    said = [_("Thank you: your entry has arrived. Judges read it under its code.")]
    if uses:
        said += [_("You agreed to:"), *uses]
    _tell_owner(
        entry, subject, said, kind=kinds.RECEIPT, key=f"entry-receipt:{entry.public_id}:{version.number}",
        label=_("Look at my entry"), facts=facts,
        fine=_("You may take it back and change it until the deadline."),
    )  # fmt: skip


def ask_about_vote(entry: ContestEntry) -> int:
    """To the owner, once: the public votes too, may the entry stand there? Return whether they were told now."""
    contest = entry.contest
    subject = _("May your entry %(code)s stand in the public vote?") % {"code": entry.code}
    said = [
        _("%(contest)s lets everybody vote for a prize of its own. You handed in before that was decided, so we ask "
          "you now:") % {"contest": contest.name},
        use_words.sentence(use_words.VOTE, contest),
        _("It has nothing to do with the judges’ prizes. Do nothing if you would rather not: then it is not shown."),
    ]  # fmt: skip
    facts = []
    if contest.votes_open_at is not None and contest.votes_close_at is not None:
        facts = [(_("Public vote opens"), zones.said(contest.votes_open_at, contest.tz)),
                 (_("Public vote closes"), zones.said(contest.votes_close_at, contest.tz))]  # fmt: skip
    done = _tell_owner(
        entry, subject, said, key=f"entry-vote:{entry.public_id}", label=_("Say yes or no"), facts=facts
    )  # fmt: skip
    return int(done)


def ask_to_help(entry: ContestEntry, helper: EntryHelper, *, key: str) -> None:
    """To who was asked to help: what they may do, and their own link."""
    person, owner = helper.person, entry.owner
    verbs = {
        HelperPart.EDITOR: _("%(name)s asks you to help to write their entry."),
        HelperPart.VIEWER: _("%(name)s would like you to read their entry."),
        HelperPart.APPROVER: _("%(name)s asks you to approve their entry for your company before it is handed in."),
    }
    said = verbs[HelperPart(helper.part)] % {"name": owner.name if owner else ""}
    subject = _("An entry to %(contest)s") % {"contest": entry.contest.name}
    letter = _letter(
        subject, person, [said], action_label=_("Open the entry"), action_url=address_of(entry, person),
        facts=[_deadline(entry, person)],
    )  # fmt: skip
    tell(person=person, kind=kinds.HELP, key=key, text=subject, url=_page(entry, person), letter=letter)


def ask_for_approval(entry: ContestEntry, helper: EntryHelper, *, key: str) -> None:
    """To who approves for the customer: read it, say yes, or say what should be changed."""
    person = helper.person
    subject = _("Please approve: the entry to %(contest)s") % {"contest": entry.contest.name}
    said = _("The entry “%(title)s” waits for your approval. You see what has changed since you last read it.") % {
        "title": entry.title
    }
    letter = _letter(
        subject, person, [said], action_label=_("Read and approve"), action_url=address_of(entry, person),
        facts=[_deadline(entry, person)],
    )  # fmt: skip
    tell(person=person, kind=kinds.HELP, key=key, text=subject, url=_page(entry, person), letter=letter)


def _page(entry: ContestEntry, person: Person) -> str:
    """Return the entry's page for a colleague; customers have their link."""
    return entry.get_absolute_url() if User.objects.filter(person=person).exists() else ""


def tell_approved(entry: ContestEntry, by: Person, note: str, *, approved: bool, key: str) -> None:
    """To the owner: somebody approved it, or wants something changed."""
    if approved:
        subject = _("%(name)s approved your entry") % {"name": by.name}
        said = [_("As soon as everybody has approved it, you can hand it in.")]
    else:
        subject = _("%(name)s wants something changed in your entry") % {"name": by.name}
        said = [note]
    _tell_owner(entry, subject, said, key=key, label=_("Open my entry"), facts=[_deadline(entry, entry.owner)])


def reasons_of(entry: ContestEntry) -> list[str]:
    """Return why an entry was sent back or refused, as the entrant reads it."""
    codes = [str(Reason(code).label) for code in entry.reason_codes if code in Reason.values]
    return [*codes, *([entry.reason] if entry.reason else [])]


def tell_needs_fix(entry: ContestEntry, *, key: str) -> None:
    """To the owner: what has to be corrected, and until when."""
    subject = _("Your entry %(code)s needs a correction") % {"code": entry.code}
    _tell_owner(
        entry, subject, [_("Please look at this:"), *reasons_of(entry)], key=key, label=_("Correct my entry"),
        facts=[_deadline(entry, entry.owner)],
    )  # fmt: skip


def tell_ineligible(entry: ContestEntry, *, key: str) -> None:
    """To the owner: it is not judged, and why."""
    subject = _("Your entry %(code)s cannot be judged") % {"code": entry.code}
    said = [_("Two people looked at it and found that it is not eligible:"), *reasons_of(entry)]
    _tell_owner(entry, subject, said, key=key, label=_("Open my entry"))


def tell_disqualified(entry: ContestEntry, *, key: str) -> None:
    """To the owner: it is out of the contest, and why."""
    subject = _("Your entry %(code)s was taken out of the contest") % {"code": entry.code}
    _tell_owner(entry, subject, reasons_of(entry), key=key, label=_("Open my entry"))


def tell_extended(entry: ContestEntry, *, key: str) -> None:
    """To the owner: they have more time."""
    subject = _("You have more time for your entry to %(contest)s") % {"contest": entry.contest.name}
    _tell_owner(entry, subject, [], key=key, label=_("Go on with my entry"), facts=[_deadline(entry, entry.owner)])


def tell_withdrawn(entry: ContestEntry, *, key: str) -> None:
    """To the owner: it is withdrawn, and nothing of it is shown."""
    subject = _("Your entry to %(contest)s is withdrawn") % {"contest": entry.contest.name}
    said = [_("Judges do not see it any more, and nothing of it is published.")]
    _tell_owner(entry, subject, said, key=key, label=_("Open my entry"))


def remind_draft(entry: ContestEntry, owner: Person, days: int) -> int:
    """Remind who has begun an entry: once for each step before the deadline. Return whether they were told now."""
    words = ngettext("%(n)d day is left for your entry to %(contest)s", "%(n)d days are left for your entry to "
                     "%(contest)s", days)  # fmt: skip
    subject = words % {"n": days, "contest": entry.contest.name}
    done = _tell_owner(
        entry, subject, [_("It is not handed in yet. What you wrote is kept.")], kind=kinds.DRAFT,
        key=_draft_key(entry, days), label=_("Go on with my entry"), facts=[_deadline(entry, entry.owner)],
    )  # fmt: skip
    return int(done)


def remind_idle(entry: ContestEntry, days: int, since: dt.datetime) -> int:
    """Remind who has begun an entry and not touched it for so many days. Return whether they were told now."""
    subject = _("Your entry to %(contest)s waits for you") % {"contest": entry.contest.name}
    words = ngettext("You last wrote on it %(n)d day ago. What you wrote is kept.",
                     "You last wrote on it %(n)d days ago. What you wrote is kept.", days)  # fmt: skip
    done = _tell_owner(
        entry, subject, [words % {"n": days}], kind=kinds.DRAFT, key=_idle_key(entry, since),
        label=_("Go on with my entry"), facts=[_deadline(entry, entry.owner)],
    )  # fmt: skip
    return int(done)


def tell_keeper_idle(entry: ContestEntry, keeper: Person, days: int, since: dt.datetime) -> int:
    """Tell who looks after the customer that their entry lies. A line; the digest takes it along."""
    account = entry.account.name if entry.account is not None else ""
    text = _("%(account)s has not written on its entry to %(contest)s for %(n)d days") % {
        "account": account, "contest": entry.contest.name, "n": days,
    }  # fmt: skip
    told = tell(person=keeper, kind=kinds.FIELD, key=_idle_key(entry, since), text=text, url=entry.get_absolute_url())
    return int(told is not None)


def _idle_key(entry: ContestEntry, since: dt.datetime) -> str:
    return f"entry-idle:{entry.public_id}:{since:%Y%m%d}"


def _draft_key(entry: ContestEntry, days: int) -> str:
    return f"entry-draft:{entry.public_id}:{deadline_of(entry.contest, None, entry):%Y%m%d}:{days}"


def tell_keeper(entry: ContestEntry, keeper: Person, days: int) -> int:
    """Tell who looks after the customer that their entry is not handed in yet. A line; the digest takes it along."""
    account = entry.account.name if entry.account is not None else ""
    words = ngettext("%(account)s has begun an entry to %(contest)s and not handed it in: %(n)d day is left",
                     "%(account)s has begun an entry to %(contest)s and not handed it in: %(n)d days are left",
                     days)  # fmt: skip
    text = words % {"account": account, "contest": entry.contest.name, "n": days}
    told = tell(person=keeper, kind=kinds.FIELD, key=_draft_key(entry, days), text=text, url=entry.get_absolute_url())
    return int(told is not None)


def tell_field(person: Person, text: str, url: str, *, key: str) -> None:
    """Tell who brought a customer, or looks after them, what became of it."""
    tell(person=person, kind=kinds.FIELD, key=key, text=text, url=url)


def tell_screener(user: User, contest: Contest, text: str, *, key: str) -> None:
    """Tell who screens that something waits."""
    url = reverse("awards:entries", args=[contest.slug])
    tell(person=user.person, kind=kinds.SCREENING, key=key, text=text, url=f"{url}?state=submitted&state=screening")
