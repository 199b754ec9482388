"""What the reference rooms emit."""

from references.accounts.events import TOPICS as ACCOUNTS
from references.batches.events import TOPICS as BATCHES
from references.catalogue.events import TOPICS as CATALOGUE
from references.consents.events import TOPICS as CONSENTS
from references.content.events import TOPICS as CONTENT
from references.coverage.events import TOPICS as COVERAGE
from references.exchange.events import TOPICS as EXCHANGE
from references.goodwill.events import TOPICS as GOODWILL
from references.merging.events import TOPICS as MERGING
from references.profiles.events import TOPICS as PROFILES
from references.requests.events import TOPICS as REQUESTS
from references.surveys.events import TOPICS as SURVEYS

TOPICS = [
    *ACCOUNTS,
    *REQUESTS,
    *EXCHANGE,
    *SURVEYS,
    *CONSENTS,
    *COVERAGE,
    *CONTENT,
    *GOODWILL,
    *PROFILES,
    *CATALOGUE,
    *MERGING,
    *BATCHES,
]
