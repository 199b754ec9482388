"""The pages of this room."""

from django.urls import path

from refprogram.governance.fulfilment import verb_views, views

urlpatterns = [
    path("fulfilments/", views.FulfilmentList.as_view(), name="fulfilments"),
    path("fulfilments/<str:public_id>/", views.fulfilment, name="fulfilment"),
    path("fulfilments/<str:public_id>/order/", verb_views.Order.as_view(), name="fulfilment-order"),
    path("fulfilments/<str:public_id>/schedule/", verb_views.Schedule.as_view(), name="fulfilment-schedule"),
    path("fulfilments/<str:public_id>/deliver/", verb_views.Deliver.as_view(), name="fulfilment-deliver"),
    path("fulfilments/<str:public_id>/fund/", verb_views.ChooseFund.as_view(), name="fulfilment-fund"),
    path("fulfilments/<str:public_id>/refund/", verb_views.Refund.as_view(), name="fulfilment-refund"),
    path("fulfilments/<str:public_id>/substitute/", verb_views.Substitute.as_view(), name="fulfilment-substitute"),
    path("fulfilments/<str:public_id>/acknowledge/", verb_views.acknowledge, name="fulfilment-acknowledge"),
    path("fulfilments/<str:public_id>/refuse/", verb_views.refuse, name="fulfilment-refuse"),
    path("fulfilments/<str:public_id>/return/", verb_views.take_back, name="fulfilment-return"),
    path("fulfilments/<str:public_id>/cancel/", verb_views.cancel, name="fulfilment-cancel"),
    path("fulfilments/<str:public_id>/cancel-order/", verb_views.CancelOrder.as_view(), name="fulfilment-cancel-order"),
    path("fulfilments/<str:public_id>/tax/", verb_views.tax, name="fulfilment-tax"),
]
