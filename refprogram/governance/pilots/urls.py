"""The pages of this room."""

from django.urls import path

from refprogram.governance.pilots import form_views, views

urlpatterns = [
    path("pilots/", views.PilotList.as_view(), name="pilots"),
    path("pilots/new/", form_views.PlanPilot.as_view(), name="pilot-new"),
    path("pilots/criteria/<str:public_id>/", form_views.Judge.as_view(), name="pilot-criterion"),
    path("pilots/criteria/<str:public_id>/drop/", views.drop_criterion, name="pilot-criterion-drop"),
    path("pilots/consults/<str:public_id>/met/", views.meet_condition, name="pilot-condition-met"),
    path("pilots/<str:public_id>/", views.pilot, name="pilot"),
    path("pilots/<str:public_id>/change/", form_views.ChangePilot.as_view(), name="pilot-change"),
    path("pilots/<str:public_id>/criteria/new/", form_views.AddCriterion.as_view(), name="pilot-criterion-new"),
    path("pilots/<str:public_id>/sales/", form_views.AskSales.as_view(), name="pilot-ask"),
    path("pilots/<str:public_id>/answer/", form_views.AnswerForSales.as_view(), name="pilot-answer"),
    path("pilots/<str:public_id>/ready/", views.settle, name="pilot-ready"),
    path("pilots/<str:public_id>/begin/", views.begin, name="pilot-begin"),
    path("pilots/<str:public_id>/cancel/", views.cancel, name="pilot-cancel"),
    path("pilots/<str:public_id>/log/", form_views.WriteDown.as_view(), name="pilot-log"),
    path("pilots/<str:public_id>/decide/", form_views.Decide.as_view(), name="pilot-decide"),
]
