"""What the pages of an entry say, as plain values for templates."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from awards.contests import zones
from awards.contests.enums import ContestState
from awards.contests.models import Category, Contest
from awards.contests.services import can_take_entries, deadline_of, last_moment_of
from awards.entries import content, letters, selectors, services, wording
from awards.entries.addresses import address_of
from awards.entries.enums import ASKED_LATER, WRITABLE, EntryState, Factor, HelperPart
from awards.entries.metrics import change_of
from awards.entries.models import ContestEntry
from awards.entries.selectors import one
from awards.entries.services.locks import is_internal
from references.accounts.wording import program_of
from refprogram.kernel import tables
from refprogram.kernel.files.addresses import address
from refprogram.kernel.form_builder.enums import FieldType
from refprogram.kernel.form_builder.fields import FieldSpec
from refprogram.kernel.models import StoredFile
from refprogram.kernel.word_diff import word_diff
from refprogram.people.models import Person

E = EntryState
STATES: Final = {
    E.DRAFT: tables.Pill(gettext_lazy("Draft"), ""),
    E.APPROVAL: tables.Pill(gettext_lazy("Waits for approval"), "wait"),
    E.SUBMITTED: tables.Pill(gettext_lazy("Handed in"), "info"),
    E.SCREENING: tables.Pill(gettext_lazy("In screening"), "info"),
    E.NEEDS_FIX: tables.Pill(gettext_lazy("Needs a correction"), "wait"),
    E.ELIGIBLE: tables.Pill(gettext_lazy("Eligible"), "ok"),
    E.INELIGIBLE: tables.Pill(gettext_lazy("Not eligible"), "stop"),
    E.LOCKED: tables.Pill(gettext_lazy("Being judged"), "info"),
    E.CLOSED: tables.Pill(gettext_lazy("Closed"), "rest"),
    E.WITHDRAWN: tables.Pill(gettext_lazy("Withdrawn"), ""),
    E.DISQUALIFIED: tables.Pill(gettext_lazy("Disqualified"), "stop"),
    E.DUPLICATE: tables.Pill(gettext_lazy("Duplicate"), ""),
}


@dataclass(frozen=True)
class MetricRow:
    """One result as its row in the form is drawn."""

    row: Mapping[str, Any]
    errors: Mapping[str, str]
    file: StoredFile | None
    url: str = ""

    @property
    def key(self) -> str:
        """The row’s own name."""
        return str(self.row["id"])


def metric_row(row: Mapping[str, Any], errors: Mapping[str, str], found: Mapping[str, StoredFile]) -> MetricRow:
    """Return a result with what is wrong in it and its proof."""
    start = f"metrics.{row['id']}."
    wrong = {key.removeprefix(start): said for key, said in errors.items() if key.startswith(start) and said}
    file = found.get(str(row.get("evidence", "")))
    return MetricRow(row, wrong, file, address(file, viewer=None) if file is not None else "")


def around(entry: ContestEntry, part: str, at: dt.datetime, person: Person) -> dict[str, Any]:
    """Return what every page of an entry says around its matter, to one of its people."""
    deadline = deadline_of(entry.contest, None, entry)
    return {
        "entry": entry,
        "contest": entry.contest,
        "part": part,
        "owner": part == "owner",
        "program": program_of(),
        "who": entry.account.name if entry.account is not None else entry.team.name if entry.team is not None else "",
        "deadline": letters.deadline_words(entry.contest, entry),
        "own_clock": _on_own_clock(entry, deadline, person),
        "clock": deadline.astimezone(entry.contest.tz).isoformat(),
        "left": left_words(deadline - at),
        "over": at > last_moment_of(entry.contest, None, entry),
        "in_grace": deadline < at <= last_moment_of(entry.contest, None, entry),
        "grace": entry.contest.grace_minutes,
        "reasons": letters.reasons_of(entry) if entry.state == E.NEEDS_FIX else [],
        "internal": is_internal(entry.contest),
    }


def _on_own_clock(entry: ContestEntry, deadline: dt.datetime, person: Person) -> str:
    """Return the deadline as the reader’s own clock shows it, where that is another one than the contest’s."""
    if person.time_zone in ("", entry.contest.zone) or person.time_zone not in zones.names():
        return ""
    own = zones.said(deadline, zones.zone_of(person.time_zone))
    return "" if own == zones.said(deadline, entry.contest.tz) else own


def left_words(left: dt.timedelta) -> str:
    """Return "12 days left", "3 hours left", "20 minutes left"; empty when it is over."""
    if left <= dt.timedelta():
        return ""
    if left >= dt.timedelta(days=2):
        return ngettext("%(n)d day left", "%(n)d days left", left.days) % {"n": left.days}
    minutes = int(left.total_seconds() // 60)
    if minutes >= 120:
        return ngettext("%(n)d hour left", "%(n)d hours left", minutes // 60) % {"n": minutes // 60}
    return ngettext("%(n)d minute left", "%(n)d minutes left", max(1, minutes)) % {"n": max(1, minutes)}


def closes_line(entry: ContestEntry, category: Category) -> str:
    """Return a category’s own deadline in words, where it differs from the contest’s."""
    if category.closes_at is None or entry.extended_until is not None:
        return ""
    return _("until %(when)s") % {"when": zones.said(category.closes_at, entry.contest.tz)}


def sending(entry: ContestEntry, part: str) -> dict[str, Any]:
    """Return what the page says on which an entry is handed in."""
    said = content.written(entry)
    approvers = [helper for helper in selectors.helpers_of(entry) if helper.part == HelperPart.APPROVER]
    missing = {helper.pk for helper in services.approvals_missing(entry, said)}
    agreed = _agreed(entry)
    return {
        "missing": len(services.problems(entry)),
        "parts": reading(entry, said, content.specs_of(entry)),
        "metric_lines": metric_lines(said),
        "category_names": category_names(entry, said),
        "said": said,
        "named": names_for_judges(entry, said),
        "uses": [] if is_internal(entry.contest) else [
            (use, wording.sentence(use, entry.contest), use.key in agreed) for use in wording.uses_of(entry.contest)
        ],
        "approvers": [(helper, helper.pk not in missing) for helper in approvers],
        "waits": bool(missing),
        "approving": entry.state == E.APPROVAL,
        "may_send": part == "owner",
        "can_ask": bool(missing) and entry.state == E.DRAFT,
    }  # fmt: skip


def names_for_judges(entry: ContestEntry, said: Mapping[str, Any]) -> list[str]:
    """Return the names that blind judges would read; none where no round is blind. Before there is one, all may be."""
    kinds = set(entry.contest.rounds.values_list("blindness", flat=True))
    if kinds and "blind" not in kinds:
        return []
    return content.names_left(said, content.specs_of(entry), content.telling_names(entry))


def _agreed(entry: ContestEntry) -> set[tuple[str, int | None]]:
    return {(row.use, row.sponsor_id) for row in entry.consents.all() if row.given and row.revoked_at is None}


def reading(entry: ContestEntry, said: Mapping[str, Any], specs: list[FieldSpec]) -> list[dict[str, Any]]:
    """Return the answers as they are read: label, words, file with its address for whoever holds the link."""
    files = selectors.files_of(said)
    lines = []
    for spec in specs:
        value = said["answers"].get(spec.key)
        if not value:
            continue
        file = files.get(str(value)) if spec.type == FieldType.FILE else None
        words = "" if file is not None else content.in_words(spec, value, said["files"])
        url = address(file, viewer=None) if file is not None else ""
        lines.append({"label": spec.label, "words": words, "file": file, "url": url, "blind": spec.blind})
    return lines


def metric_lines(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the results as they are read."""
    files = selectors.files_of(said)
    lines = []
    for row in said["metrics"]:
        file = files.get(str(row.get("evidence", "")))
        lines.append(
            {
                **row,
                "factor": Factor(row["factor"]).label if row.get("factor") in Factor.values else "",
                "change": _change(row),
                "file": file,
                "url": address(file, viewer=None) if file is not None else "",
            }
        )
    return lines


