"""What can be done about consent to show something: ask for it, keep it, end it, say that it holds."""

from references.consents.services.ending import end_terms_of, revoke_terms
from references.consents.services.recording import record_terms
from references.consents.services.releases import answer_release, ask_release, decline_release, withdraw_release
from references.consents.services.renewing import tell_of_ends
from references.consents.services.templates import retire_template, write_template
from references.consents.services.verifying import verify_address

__all__ = [
    "answer_release",
    "ask_release",
    "decline_release",
    "end_terms_of",
    "record_terms",
    "retire_template",
    "revoke_terms",
    "tell_of_ends",
    "verify_address",
    "withdraw_release",
    "write_template",
]
