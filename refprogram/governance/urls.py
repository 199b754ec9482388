"""The pages of the rooms of governance."""

from refprogram.governance.approvals.urls import urlpatterns as approvals
from refprogram.governance.budgets.urls import urlpatterns as budgets
from refprogram.governance.consequences.urls import urlpatterns as consequences
from refprogram.governance.fulfilment.urls import urlpatterns as fulfilment

app_name = "governance"
urlpatterns = [*approvals, *budgets, *fulfilment, *consequences]
