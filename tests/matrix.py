"""The form of a matrix row: who gets which answer from one URL or API operation. See docs/testing.md."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tests.cast import Cast

LOGIN: Final = "login"  # 302 to the sign-in page
Answer = int | str
Kwargs = Mapping[str, Any]
Maker = Callable[[Cast], Kwargs]


@dataclass(frozen=True)
class Row:
    """What everyone gets, who gets something else, and for which object.

    `everyone` is the answer of each of the ten roles unless `but` names the role. `own` makes the object and returns
    its URL kwargs (it belongs to the cast's rep, of team north); `foreign` makes another team's. `foreign_but` names
    the roles that get a different answer for the foreign one (default: the same).
    """

    everyone: Answer
    but: Mapping[str, Answer] = field(default_factory=dict)
    anonymous: Answer = LOGIN
    own: Maker | None = None
    foreign: Maker | None = None
    foreign_but: Mapping[str, Answer] = field(default_factory=dict)
    method: str = "get"
    data: Callable[[Cast], Mapping[str, Any]] | Mapping[str, Any] = field(default_factory=dict)
    query: str = ""

    def answer(self, role: str, *, foreign: bool = False) -> Answer:
        """Return what this role (or "anonymous") is expected to get."""
        if role == "anonymous":
            return self.anonymous
        usual = self.but.get(role, self.everyone)
        return self.foreign_but.get(role, usual) if foreign else usual

    def body(self, cast: Cast) -> Mapping[str, Any]:
        """Return what is sent with a POST or PATCH."""
        return self.data(cast) if callable(self.data) else self.data


def only(allowed: Answer, *roles: str, others: Answer = 403) -> dict[str, Any]:
    """Return the arguments for "these roles get `allowed`, all others `others`": `Row(**only(200, "admin"))`."""
    return {"everyone": others, "but": dict.fromkeys(roles, allowed)}


def api_row(everyone: Answer, **options: Any) -> Row:
    """Return a row of an API operation, which answers 401 without a token."""
    return Row(everyone, **{"anonymous": 401, **options})
