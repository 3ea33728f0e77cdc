from django.urls import URLPattern, path, re_path

from coordination.views import network_members as members
from coordination.views import network_plans as plans
from coordination.views import networks

app_name = "networks"
urlpatterns: list[URLPattern] = [
    path("", networks.network_list, name="list"),
    path("own/", networks.own, name="own"),
    path("desk/", networks.desk, name="desk"),
    path("new/", networks.begin, name="new"),
    path("<int:pk>/", networks.by_number, name="by_number"),
    path("<int:pk>-<slug:slug>/", networks.network_page, name="network"),
    path("<int:pk>/edit/", networks.edit, name="edit"),
    re_path(r"^(?P<pk>\d{1,9})/(?P<name>end|reopen)/$", networks.end, name="end"),
    # members
    path("<int:pk>/join/", members.join, name="join"),
    path("<int:pk>/members/", members.members, name="members"),
    path("memberships/<int:pk>/", members.membership, name="membership"),
    path("memberships/<int:pk>/role/", members.role, name="membership_role"),
    path("memberships/<int:pk>/<slug:name>/", members.move, name="membership_move"),
    # announcements, meetings, documents
    path("<int:pk>/announce/", networks.announce, name="announce"),
    path("<int:pk>/announcements/", networks.announcements, name="announcements"),
    path("announcements/<int:pk>/", networks.announcement, name="announcement"),
    path("<int:pk>/meetings/add/", networks.add_meeting, name="add_meeting"),
    path("meetings/<int:pk>/remove/", networks.remove_meeting, name="remove_meeting"),
    path("<int:pk>/documents/add/", networks.add_document, name="add_document"),
    path("documents/<int:pk>/remove/", networks.remove_document, name="remove_document"),
    # plans
    path("<int:pk>/plans/new/", plans.begin, name="new_plan"),
    path("plans/<int:pk>/", plans.plan_page, name="plan"),
    path("plans/<int:pk>/edit/", plans.edit, name="edit_plan"),
    path("plans/<int:pk>/goals/new/", plans.goal, name="new_goal"),
    path("plans/<int:pk>/goals/<int:one>/", plans.goal, name="goal"),
    path("plans/<int:pk>/goals/<int:one>/remove/", plans.remove_goal, name="remove_goal"),
    path("plans/<int:pk>/goals/<int:one>/add/", plans.add_step, name="new_step"),
    path("steps/<int:pk>/", plans.step_page, name="step"),
    path("steps/<int:pk>/edit/", plans.edit_step, name="edit_step"),
    path("steps/<int:pk>/remove/", plans.remove_step, name="remove_step"),
    path("steps/<int:pk>/<slug:name>/", plans.move_step, name="move_step"),
]
