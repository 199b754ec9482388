"""Budgets: who reads all of them, managers their own; finance gives money, owners steer, whoever sees may ask."""

from refprogram.governance.budgets import services
from refprogram.governance.budgets.quarters import Quarter
from tests.factories.budgets import BudgetLineFactory, fund_of, promised
from tests.matrix import Row, api_row, only

ALL = ("marketer", "sales_head", "executive", "finance", "admin")
READERS = (*ALL, "manager")
# What a role may not see is not there; who may see no budgets at all has none.
HIDDEN = dict.fromkeys(("rep", "support", "legal", "judge"), 404)
NO_PERMISSION = dict.fromkeys(("rep", "support", "legal", "judge"), 403)
NOT_MONEY = dict.fromkeys(("marketer", "sales_head", "executive"), 403)


def fund(cast):
    return {"public_id": fund_of(owner=cast.manager).public_id}


def foreign(cast):
    return {"public_id": fund_of(owner=cast.other_team_manager).public_id}


def frozen(cast):
    row = fund_of(owner=cast.manager)
    services.freeze_fund(fund=row, by=cast.manager)
    return {"public_id": row.public_id}


def line(cast):
    return {"public_id": BudgetLineFactory(fund=fund_of(owner=cast.manager)).public_id}


def promise(cast):
    return {"public_id": promised(fund=fund_of(owner=cast.manager)).public_id}


def spent(cast):
    row = promised(fund=fund_of(owner=cast.manager))
    services.spend(commitment=row, amount=row.amount, key=f"s{row.pk}", by=None)
    return {"public_id": row.public_id}


def _fund_form(cast):
    return {
        "name": "Stories", "quarter": Quarter.now().code, "owner": cast.manager.public_id, "requested": "500",
        "purpose": "Two stories",
    }  # fmt: skip


def _of_fund(status, *, but=None, own=fund, **more):
    """A page of one fund: hidden from who may not see it; `but` says who sees it and may not do this."""
    return Row(
        status, but={**HIDDEN, **(but or {})}, own=own, foreign=foreign if own is fund else None,
        foreign_but={"manager": 404} if own is fund else {}, **more,
    )  # fmt: skip


def _api_of_fund(status, *, but=None, own=fund, **more):
    return api_row(
        status, but={**NO_PERMISSION, **(but or {})}, own=own, foreign=foreign if own is fund else None,
        foreign_but={"manager": 404} if own is fund else {}, **more,
    )  # fmt: skip


MONEY = {"amount": "5", "memo": "Why"}
NEW_FUND = {"name": "Stories", "quarter": Quarter.now().code, "requested": "500", "purpose": "Two stories"}
LINE = {"kind": "video", "name": "Films", "planned": "5"}
NOT_OWN = {**NOT_MONEY, "manager": 403}

BUDGETS = {
    "governance:budgets": Row(**only(200, *READERS)),
    "governance:fund-new": Row(**only(200, *READERS)),
    "governance:fund-new POST": Row(**only(302, *READERS), method="post", data=_fund_form),
    "governance:fund-book": Row(**only(200, *READERS)),
    "governance:commitments": Row(**only(200, *READERS)),
    "governance:fund": _of_fund(200),
    "governance:fund-history": _of_fund(200),
    "governance:fund-allocate": _of_fund(200, but=NOT_OWN),
    "governance:fund-allocate POST": _of_fund(302, but=NOT_OWN, method="post", data=MONEY),
    "governance:fund-more": _of_fund(200, but=NOT_MONEY),
    "governance:fund-more POST": _of_fund(
        302, but=NOT_MONEY, method="post", data={"amount": "5", "reason": "One more"}
    ),
    "governance:line-new": _of_fund(200, but=NOT_MONEY),
    "governance:line-new POST": _of_fund(302, but=NOT_MONEY, method="post", data=LINE),
    "governance:line-change": _of_fund(200, but=NOT_MONEY, own=line),
    "governance:line-change POST": _of_fund(302, but=NOT_MONEY, own=line, method="post", data={"planned": "7"}),
    "governance:spending-new": _of_fund(200),
    "governance:spending-new POST": _of_fund(302, method="post", data={"label": "Train", "amount": "5"}),
    "governance:fund-freeze": _of_fund(302, but=NOT_MONEY, method="post"),
    "governance:fund-thaw": _of_fund(302, but=NOT_MONEY, own=frozen, method="post"),
    "governance:fund-close": _of_fund(302, but=NOT_MONEY, method="post"),
    "governance:commitment-spend": _of_fund(200, but=NOT_MONEY, own=promise),
    "governance:commitment-spend POST": _of_fund(302, but=NOT_MONEY, own=promise, method="post", data={"amount": "5"}),
    "governance:commitment-refund": _of_fund(200, but=NOT_MONEY, own=spent),
    "governance:commitment-refund POST": _of_fund(302, but=NOT_MONEY, own=spent, method="post", data={"amount": "5"}),
    "governance:commitment-release": _of_fund(302, but=NOT_MONEY, own=promise, method="post"),
    "api:list_budgets": api_row(**only(200, *READERS)),
    "api:create_budget": api_row(**only(201, *READERS), data=NEW_FUND),
    "api:get_budget": _api_of_fund(200),
    "api:forecast_budget": _api_of_fund(200),
    "api:allocate_budget": _api_of_fund(200, but=NOT_OWN, data=MONEY),
    "api:ask_more_for_budget": _api_of_fund(200, but=NOT_MONEY, data={"amount": "5", "reason": "One more"}),
    "api:freeze_budget": _api_of_fund(200, but=NOT_MONEY),
    "api:thaw_budget": _api_of_fund(200, but=NOT_MONEY, own=frozen),
    "api:close_budget": _api_of_fund(200, but=NOT_MONEY),
    "api:create_budget_line": _api_of_fund(201, but=NOT_MONEY, data=LINE),
    "api:create_commitment": _api_of_fund(201, data={"label": "Train", "amount": "5"}),
    "api:list_commitments": api_row(**only(200, *READERS)),
    "api:get_commitment": _api_of_fund(200, own=promise),
    "api:spend_commitment": _api_of_fund(200, but=NOT_MONEY, own=promise, data={"amount": "5"}),
    "api:refund_commitment": _api_of_fund(200, but=NOT_MONEY, own=spent, data={"amount": "5"}),
    "api:release_commitment": _api_of_fund(200, but=NOT_MONEY, own=promise, data={"reason": "Not needed"}),
    "api:list_fund_entries": api_row(**only(200, *READERS)),
}
