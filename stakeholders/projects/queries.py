"""Projects of a stakeholder as its readers see them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, QuerySet, Value, Window
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext as _

from core.partial_dates import date_text
from core.personal_data import DataField, data_field, data_fields
from core.subqueries import exists_in
from stakeholders.entries.models import Stakeholder
from stakeholders.projects.models import Project, ProjectLink, ProjectPartner, ProjectText
from taxonomy.names.models import name_of
from taxonomy.names.sorting import content_language


class ShownProject(NamedTuple):
    """Texts: {language, language_name, title, aim, results}; partners: {name, pk, slug}, without the last two
    where it has no profile; links: {label, url}.
    """

    pk: int
    status: str
    text: dict[str, str]
    others: list[dict[str, str]]
    when: str
    countries: list[str]
    partners: list[dict[str, Any]]
    links: list[dict[str, str]]
    total: int


def projects_of(user: Any, stakeholder: Stakeholder) -> "QuerySet[Project]":
    """Return the projects in order, with all that `shown_projects` needs."""
    rows = Project.objects.visible_to(user).filter(stakeholder=stakeholder).in_order()
    return with_parts(user, rows).annotate(total=Window(Count("pk")))


def with_parts(user: Any, rows: "QuerySet[Project]") -> "QuerySet[Project]":
    """Add texts, links and names of countries and partners, as far as `user` may see those."""
    texts = ProjectText.objects.filter(project=OuterRef("pk")).order_by("pk")
    links = ProjectLink.objects.filter(project=OuterRef("pk")).order_by("pk")
    countries = Project.countries.through.objects.filter(project=OuterRef("pk"))
    visible_partner = Q(stakeholder=None) | exists_in(Stakeholder.objects.visible_to(user), "stakeholder")
    partners = ProjectPartner.objects.filter(visible_partner, project=OuterRef("pk")).order_by("pk")
    return rows.annotate(
        its_texts=ArraySubquery(
            texts.values(
                json=JSONObject(
                    language="language_id",
                    language_name=name_of("language"),
                    title="title",
                    aim="aim",
                    results="results",
                )
            )
        ),
        its_links=ArraySubquery(links.values(json=JSONObject(label="label", url="url"))),
        its_countries=ArraySubquery(
            countries.order_by(f"country__sort_{content_language()}").values(label=name_of("country"))
        ),
        its_partners=ArraySubquery(
            partners.values(
                json=JSONObject(
                    # Under the name that it has now.
                    name=Coalesce("stakeholder__name", "name"),
                    pk="stakeholder_id",
                    slug=Coalesce("stakeholder__slug", Value("")),
                )
            )
        ),
    )


def shown_projects(rows: Any) -> list[ShownProject]:
    """Return rows of `projects_of`, each with its text in the language in use, else in its own."""
    language = content_language()
    return [_shown_project(row, language) for row in rows]


def _shown_project(row: Any, language: str) -> ShownProject:
    texts = list(row.its_texts)
    text = next((its_text for its_text in texts if its_text["language"] == language), texts[0])
    return ShownProject(
        row.pk,
        row.status,
        text,
        [other_text for other_text in texts if other_text is not text],
        when(row.starts, row.ends),
        list(row.its_countries),
        list(row.its_partners),
        list(row.its_links),
        row.total,
    )


def when(starts: str, ends: str) -> str:
    """Return the time of a project as people read it; "" where none is known."""
    since, until = date_text(starts), date_text(ends)
    if since and until:
        return since if since == until else _("%(start)s – %(end)s") % {"start": since, "end": until}
    if since:
        return _("since %(date)s") % {"date": since}
    return _("until %(date)s") % {"date": until} if until else ""


def words_of(ids: Any) -> "QuerySet[ProjectText, Any]":
    """Return (stakeholder, title, aim, results) of what is shown, for the index."""
    rows = ProjectText.objects.filter(
        project__stakeholder__in=ids, project__in=Project.objects.shown().values("pk")
    )
    return rows.order_by("pk").values_list(F("project__stakeholder"), "title", "aim", "results")


def answers_of(project: Project) -> dict[str, Any]:
    """Return the answers of a project, as `add_project` takes them."""
    texts = list(project.texts.values("language", "title", "aim", "results"))
    return {
        **texts[0],
        "others": texts[1:],
        "starts": project.starts,
        "ends": project.ends,
        "countries": sorted(project.countries.values_list("pk", flat=True)),
        "partners": list(project.partners.values_list("name", flat=True)),
        "links": list(project.links.values("label", "url")),
    }


def project_data(stakeholder: Stakeholder) -> Iterator[list[DataField]]:
    """Yield the projects for the dossier."""
    for project in Project.objects.filter(stakeholder=stakeholder).in_order():
        answers = answers_of(project)
        texts = [{key: answers[key] for key in ("language", "title", "aim", "results")}, *answers["others"]]
        yield [
            data_field("project", _("project"), project.pk),
            *data_fields(project, "starts", "ends", "countries", "status"),
            data_field("texts", _("Texts"), texts),
            data_field("partners", _("Partners"), answers["partners"]),
            data_field("links", _("Links"), answers["links"]),
        ]
