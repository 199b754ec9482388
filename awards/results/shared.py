"""The ballots that hang together, and what all categories of a round take from them: worked out once for all."""

from collections.abc import Collection, Hashable, Mapping
from functools import cached_property

import numpy as np

from awards.results.ballots import Ballots
from awards.scoring.diagnostics import Diagnosis, Manner, diagnose
from awards.scoring.effects import Design, Fit, fit_design, too_few
from awards.scoring.stability import Rest, without_each

ALIKE_FROM = 2  # on one criterion alone all marks are the same


class Shared:
    """What is worked out of ballots whatever the category. Kept as long as the object, so for one computing."""

    def __init__(self, ballots: Ballots) -> None:
        self.ballots = ballots
        self._fits: dict[tuple[bool, bool], Fit] = {}
        self._rests: dict[bool, Rest] = {}
        self._criteria: dict[tuple[str, bool], dict[Hashable, float]] = {}
        self._told: dict[int, list[Diagnosis]] = {}

    @cached_property
    def design(self) -> Design:
        """Who gave what as a total."""
        return self.ballots.design(self.ballots.total)

    def fit(self, among: Collection[Hashable], *, least_ballots: int, adjust: bool) -> Fit:
        """Return the scores of all entries; `among` need `least_ballots` each, or nothing is adjusted."""
        key = (adjust, too_few(self.design, least_ballots, among))
        if key not in self._fits:
            self._fits[key] = fit_design(self.design, few=key[1], adjust=adjust)
        return self._fits[key]

    def without_each(self, scores: Fit, *, adjust: bool) -> Rest:
        """Return the scores as they would be without each judge in turn."""
        if adjust not in self._rests:
            self._rests[adjust] = without_each(scores, adjust=adjust)
        return self._rests[adjust]

    def on_criterion(self, key: str, *, adjust: bool) -> Mapping[Hashable, float]:
        """Return what entries score on one criterion alone; nothing where nobody scored it."""
        if (key, adjust) not in self._criteria:
            given = self.ballots.shares.get(key)
            worth: dict[Hashable, float] = {}
            if given is not None and not np.isnan(given).all():
                alone = fit_design(self.ballots.design(100 * given), adjust=adjust)
                worth = dict(zip(alone.design.entries, alone.score.tolist(), strict=True))
            self._criteria[key, adjust] = worth
        return self._criteria[key, adjust]

    @cached_property
    def manners(self) -> dict[Hashable, Manner]:
        """How each judge filled in ballots."""
        told = self.ballots
        order = np.argsort(told.column, kind="stable")
        ends = np.cumsum(np.bincount(told.column, minlength=len(told.judges)))[:-1]
        seconds = [part.astype(int).tolist() for part in np.split(told.seconds[order], ends)]
        alike = np.bincount(told.column[self._alike()], minlength=len(told.judges)).tolist()
        return {judge: Manner(seconds[at], alike[at]) for at, judge in enumerate(told.judges)}

    def _alike(self) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        """Whether a ballot gave the same part of the range on all of several criteria."""
        shares = list(self.ballots.shares.values())
        counts, low, high = (np.full(len(self.ballots), start) for start in (0.0, np.inf, -np.inf))
        for said in shares:
            counts += ~np.isnan(said)
            low, high = np.fmin(low, said), np.fmax(high, said)
        return (counts >= ALIKE_FROM) & (low == high)

    def diagnoses(self, scores: Fit) -> list[Diagnosis]:
        """Return what stands out in each judge's ballots."""
        if id(scores) not in self._told:  # scores live as long as this object, which made them
            self._told[id(scores)] = diagnose(scores, self.manners)
        return self._told[id(scores)]
