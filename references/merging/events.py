"""What happens when two rows turn out to be one."""

from django.utils.translation import gettext_lazy as _

from references.accounts.events import colleagues
from refprogram.kernel.topics import Topic

TOPICS = [
    Topic("account.merged", _("{actor} merged {merged} into this account"), ("merged", "merge", "people"),
          {"merged": "account"}, colleagues, "info", "link"),
    Topic("account.unmerged", _("{actor} took {merged} out of this account again"), ("merged", "merge"),
          {"merged": "account"}, colleagues, "wait", "undo"),
    Topic("contact.merged", _("{actor} merged {merged} into {subject}"), ("merged", "merge"), {"merged": "contact"},
          colleagues, "info", "link"),
    Topic("contact.unmerged", _("{actor} took {merged} out of {subject} again"), ("merged", "merge"),
          {"merged": "contact"}, colleagues, "wait", "undo"),
]  # fmt: skip
