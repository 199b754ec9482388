"""What this room does when events arrive. Each is safe to run twice."""

import datetime as dt
from decimal import Decimal

from refprogram.governance.capacity import letters, selectors
from refprogram.governance.capacity.letters import Lack
from refprogram.kernel.models import Event


def tell_of_shortage(event: Event) -> None:
    """A month lacks hours: the program's people and its sponsors hear it, as it stood when it was found."""
    facts = event.payload
    month = dt.date.fromisoformat(facts["month"])
    lack = Lack(month, facts["percent"], Decimal(facts["needed"]), Decimal(facts["available"]), is_worse=facts["worse"])
    for reader in selectors.who_hears():
        letters.short(lack, reader, key=f"capacity.short:{event.pk}")
