"""What follows from the kind of a batch."""

from typing import Final

from references.consents.enums import Channel, UseAudience
from references.requests.enums import BatchKind

# Which activity of the catalogue being named in it is, and where the name is shown to whom.
ACTIVITIES: Final = {
    BatchKind.RFP: "rfp",
    BatchKind.ANALYST: "analyst",
    BatchKind.PRESS: "press",
    BatchKind.COUNCIL: "council",
    BatchKind.BETA: "beta",
    BatchKind.EVENT: "speaker",
}
CHANNELS: Final = {
    BatchKind.RFP: Channel.RFP,
    BatchKind.ANALYST: Channel.ANALYST,
    BatchKind.PRESS: Channel.PRESS,
    BatchKind.COUNCIL: "",
    BatchKind.BETA: "",
    BatchKind.EVENT: Channel.EVENT,
}
AUDIENCES: Final = {
    BatchKind.RFP: UseAudience.PROSPECTS,
    BatchKind.ANALYST: UseAudience.PROSPECTS,
    BatchKind.PRESS: UseAudience.PUBLIC,
    BatchKind.COUNCIL: UseAudience.INTERNAL,
    BatchKind.BETA: UseAudience.INTERNAL,
    BatchKind.EVENT: UseAudience.PUBLIC,
}
# A yes to one purpose is kept so many days in the ledger; each further use needs a yes of its own.
KEPT_DAYS: Final = 365
MOST: Final = 50
MATCHES: Final = 10
