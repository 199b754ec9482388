"""Campaigns put into the words, lines and pictures that their pages show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nominations.campaigns.customers import words_of
from nominations.campaigns.enums import CampaignState, MessageChannel, Uses
from nominations.campaigns.selectors import Funnel, Group, assets_of, by_name, files_for_readers
from nominations.campaigns.selectors.audience import customers_of
from nominations.models import Campaign, CampaignMessage, KickoffItem
from references.accounts import clock
from refprogram.kernel.files.addresses import address
from refprogram.kernel.tables import Pill
from refprogram.kernel.templatetags import rp
from refprogram.people.enums import Role
from refprogram.people.models import User


def facts_of(campaign: Campaign, people: int) -> list[str]:
    """Return the line under a campaign's name."""
    facts = [*days_of(campaign), ngettext("%(n)d colleague", "%(n)d colleagues", people) % {"n": people}]
    if campaign.sponsor is not None:
        facts.append(_("sponsor: %(name)s") % {"name": campaign.sponsor.name})
    return facts


def days_of(campaign: Campaign) -> list[str]:
    """Return from when to when it goes."""
    return [_("%(from)s to %(to)s") % {"from": rp.day(campaign.starts_on), "to": rp.day(campaign.ends_on)}]


def audience_words(campaign: Campaign) -> str:
    """Return whom it asks."""
    roles = [str(Role(role).label) for role in campaign.roles]
    places = [*(row.name for row in campaign.teams.all()), *(row.name for row in campaign.regions.all())]
    return " · ".join(filter(None, [", ".join(roles), ", ".join(places)])) or _("Every colleague")


@dataclass(frozen=True)
class Help:
    """Something that helps to tell the story: a file, or an address."""

    title: str
    url: str
    outside: bool


def helping(campaign: Campaign, user: User) -> list[Help]:
    """Return what helps to tell a campaign's story, as far as it can be opened now."""
    addresses = [Help(row.title, row.url, outside=True) for row in assets_of(campaign) if row.url]
    files = [Help(title, address(file, viewer=user), outside=False) for title, file in files_for_readers(campaign)]
    return [*addresses, *files]


def tiles_of(campaign: Campaign, funnel: Funnel) -> list[dict[str, Any]]:
    """Return what it brought, beside its goal."""
    return [
        {"name": _("Nominated"), "value": rp.number(funnel.nominated)},
        {"name": _("Approved"), "value": rp.number(funnel.approved)},
        {
            "name": _("Enrolled"),
            "value": rp.number(funnel.enrolled),
            "target": _("of %(n)s") % {"n": rp.number(campaign.goal)},
        },
    ]


def part_words(part: Funnel) -> str:
    """Return what came of one colleague's own nominations."""
    if not part.nominated:
        return _("You have nominated nobody for it yet.")
    words = ngettext("You nominated %(n)d customer", "You nominated %(n)d customers", part.nominated)
    enrolled = ngettext("%(n)d is enrolled", "%(n)d are enrolled", part.enrolled) % {"n": part.enrolled}
    return _("%(nominated)s; %(enrolled)s.") % {"nominated": words % {"n": part.nominated}, "enrolled": enrolled}


def funnel_rows(funnel: Funnel) -> list[list[Any]]:
    """Return the funnel as a picture takes it."""
    return [
        [_("Nominated"), funnel.nominated],
        [_("Approved"), funnel.approved],
        [_("Enrolled"), funnel.enrolled],
        [_("First act"), funnel.first_act],
    ]


def parts_of(groups: Sequence[Group]) -> list[tuple[str, list[tuple[str, Funnel]]]]:
    """Return the funnel by cohort and by team."""
    return [
        (title, [(name or without, funnel) for name, funnel in by_name(groups, part)])
        for title, part, without in (
            (_("By cohort"), "cohort", _("In no cohort")),
            (_("By team"), "team", _("Without a team")),
        )
    ]


@dataclass(frozen=True)
class MessageLine:
    """One message: where it stands, and how each subject was followed."""

    message: CampaignMessage
    pill: Pill
    sent: str
    subjects: list[tuple[str, str]]
    late: bool
    changeable: bool
    whom: str


