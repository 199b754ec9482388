"""The words that a customer agrees to when they let themselves be named."""

from django.utils.translation import gettext as _

from references.accounts.wording import program_of
from references.consents.enums import Scope
from references.requests.models import RequestBatch

# Without these nobody can be named; what else the activity's entry in the catalogue asks for comes on top.
ALWAYS = frozenset({Scope.COMPANY.value})
NAMED = frozenset({Scope.COMPANY.value, Scope.NAME.value, Scope.TITLE.value})


def scopes_of(batch: RequestBatch) -> set[str]:
    """Return what of a customer a batch shows: the company always; of the rest only what names somebody."""
    return set(ALWAYS | (set(batch.activity.scopes) & NAMED))


def agreement(batch: RequestBatch, account: str) -> str:
    """Return the text that is agreed to."""
    shown = ", ".join(str(Scope(scope).label).lower() for scope in sorted(scopes_of(batch)))
    return _(
        "I agree that %(program)s names %(account)s for this purpose: %(purpose)s (%(kind)s). What is shown: %(shown)s."
        " It holds for this purpose alone. I can take it back at any time, without giving a reason."
    ) % {
        "program": program_of(),
        "account": account,
        "purpose": batch.name,
        "kind": batch.get_kind_display(),
        "shown": shown,
    }
