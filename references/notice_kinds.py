"""The kinds of notices that the reference rooms send."""

from references.accounts.notice_kinds import KINDS as ACCOUNTS
from references.consents.notice_kinds import KINDS as CONSENTS
from references.content.notice_kinds import KINDS as CONTENT
from references.coverage.notice_kinds import KINDS as COVERAGE
from references.customer_page.notice_kinds import KINDS as CUSTOMER_PAGE
from references.goodwill.notice_kinds import KINDS as GOODWILL
from references.merging.notice_kinds import KINDS as MERGING
from references.profiles.notice_kinds import KINDS as PROFILES
from references.requests.notice_kinds import KINDS as REQUESTS
from references.surveys.notice_kinds import KINDS as SURVEYS

KINDS = [
    *ACCOUNTS, *REQUESTS, *SURVEYS, *CONSENTS, *COVERAGE, *CONTENT, *GOODWILL, *PROFILES, *CUSTOMER_PAGE, *MERGING,
]  # fmt: skip
