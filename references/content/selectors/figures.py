"""What the making of stories costs and brings (research, section 5)."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Sum, When
from django.db.models.fields import DecimalField

from references.accounts import clock
from references.accounts.enums import Stage
from references.consents.models import ConsentTerm
from references.content import policy
from references.content.enums import AssetState
from references.content.models import Asset, AssetNeed, Board
from refprogram.governance.budgets.enums import CommitmentState
from refprogram.governance.budgets.models import Commitment

PUBLISHED = (AssetState.PUBLISHED, AssetState.REFRESH_DUE)


@dataclass(frozen=True)
class Yield:
    """How many deals an asset was shared in, how many of them looked, and how many of those were won."""

    shared: int
    seen: int
    won: int

    @property
    def share(self) -> float | None:
        """Content yield (section 5): won deals that viewed the asset / deals it was shared in."""
        return self.won / self.shared if self.shared else None


def yield_of(asset: Asset) -> Yield:
    """Return what an asset brought. One query."""
    boards = Board.objects.filter(items__asset=asset, opportunity__isnull=False)
    counted = boards.aggregate(
        shared=Count("opportunity", distinct=True),
        seen=Count("opportunity", distinct=True, filter=Q(items__asset=asset, items__views__gt=0)),
        won=Count(
            "opportunity", distinct=True,
            filter=Q(items__asset=asset, items__views__gt=0, opportunity__stage=Stage.WON),
        ),
    )  # fmt: skip
    return Yield(counted["shared"], counted["seen"], counted["won"])


def costs_of(asset: Asset) -> list[Commitment]:
    """Return the money asked for, promised and spent for an asset, oldest first."""
    rows = Commitment.objects.filter(subject_type="asset", subject_id=asset.pk)
    return list(rows.select_related("fund", "line", "asked_by__person").order_by("pk"))


def total_of(costs: list[Commitment]) -> Decimal:
    """Return what was spent, and for what is not spent yet what is promised."""
    counted = [one for one in costs if one.state in {CommitmentState.COMMITTED, CommitmentState.SPENT}]
    return sum(
        (one.spent if one.state == CommitmentState.SPENT else one.amount for one in counted), start=Decimal(0)
    )  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """The room in numbers: each with what it is computed from."""

    published: int
    healthy: int
    used: int
    cost: Decimal
    shared: int
    won: int

    @property
    def health(self) -> float | None:
        """Consent health: assets with consent valid for more than 60 days / published assets."""
        return self.healthy / self.published if self.published else None

    @property
    def cost_per_used(self) -> Decimal | None:
        """Production cost per asset that is used: placed, or on a share page."""
        return self.cost / self.used if self.used else None

    @property
    def share(self) -> float | None:
        """Content yield over all share pages."""
        return self.won / self.shared if self.shared else None


def figures(assets: QuerySet[Asset]) -> Figures:
    """Return the room in numbers, for the assets that somebody may see. Four queries."""
    counted = assets.aggregate(
        published=Count("pk", distinct=True, filter=Q(state__in=PUBLISHED)),
        used=Count("pk", distinct=True, filter=Q(shares__gt=0) | Q(placements__isnull=False)),
    )
    ends = clock.today() + policy.now().healthy_for
    holds = ConsentTerm.objects.filter(
        contact=OuterRef("contact"), scope=OuterRef("scope"), revoked_at__isnull=True, expires_on__gt=ends
    )
    needs = AssetNeed.objects.filter(asset=OuterRef("pk"))
    healthy = assets.filter(Exists(needs), ~Exists(needs.filter(~Exists(holds))), state__in=PUBLISHED)
    costly = (CommitmentState.COMMITTED, CommitmentState.SPENT)
    spent = Commitment.objects.filter(subject_type="asset", state__in=costly)
    paid = Case(When(state=CommitmentState.SPENT, then=F("spent")), default=F("amount"), output_field=DecimalField())
    boards = Board.objects.filter(opportunity__isnull=False).aggregate(
        shared=Count("opportunity", distinct=True),
        won=Count("opportunity", distinct=True, filter=Q(views__gt=0, opportunity__stage=Stage.WON)),
    )
    return Figures(
        published=counted["published"],
        healthy=healthy.count(),
        used=counted["used"],
        cost=spent.aggregate(total=Sum(paid))["total"] or Decimal(0),
        shared=boards["shared"],
        won=boards["won"],
    )
