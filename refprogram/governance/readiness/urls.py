"""The pages of this room."""

from django.urls import path

from refprogram.governance.readiness import part_views, views

urlpatterns = [
    path("readiness/", views.ChangeList.as_view(), name="changes"),
    path("readiness/new/", views.PlanChange.as_view(), name="change-new"),
    path("readiness/new/as-last/", views.copy_last, name="change-copy-last"),
    path("readiness/audiences/<str:public_id>/", part_views.AlterAudience.as_view(), name="audience"),
    path("readiness/audiences/<str:public_id>/remove/", part_views.remove_audience, name="audience-remove"),
    path("readiness/steps/<str:public_id>/", part_views.AlterStep.as_view(), name="change-step"),
    path("readiness/steps/<str:public_id>/done/", part_views.mark_step, name="change-step-done"),
    path("readiness/steps/<str:public_id>/remove/", part_views.remove_step, name="change-step-remove"),
    path("readiness/<str:public_id>/", views.change, name="change"),
    path("readiness/<str:public_id>/change/", views.AlterChange.as_view(), name="change-alter"),
    path("readiness/<str:public_id>/copy/", views.CopyChange.as_view(), name="change-copy"),
    path("readiness/<str:public_id>/settle/", views.close, name="change-close"),
    path("readiness/<str:public_id>/drop/", views.drop, name="change-drop"),
    path("readiness/<str:public_id>/reopen/", views.reopen, name="change-reopen"),
    path("readiness/<str:public_id>/audiences/", part_views.AddAudience.as_view(), name="audience-new"),
    path("readiness/<str:public_id>/messages/", part_views.AddMessage.as_view(), name="change-message-new"),
    path("readiness/<str:public_id>/trainings/", part_views.AddTraining.as_view(), name="change-training-new"),
]
