"""The pages of this room."""

from django.urls import path

from nominations.quotas import views

urlpatterns = [
    path("quotas/", views.ShareList.as_view(), name="quotas"),
    path("quotas/plans/", views.PlanList.as_view(), name="quota-plans"),
    path("quotas/plans/new/", views.WritePlan.as_view(), name="quota-new"),
    path("quotas/plans/<str:public_id>/", views.plan_page, name="quota"),
    path("quotas/plans/<str:public_id>/edit/", views.ChangePlan.as_view(), name="quota-edit"),
    path("quotas/<str:public_id>/", views.share_page, name="quota-share"),
    path("quotas/<str:public_id>/object/", views.Object.as_view(), name="quota-object"),
    path("quotas/<str:public_id>/answer/", views.Answer.as_view(), name="quota-answer"),
    path("quotas/<str:public_id>/waive/", views.Waive.as_view(), name="quota-waive"),
]
