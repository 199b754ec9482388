"""The pages of this room."""

from django.urls import path

from refprogram.governance.consequences import policy_views, task_views, views

_POLICY = "consequences/policies/<str:public_id>/"
_CASE = "consequences/<str:public_id>/"
_TASK = "tasks/<str:public_id>/"

urlpatterns = [
    path("consequences/", views.CaseList.as_view(), name="cases"),
    path("consequences/review/", views.ReviewList.as_view(), name="review"),
    path("consequences/review/dismiss/", views.DismissMany.as_view(), name="review-dismiss"),
    path("consequences/policies/", policy_views.PolicyList.as_view(), name="policies"),
    path("consequences/policies/new/", policy_views.WritePolicy.as_view(), name="policy-new"),
    path(_POLICY, policy_views.policy_page, name="policy"),
    path(f"{_POLICY}edit/", policy_views.ChangePolicy.as_view(), name="policy-edit"),
    path(f"{_POLICY}switches/", policy_views.Switches.as_view(), name="policy-switches"),
    path(f"{_POLICY}ask/", policy_views.ask, name="policy-ask"),
    path(f"{_POLICY}off/", policy_views.switch_off, name="policy-off"),
    path(_CASE, views.case_page, name="case"),
    path(f"{_CASE}notify/", views.notify, name="case-notify"),
    path(f"{_CASE}dismiss/", views.dismiss, name="case-dismiss"),
    path(f"{_CASE}appeal/", views.Appeal.as_view(), name="case-appeal"),
    path(f"{_CASE}answer/", views.Answer.as_view(), name="case-answer"),
    path(f"{_CASE}waive/", views.waive, name="case-waive"),
    path("tasks/", task_views.TaskList.as_view(), name="tasks"),
    path("tasks/new/", task_views.GiveTask.as_view(), name="task-new"),
    path(_TASK, task_views.task_page, name="task"),
    path(f"{_TASK}finish/", task_views.finish, name="task-finish"),
    path(f"{_TASK}cancel/", task_views.cancel, name="task-cancel"),
]
