"""Projects in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from api.hooks import resources
from audit.enums import Audience
from audit.hooks import sentence
from stakeholders.hooks import Reportable, by_desk_moves, reportable, sentences_of
from stakeholders.projects.actions import moderate_project
from stakeholders.projects.api import ProjectResource
from stakeholders.projects.api_own import OwnProjectResource
from stakeholders.projects.enums import PROJECT
from stakeholders.projects.models import Project
from workflow.hooks import parties_on

for _name, _text in (
    ("stakeholders.project_added", _("%(actor)s added a project")),
    ("stakeholders.project_changed", _("%(actor)s changed a project")),
    ("stakeholders.project_removed", _("%(actor)s removed a project")),
):
    sentence(_name, _text, audience=Audience.SUBJECT)
sentences_of(PROJECT)


def _find_project(user: Any, pk: int) -> Project | None:
    return Project.objects.visible_to(user).select_related("stakeholder").filter(pk=pk).first()


def _parties(project: Project) -> set[str]:
    return {f"stakeholder:{project.stakeholder_id}"}


parties_on.register(PROJECT, _parties)
reportable.register(
    PROJECT,
    Reportable(
        label=_("Project of a stakeholder"),
        find=_find_project,
        stakeholder_of=lambda project: project.stakeholder,
        roles=(Role.VETTING,),
        **by_desk_moves(moderate_project),
    ),
)

resources.register("projects", ProjectResource)
resources.register("me/projects", OwnProjectResource)
