"""The customers who could answer one request, best first: what `requests.matching` says of each, for all at once."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from references.accounts.segments import BANDS, band_place
from references.assignment.world import Flags, Numbers, Person, Speakers, World
from references.requests import policy as request_policy
from references.requests.matching import Need
from references.requests.models import ReferenceRequest
from references.requests.selectors import need_of

Shares = npt.NDArray[np.float64]
NOBODY = Person()
BAND_ENDS = np.array([band.most for band in BANDS if band.most is not None], np.int64)


class Options(NamedTuple):
    """Whom to ask for one request: places of accounts, contacts, points and the part of them that is fit."""

    places: Numbers
    contacts: Numbers
    points: Numbers
    fit: Numbers


def options(world: World, request: ReferenceRequest, limit: int) -> Options:
    """Return at most so many, the best first, in the order of `requests.matching.rank`."""
    need = need_of(request)
    places, contacts = _who_may(world, request, need)
    chosen = _meets(world, request, places, contacts)
    places, contacts = places[chosen], contacts[chosen]
    fit = _fit(world, need, places, contacts)
    points = fit + world.availability[places] + world.track_record[places] + world.fairness[places]
    order = np.lexsort((world.ids[places], world.asked[places], -world.readiness[places], -points))[:limit]
    return Options(places[order], contacts[order], points[order], fit[order])


# ---------------------------------------------------------------- hard stops


def _who_may(world: World, request: ReferenceRequest, need: Need) -> tuple[Numbers, Numbers]:
    """Return whom one would ask, account by account."""
    speakers = world.speakers[request.activity.slug]
    free = _free(world, request, speakers)
    accounts, contacts, uses = speakers.accounts[free], speakers.contacts[free], speakers.uses[free]
    if need.persona:
        wanted = need.persona.casefold()
        other = np.array([_of(world, one).persona != wanted for one in contacts], np.bool_)
        order = np.lexsort((contacts, uses, other, accounts))
        accounts, contacts = accounts[order], contacts[order]
    first = np.ones(len(accounts), np.bool_)
    first[1:] = accounts[1:] != accounts[:-1]
    return accounts[first], contacts[first]


def _of(world: World, contact: int) -> Person:
    return world.people.get(int(contact), NOBODY)


def _free(world: World, request: ReferenceRequest, speakers: Speakers) -> Flags:
    """Return who is neither the prospect nor was tried, whom no other team keeps, and who is there on the day."""
    days = (world.today, request.needed_by)
    hidden = [
        one
        for one in world.away
        if not (one.team and (request.reserved or one.team == request.wanting))
        and any(one.first <= day <= one.last for day in days)
    ]
    accounts = {one.account for one in hidden if not one.contact}
    prospect = request.opportunity.account_id if request.opportunity else None
    accounts |= {world.place(one) for one in (*world.tried.get(request.pk, ()), prospect or 0)}
    contacts = [one.contact for one in hidden if one.contact]
    free: Flags = ~np.isin(speakers.accounts, list(accounts)) & ~np.isin(speakers.contacts, contacts)
    return free


def _meets(world: World, request: ReferenceRequest, places: Numbers, contacts: Numbers) -> Flags:
    """Return who has all must-haves."""
    met = np.ones(len(places), np.bool_)
    if request.must_region_id:
        met &= world.regions[places] == request.must_region_id
    if request.must_product_id:
        met &= np.isin(places, world.products.get(request.must_product_id, ()))
    if request.must_employees:
        met &= world.employees[places] >= request.must_employees
    if request.must_industry:
        met &= world.industries.at(places, request.must_industry, exactly=True)
    if request.must_use_case:
        met &= np.isin(places, world.use_cases.get(request.must_use_case, ()))
    if request.must_persona:
        wanted = request.must_persona.casefold()
        met &= np.array([_of(world, one).persona == wanted for one in contacts], np.bool_)
    return met


# ---------------------------------------------------------------- fit


def _fit(world: World, need: Need, places: Numbers, contacts: Numbers) -> Numbers:
    """Return the points for fit, to the point those of `requests.matching`."""
    wishes = list(_wishes(world, need, places, contacts))
    figures = request_policy.now()
    possible = sum(weight for weight, _met in wishes)
    if not possible:
        return np.full(len(places), round(figures.fit * 1), np.int64)
    met = sum((weight * share for weight, share in wishes), start=np.zeros(len(places)))
    return np.rint(figures.fit * (met / possible)).astype(np.int64)


def _wishes(world: World, need: Need, places: Numbers, contacts: Numbers) -> Iterator[tuple[int, Shares]]:
    figures = request_policy.now()
    if need.industry:
        yield figures.fit_industry, _share(world.industries.at(places, need.industry))
    if need.product_id is not None:
        yield figures.fit_product, _share(np.isin(places, world.products.get(need.product_id, ())))
    if need.region_id is not None:
        yield figures.fit_region, _share(world.regions[places] == need.region_id)
    if need.employees:
        yield figures.fit_size, _near(need.employees, world.employees[places], figures)
    if need.amount:
        amounts, who = world.won
        low, high = need.amount / figures.deal_near, need.amount * figures.deal_near
        similar = who[bisect_left(amounts, low) : bisect_right(amounts, high)]
        yield figures.fit_deal, _share(np.isin(places, similar))
    yield from _told(world, need, places, contacts)


def _told(world: World, need: Need, places: Numbers, contacts: Numbers) -> Iterator[tuple[int, Shares]]:
    figures = request_policy.now()
    if need.use_case:
        wanted = need.use_case.casefold()
        known = [who for name, who in world.use_cases.items() if name.casefold() == wanted]
        yield figures.fit_use_case, _share(np.isin(places, np.concatenate(known) if known else ()))
    if need.persona:
        wanted = need.persona.casefold()
        yield figures.fit_persona, np.array([_of(world, one).persona == wanted for one in contacts], np.float64)
    if need.competitor:
        yield figures.fit_competitor, _share(world.competitors.at(places, need.competitor))
    if need.language:
        wanted = need.language.casefold()
        yield figures.fit_language, np.array([wanted in _of(world, one).languages for one in contacts], np.float64)


def _share(met: Flags) -> Shares:
    return met.astype(np.float64)


def _near(wanted: int, found: Numbers, figures: request_policy.Figures) -> Shares:
    apart = np.abs(np.searchsorted(BAND_ENDS, found) - band_place(wanted))
    share = np.where(apart == 0, 1.0, np.where(apart == 1, figures.size_next / 100, 0.0))
    near: Shares = np.where(found > 0, share, 0.0)
    return near
