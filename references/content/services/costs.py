"""What an asset costs: wishes for money out of a fund, by kind of cost, decided by the fund's own chain."""

import uuid
from decimal import Decimal

from django.db import transaction

from references.content.models import Asset
from references.content.services.rows import lock_asset, tell
from refprogram.governance.budgets import services as budgets
from refprogram.governance.budgets.enums import CostKind
from refprogram.governance.budgets.models import Commitment, Fund
from refprogram.people.models import User


@transaction.atomic
def plan_cost(
    *, asset: Asset, kind: str, amount: Decimal, fund: Fund, by: User, label: str = "", reason: str = ""
) -> Commitment:
    """Ask a fund for the money that a part of the production costs: a camera team, a train ticket, a writer."""
    row = lock_asset(asset)
    cost = CostKind(kind)
    words = " ".join(label.split()) or f"{cost.label}: {row.title}"
    commitment = budgets.ask_to_spend(
        key=f"asset:{row.pk}:{uuid.uuid4()}", fund=fund, line=fund.lines.filter(kind=cost).first(), amount=amount,
        label=words, reason=reason, by=by, subject=row, url=row.get_absolute_url(),
    )  # fmt: skip
    tell("asset.changed", row, by, fields=["costs"])
    return commitment


@transaction.atomic
def book_cost(*, asset: Asset, commitment: Commitment, amount: Decimal, by: User) -> Commitment:
    """Book what a part of the production cost in the end."""
    row = lock_asset(asset)
    booked = budgets.spend(commitment=commitment, amount=amount, key=f"asset-cost:{commitment.pk}", by=by)
    tell("asset.changed", row, by, fields=["costs"])
    return booked


@transaction.atomic
def drop_cost(*, asset: Asset, commitment: Commitment, by: User) -> Commitment:
    """Let go of money that is not needed after all."""
    row = lock_asset(asset)
    freed = budgets.release(commitment=commitment, by=by, reason=row.title[:200])
    tell("asset.changed", row, by, fields=["costs"])
    return freed
