"""What sponsors can say of the program in their own messages: figures of now, and no customer's name."""

import datetime as dt
from typing import Final

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from incentives.recognition.models import RecognitionChoice
from nominations.models import Nomination
from references.accounts.enums import POOL
from references.accounts.models import Account
from refprogram.dashboards.history import Quarter
from refprogram.dashboards.metrics.registry import METRICS
from refprogram.dashboards.models import Reading
from refprogram.kernel import rollups
from refprogram.kernel.templatetags import rp

BEST: Final = 3


def facts() -> dict[str, str]:
    """Return each figure in words; empty where nobody knows it."""
    since = rollups.moment_of(Quarter.now().starts_on)
    return {
        "references": _number(Account.objects.filter(state__in=POOL, merged_into__isnull=True).count()),
        "nominated": _number(Nomination.objects.filter(submitted_at__gte=since).count()),
        "nominators": get_text_list(_best_nominators(since), _("and")),
        "coverage": _coverage(),
        "nominate": f"{settings.BASE_URL}{reverse('nominations:new')}",
    }


def _number(number: int) -> str:
    return rp.number(number) if number else ""


def _best_nominators(since: dt.datetime) -> list[str]:
    """Return who nominated most since then, of those who do not mind being named in public."""
    private = RecognitionChoice.objects.filter(in_feed=False) | RecognitionChoice.objects.filter(in_ranks=False)
    rows = (
        Nomination.objects.filter(submitted_at__gte=since, nominator__is_active=True)
        .exclude(nominator__person__in=private.values("person"))
        .order_by()
        .values_list("nominator__person__name")
        .annotate(n=Count("pk"))
    )
    return [name for name, _n in rows.order_by("-n", "nominator__person__name")[:BEST]]


def _coverage() -> str:
    """Return the share of the map that is covered, as it was counted last."""
    kept = Reading.objects.filter(metric="coverage", counting__as_of__lte=timezone.localdate())
    row = kept.order_by("-counting__as_of", "-pk").first()
    return METRICS["coverage"].words(row.value) if row is not None and row.value is not None else ""
