"""All that metrics read, as of one day; each part is read once, whoever asks."""

import datetime as dt
from functools import cached_property

from refprogram.dashboards.metrics.content import Content
from refprogram.dashboards.metrics.deals import Deals
from refprogram.dashboards.metrics.money import Money
from refprogram.dashboards.metrics.nominations import Nominations
from refprogram.dashboards.metrics.pool import Pool
from refprogram.dashboards.metrics.program import Program
from refprogram.dashboards.metrics.requests import Requests


class World:
    """The program as of a day; `today`: as it stands, else counted afterwards from what rows still say."""

    def __init__(self, until: dt.date, *, today: bool) -> None:
        self.until, self.today = until, today

    @cached_property
    def deals(self) -> Deals:
        """Deals and the references held for them."""
        return Deals(self.until)

    @cached_property
    def requests(self) -> Requests:
        """What was asked of the program."""
        return Requests(self.until)

    @cached_property
    def pool(self) -> Pool:
        """Who could speak."""
        return Pool(self.until, today=self.today)

    @cached_property
    def nominations(self) -> Nominations:
        """What colleagues brought."""
        return Nominations(self.until)

    @cached_property
    def money(self) -> Money:
        """What it cost."""
        return Money(self.until)

    @cached_property
    def content(self) -> Content:
        """What stories bring."""
        return Content()

    @cached_property
    def program(self) -> Program:
        """What customers say of us, records, contests, work."""
        return Program(self.until)
