"""The pages of this room."""

from django.urls import path

from refprogram.governance.stakeholders import directory_views, views

urlpatterns = [
    path("stakeholders/", views.StakeholderList.as_view(), name="stakeholders"),
    path("stakeholders/new/", views.AddStakeholder.as_view(), name="stakeholder-new"),
    path("stakeholders/picture/", views.picture, name="stakeholder-picture"),
    path("stakeholders/groups/new/", views.AddGroup.as_view(), name="stakeholder-group-new"),
    path("stakeholders/groups/<str:public_id>/key/", views.flag_group, name="stakeholder-group-key"),
    path("stakeholders/requirements/<str:public_id>/meet/", views.meet, name="requirement-meet"),
    path("stakeholders/<str:public_id>/", views.stakeholder, name="stakeholder"),
    path("stakeholders/<str:public_id>/change/", views.ChangeStakeholder.as_view(), name="stakeholder-change"),
    path("stakeholders/<str:public_id>/contact/", views.NoteContact.as_view(), name="stakeholder-contact"),
    path("stakeholders/<str:public_id>/needs/", views.AddRequirement.as_view(), name="requirement-new"),
    path("stakeholders/<str:public_id>/pulse/", views.ask_pulse, name="stakeholder-pulse"),
    path("directory/", directory_views.directory, name="directory"),
    path("directory/new/", directory_views.AddEntry.as_view(), name="directory-new"),
    path("directory/<str:public_id>/", directory_views.ChangeEntry.as_view(), name="directory-entry"),
    path("directory/<str:public_id>/remove/", directory_views.remove_entry, name="directory-remove"),
    path("directory/launches/new/", directory_views.PlanLaunch.as_view(), name="launch-new"),
    path("directory/launches/<str:public_id>/", directory_views.ChangeLaunch.as_view(), name="launch"),
    path("directory/launches/<str:public_id>/drop/", directory_views.drop_launch, name="launch-drop"),
]
