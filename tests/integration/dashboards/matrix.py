"""The roof: everybody has a desk; the program's figures are for the overview and for managers."""

from refprogram.dashboards.metrics import counting
from tests.factories.dashboards import MailPlanFactory, paper_of
from tests.matrix import Row, api_row, only

FIELD = dict.fromkeys(("rep", "support", "judge"), 403)
OVERVIEW = ("marketer", "admin", "sales_head", "executive", "legal", "finance")
RUN = ("marketer", "admin")
SEE = only(200, *OVERVIEW)


def kept(cast):
    return {"public_id": counting.keep_by_hand(actor=cast.marketer, note="Board").public_id}


def own_plan(cast):
    return {"public_id": MailPlanFactory(reader=cast.rep, made_by=cast.rep).public_id}


MATRIX = {
    "dashboards:desk": Row(200),
    "dashboards:nav-counts": Row(200),
    "dashboards:search": Row(200, query="?q=kestrel"),
    "dashboards:executive": Row(200, but=FIELD),
    "dashboards:program": Row(**SEE),
    "dashboards:sales": Row(**only(200, *RUN, "manager", "sales_head", "executive")),
    "dashboards:support": Row(**only(200, "support")),
    "dashboards:jury": Row(**only(200, *RUN)),
    "dashboards:dictionary": Row(**SEE),
    "dashboards:metric": Row(**SEE, own=lambda cast: {"key": "matched_lift"}),
    "dashboards:count-now": Row(**only(302, *RUN, "executive"), method="post"),
    "dashboards:readings": Row(**SEE),
    "dashboards:deals": Row(**SEE),
    "dashboards:snapshots": Row(**SEE),
    "dashboards:keep": Row(**only(200, *RUN, "executive")),
    "dashboards:keep POST": Row(**only(302, *RUN, "executive"), method="post", data={"note": "Board"}),
    "dashboards:snapshot": Row(**SEE, own=kept),
    "dashboards:order-paper": Row(**only(302, *OVERVIEW), method="post"),
    # The paper is whose job it was; who may look at all jobs reads all.
    "dashboards:paper": Row(
        200,
        but={**FIELD, "manager": 403, **dict.fromkeys(("sales_head", "executive", "legal", "finance"), 404)},
        own=lambda cast: {"public_id": paper_of(cast.marketer).public_id},
    ),
    "dashboards:mails": Row(200, but={"judge": 403}),
    "dashboards:new-mail": Row(200, but={"judge": 403}),
    "dashboards:mail": Row(**only(200, "rep", others=404), own=own_plan),
    "dashboards:end-mail": Row(404, but={"rep": 302, "judge": 403}, own=own_plan, method="post"),
    "dashboards:targets": Row(**only(200, *RUN)),
    "dashboards:targets POST": Row(**only(302, *RUN), method="post", data={"references": "200"}),
    "dashboards:influenced": Row(200, but=FIELD),
    "dashboards:styleguide": Row(404, anonymous=404),  # there while DEBUG is on
    "dashboards:live": Row(200, anonymous=200),
    "dashboards:ready": Row(200, anonymous=200),
    "dashboards:metrics": Row(401, anonymous=401),  # nobody without METRICS_TOKEN, whoever is signed in
    "api:list_metrics": api_row(**SEE),
    "api:get_metric": api_row(**SEE, own=lambda cast: {"name": "fill_rate"}),
    "api:list_kept_figures": api_row(**SEE),
    "api:get_kept_figures": api_row(**SEE, own=kept),
    "api:keep_figures": api_row(**only(201, *RUN, "executive"), data={"note": "Board"}),
}
