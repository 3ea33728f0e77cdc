"""Projects: added, changed, put in order and removed by the people of the profile; hidden by the desk."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.partial_dates import first_day, last_day
from core.text import clean_block
from search.actions import index
from stakeholders.entries.actions import hold
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.entries.queries import admins_of, entries_named
from stakeholders.moderation.actions import tell_whose_it_is
from stakeholders.projects.enums import MOST_PROJECTS
from stakeholders.projects.models import Project, ProjectLink, ProjectPartner, ProjectText
from workflow.moves.actions import lock, move, refuse_changed, refuse_saved_elsewhere
from workflow.moves.enums import permission


def add_project(stakeholder: Stakeholder, *, actor: User, answers: Mapping[str, Any]) -> Project:
    """Add a project to a profile, as the last one.

    `answers`: title, language, aim, results; others (dicts of these four, in further languages); starts and
    ends (partial dates), countries (codes), partners (names), links (dicts of label and url).

    Raises DomainError with the fields that are wrong.
    """
    with transaction.atomic():
        locked_entry = lock(stakeholder, actor, "stakeholders.change_stakeholder")
        _refuse_wrong(answers)
        projects = Project.objects.filter(stakeholder=locked_entry)
        if projects.count() >= MOST_PROJECTS:
            raise DomainError(_("There are %(most)s already. Remove one first.") % {"most": MOST_PROJECTS})
        last = projects.aggregate(last=Max("position"))["last"]
        project = Project(stakeholder=locked_entry, position=0 if last is None else last + 1)
        _write(project, answers, actor)
        _record_change(locked_entry, actor, "stakeholders.project_added", project.pk)
    return project


def change_project(project: Project, *, actor: User, version: int, answers: Mapping[str, Any]) -> Project:
    """Change a project. `version` is the one that the page showed; WrongState where there is a newer one."""
    with transaction.atomic():
        stakeholder, stored_project = _lock_project(project, actor)
        refuse_saved_elsewhere(stored_project, version)
        _refuse_wrong(answers)
        _write(stored_project, answers, actor)
        _record_change(stakeholder, actor, "stakeholders.project_changed", stored_project.pk)
    return stored_project


def remove_project(project: Project, *, actor: User, version: int | None = None) -> None:
    """Remove a project. `version`: the one that the person saw, where it is known."""
    with transaction.atomic():
        stakeholder, stored_project = _lock_project(project, actor)
        refuse_changed(stored_project, version)
        number = stored_project.pk
        stored_project.delete()
        _record_change(stakeholder, actor, "stakeholders.project_removed", number)


def move_project(project: Project, *, actor: User, up: bool) -> None:
    """Move a project one place up or down; at the end of the list nothing happens."""
    with transaction.atomic():
        stakeholder, stored_project = _lock_project(project, actor)
        rows = list(Project.objects.filter(stakeholder=stakeholder).in_order())
        at = rows.index(stored_project)
        to = at - 1 if up else at + 1
        if not 0 <= to < len(rows):
            return
        rows[at], rows[to] = rows[to], rows[at]
        for position, row in enumerate(rows):
            row.position = position
        Project.objects.bulk_update(rows, ["position"])
        DirectoryVersion.objects.bump()


def moderate_project(project: Project, name: str, *, actor: Any, reason: str = "", note: str = "") -> None:
    """Suspend, restore or remove a project, and tell the administrators why."""
    with transaction.atomic():
        stakeholder = hold(project.stakeholder_id)
        locked_project = lock(project, actor, permission(project, name))
        decision = move(locked_project, name, actor=actor, reason=reason, note=clean_block(note))
        index(stakeholder)
        DirectoryVersion.objects.bump()
        tell_whose_it_is(
            locked_project,
            decision,
            admins_of(stakeholder.pk),
            url_name="stakeholders:own_projects",
            url_args=[stakeholder.pk],
        )


def settle_projects(remaining: Stakeholder, gone: Stakeholder) -> None:
    """Remove partners that would be the owner or be named twice, and append the projects of `gone`."""
    both = (remaining, gone)
    ProjectPartner.objects.filter(project__stakeholder__in=both, stakeholder__in=both).delete()
    named = ProjectPartner.objects.filter(stakeholder=remaining).values("project")
    ProjectPartner.objects.filter(stakeholder=gone, project__in=named).delete()
    last = Project.objects.filter(stakeholder=remaining).aggregate(last=Max("position"))["last"]
    for place, project in enumerate(
        Project.objects.filter(stakeholder=gone).in_order(), start=(last or 0) + 1
    ):
        project.position = place
        project.save(update_fields=["position"])


def _lock_project(project: Project, actor: User) -> tuple[Stakeholder, Project]:
    stakeholder = lock(project.stakeholder, actor, "stakeholders.change_stakeholder")
    stored_project = Project.objects.visible_to(actor).filter(pk=project.pk).first()
    if stored_project is None:
        raise WrongState(_("This project is not there any more."))
    return stakeholder, stored_project


def _refuse_wrong(answers: Mapping[str, Any]) -> None:
    wrong = {}
    codes = [answers["language"], *(text["language"] for text in answers["others"])]
    if len(set(codes)) < len(codes):
        wrong["others"] = _("There is a text in this language already. Keep one.")
    if answers["starts"] and answers["ends"] and first_day(answers["starts"]) > last_day(answers["ends"]):
        wrong["ends"] = _("The end is before the beginning.")
    if wrong:
        raise DomainError(" ".join(wrong.values()), fields=wrong)


def _write(project: Project, answers: Mapping[str, Any], actor: User) -> None:
    project.starts, project.ends = answers["starts"], answers["ends"]
    project.version += 1
    project.save()
    project.countries.set(answers["countries"])
    for model in (ProjectText, ProjectPartner, ProjectLink):
        model.objects.filter(project=project).delete()
    ProjectText.objects.bulk_create(
        ProjectText(
            project=project,
            language_id=text["language"],
            title=text["title"],
            aim=text["aim"],
            results=text["results"],
        )
        for text in (answers, *answers["others"])
    )
    names = list(dict.fromkeys(answers["partners"]))
    entries = entries_named(actor, names, demo=project.stakeholder.is_demo)
    ProjectPartner.objects.bulk_create(
        ProjectPartner(project=project, name=name, stakeholder=_other_entry(entries.get(name), project))
        for name in names
    )
    ProjectLink.objects.bulk_create(
        ProjectLink(project=project, label=link["label"], url=link["url"]) for link in answers["links"]
    )


def _other_entry(entry: Stakeholder | None, project: Project) -> Stakeholder | None:
    return None if entry is None or entry.pk == project.stakeholder_id else entry


def _record_change(stakeholder: Stakeholder, actor: User, sentence: str, project: int) -> None:
    record(stakeholder, sentence, actor=actor, project=project)
    index(stakeholder)
    DirectoryVersion.objects.bump()
