"""The pages of this room."""

from django.urls import path

from refprogram.people.views import absences, calendars, people, settings, teams, work

app_name = "people"
urlpatterns = [
    path("people/", people.PeopleList.as_view(), name="people"),
    path("people/invite/", people.Invite.as_view(), name="invite"),
    path("people/cover/<str:public_id>/end/", people.end_cover, name="cover-end"),
    path("people/leave/<str:public_id>/end/", absences.end_leave, name="leave-end"),
    path("people/restrictions/<str:public_id>/lift/", people.lift_restriction, name="lift"),
    path("people/<str:public_id>/", people.person, name="person"),
    path("people/<str:public_id>/invite/", people.InviteKnown.as_view(), name="invite-known"),
    path("people/<str:public_id>/edit/", people.EditPerson.as_view(), name="edit"),
    path("people/<str:public_id>/deactivate/", people.Deactivate.as_view(), name="deactivate"),
    path("people/<str:public_id>/reactivate/", people.reactivate, name="reactivate"),
    path("people/<str:public_id>/leave/", absences.Away.as_view(), name="leave"),
    path("people/<str:public_id>/cover/", people.Cover.as_view(), name="cover"),
    path("people/<str:public_id>/restrict/", people.Restrict.as_view(), name="restrict"),
    path("settings/", settings.Profile.as_view(), name="settings"),
    path("settings/calendar/", settings.calendar, name="calendar-feed"),
    path("settings/tokens/", settings.tokens, name="tokens"),
    path("settings/tokens/<str:public_id>/revoke/", settings.revoke, name="token-revoke"),
    path("calendars/", calendars.CalendarList.as_view(), name="calendars"),
    path("calendars/new/", calendars.AddCalendar.as_view(), name="calendar-new"),
    path("calendars/<str:public_id>/", calendars.calendar, name="calendar"),
    path("calendars/<str:public_id>/edit/", calendars.EditCalendar.as_view(), name="calendar-edit"),
    path("calendars/<str:public_id>/days/", calendars.SetDay.as_view(), name="calendar-day"),
    path("calendars/<str:public_id>/days/<str:day>/clear/", calendars.clear_day, name="calendar-day-clear"),
    path("calendars/<str:public_id>/calendar.ics", calendars.calendar_file, name="calendar-file"),
    path("work-activity/", work.WorkList.as_view(), name="work"),
    path("work-activity/bring/", work.BringFile.as_view(), name="work-bring"),
    path("work-activity/files/<str:public_id>/", work.file_done, name="work-done"),
    path("teams/", teams.TeamList.as_view(), name="teams"),
    path("teams/new/", teams.TeamPage.as_view(), name="team-new"),
    path("teams/<str:public_id>/", teams.team, name="team"),
    path("teams/<str:public_id>/edit/", teams.EditTeam.as_view(), name="team-edit"),
]
