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


def add_project(stakeholder: Stakeholder, *, actor: User, said: Mapping[str, Any]) -> Project:
    """`said`: title, language, aim, results; others (dicts of these four, in further languages); starts and
    ends (partial dates), countries (codes), partners (names), links (dicts of label and url).

    Raises DomainError with the fields that are wrong.
    """
    with transaction.atomic():
        kept = lock(stakeholder, actor, "stakeholders.change_stakeholder")
        _refuse_wrong(said)
        there = Project.objects.filter(stakeholder=kept)
        if there.count() >= MOST_PROJECTS:
            raise DomainError(_("There are %(most)s already. Remove one first.") % {"most": MOST_PROJECTS})
        last = there.aggregate(last=Max("position"))["last"]
        project = Project(stakeholder=kept, position=0 if last is None else last + 1)
        _write(project, said, actor)
        _noted(kept, actor, "stakeholders.project_added", project.pk)
    return project


def change_project(project: Project, *, actor: User, version: int, said: Mapping[str, Any]) -> Project:
    """`version` is the one that the page showed; WrongState where it has moved on."""
    with transaction.atomic():
        stakeholder, kept = _there(project, actor)
        refuse_saved_elsewhere(kept, version)
        _refuse_wrong(said)
        _write(kept, said, actor)
        _noted(stakeholder, actor, "stakeholders.project_changed", kept.pk)
    return kept


def remove_project(project: Project, *, actor: User, version: int | None = None) -> None:
    """`version`: where the person says which one they saw."""
    with transaction.atomic():
        stakeholder, kept = _there(project, actor)
        refuse_changed(kept, version)
        number = kept.pk
        kept.delete()
        _noted(stakeholder, actor, "stakeholders.project_removed", number)


def move_project(project: Project, *, actor: User, up: bool) -> None:
    """One place up or down; at the end of the list nothing happens."""
    with transaction.atomic():
        stakeholder, kept = _there(project, actor)
        rows = list(Project.objects.filter(stakeholder=stakeholder).in_order())
        at = rows.index(kept)
        to = at - 1 if up else at + 1
        if not 0 <= to < len(rows):
            return
        rows[at], rows[to] = rows[to], rows[at]
        for position, row in enumerate(rows):
            row.position = position
        Project.objects.bulk_update(rows, ["position"])
        DirectoryVersion.objects.bump()


def moderate_project(project: Project, name: str, *, actor: Any, reason: str = "", note: str = "") -> None:
    """Suspend, restore or remove it; the administrators are told why."""
    with transaction.atomic():
        stakeholder = hold(project.stakeholder_id)
        kept = lock(project, actor, permission(project, name))
        decision = move(kept, name, actor=actor, reason=reason, note=clean_block(note))
        index(stakeholder)
        DirectoryVersion.objects.bump()
        tell_whose_it_is(
            kept,
            decision,
            admins_of(stakeholder.pk),
            url_name="stakeholders:own_projects",
            url_args=[stakeholder.pk],
        )


def settle_projects(kept: Stakeholder, gone: Stakeholder) -> None:
    """Two become one: nobody is a partner in a project of their own, and a partner is named once."""
    both = (kept, gone)
    ProjectPartner.objects.filter(project__stakeholder__in=both, stakeholder__in=both).delete()
    named = ProjectPartner.objects.filter(stakeholder=kept).values("project")
    ProjectPartner.objects.filter(stakeholder=gone, project__in=named).delete()
    last = Project.objects.filter(stakeholder=kept).aggregate(last=Max("position"))["last"]
    for place, project in enumerate(
        Project.objects.filter(stakeholder=gone).in_order(), start=(last or 0) + 1
    ):
        project.position = place
        project.save(update_fields=["position"])


def _there(project: Project, actor: User) -> tuple[Stakeholder, Project]:
    stakeholder = lock(project.stakeholder, actor, "stakeholders.change_stakeholder")
    kept = Project.objects.visible_to(actor).filter(pk=project.pk).first()
    if kept is None:
        raise WrongState(_("This project is not there any more."))
    return stakeholder, kept


def _refuse_wrong(said: Mapping[str, Any]) -> None:
    wrong = {}
    codes = [said["language"], *(one["language"] for one in said["others"])]
    if len(set(codes)) < len(codes):
        wrong["others"] = _("There is a text in this language already. Keep one.")
    if said["starts"] and said["ends"] and first_day(said["starts"]) > last_day(said["ends"]):
        wrong["ends"] = _("The end is before the beginning.")
    if wrong:
        raise DomainError(" ".join(wrong.values()), fields=wrong)


def _write(project: Project, said: Mapping[str, Any], actor: User) -> None:
    project.starts, project.ends = said["starts"], said["ends"]
    project.version += 1
    project.save()
    project.countries.set(said["countries"])
    for model in (ProjectText, ProjectPartner, ProjectLink):
        model.objects.filter(project=project).delete()
    ProjectText.objects.bulk_create(
        ProjectText(
            project=project,
            language_id=one["language"],
            title=one["title"],
            aim=one["aim"],
            results=one["results"],
        )
        for one in (said, *said["others"])
    )
    names = list(dict.fromkeys(said["partners"]))
    entries = entries_named(actor, names, demo=project.stakeholder.is_demo)
    ProjectPartner.objects.bulk_create(
        ProjectPartner(project=project, name=name, stakeholder=_other(entries.get(name), project))
        for name in names
    )
    ProjectLink.objects.bulk_create(
        ProjectLink(project=project, label=one["label"], url=one["url"]) for one in said["links"]
    )


def _other(entry: Stakeholder | None, project: Project) -> Stakeholder | None:
    return None if entry is None or entry.pk == project.stakeholder_id else entry


def _noted(stakeholder: Stakeholder, actor: User, sentence: str, project: int) -> None:
    record(stakeholder, sentence, actor=actor, project=project)
    index(stakeholder)
    DirectoryVersion.objects.bump()
