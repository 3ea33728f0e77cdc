from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import path, register_converter, reverse_lazy
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from portal.articles import views as articles_views
from portal.countries import views as countries_views
from portal.desk import views as desk_views
from portal.facts import views as facts_views
from portal.first_steps import views as first_steps_views
from portal.help import views as help_views
from portal.home import views as home_views
from portal.open_data import views as open_data_views
from portal.opportunities import views as opportunities_views
from portal.pages import views as pages_views
from portal.pages.enums import SLUGS
from portal.roles import views as roles_views
from portal.search import views as search_views
from portal.style_guide import views as style_guide_views
from portal.team_messages import views as team_messages_views
from portal.usage import views as usage_views


class PageSlug:
    regex = "|".join(SLUGS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PageSlug, "page_slug")


def leads_to(name: str, *args: str) -> Any:
    """An address that people guess, and where they meant to go, for good."""
    view = RedirectView.as_view(url=reverse_lazy(name, args=args), query_string=True, permanent=True)
    return login_not_required(require_safe(view))


app_name = "portal"
urlpatterns = [
    path("", home_views.home, name="home"),
    path("search/", search_views.search, name="search"),
    path("search/suggest/", search_views.suggest, name="search_suggest"),
    path("desk/search/", search_views.desk, name="search_desk"),
    path("opportunities/", opportunities_views.opportunity_list, name="opportunities"),
    path("opportunities/closings.ics", opportunities_views.closings_file, name="closings"),
    path("opportunities/opportunities.atom", opportunities_views.feed, name="opportunities_feed"),
    path("statistics/", home_views.statistics, name="statistics"),
    path("me/", home_views.me, name="me"),
    path("start/", desk_views.start, name="start"),
    path("first-steps/<slug:steps>/hide/", first_steps_views.hide, name="hide_steps"),
    path("countries/", countries_views.country_list, name="countries"),
    path("countries/<iso3:iso3>/", countries_views.country, name="country"),
    path("countries/<iso3:iso3>/card-<slug:version>.png", countries_views.country_card, name="country_card"),
    path("countries/<str:name>/", countries_views.country_by_name, name="country_by_name"),
    path("library/", leads_to("resources:list"), name="library"),
    path("focal-points/", leads_to("regional:focal_points"), name="focal_points"),
    path("organizations/", leads_to("stakeholders:list"), name="organizations"),
    path("contact-us/", leads_to("portal:page", "contact"), name="contact_us"),
    path("contact/message/", team_messages_views.write, name="write_to_team"),
    path("contact/message/<slug:reference>/", team_messages_views.receipt, name="team_message"),
    path("desk/messages/", team_messages_views.message_list, name="team_messages"),
    path("desk/messages/<int:pk>/", team_messages_views.message_page, name="desk_team_message"),
    path("desk/messages/<int:pk>/<slug:name>/", team_messages_views.move, name="move_team_message"),
    path("desk/roles/", roles_views.role_list, name="roles"),
    path("desk/roles/give/", roles_views.give_role, name="give_role"),
    path("desk/roles/people/<int:pk>/", roles_views.person_roles, name="person_roles"),
    path("desk/roles/<int:pk>/confirm/", roles_views.confirm_role, name="confirm_role"),
    path("desk/roles/<int:pk>/end/", roles_views.end_role, name="end_role"),
    path("faq/", leads_to("portal:help"), name="faq"),
    path("how-it-works/", leads_to("portal:help"), name="how_it_works"),
    path("help/", help_views.help_index, name="help"),
    path("help/<slug:code>/", help_views.help_page, name="help_page"),
    path("help/cards/<slug:role>.pdf", help_views.help_card, name="help_card"),
    path("articles/", articles_views.article_list, name="articles"),
    path("articles/<slug:instrument>/<int:number>/", articles_views.article, name="article"),
    path("desk/", desk_views.desk, name="desk"),
    path("desk/figures/", desk_views.figures, name="desk_figures"),
    path("open-data/", open_data_views.open_data, name="open_data"),
    path("desk/usage/", usage_views.usage, name="usage"),
    path("desk/usage.<table:form>", usage_views.usage_table, name="usage_table"),
    path("desk/usage/<int:year>.xlsx", usage_views.year_sheet, name="usage_year"),
    path("me/usage/", usage_views.own, name="own_usage"),
    path("out/resource/<int:pk>/", usage_views.to_resource, name="outgoing_resource"),
    path("out/stakeholder/<int:pk>/", usage_views.to_stakeholder, name="outgoing_stakeholder"),
    path("about/programme/", facts_views.programme, name="programme"),
    path("<page_slug:slug>/", pages_views.page, name="page"),
]
if settings.DEV_PAGES:
    urlpatterns += [path("dev/components/", style_guide_views.components, name="components")]
