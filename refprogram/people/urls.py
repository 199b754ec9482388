"""The pages of this room."""

from django.urls import path

from refprogram.people.views import people, settings, teams

app_name = "people"
urlpatterns = [
    path("people/", people.PeopleList.as_view(), name="people"),
    path("people/invite/", people.Invite.as_view(), name="invite"),
    path("people/cover/<str:public_id>/end/", people.end_cover, name="cover-end"),
    path("people/restrictions/<str:public_id>/lift/", people.lift_restriction, name="lift"),
    path("people/<str:public_id>/", people.person, name="person"),
    path("people/<str:public_id>/invite/", people.InviteKnown.as_view(), name="invite-known"),
    path("people/<str:public_id>/edit/", people.EditPerson.as_view(), name="edit"),
    path("people/<str:public_id>/deactivate/", people.Deactivate.as_view(), name="deactivate"),
    path("people/<str:public_id>/reactivate/", people.reactivate, name="reactivate"),
    path("people/<str:public_id>/cover/", people.Cover.as_view(), name="cover"),
    path("people/<str:public_id>/restrict/", people.Restrict.as_view(), name="restrict"),
    path("settings/", settings.Profile.as_view(), name="settings"),
    path("settings/tokens/", settings.tokens, name="tokens"),
    path("settings/tokens/<str:public_id>/revoke/", settings.revoke, name="token-revoke"),
    path("teams/", teams.TeamList.as_view(), name="teams"),
    path("teams/new/", teams.TeamPage.as_view(), name="team-new"),
    path("teams/<str:public_id>/", teams.team, name="team"),
    path("teams/<str:public_id>/edit/", teams.EditTeam.as_view(), name="team-edit"),
]
