"""The roof: everybody has a desk; the program's figures are for the overview and for managers."""

from tests.matrix import Row, only

FIELD = dict.fromkeys(("rep", "support", "judge"), 403)

MATRIX = {
    "dashboards:desk": Row(200),
    "dashboards:nav-counts": Row(200),
    "dashboards:search": Row(200, query="?q=kestrel"),
    "dashboards:executive": Row(200, but=FIELD),
    "dashboards:targets": Row(**only(200, "marketer", "admin")),
    "dashboards:targets POST": Row(**only(302, "marketer", "admin"), method="post", data={"references": "200"}),
    "dashboards:influenced": Row(200, but=FIELD),
    "dashboards:styleguide": Row(404, anonymous=404),  # there while DEBUG is on
    "dashboards:live": Row(200, anonymous=200),
    "dashboards:ready": Row(200, anonymous=200),
    "dashboards:metrics": Row(401, anonymous=401),  # nobody without METRICS_TOKEN, whoever is signed in
}