def _change(row: Mapping[str, Any]) -> str:
    try:
        return change_of(row.get("before"), row.get("after"))
    except ArithmeticError:
        return ""


STANDING: Final = {
    E.APPROVAL: gettext_lazy("It waits for approval"),
    E.SUBMITTED: gettext_lazy("Thank you. Your entry has arrived."),
    E.SCREENING: gettext_lazy("Your entry is being looked through"),
    E.ELIGIBLE: gettext_lazy("Your entry goes to the judges"),
    E.LOCKED: gettext_lazy("Your entry is with the judges"),
    E.INELIGIBLE: gettext_lazy("Your entry cannot be judged"),
    E.CLOSED: gettext_lazy("The contest is over. Thank you for your entry."),
    E.WITHDRAWN: gettext_lazy("Your entry is withdrawn"),
    E.DISQUALIFIED: gettext_lazy("Your entry was taken out of the contest"),
    E.DUPLICATE: gettext_lazy("This entry says the same as another one of yours"),
}


def standing(entry: ContestEntry, part: str, at: dt.datetime) -> dict[str, Any]:
    """Return what the page says of an entry that is not written in now."""
    version = selectors.last_version(entry)
    said, specs = selectors.said(entry, version)
    owner = part == "owner"
    open_ = can_take_entries(entry.contest, None, entry, at=at)
    again = next_contest(entry) if owner and entry.state in (E.CLOSED, E.INELIGIBLE, E.WITHDRAWN) else None
    return {
        "heading": str(STANDING.get(E(entry.state), _("Your entry"))),
        "version": version,
        "received": zones.said(version.at, entry.contest.tz) if version is not None else "",
        "parts": reading(entry, said, specs),
        "metric_lines": metric_lines(said),
        "said": said,
        "why": letters.reasons_of(entry) if entry.state in (E.INELIGIBLE, E.DISQUALIFIED) else [],
        "category_names": category_names(entry, said),
        **agreements(entry),
        "vote": wording.sentence(wording.VOTE, entry.contest) if owner and asks_about_vote(entry, at) else "",
        "steps": steps_of(entry),
        "can_take_back": owner and entry.state == E.SUBMITTED and open_,
        "can_write_on": part in ("owner", HelperPart.EDITOR) and entry.state == E.APPROVAL,
        "can_withdraw": owner
        and entry.state in (E.APPROVAL, E.SUBMITTED, E.SCREENING, E.ELIGIBLE, E.LOCKED)
        and entry.contest.state not in (ContestState.DECIDED, ContestState.PUBLISHED),
        "next_contest": again,
    }


