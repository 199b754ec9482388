"""What entries tell people."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

BEGIN = "awards.entry_begin"
INVITATION = "awards.entry_invitation"
ENTRY = "awards.entry"
DRAFT = "awards.entry_draft"
RECEIPT = "awards.entry_receipt"
HELP = "awards.entry_help"
FIELD = "awards.entry_field"
SCREENING = "awards.entry_screening"

KINDS = [
    Kind(BEGIN, _("The link to begin an entry"), _("you asked for it on the contest’s page"), required=True,
         customers=True),
    Kind(INVITATION, _("Invitations to enter a contest"), _("somebody thinks your story should be told"),
         customers=True),
    Kind(ENTRY, _("What becomes of your entry"), _("you entered a contest"), required=True, customers=True),
    Kind(RECEIPT, _("Receipts of entries"), _("you handed in an entry"), required=True, customers=True),
    Kind(DRAFT, _("Reminders of an entry that is not handed in"), _("you began an entry"), customers=True),
    Kind(HELP, _("Requests to help with an entry"), _("somebody asked you to help with their entry"), required=True,
         customers=True),
    Kind(FIELD, _("Entries of customers you look after or brought"), _("you look after the customer or brought them")),
    Kind(SCREENING, _("Entries to screen"), _("you screen entries of this contest")),
]  # fmt: skip