def reach_of(message: CampaignMessage, campaign: Campaign) -> str:
    """Return to how many customers a message goes as things stand; nothing for those to colleagues. One query."""
    if message.channel != MessageChannel.CUSTOMERS:
        return ""
    message.campaign = campaign
    n = customers_of(message).count()
    words = ngettext("Goes to %(n)d customer as things stand.", "Goes to %(n)d customers as things stand.", n)
    return words % {"n": n}


def message_line(row: Any, campaign: Campaign, regions: Mapping[str, str]) -> MessageLine:
    """Return one line of the calendar; `regions` are names, for messages that go to customers of some."""
    begun = bool(row.copies or row.refused)
    if row.sent_at is not None:
        pill = Pill(_("Sent"), "ok") if row.channel != MessageChannel.OUTSIDE else Pill(_("Done"), "ok")
    elif begun:
        pill = Pill(_("Being sent"), "info")
    else:
        pill = Pill(_("To come"), "")
    over = campaign.state in {CampaignState.ENDED, CampaignState.CANCELLED}
    return MessageLine(
        message=row,
        pill=pill,
        sent=_sent_words(row) if begun or row.sent_at else "",
        subjects=_subjects(row),
        late=row.sent_at is None and row.send_on < clock.today() and not over,
        changeable=not begun and row.sent_at is None and not over,
        whom=words_of(row.customers, regions),
    )


def _sent_words(row: Any) -> str:
    if row.channel == MessageChannel.OUTSIDE:
        return ""
    words = ngettext("%(n)d copy", "%(n)d copies", row.copies) % {"n": row.copies}
    if row.refused:
        words += ", " + ngettext("%(n)d not sent", "%(n)d not sent", row.refused) % {"n": row.refused}
    if row.waiting:
        words += ", " + ngettext("%(n)d waits", "%(n)d wait", row.waiting) % {"n": row.waiting}
    return words


def _subjects(row: Any) -> list[tuple[str, str]]:
    """Return each subject with the share of its readers who followed the link."""
    if row.channel not in {MessageChannel.MAIL, MessageChannel.CUSTOMERS}:
        return [(row.subject, "")]
    first = (row.copies - row.copies_other, row.followed - row.followed_other)
    found = [(row.subject, _rate(*first))]
    if row.other_subject:
        found.append((row.other_subject, _rate(row.copies_other, row.followed_other)))
    return found


def _rate(copies: int, followed: int) -> str:
    if not copies:
        return ""
    return _("%(share)s followed (%(n)d of %(of)d)") % {
        "share": rp.pct(followed / copies), "n": followed, "of": copies,
    }  # fmt: skip


def next_step(campaign: Campaign, messages: Sequence[CampaignMessage], left: int) -> str:
    """Return what comes next, and on what it waits."""
    if campaign.state == CampaignState.PLANNED:
        open_lines = ngettext("Next: %(n)d line of the checklist is open.", "Next: %(n)d lines are open.", left)
        return open_lines % {"n": left} if left else _("Next: it is started. Everything is settled.")
    if campaign.state != CampaignState.RUNNING:
        return ""
    coming = next((row for row in messages if row.sent_at is None), None)
    if coming is None:
        return _("Every message is sent. It ends by itself on %(day)s.") % {"day": rp.day(campaign.ends_on)}
    return _("Next: “%(subject)s” on %(day)s.") % {"subject": coming.subject, "day": rp.day(coming.send_on)}


def checklist_of(items: Sequence[KickoffItem], user: User, *, may: bool) -> list[tuple[str, list[Any]]]:
    """Return the checklist by team: (team, lines of (item, late, may settle))."""
    today = clock.today()
    found: dict[str, list[Any]] = {}
    for item in items:
        late = item.done_at is None and item.due_on is not None and item.due_on < today
        settles = may or item.who_id == user.pk
        found.setdefault(str(capfirst(Uses(item.uses).label)), []).append((item, late, settles))
    return list(found.items())
