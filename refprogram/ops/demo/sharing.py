"""Share pages of the demo company, who looked at them, and what its stories cost."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from references.accounts.models import Opportunity
from references.content import services
from references.content.enums import USABLE, AssetKind
from references.content.models import Asset, Board, BoardItem, BoardView
from refprogram.governance.budgets.enums import CommitmentState, CostKind, EntryKind
from refprogram.governance.budgets.models import Commitment, Fund
from refprogram.governance.budgets.quarters import Quarter
from refprogram.governance.budgets.services import book
from refprogram.kernel import links
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk

COSTLY = (AssetKind.VIDEO, AssetKind.CASE_STUDY)


@dataclass
class Sharer:
    """Makes share pages and costs for stories that are there."""

    maker: Maker
    company: Company

    def boards(self, made: Sequence[Asset]) -> None:
        """Make share pages for the first deals of the first reps, some of them looked at."""
        shown = [asset for asset in made if asset.state in USABLE]
        deals = list(
            Opportunity.objects.filter(owner__in=self.company.reps[:4], account__isnull=False).order_by("pk")[:8]
        )
        for number, deal in enumerate(deals if len(shown) > 2 else []):
            chosen = [shown[(number * 3 + place) % len(shown)] for place in range(min(3, len(shown)))]
            age = self.maker.chance.randint(1, 24)
            made_at = timezone.now() - dt.timedelta(days=age)
            page = Board(
                title=f"For {deal.account.name if deal.account else deal}", opportunity=deal, made_by=deal.owner,
                greeting="Three companies that stood where you stand now. I am glad to put you in touch.",
                expires_at=made_at + dt.timedelta(days=30), created_at=made_at,
            )  # fmt: skip
            bulk(self.maker, [page])
            items = BoardItem.objects.bulk_create(
                [BoardItem(board=page, asset=asset, position=place) for place, asset in enumerate(chosen)]
            )
            self._looks(page, items, looked=number % 4 != 3)
            links.issue(purpose="board", subject=page, person_id=None, days=30 - age, token=services.token_of(page))

    def _looks(self, page: Board, items: Sequence[BoardItem], *, looked: bool) -> None:
        views = list(self._views(page, items)) if looked else []
        BoardView.objects.bulk_create(views)
        page.views = sum(view.item is None for view in views)
        page.save(update_fields=["views"])
        for item in items:
            item.views = sum(view.item is item for view in views)
            asset = item.asset
            asset.views, asset.shares = asset.views + item.views, asset.shares + 1
            asset.save(update_fields=["views", "shares"])
        BoardItem.objects.bulk_update(items, ["views"])

    def _views(self, page: Board, items: Sequence[BoardItem]) -> Iterator[BoardView]:
        for _look in range(self.maker.chance.randint(1, 9)):
            span = (timezone.now() - page.created_at).total_seconds()
            at = page.created_at + dt.timedelta(seconds=span * self.maker.chance.random())
            visitor = self.maker.public_id()
            yield BoardView(board=page, visitor=visitor, at=at)
            for item in items:
                if self.maker.chance.random() < 0.6:
                    yield BoardView(board=page, item=item, visitor=visitor, at=at)

    def costs(self, made: Sequence[Asset]) -> None:
        """Set money aside for the first films and case studies."""
        fund = Fund.objects.get(name="Customer stories", starts_on=Quarter.of(self.maker.today).starts_on)
        costly = [asset for asset in made if asset.state in USABLE and asset.kind in COSTLY][:3]
        for weeks, asset in enumerate(costly, start=2):
            at = timezone.now() - dt.timedelta(weeks=weeks)
            kind = CostKind.VIDEO if asset.kind == AssetKind.VIDEO else CostKind.WRITER
            amount = min(Decimal(240), fund.available)
            if amount <= 0:
                return
            row = Commitment(
                key=f"demo:asset:{asset.public_id}", fund=fund, line=fund.lines.filter(kind=kind).first(),
                amount=amount, spent=amount, state=CommitmentState.SPENT, subject_type="asset", subject_id=asset.pk,
                label=f"{kind.label}: {asset.title}"[:200], url=asset.get_absolute_url(),
                asked_by=self.company.marketer, queued_at=at, created_at=at,
            )  # fmt: skip
            bulk(self.maker, [row])
            facts: dict[str, Any] = {"fund": fund, "line": row.line, "commitment": row, "by": row.asked_by}
            for entry in (EntryKind.COMMIT, EntryKind.SPEND):
                book.enter(kind=entry, amount=amount, key=f"{row.key}:{entry}", memo=row.label, **facts)
            fund.refresh_from_db()


def build(maker: Maker, company: Company, stories: Sequence[Asset]) -> None:
    """Share the stories that may be shown, and pay for the first films."""
    sharer = Sharer(maker, company)
    sharer.boards(stories)
    sharer.costs(stories)
