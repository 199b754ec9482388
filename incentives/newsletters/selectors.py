"""Reading newsletters."""

from collections.abc import Iterable

from django.db.models import F, FloatField, QuerySet
from django.db.models.functions import Cast, NullIf

from incentives.newsletters.enums import OUT
from incentives.newsletters.models import Newsletter, NewsletterCopy
from refprogram.kernel.labels import Label
from refprogram.people.models import User


def visible_to(user: User) -> QuerySet[Newsletter]:
    """Return issues: what was sent for every colleague, drafts for who makes them."""
    rows = Newsletter.objects.all()
    if user.has_perm("incentives.run_newsletters"):
        return rows
    return rows.filter(state__in=OUT) if user.has_perm("incentives.view_rewards") else rows.none()


def with_rates(issues: QuerySet[Newsletter]) -> QuerySet[Newsletter]:
    """Add the share of copies that were opened; None before any was sent."""
    share = 100 * Cast(F("opened"), FloatField()) / NullIf(Cast(F("told"), FloatField()), 0.0)
    return issues.annotate(rate=share)


def copy_behind(copy_id: int) -> NewsletterCopy | None:
    """Return the copy behind a signed link; None where it is not kept any more."""
    return NewsletterCopy.objects.select_related("newsletter", "person").filter(pk=copy_id).first()


def newsletter_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how issues are called in sentences."""
    rows = visible_to(viewer).filter(pk__in=list(ids)).order_by()
    return {row.pk: Label(row.title, row.get_absolute_url()) for row in rows}
