"""Prizes as pages show them: the winner's page, the page of one, the page of a contest."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.contests.shown import icon_of
from awards.models import Contest
from awards.prizes import kinds, selectors, standing
from awards.prizes.enums import FELL_THROUGH, NOT_ORDERED, OUT, GrantState
from awards.prizes.forms import CauseForm, TakeForm
from awards.prizes.models import PrizeGrant
from awards.prizes.services import offer_of
from awards.results.enums import AwardState
from awards.results.wording import won_in
from refprogram.governance.fulfilment.enums import FulfilmentState
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User

G, F = GrantState, FulfilmentState


def facts_of(row: PrizeGrant) -> list[tuple[str, str]]:
    """Return what was said and agreed about a prize, for its winner and who runs the contest."""
    facts = [
        (_("Cause"), row.cause),
        *kinds.said_by(row.kind, row.details),
        (_("Day"), rp.day(row.on) if row.on else ""),
        (_("Where"), row.where),
        (_("With"), row.host.name if row.host is not None else ""),
        (_("Agreed"), row.note),
    ]
    return [(name, value) for name, value in facts if value]


# ---------------------------------------------------------------- the winner's page


def sections(rows: Iterable[PrizeGrant], forms: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the prizes of a winner, each with what may be said to it now; `forms` are those that came back."""
    return [_section(row, forms) for row in rows]


def _section(row: PrizeGrant, forms: dict[str, Any]) -> dict[str, Any]:
    found = offer_of(row) if row.state == G.OFFERED else None
    gift = row.fulfilment if row.state == G.TAKEN else None
    return {
        "grant": row,
        "icon": icon_of(row.kind),
        "open": row.state == G.OFFERED,
        "offer": found,
        "take_form": forms.get(f"take:{row.public_id}") or TakeForm(grant=row),
        "cause_form": forms.get(f"charity:{row.public_id}") or CauseForm(grant=row),
        "charity_open": f"charity:{row.public_id}" in forms,
        "steps": standing.winner_steps(row),
        "words": _winner_words(row),
        "facts": facts_of(row),
        "may_confirm": gift is not None and gift.state == F.DELIVERED,
        "given_on": bool(row.cause),
        "tax": row.prize.tax_note if not row.cause else "",
    }


def _winner_words(row: PrizeGrant) -> str:
    """Return how it stands, in words for the winner."""
    if row.state == G.TAKEN and row.fulfilment is not None:
        gift = row.fulfilment
        if gift.state in FELL_THROUGH:
            return _("This did not work out as planned. We write to you about it.")
        words = {
            F.IN_APPROVAL: _("Noted, thank you. We are setting it in motion."),
            F.WAITING_MONEY: _("Noted, thank you. We are setting it in motion."),
            F.READY: _("Noted, thank you. We are setting it in motion."),
            F.SCHEDULED: _("It has its day: %(day)s.") % {"day": rp.day(gift.scheduled_on)},
            F.ORDERED: _("It is on its way."),
            F.DELIVERED: _("It was given in your name. Is that all right?") if row.cause else _("Is it there?"),
            F.ACKNOWLEDGED: _("It is given. Thank you for the choice.") if row.cause else _("You have it. Enjoy it."),
            F.SUBSTITUTED: _("Something else comes in its place."),
        }  # fmt: skip
        return words[F(gift.state)]
    return {
        G.OFFERED: "", G.HELD: _("We are looking into how we can give it to you."),
        G.REFUSED: _("You would rather not have it. That is noted, and nothing changes for you."),
        G.CANCELLED: _("This is not given. Write to us if you wonder why."),
        G.RECALLED: _("We write to you about it."), G.KEPT: _("It stays with you."), G.TAKEN: "",
    }[G(row.state)]  # fmt: skip


# ---------------------------------------------------------------- the page of a contest


def lines(rows: Iterable[PrizeGrant]) -> list[dict[str, Any]]:
    """Return the prizes of a contest as lines: what, for whom, how far, what next."""
    return [
        {
            "grant": row,
            "icon": icon_of(row.kind),
            "pill": standing.pill_of(row),
            "next": standing.next_of(row),
            "arrange": standing.lacks_arrangement(row),
            "category": won_in(row.award),
            **selectors.facts_of(row),
        }
        for row in rows
    ]


def grouped(rows: list[PrizeGrant]) -> list[dict[str, Any]]:
    """Return the lines under who has to do something: us, the winner, nobody."""
    ours, winners, going, settled = [], [], [], []
    for row in rows:
        if standing.settled(row):
            settled.append(row)
        elif needs_us(row):
            ours.append(row)
        elif row.state == G.OFFERED:
            winners.append(row)
        else:
            going.append(row)
    named = [
        (_("Waits for you"), ours), (_("Waits for the winner"), winners), (_("On their way"), going),
        (_("Done"), settled),
    ]  # fmt: skip
    return [{"title": title, "lines": lines(found)} for title, found in named if found]


