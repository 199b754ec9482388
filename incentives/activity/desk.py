"""What this room puts on somebody's desk: proofs to give and to judge, presentations to ask for and to judge."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incentives.activity import selectors
from incentives.activity.enums import PresentationState
from incentives.activity.models import ActivityProof, Presentation
from incentives.activity.reading import FIELD
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.templatetags import rp
from refprogram.people.enums import Role
from refprogram.people.models import User

JUDGES = (Role.MARKETER, Role.MANAGER)
ASKS = (Role.EXECUTIVE,)


def desk_items(user: User) -> list[DeskItem]:
    """Return what this colleague has to do: two queries, three for who judges or asks."""
    if user.role == Role.JUDGE:
        return []
    items = [_to_prove(proof) for proof in selectors.own_proofs(user)] if user.is_role(*FIELD) else []
    items += [_to_mark(row) for row in selectors.to_mark(user)]
    if user.is_role(*JUDGES):
        items += _to_judge(user)
    if user.is_role(*ASKS):
        items += [_to_ask(row) for row in selectors.to_ask_for(user)]
    return items


def _to_prove(proof: ActivityProof) -> DeskItem:
    return DeskItem(
        title=_("What shows your %(what)s?") % {"what": proof.activity.detail},
        detail=_("The lot chose it; until %(day)s") % {"day": rp.day(proof.due_on)},
        tone="wait",
        icon="eye",
        actions=(DeskAction(_("Say it"), reverse("incentives:activity-proof-give", args=[proof.public_id]),
                            primary=True),),
        since=proof.created_at,
        urgency=3,
    )  # fmt: skip


def _to_judge(user: User) -> list[DeskItem]:
    waiting = [since for (since,) in selectors.given_to_judge(user)]
    if not waiting or waiting[0] is None:
        return []
    title = ngettext("%(n)d proof to judge", "%(n)d proofs to judge", len(waiting)) % {"n": len(waiting)}
    url = f"{reverse('incentives:activity-proofs')}?view=judge"
    return [
        DeskItem(title, _("Weeks are paid when they are judged"), "info", "eye",
                 (DeskAction(_("Judge them"), url, primary=True),), waiting[0], 4)
    ]  # fmt: skip


def _to_mark(row: Presentation) -> DeskItem:
    return DeskItem(
        title=_("%(name)s presents: %(topic)s") % {"name": row.user.name, "topic": row.topic},
        detail=_("You listen on %(day)s") % {"day": rp.day(row.held_on)},
        tone="info",
        icon="users",
        actions=(DeskAction(_("Say how it was"), reverse("incentives:presentation-mark", args=[row.public_id])),),
        since=row.updated_at,
        urgency=5,
    )


def _to_ask(row: Presentation) -> DeskItem:
    if row.state == PresentationState.DRAFTED:
        title = _("Ask %(name)s for a presentation") % {"name": row.user.name}
        action = DeskAction(_("Write to them"), reverse("incentives:presentation-ask", args=[row.public_id]),
                            primary=True)  # fmt: skip
        return DeskItem(title, row.topic, "wait", "users", (action,), row.created_at, 4)
    title = _("%(name)s presents: %(topic)s") % {"name": row.user.name, "topic": row.topic}
    action = DeskAction(_("Decide"), reverse("incentives:presentation-decide", args=[row.public_id]))
    return DeskItem(title, _("On %(day)s") % {"day": rp.day(row.held_on)}, "info", "users", (action,), row.created_at)
