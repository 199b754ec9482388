"""What an entry's page says to a colleague: where it stands; to who may read it what it says, and its screening."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from awards import visibility
from awards.contests import zones
from awards.contests.services import deadline_of
from awards.entries import content, letters, selectors, shown
from awards.entries.enums import WRITABLE, EntryState
from awards.entries.forms import ScreenForm
from awards.entries.models import ContestEntry
from awards.entries.selectors import one
from awards.entries.services.identifying import claimed
from awards.entries.services.locks import is_internal, part_of
from awards.entries.services.screening import fix_is_over, waits_for_second
from awards.entries.tables import who
from refprogram.kernel import timeline
from refprogram.kernel.form_builder.fields import FieldSpec
from refprogram.people.models import User

E = EntryState
SCREENED = (E.SUBMITTED, E.SCREENING)


def context_of(entry: ContestEntry, user: User, form: ScreenForm) -> dict[str, Any]:
    """Return everything that the page shows to this colleague."""
    reads = visibility.may_read(user, entry)
    screens = user.has_perm("awards.screen_entries", entry.contest)
    runs = user.has_perm("awards.run_contest", entry.contest)
    part = part_of(entry, user.person_id)
    return {
        "entry": entry,
        "contest": entry.contest,
        "heading": who(entry),
        "pill": shown.STATES[E(entry.state)],
        "facts": _facts(entry),
        "reads": reads,
        "writes": part in ("owner", "editor", "approver"),
        "form": form,
        "screening": reads and screens and not part and (entry.state in SCREENED or fix_is_over(entry)),
        "second": waits_for_second(entry),
        "mine": entry.screened_by_id == user.pk,
        "reasons": letters.reasons_of(entry) if screens else [],
        "screens": screens,
        "runs": runs,
        "acts": _acts(entry, runs=runs, screens=screens),
        "disqualifying": runs and entry.disqualify_asked_by is not None and entry.state != E.DISQUALIFIED,
        "asked_by_me": entry.disqualify_asked_by_id == user.pk,
        "claim": _claim(entry) if screens else None,
        "steps": shown.steps_of(entry),
        "entries": timeline.entries(timeline.latest_of("contestentry", entry.pk), user),
        "crumbs": [
            (_("Contests"), reverse("awards:contests")),
            (entry.contest.name, entry.contest.get_absolute_url()),
            (_("Entries"), reverse("awards:entries", args=[entry.contest.slug])),
            (entry.code, ""),
        ],
        **(_said(entry, user, screens=screens) if reads else {}),
    }


def _facts(entry: ContestEntry) -> list[str]:
    deadline = zones.said(deadline_of(entry.contest, None, entry), entry.contest.tz)
    facts = [entry.contest.name, entry.code]
    if entry.state in (*WRITABLE, E.APPROVAL):
        facts.append(_("until %(when)s") % {"when": deadline})
    elif entry.submitted_at is not None:
        facts.append(_("handed in %(when)s") % {"when": zones.said(entry.submitted_at, entry.contest.tz)})
    return facts


def _said(entry: ContestEntry, user: User, *, screens: bool) -> dict[str, Any]:
    """Return what the entry says, and what a screener looks at beside it."""
    version = selectors.last_version(entry)
    said, specs = selectors.said(entry, version)
    found: dict[str, Any] = {
        "said": said,
        "parts": shown.reading(entry, said, specs),
        "metric_lines": shown.metric_lines(said),
        "version": version,
        "category_names": shown.category_names(entry, said),
        **shown.agreements(entry),
        "helpers": selectors.helpers_of(entry),
    }
    if screens:
        found["checks"] = checklist(entry, said, specs)
        found["blind"] = one.is_read_blind(entry)
    return found


def checklist(entry: ContestEntry, said: Mapping[str, Any], specs: Sequence[FieldSpec]) -> list[dict[str, Any]]:
    """Return what a screener should look at, as far as the program can tell: (ok, text, note)."""
    names = content.names_left(said, specs, content.telling_names(entry))
    measured = sum(1 for row in said["metrics"] if row.get("before"))
    proved = sum(1 for row in said["metrics"] if row.get("evidence"))
    rows = [
        {"ok": bool(measured), "text": _("Results are measured"),
         "note": _("%(n)d of %(all)d with figures") % {"n": measured, "all": len(said["metrics"])}},
        {"ok": bool(proved), "text": _("Results are proved"),
         "note": _("%(n)d with a document") % {"n": proved}},
        {"ok": not names, "text": _("Blind judges read no name"), "note": ", ".join(names)},
    ]  # fmt: skip
    if not is_internal(entry.contest):
        rows += [_house(entry), _lately(entry)]
    return rows


def _claim(entry: ContestEntry) -> dict[str, Any] | None:
    """Return whom we know by the name that a stranger typed, from where its people write, and from where they do."""
    customer = claimed(entry)
    if customer is None:
        return None
    mails = customer.contacts.exclude(person__email="").order_by("pk").values_list("person__email", flat=True)[:50]
    mine = entry.owner.email if entry.owner is not None else ""
    return {
        "name": customer.name,
        "place": customer.city,
        "houses": sorted({_domain(mail) for mail in mails}),
        "mine": _domain(mine),
    }


def _domain(mail: str) -> str:
    return mail.rpartition("@")[2].lower()


def _house(entry: ContestEntry) -> dict[str, Any]:
    """Whether the entrant writes from the same house as the customer’s other people."""
    mine = _domain(entry.owner.email) if entry.owner is not None else ""
    domains = {_domain(mail) for mail in (one.mails_of_house(entry) if entry.account_id is not None else ())} - {""}
    known = not domains or mine in domains
    return {"ok": known, "text": _("The entrant writes from the customer’s own address"), "note": "" if known else mine}


def _lately(entry: ContestEntry) -> dict[str, Any]:
    """Whether they won the same award within the years in which they may not win again."""
    won = one.won_lately(entry)
    return {"ok": not won, "text": _("They did not win lately"), "note": ", ".join(won)}


def _acts(entry: ContestEntry, *, runs: bool, screens: bool) -> list[tuple[str, str, str]]:
    """Return what may be done from the menu: (label, address, icon)."""
    key = [entry.public_id]
    acts = []
    if runs and entry.state in (*WRITABLE, E.APPROVAL):
        acts.append((_("Give more time"), reverse("awards:entry-extend", args=key), "clock"))
    if screens and entry.state in SCREENED:
        acts.append((_("It is a duplicate"), reverse("awards:entry-duplicate", args=key), "copy"))
    if runs and entry.state in (E.INELIGIBLE, E.ELIGIBLE):
        acts.append((_("Screen it once more"), reverse("awards:entry-look-again", args=key), "undo"))
    if runs and entry.state in (E.SCREENING, E.ELIGIBLE, E.LOCKED) and entry.disqualify_asked_by is None:
        acts.append((_("Ask to disqualify it"), reverse("awards:entry-disqualify", args=key), "x"))
    if runs and entry.state in (*WRITABLE, E.APPROVAL, E.SUBMITTED, E.SCREENING, E.ELIGIBLE, E.LOCKED):
        acts.append((_("Withdraw it for the entrant"), reverse("awards:entry-withdraw", args=key), "x"))
    return acts
