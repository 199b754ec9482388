"""The pages of the rooms of governance."""

from refprogram.governance.approvals.urls import urlpatterns as approvals
from refprogram.governance.budgets.urls import urlpatterns as budgets
from refprogram.governance.capacity.urls import urlpatterns as capacity
from refprogram.governance.charter.urls import urlpatterns as charter
from refprogram.governance.consequences.urls import urlpatterns as consequences
from refprogram.governance.facetime.urls import urlpatterns as face_time
from refprogram.governance.feedback.urls import urlpatterns as feedback
from refprogram.governance.fulfilment.urls import urlpatterns as fulfilment
from refprogram.governance.pilots.urls import urlpatterns as pilots
from refprogram.governance.plotting.urls import urlpatterns as plotting
from refprogram.governance.readiness.urls import urlpatterns as readiness
from refprogram.governance.sponsors.urls import urlpatterns as sponsors
from refprogram.governance.stakeholders.urls import urlpatterns as stakeholders

app_name = "governance"
urlpatterns = [
    *approvals, *budgets, *capacity, *fulfilment, *consequences, *charter, *pilots, *plotting, *readiness, *feedback,
    *sponsors, *stakeholders, *face_time,
]  # fmt: skip
