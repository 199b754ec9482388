"""Words that mean the same to whoever searches the library."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from references.content.models import SynonymGroup
from refprogram.kernel.errors import InvalidInput

MOST = 20


@transaction.atomic
def save_synonyms(*, words: str, group: SynonymGroup | None = None) -> SynonymGroup:
    """Keep a group of words, written with commas between them."""
    found = sorted({" ".join(one.split()).lower()[:60] for one in re.split(r"[,;\n]", words) if one.strip()})
    if not 2 <= len(found) <= MOST:
        message = _("Between 2 and %(most)d words, with commas between them.") % {"most": MOST}
        raise InvalidInput(message, errors={"words": message})
    row = SynonymGroup() if group is None else SynonymGroup.objects.select_for_update().get(pk=group.pk)
    taken = SynonymGroup.objects.filter(words__overlap=found).exclude(pk=row.pk).first()
    if taken is not None:
        message = _("One of them stands in another group: %(group)s.") % {"group": taken}
        raise InvalidInput(message, errors={"words": message})
    row.words = found
    row.save()
    return row


@transaction.atomic
def remove_synonyms(*, group: SynonymGroup) -> None:
    """Let a group go."""
    SynonymGroup.objects.filter(pk=group.pk).delete()
