"""Fields that the demo company added to accounts and deals, and the signed releases of some consents."""

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile

from references.accounts.models import Account, Consent, Opportunity
from refprogram.kernel.custom_fields import services, values
from refprogram.kernel.files import services as files
from refprogram.ops.demo.maker import Maker
from refprogram.people.models import User

PLANS: Final = (("Premium", 2), ("Business", 5), ("Basic", 3))
SYSTEMS: Final = (("SAP S/4HANA", 4), ("Oracle Fusion", 3), ("Microsoft Dynamics 365", 3), ("Infor LN", 1))
RIVALS: Final = (("nobody", 4), ("Corvane", 3), ("Lumio", 2), ("Brightpath", 2))
FILLED: Final = 0.8  # of the accounts: people never fill in everything
RELEASES: Final = 3

ACCOUNT_FIELDS: Final[tuple[dict[str, Any], ...]] = (
    {"key": "support_plan", "label": "Support plan", "type": "choice", "choices": [plan for plan, _ in PLANS]},
    {"key": "sites", "label": "Sites live", "type": "number", "help": "Where the product is in daily use."},
    {"key": "customer_since", "label": "Customer since", "type": "date"},
    {"key": "logo_right", "label": "Logo in the contract", "type": "yes_no", "help": "May we show it without asking?"},
    {"key": "erp", "label": "ERP beside ours", "type": "text", "searchable": True},
)
RELEASE: Final = """Release

I agree that {organisation} names {company} as a customer and quotes me as agreed.
This holds until I take it back, by mail or by telephone.

{name}
"""


def build(maker: Maker) -> None:
    """Add the fields, fill them in, keep the releases."""
    for facts in ACCOUNT_FIELDS:
        services.add_field(noun="account", **facts)
    services.add_field(
        noun="opportunity", key="competitor", label="Up against", type="choice", choices=[rival for rival, _ in RIVALS]
    )
    accounts = Account.objects.order_by("pk").values_list("pk", flat=True)
    values.save_many(noun="account", rows={pk: _said(maker) for pk in accounts if maker.chance.random() < FILLED})
    deals = Opportunity.objects.order_by("pk").values_list("pk", flat=True)
    values.save_many(noun="opportunity", rows={pk: {"competitor": maker.weighted(RIVALS)} for pk in deals})
    _releases()


def _said(maker: Maker) -> dict[str, Any]:
    return {
        "support_plan": maker.weighted(PLANS),
        "sites": Decimal(maker.chance.randint(1, 60)),
        "customer_since": maker.today - dt.timedelta(days=maker.chance.randint(200, 5000)),
        "logo_right": maker.chance.random() < 0.4,
        "erp": maker.weighted(SYSTEMS),
    }


def _releases() -> None:
    """Attach a signed release to the latest consents that a colleague wrote down."""
    marketer = User.objects.filter(role="marketer").order_by("pk").first()
    recent = Consent.objects.filter(revoked_at__isnull=True).select_related("contact__person", "contact__account")
    for consent in recent.order_by("-given_at", "pk")[:RELEASES]:
        contact = consent.contact
        text = RELEASE.format(organisation="Halden Software", company=contact.account.name, name=contact.person.name)
        upload = SimpleUploadedFile("signed-release.txt", text.encode())
        files.store(upload=upload, purpose="consent_evidence", user=marketer, subject=consent)
