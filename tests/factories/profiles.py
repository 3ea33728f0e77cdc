"""Logos and projects for tests, made by the portal's own acts."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Stakeholder
from stakeholders.logos.actions import set_logo
from stakeholders.logos.models import Logo
from stakeholders.projects.actions import add_project
from stakeholders.projects.models import Project
from tests.factories.news import picture
from tests.factories.stakeholders import member_of


def upload(size: tuple[int, int] = (300, 200), kind: str = "PNG", **how: Any) -> SimpleUploadedFile:
    content: BytesIO = picture(size, kind, **how)
    return SimpleUploadedFile(f"logo.{kind.lower()}", content.read())


def logo(stakeholder: Stakeholder) -> Logo:
    editor = member_of(stakeholder, MemberRole.EDITOR)
    return set_logo(stakeholder, actor=editor, upload=upload(), alt="A lamp")


def project_fields(**more: Any) -> dict[str, Any]:
    """What `add_project` takes: all of it empty but title and language."""
    empty = {"aim": "", "results": "", "starts": "", "ends": ""}
    lists: dict[str, list[Any]] = {"others": [], "countries": [], "partners": [], "links": []}
    return {"title": "Safe harbours", "language": "en", **empty, **lists, **more}


def project(stakeholder: Stakeholder, **more: Any) -> Project:
    return add_project(
        stakeholder, actor=member_of(stakeholder, MemberRole.EDITOR), answers=project_fields(**more)
    )
