"""The pages of contests. The contest's own page is in `awards/overview/`: it looks into every room."""

from django.urls import path, re_path

from awards.contests.views import concept, contest, plan, questions

_ONE = "contests/<slug:slug>/"

urlpatterns = [
    path("contests/", contest.ContestList.as_view(), name="contests"),
    path("contests/new/", contest.NewContest.as_view(), name="contest-new"),
    path("contests/colleagues/", contest.colleagues, name="contest-colleagues"),
    path(f"{_ONE}settings/", contest.Settings.as_view(), name="contest-settings"),
    path(f"{_ONE}texts/", contest.Texts.as_view(), name="contest-texts"),
    path(f"{_ONE}cancel/", contest.Cancel.as_view(), name="contest-cancel"),
    path(f"{_ONE}to-draft/", contest.ToDraft.as_view(), name="contest-to-draft"),
    path(f"{_ONE}close-early/", contest.CloseEarly.as_view(), name="contest-close-early"),
    path(f"{_ONE}reopen/", contest.Reopen.as_view(), name="contest-reopen"),
    re_path(
        r"^contests/(?P<slug>[-\w]+)/step/(?P<verb>announce|open|close|screen)/$", contest.step, name="contest-step"
    ),
    path(f"{_ONE}plan/", plan.plan_page, name="contest-plan"),
    path(f"{_ONE}plan/new/", plan.NewItem.as_view(), name="plan-new"),
    path(f"{_ONE}plan/<str:public_id>/", plan.EditItem.as_view(), name="plan-edit"),
    re_path(
        r"^contests/(?P<slug>[-\w]+)/plan/(?P<public_id>\w+)/(?P<verb>done|undo|remove)/$",
        plan.plan_verb,
        name="plan-verb",
    ),
    path(f"{_ONE}team/new/", plan.NewMember.as_view(), name="member-new"),
    path(f"{_ONE}team/<int:pk>/remove/", plan.member_remove, name="member-remove"),
    path(f"{_ONE}concept/", concept.concept_page, name="contest-concept"),
    path(f"{_ONE}names/", concept.idea_new, name="idea-new"),
    re_path(
        r"^contests/(?P<slug>[-\w]+)/names/(?P<public_id>\w+)/(?P<verb>vote|unvote|drop|take)/$",
        concept.idea_verb,
        name="idea-verb",
    ),
    path(f"{_ONE}categories/new/", concept.CategoryPage.as_view(), name="category-new"),
    path(f"{_ONE}categories/<str:public_id>/", concept.CategoryPage.as_view(), name="category-edit"),
    path(f"{_ONE}prizes/new/", concept.PrizePage.as_view(), name="prize-new"),
    path(f"{_ONE}prizes/<str:public_id>/", concept.PrizePage.as_view(), name="prize-edit"),
    path(f"{_ONE}sponsors/new/", concept.SponsorPage.as_view(), name="sponsor-new"),
    path(f"{_ONE}sponsors/<str:public_id>/", concept.SponsorPage.as_view(), name="sponsor-edit"),
    re_path(
        r"^contests/(?P<slug>[-\w]+)/(?P<kind>categories|prizes|sponsors)/(?P<public_id>\w+)/remove/$",
        concept.part_remove,
        name="part-remove",
    ),
    path(f"{_ONE}questions/", questions.questions_page, name="contest-questions"),
    path(f"{_ONE}questions/ask/", questions.ask, name="question-ask"),
    path(f"{_ONE}questions/<str:public_id>/", questions.Answer.as_view(), name="question-answer"),
    re_path(
        r"^contests/(?P<slug>[-\w]+)/questions/(?P<public_id>\w+)/(?P<verb>first|remove)/$",
        questions.question_verb,
        name="question-verb",
    ),
]
