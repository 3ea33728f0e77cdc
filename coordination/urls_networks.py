from django.urls import URLPattern, path, re_path

from coordination.announcements import views as announcements_views
from coordination.networks import views as networks_views
from coordination.networks import views_members as networks_views_members
from coordination.plans import views as plans_views

app_name = "networks"
urlpatterns: list[URLPattern] = [
    path("", networks_views.network_list, name="list"),
    path("own/", networks_views.own, name="own"),
    path("desk/", networks_views.desk, name="desk"),
    path("new/", networks_views.begin, name="new"),
    path("<int:pk>/", networks_views.by_number, name="by_number"),
    path("<int:pk>-<slug:slug>/", networks_views.network_page, name="network"),
    path("<int:pk>/edit/", networks_views.edit, name="edit"),
    re_path(r"^(?P<pk>\d{1,9})/(?P<name>end|reopen)/$", networks_views.end, name="end"),
    # members
    path("<int:pk>/join/", networks_views_members.join, name="join"),
    path("<int:pk>/members/", networks_views_members.members, name="members"),
    path("memberships/<int:pk>/", networks_views_members.membership, name="membership"),
    path("memberships/<int:pk>/role/", networks_views_members.role, name="membership_role"),
    path("memberships/<int:pk>/<slug:name>/", networks_views_members.move, name="membership_move"),
    # announcements, meetings, documents
    path("<int:pk>/announce/", announcements_views.announce, name="announce"),
    path("<int:pk>/announcements/", announcements_views.announcements, name="announcements"),
    path("announcements/<int:pk>/", announcements_views.announcement, name="announcement"),
    path("<int:pk>/meetings/add/", announcements_views.add_meeting, name="add_meeting"),
    path("meetings/<int:pk>/remove/", announcements_views.remove_meeting, name="remove_meeting"),
    path("<int:pk>/documents/add/", announcements_views.add_document, name="add_document"),
    path("documents/<int:pk>/remove/", announcements_views.remove_document, name="remove_document"),
    # plans
    path("<int:pk>/plans/new/", plans_views.begin, name="new_plan"),
    path("plans/<int:pk>/", plans_views.plan_page, name="plan"),
    path("plans/<int:pk>/edit/", plans_views.edit, name="edit_plan"),
    path("plans/<int:pk>/goals/new/", plans_views.goal, name="new_goal"),
    path("plans/<int:pk>/goals/<int:goal_pk>/", plans_views.goal, name="goal"),
    path("plans/<int:pk>/goals/<int:goal_pk>/remove/", plans_views.remove_goal, name="remove_goal"),
    path("plans/<int:pk>/goals/<int:goal_pk>/add/", plans_views.add_step, name="new_step"),
    path("steps/<int:pk>/", plans_views.step_page, name="step"),
    path("steps/<int:pk>/edit/", plans_views.edit_step, name="edit_step"),
    path("steps/<int:pk>/remove/", plans_views.remove_step, name="remove_step"),
    path("steps/<int:pk>/<slug:name>/", plans_views.move_step, name="move_step"),
]
