"""How many requests open deals will bring: pure arithmetic, worked out by hand in its tests.

Exposure is counted in deals watched for 90 days. For a segment g with R_g requests in E_g of exposure, the rate has a
Gamma prior around the overall rate r = R / E, worth k of exposure (policy `prior_exposure`), so that

    rate_g ~ Gamma(shape = R_g + k r, rate = E_g + k),   mean (R_g + k r) / (E_g + k)

A stage s multiplies it by m_s = (R_s + k r') / (E_s r' + k r'), with r' the rate of the deals whose stage is known: the
observed over the expected number, shrunk to 1 (the same Gamma-Poisson model). Deals with the exposures f_d ahead have
X = sum of m_s f_d; their number of requests is negative binomial with

    mean = X (R_g + k r) / (E_g + k),   variance = mean + X^2 (R_g + k r) / (E_g + k)^2

and the interval is read from that distribution. A sum over segments adds means and variances and keeps the family.
Sources: Clayton and Kaldor, Empirical Bayes estimates of age-standardized relative risks, Biometrics 43 (1987); Gelman
and others, Bayesian Data Analysis, 3rd ed., section 2.6 (Poisson model, conjugate Gamma prior).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

LONGEST_SUM: Final = 20_000  # quantiles further out are read from the normal curve


@dataclass
class Tally:
    """What was seen: deals watched (in units of 90 days) and the requests that they brought."""

    exposure: float = 0.0
    requests: int = 0

    def add(self, exposure: float, requests: int) -> None:
        """Count one deal."""
        self.exposure += exposure
        self.requests += requests

    @property
    def rate(self) -> float:
        """Requests per deal and 90 days, as seen."""
        return self.requests / self.exposure if self.exposure else 0.0


class Rate(NamedTuple):
    """A segment's rate as a Gamma distribution."""

    shape: float
    rate: float

    @property
    def mean(self) -> float:
        """Requests expected of one deal in 90 days."""
        return self.shape / self.rate


class Expected(NamedTuple):
    """A number of requests: its mean and variance."""

    mean: float = 0.0
    variance: float = 0.0

    def plus(self, other: "Expected") -> "Expected":
        """Return the sum of two independent numbers."""
        return Expected(self.mean + other.mean, self.variance + other.variance)

    def interval(self, share: float) -> tuple[int, int]:
        """Return the numbers between which it lies with this probability."""
        tail = (1 - share) / 2
        return quantile(self, tail), quantile(self, 1 - tail)


@dataclass
class Rates:
    """Everything that was learned from the last year."""

    prior: float
    overall: Tally = field(default_factory=Tally)
    known: Tally = field(default_factory=Tally)  # of deals whose stage is known: the open ones
    segments: dict[str, Tally] = field(default_factory=dict)
    stages: dict[str, Tally] = field(default_factory=dict)

    def learn(self, *, segment: str, stage: str | None, exposure: float, requests: int) -> None:
        """Count one deal of the last year; `stage` is None where it was closed and nobody knows its way."""
        self.overall.add(exposure, requests)
        self.segments.setdefault(segment, Tally()).add(exposure, requests)
        if stage is not None:
            self.known.add(exposure, requests)
            self.stages.setdefault(stage, Tally()).add(exposure, requests)

    def of(self, segment: str) -> Rate:
        """Return a segment's rate, shrunk to the overall one; a segment never seen has the overall one."""
        seen = self.segments.get(segment, Tally())
        return Rate(seen.requests + self.prior * self.overall.rate, seen.exposure + self.prior)

    def factor(self, stage: str) -> float:
        """Return by how much a deal at this stage asks more than others, shrunk to 1."""
        usual = self.known.rate
        if not usual:
            return 1.0
        seen = self.stages.get(stage, Tally())
        return (seen.requests + self.prior * usual) / (seen.exposure * usual + self.prior * usual)

    def expect(self, ahead: Mapping[str, float]) -> Expected:
        """Return the requests of deals with this much exposure ahead, by segment (stage factors already in it)."""
        total = Expected()
        for segment, exposure in ahead.items():
            rate = self.of(segment)
            mean = exposure * rate.mean
            total = total.plus(Expected(mean, mean + exposure**2 * rate.shape / rate.rate**2))
        return total


def quantile(expected: Expected, share: float) -> int:
    """Return the smallest number that the count does not exceed with this probability."""
    mean, variance = expected
    if mean <= 0:
        return 0
    if mean > LONGEST_SUM / 4:
        return max(0, round(mean + _normal(share) * math.sqrt(variance)))
    term, ratio = _first(mean, variance)
    below, number = math.exp(term), 0
    while below < share and number < LONGEST_SUM:
        term += math.log(ratio(number))
        number += 1
        below += math.exp(term)
    return number


def _first(mean: float, variance: float) -> tuple[float, "_Ratio"]:
    """Return the logarithm of the probability of 0, and how each next one follows from the one before."""
    spread = variance - mean
    if spread <= 1e-9:  # a Poisson count
        return -mean, _Ratio(0.0, mean, 1.0)
    size = mean * mean / spread
    return size * math.log(size / (size + mean)), _Ratio(size, mean / (size + mean), 0.0)


class _Ratio(NamedTuple):
    """p(n + 1) / p(n), of a negative binomial or (`plain`) a Poisson count."""

    size: float
    step: float
    plain: float

    def __call__(self, number: int) -> float:
        return self.step / (number + 1) if self.plain else self.step * (self.size + number) / (number + 1)


def _normal(share: float) -> float:
    """Return the standard normal quantile, by halving; enough for a number that is rounded."""
    low, high = -8.0, 8.0
    for _halved in range(60):
        middle = (low + high) / 2
        if 0.5 * (1 + math.erf(middle / math.sqrt(2))) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2
