"""A profile that shows all that one can: a logo, projects, a second language, publications, a person."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from accounts.people.models import User
from stakeholders.changes import actions as changes_actions
from stakeholders.entries.models import Stakeholder
from stakeholders.logos.actions import set_logo
from stakeholders.logos.models import Logo
from stakeholders.members.actions import show_on_profile
from stakeholders.projects.actions import add_project
from stakeholders.projects.models import Project

ANSWERS: dict[str, Any] = {
    "works_in": ["KEN", "TZA", "MOZ", "MDG"],
    "languages": ["en", "sw", "ar"],
    "engagement_areas": [],
    "missions": [
        {"language": "ar", "text": "نوثّق الصيد غير المشروع ومن يقف وراءه، وندرّب المجتمعات الساحلية."},
        {
            "language": "fr",
            "text": "Nous documentons la pêche illicite et ceux qui en tirent profit, et nous formons les "
            "communautés côtières.",
        },
    ],
    "publications": [
        {"title": "Demo: Ten years of watching a coast", "year": "2025", "url": "https://demo.example/coast"},
        {"title": "Demo: Boats without names", "year": "2023", "url": "https://demo.example/boats"},
    ],
}
PROJECTS: tuple[dict[str, Any], ...] = (
    {
        "title": "Demo: Eyes on the harbour",
        "language": "en",
        "aim": "Forty volunteers in eight harbours learn to record landings, so that prosecutors can use "
        "what they have seen.",
        "results": "Eight harbours keep a common record. Two cases came to court in 2025.",
        "starts": "2024-03",
        "ends": "2026-12",
        "countries": ["KEN", "TZA"],
        "partners": ["Demo Safe Harbour Network", "Demo College of Fisheries"],
        "links": [{"label": "Demo: Final report of the first phase", "url": "https://demo.example/harbour"}],
        "others": [
            {
                "language": "ar",
                "title": "تجريبي: عيون على الميناء",
                "aim": "يتعلّم أربعون متطوعاً في ثمانية موانئ تسجيل عمليات الإنزال.",
                "results": "",
            }
        ],
    },
    {
        "title": "Demo: Radio for fishing crews",
        "language": "en",
        "aim": "A weekly programme in Swahili tells crews of their rights and of recruiters who cheat.",
        "results": "",
        "starts": "2022",
        "ends": "2023-06",
        "countries": ["KEN"],
        "partners": [],
        "links": [],
        "others": [],
    },
)


def load_profile(people: dict[str, User], entries: dict[str, Stakeholder]) -> None:
    """Each part once; what people have made of it since is left alone."""
    watch = entries.get("Demo Coastal Watch")
    if watch is None or Logo.objects.filter(stakeholder=watch).exists():
        return
    admin = people["admin"]
    changes_actions.edit(watch, actor=admin, version=watch.updated_at, answers=ANSWERS)
    set_logo(watch, actor=admin, upload=_drawn_logo(), alt="Demo: two waves under a sun")
    if not Project.objects.filter(stakeholder=watch).exists():
        for project in PROJECTS:
            add_project(watch, actor=admin, answers=project)
    show_on_profile(watch, actor=admin, is_shown=True, position="Demo director")


def _drawn_logo() -> SimpleUploadedFile:
    """Return a picture of a sun over two waves, drawn here so that no rights are in it."""
    image = Image.new("RGB", (512, 512), "#ffffff")
    draw = ImageDraw.Draw(image)
    draw.ellipse((166, 90, 346, 270), fill="#ffc845")
    for top, colour in ((250, "#009edb"), (330, "#0b3954")):
        for left in range(40, 472, 144):
            draw.pieslice((left, top, left + 144, top + 120), 0, 180, fill=colour)
    to = BytesIO()
    image.save(to, "PNG")
    return SimpleUploadedFile("demo-logo.png", to.getvalue(), "image/png")
