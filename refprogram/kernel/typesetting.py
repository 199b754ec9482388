"""Pages to print and pictures to share, typeset by Typst: a source in `templates/`, facts as JSON, nothing else.

What people wrote reaches the source only as data (`json(bytes(sys.inputs.data))`): it is set as it stands and never
read as markup. Sources may import their neighbours in `templates/typeset/`, and no other file; fonts come with the
front-end files, so that pages look the same on every machine.
"""

import json
from collections.abc import Mapping
from importlib import import_module
from typing import Any, Literal

from django.conf import settings

SOURCES = settings.BASE_DIR / "templates" / "typeset"
FONTS = settings.BASE_DIR / "static_vendor" / "vendor"


def typeset(source: str, facts: Mapping[str, Any], *, kind: Literal["pdf", "png", "svg"] = "pdf") -> bytes:
    """Return the document of `templates/typeset/<source>.typ`, filled with `facts`.

    Pictures are drawn at 144 dots per inch: a page of 600 x 315 points makes 1200 x 630 pixels. Raises ValueError if
    a picture would have several pages.
    """
    # Looked up here: the compiler takes 30 MiB, and few processes ever print.
    made = import_module("typst").compile(
        SOURCES / f"{source}.typ",
        root=SOURCES,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format=kind,
        ppi=144.0 if kind == "png" else None,
        sys_inputs={"data": json.dumps(facts, ensure_ascii=False, default=str)},
    )
    if not isinstance(made, bytes):
        message = f"{source} is one picture, not {len(made)} pages"
        raise ValueError(message)  # noqa: TRY004 the source is wrong, not a type
    return made
