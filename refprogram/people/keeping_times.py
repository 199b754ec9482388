"""How long is kept what concerns access, and the edits of persons who were erased."""

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.edit_history.nouns import copies_of
from refprogram.kernel.retention import Policy
from refprogram.people.models import ApiToken, Person, User

POLICIES = [
    Policy(
        "dead_tokens",
        _("Tokens of the API that were revoked"),
        90,
        _("For three months their owner can still see when they were last used."),
        lambda before: ApiToken.objects.filter(revoked_at__lt=before),
    ),
    Policy(
        "edits_of_erased",
        _("Edits of persons who were erased"),
        30,
        _("Their words are emptied at once; that something was changed is nobody’s business after a month."),
        lambda before: copies_of(Person)._default_manager.filter(pgh_obj__erased_at__lt=before),
    ),
    Policy(
        "edits_of_erased_access",
        _("Edits of the access of persons who were erased"),
        30,
        _("As with the person’s own."),
        lambda before: copies_of(User)._default_manager.filter(pgh_obj__person__erased_at__lt=before),
    ),
]
