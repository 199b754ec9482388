"""How far judges agree: Krippendorff's alpha and the intraclass correlations."""

from dataclasses import dataclass

import numpy as np

from awards.scoring.effects import Design

ALPHA_RED = 0.667  # Krippendorff's own bounds: below, draw no conclusions; below .800 only tentative ones
ALPHA_AMBER = 0.800
TWO = 2


def krippendorff_alpha(design: Design) -> float | None:
    """Return alpha for interval data (Hayes & Krippendorff 2007): 1 is agreement, 0 chance.

    Entries with one vote cannot agree or disagree and are left out. None if nothing varies, or nothing is left.
    """
    pairable = design.per_entry[design.row] >= TWO
    scores, rows = design.score[pairable], design.row[pairable]
    if len(scores) < TWO:
        return None
    within = (scores - design.mean[rows]) ** 2 * design.per_entry[rows] / (design.per_entry[rows] - 1)
    observed = TWO * float(within.sum()) / len(scores)
    expected = TWO * float(((scores - scores.mean()) ** 2).sum()) / (len(scores) - 1)
    return None if expected == 0 else 1 - observed / expected


@dataclass(frozen=True)
class Correlations:
    """Intraclass correlations by Shrout & Fleiss (1979). Those of two-way models need every judge on every entry.

    `single` says how far one judge can be relied upon, `mean` the mean of `k` judges. `agreement`: model 2 (judges are
    a sample, their levels count), `consistency`: model 3 (these judges, only the order counts).
    """

    k: float
    single: float
    mean: float
    agreement: tuple[float, float] | None = None
    consistency: tuple[float, float] | None = None


def intraclass(design: Design) -> Correlations | None:
    """Return ICC(1,1) and ICC(1,k); for complete designs also ICC(2,.) and ICC(3,.).

    With unequal numbers k is the usual (n - sum(m²) / n) / (E - 1). None where there is too little to say.
    """
    entries, judges, n = len(design.entries), len(design.judges), len(design.score)
    if entries < TWO or n <= entries:
        return None
    k = (n - float((design.per_entry**2).sum()) / n) / (entries - 1)
    centre = float(design.score.mean())
    between = float((design.per_entry * (design.mean - centre) ** 2).sum()) / (entries - 1)
    inside = float(((design.score - design.mean[design.row]) ** 2).sum())
    within = inside / (n - entries)
    if between == 0 and within == 0:
        return None
    single = (between - within) / (between + (k - 1) * within)
    mean = (between - within) / between if between else 0.0
    if n != entries * judges or judges < TWO:
        return Correlations(k, single, mean)
    of_judge = np.bincount(design.column, design.score, judges) / entries
    columns = entries * float(((of_judge - centre) ** 2).sum())
    by_judge = columns / (judges - 1)
    error = (inside - columns) / ((entries - 1) * (judges - 1))
    shift = (by_judge - error) / entries
    return Correlations(
        k,
        single,
        mean,
        agreement=(
            (between - error) / (between + (judges - 1) * error + judges * shift),
            (between - error) / (between + shift),
        ),
        consistency=(
            (between - error) / (between + (judges - 1) * error),
            (between - error) / between if between else 0.0,
        ),
    )