def category_names(entry: ContestEntry, said: Mapping[str, Any]) -> list[str]:
    """Return the names of the categories that content names."""
    wanted = set(said["categories"])
    return [name for slug, name in one.names_of_categories(entry).items() if slug in wanted]


def agreements(entry: ContestEntry) -> dict[str, Any]:
    """Return what was agreed to, in its words, and which uses were not."""
    rows = one.consents_of(entry)
    agreed = [row for row in rows if row.given and row.revoked_at is None]
    others = [str(wording.BY_NAME[row.use].label) for row in rows if row not in agreed and row.use in wording.BY_NAME]
    return {"consents": rows, "agreed": agreed, "not_agreed": others}


def asks_about_vote(entry: ContestEntry, at: dt.datetime) -> bool:
    """Whether its owner may still say if it may stand in the public vote: nobody asked when it was handed in."""
    contest = entry.contest
    over = contest.votes_close_at is not None and at >= contest.votes_close_at
    if not contest.people_choice or over or entry.account_id is None or entry.state not in ASKED_LATER:
        return False
    return not entry.consents.filter(use=wording.VOTE.name).exists()


def steps_of(entry: ContestEntry) -> list[dict[str, str]]:
    """Return the journey of an entry for the stepper."""
    order = [
        (_("Written"), (E.DRAFT, E.APPROVAL, E.NEEDS_FIX)),
        (_("Handed in"), (E.SUBMITTED, E.SCREENING)),
        (_("Eligible"), (E.ELIGIBLE,)),
        (_("Judged"), (E.LOCKED,)),
        (_("Over"), (E.CLOSED,)),
    ]
    if not any(entry.state in states for _text, states in order):
        return []
    now = next(n for n, (_text, states) in enumerate(order) if entry.state in states)
    return [
        {"text": text, "state": "done" if n < now else "now" if n == now else ""}
        for n, (text, _states) in enumerate(order)
    ]


def approving(entry: ContestEntry, person: Person) -> dict[str, Any]:
    """Return what the approver reads: the text, what is different from what they read before, and its hash."""
    said, specs = content.written(entry), content.specs_of(entry)
    text = content.as_text(said, specs)
    before = _read_before(entry, person)
    helper = entry.helpers.filter(person=person).first()
    read = content.hash_of(said)
    return {
        "said": said,
        "parts": reading(entry, said, specs),
        "metric_lines": metric_lines(said),
        "category_names": category_names(entry, said),
        "pieces": word_diff(before, text) if before and before != text else [],
        "read": read,
        "approved": helper is not None and helper.approved_version == read,
        "open": entry.state in (E.APPROVAL, *WRITABLE),
        "waiting": entry.state == E.APPROVAL,
        "note": helper.note if helper is not None else "",
    }


def _read_before(entry: ContestEntry, person: Person) -> str:
    """Return what they read last; else what was handed in last; else last year’s entry."""
    seen = entry.answer.values.get(content.SEEN, {}) if entry.answer is not None else {}
    if str(person.pk) in seen:
        return str(seen[str(person.pk)])
    version = selectors.last_version(entry)
    if version is None and entry.entered_before is not None:
        version = selectors.last_version(entry.entered_before)
    return content.as_text(version.content, content.specs_of(entry)) if version is not None else ""


def next_contest(entry: ContestEntry) -> Contest | None:
    """Return the next year’s contest of the same award, if it takes entries now."""
    rows = Contest.objects.filter(
        series=entry.contest.series, audience=entry.contest.audience, year__gt=entry.contest.year,
        state=ContestState.OPEN,
    )  # fmt: skip
    found = rows.order_by("year").first()
    return found if found is not None and can_take_entries(found, at=timezone.now()) else None


def address_for(entry: ContestEntry, person: Person, request: HttpRequest) -> str:
    """Return where somebody goes on with an entry: signed in on our page, else by their own link."""
    if request.user.is_authenticated:
        return reverse("awards:entry-write", args=[entry.public_id])
    return address_of(entry, person)
