"""A person's data are taken out by themselves, administrators and legal; erased by the latter two alone."""

from tests.factories.people import PersonFactory
from tests.matrix import Row, api_row, only

MAY = ("admin", "legal")


def rep(cast):
    return {"public_id": cast.rep.person.public_id}


def outsider(cast):
    return {"public_id": cast.other_team_rep.person.public_id}


def customer(_cast):
    return {"public_id": PersonFactory().public_id}


OWN = {**dict.fromkeys(MAY, 200), "rep": 200}

MATRIX = {
    "ops:kept": Row(**only(200, "admin", "legal", "marketer")),
    "ops:erase": Row(**only(200, *MAY), own=customer),
    "ops:erase POST": Row(**only(302, *MAY), own=customer, method="post", data={"word": "erase"}),
    "ops:export": Row(403, but=OWN, own=rep, foreign=outsider, foreign_but={"rep": 403}, method="post"),
    "api:export_person": api_row(404, but=OWN, own=rep, foreign=outsider, foreign_but={"rep": 404}),
    "api:erase_person": api_row(**only(200, *MAY), own=customer, data={"word": "erase"}),
    "api:list_retention": api_row(**only(200, "admin", "legal", "marketer")),
}
