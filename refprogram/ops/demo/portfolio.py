"""Products, accounts, their people and their deals."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from references.accounts.enums import Stage, Tier
from references.accounts.models import Account, Contact, Opportunity, Product
from references.accounts.names import match_key
from refprogram.ops.demo import words
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.people.models import Person, User

STAGES = ((Stage.WON, 38), (Stage.LOST, 22), (Stage.PROPOSAL, 14), (Stage.ENGAGING, 16), (Stage.PROSPECTING, 10))
PRICES = (18_000, 24_000, 36_000, 48_000, 64_000, 90_000, 120_000, 180_000)


@dataclass(frozen=True)
class Portfolio:
    """Everything the company sells, and to whom."""

    products: list[Product]
    accounts: list[Account]
    contacts: dict[int, list[Contact]]
    deals: dict[int, list[Opportunity]]


def build(maker: Maker, company: Company) -> Portfolio:
    """Make the portfolio: as many accounts as the scale says, everything else in proportion."""
    pairs = [(line, name) for line, names in words.PRODUCTS.items() for name in names]
    products = bulk(
        maker, [Product(name=n, line=line, price=Decimal(p)) for (line, n), p in zip(pairs, PRICES, strict=True)]
    )
    accounts = bulk(maker, _accounts(maker, company))
    _license(maker, accounts, products)
    return Portfolio(products, accounts, _contacts(maker, accounts), _deals(maker, accounts, products))


def _names(maker: Maker) -> list[tuple[str, str]]:
    """Return (name, industry) for every account, no two with the same name."""
    every = [
        (f"{p}{t}", i, s) for p in words.PLACES for t in words.THINGS for i, ss in words.BY_INDUSTRY.items() for s in ss
    ]
    maker.chance.shuffle(every)
    if maker.scale > len(every):
        message = f"the demo company knows {len(every)} names, not {maker.scale}"
        raise ValueError(message)
    return [(f"{stem} {suffix}", industry) for stem, industry, suffix in every[: maker.scale]]


def _accounts(maker: Maker, company: Company) -> list[Account]:
    by_region: dict[int | None, list[User]] = {}
    for rep in company.reps:
        by_region.setdefault(rep.team.region_id if rep.team else None, []).append(rep)
    made, apart = [], maker.apart("use cases")
    for number, (name, industry) in enumerate(_names(maker)):
        region = company.regions[maker.chance.choices(list(words.REGIONS), (45, 35, 20))[0]]
        country, city = maker.chance.choice(words.REGIONS[region.name])
        people = maker.chance.choice((80, 150, 240, 420, 800, 1_200, 2_600, 4_200, 9_500, 21_000))
        made.append(
            Account(
                name=name,
                match_key=match_key(name),
                external_ref=f"A-{number + 1:06d}",
                industry=industry,
                region=region,
                country=country,
                city=city,
                employees=people + maker.chance.randrange(people // 4),
                revenue=Decimal(people * maker.chance.randrange(12, 40)) / 100,
                founded=maker.chance.randrange(1895, 2019),
                owner=maker.chance.choice(by_region[region.pk]),
                csm=maker.chance.choice(company.supporters),
                tier=maker.chance.choices((Tier.NONE, Tier.SILVER, Tier.GOLD, Tier.PLATINUM), (55, 25, 14, 6))[0],
                use_cases=sorted({apart.weighted(words.USE_CASES) for _n in range(apart.chance.choice((1, 1, 2)))}),
                created_at=maker.moment(maker.day_ago(1500, 380)),
            )
        )
    return made


def _license(maker: Maker, accounts: list[Account], products: list[Product]) -> None:
    link = Account.products.through
    link.objects.bulk_create(
        [
            link(account_id=account.pk, product_id=product.pk)
            for account in accounts
            for product in maker.chance.sample(products, maker.chance.choices((1, 2, 3), (50, 35, 15))[0])
        ],
        batch_size=5_000,
    )


def _contacts(maker: Maker, accounts: list[Account]) -> dict[int, list[Contact]]:
    wanted = [account for account in accounts for _ in range(maker.chance.choices((1, 2, 3), (40, 40, 20))[0])]
    persons = []
    for number, account in enumerate(wanted):
        name = f"{maker.chance.choice(words.FIRST)} {maker.chance.choice(words.LAST)}"
        host = account.match_key.replace(" ", "-")
        email = f"{name.lower().replace(' ', '.')}.{number}@{host}.example"
        persons.append(Person(name=name, email=email, title=maker.chance.choice(words.TITLES)))
    bulk(maker, persons)
    apart = maker.apart("personas")
    made = bulk(
        maker,
        [
            Contact(account=a, person=p, persona=apart.weighted(words.PERSONAS))
            for a, p in zip(wanted, persons, strict=True)
        ],
    )
    found: dict[int, list[Contact]] = {}
    for contact in made:
        found.setdefault(contact.account_id, []).append(contact)
    return found


def _deals(maker: Maker, accounts: list[Account], products: list[Product]) -> dict[int, list[Opportunity]]:
    made: list[Opportunity] = []
    for account in accounts:
        for _ in range(maker.chance.choices((1, 2, 3, 5), (35, 35, 20, 10))[0]):
            made.append(_deal(maker, account, maker.chance.choice(products), len(made) + 1))
    found: dict[int, list[Opportunity]] = {}
    for deal in bulk(maker, made):
        found.setdefault(deal.account_id, []).append(deal)
    return found


def _deal(maker: Maker, account: Account, product: Product, number: int) -> Opportunity:
    stage = maker.weighted(STAGES)
    closed = stage in {Stage.WON, Stage.LOST}
    closes = maker.day_ago(360, 1) if closed else maker.today + dt.timedelta(days=maker.chance.randrange(7, 150))
    price = int(product.price or 0)
    return Opportunity(
        external_ref=f"O-{number:06d}",
        name=f"{product.name} for {account.name}"[:200],
        account=account,
        product=product,
        owner=account.owner,
        stage=stage,
        amount=Decimal(price * maker.chance.randrange(1, 9)),
        opened_on=closes - dt.timedelta(days=maker.chance.randrange(60, 200)),
        closes_on=closes,
    )
