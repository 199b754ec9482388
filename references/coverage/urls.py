"""The pages of coverage."""

from django.urls import path

from references.coverage.views import maps, planner, plans, recruiting

urlpatterns = [
    path("coverage/", maps.coverage, name="coverage"),
    path("coverage/targets/", maps.set_targets, name="coverage-targets"),
    path("coverage/people/", maps.people, name="coverage-people"),
    path("coverage/trend/", maps.coverage_trend, name="coverage-trend"),
    path("coverage/recount/", maps.recount, name="coverage-recount"),
    path("coverage/keep/", maps.snapshot, name="coverage-snapshot"),
    path("coverage/colleagues/", maps.colleagues, name="coverage-colleagues"),
    path("coverage/planner/", planner.planner, name="planner"),
    path("coverage/planner/targets/", planner.planner_targets, name="planner-targets"),
    path("coverage/recruiting/", recruiting.RecruitingList.as_view(), name="recruiting"),
    path("coverage/recruiting/new/", recruiting.NewTarget.as_view(), name="recruiting-new"),
    path("coverage/recruiting/<str:public_id>/", recruiting.target_page, name="recruiting-target"),
    path("coverage/recruiting/<str:public_id>/edit/", recruiting.EditTarget.as_view(), name="recruiting-edit"),
    path("coverage/recruiting/<str:public_id>/people/", recruiting.target_people, name="recruiting-people"),
    path("coverage/recruiting/<str:public_id>/ask/", recruiting.target_ask, name="recruiting-ask"),
    path("coverage/recruiting/<str:public_id>/end/", recruiting.target_close, name="recruiting-close"),
    path("coverage/plans/", plans.board, name="plans"),
    path("coverage/plans/new/", plans.NewPlan.as_view(), name="plan-new"),
    path("coverage/plans/<str:public_id>/", plans.plan_page, name="plan"),
    path("coverage/plans/<str:public_id>/edit/", plans.EditPlan.as_view(), name="plan-edit"),
    path("coverage/plans/<str:public_id>/move/", plans.plan_move, name="plan-move"),
    path("coverage/plans/<str:public_id>/connectors/add/", plans.connector_add, name="plan-connector-add"),
    path(
        "coverage/plans/<str:public_id>/connectors/<int:pk>/remove/",
        plans.connector_remove,
        name="plan-connector-remove",
    ),
    path("coverage/plans/<str:public_id>/steps/add/", plans.step_add, name="plan-step-add"),
    path("coverage/plans/<str:public_id>/steps/<int:pk>/done/", plans.step_done, name="plan-step-done"),
    path("coverage/plans/<str:public_id>/steps/<int:pk>/remove/", plans.step_remove, name="plan-step-remove"),
]
