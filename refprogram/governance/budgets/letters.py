"""What people are told about budgets: the line in the program, and the mail."""

from django.utils.translation import gettext as _

from refprogram.governance.budgets.models import Commitment, Fund
from refprogram.governance.budgets.quarters import Quarter
from refprogram.governance.budgets.selectors import who_hears
from refprogram.kernel.templatetags import rp
from refprogram.notices.mails import absolute
from refprogram.notices.services import Letter, tell


def alert(fund: Fund, percent: int, *, key: str) -> None:
    """Tell the owner and finance how little is left."""
    words = {"percent": percent, "fund": fund.name, "free": rp.money(fund.available)}
    text = _("%(fund)s: %(percent)d %% is promised or spent, %(free)s is free") % words
    for reader in who_hears(fund):
        tell(
            person=reader.person,
            kind="budget_alert",
            key=key,
            text=text,
            url=fund.get_absolute_url(),
            letter=Letter(
                _("%(percent)d %% of %(fund)s is promised or spent") % words,
                "governance/budget_alert",
                {"fund": fund, "percent": percent, "facts": _facts(fund), **_button(fund)},
            ),
        )


def decided(fund: Fund, *, key: str) -> None:
    """Tell the owner that the fund is open, or that it was not granted."""
    is_open = fund.allocated > 0
    text = _("%(fund)s is open with %(amount)s") if is_open else _("%(fund)s was not granted")
    text %= {"fund": fund.name, "amount": rp.money(fund.allocated)}
    tell(
        person=fund.owner.person,
        kind="fund_decided",
        key=key,
        text=text,
        url=fund.get_absolute_url(),
        letter=Letter(text, "governance/fund_decided", {"fund": fund, "is_open": is_open, **_button(fund)}),
    )


def money_there(commitment: Commitment, *, key: str) -> None:
    """Tell who asked that the money is set aside now."""
    if commitment.asked_by is None:
        return
    words = {"label": commitment.label, "amount": rp.money(commitment.amount), "fund": commitment.fund.name}
    tell(
        person=commitment.asked_by.person,
        kind="money_there",
        key=key,
        text=_("%(amount)s for “%(label)s” is set aside now, from %(fund)s") % words,
        url=commitment.url or commitment.get_absolute_url(),
    )


def _facts(fund: Fund) -> list[tuple[str, str]]:
    return [
        (_("Quarter"), Quarter(fund.starts_on).name),
        (_("Granted"), rp.money(fund.allocated)),
        (_("Promised"), rp.money(fund.committed)),
        (_("Spent"), rp.money(fund.spent)),
        (_("Still free"), rp.money(fund.available)),
    ]


def _button(fund: Fund) -> dict[str, str]:
    return {"action_label": _("Open the fund"), "action_url": absolute(fund.get_absolute_url())}
