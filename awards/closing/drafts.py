"""What the program proposes to write: letters of thanks, and the first words of a story. People change both."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.closing.enums import Circle
from awards.closing.selectors.feedback import counted_ballots
from awards.entries.enums import JUDGED
from awards.models import Contest, ContestEntry
from references.accounts import wording
from refprogram.kernel.form_builder.fields import FieldSpec


def drafts_of(contest: Contest) -> dict[Circle, str]:
    """Return a draft for each circle, with the contest's own figures. Two queries."""
    entries = ContestEntry.objects.filter(contest=contest, anchor=False, state__in=JUDGED).count()
    judges = counted_ballots().filter(assignment__round__contest=contest).values("assignment__judge").distinct().count()
    facts = {"contest": contest.name, "us": wording.program_of(), "read": _read(entries, judges)}
    return {
        Circle.ENTRANTS: _(
            "thank you for entering %(contest)s, and for measuring what you did and writing it down. %(read)s\n\n"
            "Whatever came of it this time: what you told us helps others who have the same problem. If you agreed to "
            "a story about it, we come back to you, and you read it before anybody else does.\n\n%(us)s"
        ) % facts,
        Circle.JUDGES: _(
            "thank you for judging %(contest)s. %(read)s Without your time there would be no award, and without "
            "your comments no entrant would know what to do better.\n\n%(us)s"
        ) % facts,
        Circle.HELPERS: _(
            "thank you for helping with %(contest)s. %(read)s That it ran is your doing.\n\n%(us)s"
        ) % facts,
        Circle.NOMINATORS: _(
            "thank you for bringing customers to %(contest)s. %(read)s You knew whose work deserves to be "
            "told.\n\n%(us)s"
        ) % facts,
    }  # fmt: skip


def _read(entries: int, judges: int) -> str:
    came = ngettext("%(n)d entry came in", "%(n)d entries came in", entries) % {"n": entries}
    read = ngettext("%(n)d judge read them", "%(n)d judges read them", judges) % {"n": judges}
    return _("%(came)s, and %(read)s.") % {"came": came, "read": read}


def story_of(said: Mapping[str, Any], specs: list[FieldSpec]) -> str:
    """Return the first draft of a story in Markdown, from what was handed in: what may be published of it, no more."""
    parts = [said["summary"]]
    for spec in specs:
        value = said["answers"].get(spec.key)
        if spec.publishable and isinstance(value, str) and value.strip() and spec.type in ("text", "long_text"):
            parts.append(f"## {spec.label}\n\n{value.strip()}")
    lines = [_line(row) for row in said["metrics"] if row.get("publishable")]
    if lines:
        parts.append("## " + _("What got better") + "\n\n" + "\n".join(lines))
    return "\n\n".join(part for part in parts if part)


def _line(row: Mapping[str, Any]) -> str:
    if not row.get("before"):
        return f"- {row['what']}: {row.get('story', '')}".rstrip(": ")
    figures = f"{row['before']} → {row['after']} {row['unit']}".strip()
    about = ", ".join(part for part in (row.get("period"), row.get("method")) if part)
    return f"- {row['what']}: {figures}" + (f" ({about})" if about else "")