def needs_us(row: PrizeGrant) -> bool:
    """Whether who runs the contest has to do something now."""
    if row.state in (G.HELD, G.RECALLED) or standing.lacks_arrangement(row):
        return True
    return row.state == G.TAKEN and row.fulfilment is not None and row.fulfilment.state == F.REJECTED


def tiles(contest: Contest, rows: list[PrizeGrant], money: selectors.Money) -> list[dict[str, Any]]:
    """Return the figures on top of the page."""
    done = sum(standing.settled(row) for row in rows)
    open_ = len(rows) - done
    waiting = sum(needs_us(row) for row in rows)
    return [
        {
            "name": _("Prizes open"), "value": rp.number(open_), "target": _("of %(n)s") % {"n": rp.number(len(rows))},
            "share": done / len(rows) if rows else None,
        },
        {
            "name": _("Wait for you"), "value": rp.number(waiting),
            "target": _asked(rows),
        },
        {
            "name": _("Set aside"), "value": rp.money_short(money.set_aside),
            "target": _("of %(planned)s planned") % {"planned": rp.money(money.planned)},
            "share": float(money.set_aside / money.planned) if money.planned else None,
        },
        {
            "name": _("Paid"), "value": rp.money_short(money.paid),
            "target": _("of %(planned)s planned") % {"planned": rp.money(money.planned)},
            "share": float(money.paid / money.planned) if money.planned else None,
        },
    ]  # fmt: skip


def _asked(rows: list[PrizeGrant]) -> str:
    n = sum(row.state == G.OFFERED for row in rows)
    if not n:
        return _("every winner has answered")
    return ngettext("%(n)d waits for its winner", "%(n)d wait for their winners", n) % {"n": n}


def costs(contest: Contest, money: selectors.Money) -> list[tuple[str, str]]:
    """Return what the prizes cost against what was planned."""
    facts = [
        (_("Planned"), rp.money(money.planned)),
        (_("Granted"), rp.money(money.granted)),
        (_("Set aside"), rp.money(money.set_aside)),
        (_("Paid"), rp.money(money.paid)),
    ]
    over = money.granted - money.planned
    if over > 0:
        facts.append((_("Above the plan"), rp.money(over)))
    if contest.cost is not None:
        facts.append((_("The whole contest"), rp.money(contest.cost)))
    return facts


def funds(money: selectors.Money, user: User) -> list[dict[str, Any]]:
    """Return the funds that pay, with how much of theirs is prizes, and what is left."""
    return [
        {
            "name": fund.name, "used": used, "left": fund.available,
            "url": fund.get_absolute_url() if user.has_perm("governance.view_fund", fund) else "",
        }
        for fund, used in money.funds
    ]  # fmt: skip


# ---------------------------------------------------------------- the page of one


def may(row: PrizeGrant, user: User) -> dict[str, bool]:
    """Return what this colleague may do with a prize as it stands; they run the contest."""
    gift, stands = row.fulfilment, row.award.state == AwardState.PUBLISHED
    fell = gift is not None and gift.state in FELL_THROUGH
    return {
        "may_answer": row.state == G.OFFERED and stands,
        "may_remind": row.state == G.OFFERED and stands,
        "may_arrange": row.state == G.OFFERED or (row.state == G.TAKEN and not standing.settled(row) and not fell),
        "may_look": row.state == G.HELD,
        "may_offer": stands and (row.state in (G.OFFERED, G.HELD, G.REFUSED, G.CANCELLED) or fell),
        "may_call_off": row.state in (G.OFFERED, G.HELD)
        or (row.state == G.TAKEN and gift is not None and gift.state in (*NOT_ORDERED, *FELL_THROUGH)),
        "may_keep": row.state == G.RECALLED,
        "may_open_gift": gift is not None and user.has_perm("governance.view_fulfilments"),
        "out": row.state == G.RECALLED and gift is not None and gift.state in OUT,
    }


def page_facts(row: PrizeGrant) -> list[tuple[str, Any]]:
    """Return the facts beside a prize."""
    told = selectors.facts_of(row)
    gift = row.fulfilment
    return [
        (_("For"), told["whom"]),
        (_("Who answers"), told["person"]),
        (_("Won"), f"{won_in(row.award)}, {row.award.get_kind_display()}"),
        (_("Kind"), str(row.get_kind_display())),
        (_("Value"), rp.money(row.value)),
        (_("Instead of"), row.prize.item if row.prize.item != row.item else ""),
        (_("Tax"), row.prize.tax_note or (_("the tax office wants to know") if gift and gift.taxable else "")),
        (_("Paid from"), gift.fund.name if gift and gift.fund else row.fund.name if row.fund else ""),
        (_("Paid"), rp.money(gift.cost) if gift and gift.cost is not None else ""),
        (_("Reminded"), rp.number(row.reminders) if row.reminders else ""),
    ]


def crumb(contest: Contest) -> tuple[str, str]:
    """Return the way back to the prizes of a contest."""
    return (_("Prizes"), reverse("awards:prizes", args=[contest.slug]))
