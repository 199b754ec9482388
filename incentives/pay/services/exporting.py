"""Making the file for payroll: once for each month. It says what is owed; nothing is paid by it."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.pay.enums import PeriodState
from incentives.pay.exporting import csv_of, manifest_of, names_of, sign
from incentives.pay.models import PayExport, PayLine, PayPeriod
from refprogram.kernel.errors import DomainError, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.models import User

EXPORT = "incentives.export_pay"


@transaction.atomic
def export(*, period: PayPeriod, actor: User) -> PayExport:
    """Make the file of a closed month, or return the one that was made: it never changes."""
    if not actor.has_perm(EXPORT):
        raise NotAllowed(_("The file for payroll is made by finance and administrators."))
    locked = PayPeriod.objects.select_for_update().get(pk=period.pk)
    if locked.state != PeriodState.CLOSED:
        raise DomainError(_("Only a month that two people closed goes to payroll."))
    found = PayExport.objects.filter(period=locked).first()
    if found is not None:
        return found
    content, manifest = files_of(locked)
    signature, public_key = sign(manifest)
    made = PayExport.objects.create(
        period=locked, content=content, manifest=manifest, signature=signature, public_key=public_key, made_by=actor
    )
    emit("pay.exported", subject=locked, actor_id=actor.person_id)
    return made


def files_of(period: PayPeriod) -> tuple[str, str]:
    """Return content and manifest as they follow from the month's lines: the same whenever they are made."""
    month = f"{period.starts_on:%Y-%m}"
    lines = list(PayLine.objects.filter(period=period).select_related("person").order_by("pk"))
    content = csv_of(_row(line, month) for line in lines)
    facts = {
        "month": month,
        "currency": settings.CURRENCY,
        "people": len(lines),
        "gross": str(sum((line.total for line in lines), Decimal("0.00"))),
        "closed_by": period.proposed_by.public_id if period.proposed_by else "",
        "agreed_by": period.closed_by.public_id if period.closed_by else "",
        "closed_at": period.closed_at.astimezone(timezone.get_default_timezone()).isoformat()
        if period.closed_at
        else "",
        "period": period.public_id,
    }
    return content, manifest_of(name=names_of(month)[0], content=content, facts=facts)


def _row(line: PayLine, month: str) -> dict[str, Any]:
    return {
        "month": month,
        "person": line.person.public_id,
        "payee": line.payee,
        "currency": settings.CURRENCY,
        "rules": line.rules,
        "spiffs": line.spiffs,
        "escalator": line.escalator,
        "corrections": line.corrections,
        "gross": line.total,
        "data_quality": "" if line.score is None else line.score,
        "line": line.public_id,
    }
