"""What happens to consent to show something. Payloads hold ids and counts, never words."""

from django.utils.translation import gettext_lazy as _

from references.accounts.events import colleagues
from refprogram.kernel.topics import Topic

_FIELDS, _REFS = ("contact", "n"), {"contact": "contact"}

TOPICS = [
    Topic("consent_words.written", _("{actor} wrote version {version} of the words {subject}"), ("version",),
          visible=colleagues, icon="edit", silent=True),
    Topic("consent_words.retired", _("{actor} retired the words {subject}"), ("version",), visible=colleagues,
          icon="x", silent=True),
    Topic("release.asked", _("{actor} asked {contact} for a release"), _FIELDS, _REFS, colleagues, "info", "mail"),
    Topic("release.agreed", _("{contact} answered the release"), _FIELDS, _REFS, colleagues, "ok", "shield"),
    Topic("release.declined", _("{contact} did not agree to the release"), _FIELDS, _REFS, colleagues, "idle", "x"),
    Topic("release.withdrawn", _("{actor} withdrew the release that {contact} was asked for"), _FIELDS, _REFS,
          colleagues, "idle", "undo", silent=True),
    Topic("terms.agreed", _("{n} things of {contact} may be shown now"), ("contact", "scopes", "n"), _REFS, colleagues,
          "ok", "shield", silent=True),
    Topic("terms.revoked", _("{n} things of {contact} may be shown no longer"), ("contact", "scopes", "n"), _REFS,
          colleagues, "stop", "shield"),
]  # fmt: skip
