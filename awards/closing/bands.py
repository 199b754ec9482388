"""Where an entry stood, as its entrant is told: a band, never a rank. Pure."""

from typing import Final

from awards.closing.enums import Band

SHARES: Final = ((Band.TENTH, 0.10), (Band.QUARTER, 0.25), (Band.UPPER, 0.50))
# A band that held one entry would be a rank.
FEWEST: Final = 2
# Parts of a criterion's range: strengths that lie closer are no strengths.
APART: Final = 0.05


def band_of(rank: int, total: int) -> Band | None:
    """Return the narrowest band that holds the rank and at least one entry besides; None among fewer than four."""
    if total < 2 * FEWEST:
        return None
    for band, share in SHARES:
        holds = int(total * share + 1e-9)
        if holds >= FEWEST and rank <= holds:
            return band
    return Band.LOWER


def ends_of(means: dict[str, float]) -> tuple[str, str] | None:
    """Return the criterion on which judges gave most, and the one on which there is most to gain.

    `means` are parts of each criterion's range, from 0 to 1. None where they lie too close to say.
    """
    if len(means) < 2:
        return None
    best, least = max(means, key=lambda name: means[name]), min(means, key=lambda name: means[name])
    return (best, least) if means[best] - means[least] >= APART else None
