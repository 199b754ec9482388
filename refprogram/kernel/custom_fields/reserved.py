"""Names that an added field cannot have, because its noun has something of that name already.

A second "Owner" would be read as the first one: on the page, in a file's headings, and by the CRM import.
"""

import re
from collections.abc import Iterator

from django.utils.module_loading import import_string

from refprogram.kernel.custom_fields.definitions import Noun
from refprogram.kernel.tables import Table


def is_built_in(noun: Noun, name: str) -> bool:
    """Whether a noun has a field, a column or an import heading that reads like this key or label."""
    said = plain(name)
    return any(plain(word) == said for word in _words(noun))


def plain(name: str) -> str:
    """Return a name as it is compared: case, spaces and signs aside."""
    return re.sub(r"[\W_]+", " ", name.casefold()).strip()


def _words(noun: Noun) -> Iterator[str]:
    yield from ("id", "url", "created_at", "updated_at", "custom")
    for field in noun.rows()._meta.concrete_fields:
        yield from (field.name, str(field.verbose_name))
    if noun.table:
        table: type[Table] = import_string(noun.table)
        for name, column in table.declared().items():
            yield from (name, str(column.header))
    if noun.headings:
        yield from import_string(noun.headings)(noun.name)
