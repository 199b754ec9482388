"""The kinds of notices that the reference rooms send."""

from references.accounts.notice_kinds import KINDS as ACCOUNTS
from references.requests.notice_kinds import KINDS as REQUESTS

KINDS = [*ACCOUNTS, *REQUESTS]
