"""What the demonstration adds to the news. Everything begins with "Demo"; nobody gets mail of it."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.functions import Now
from django.utils.timezone import now
from PIL import Image, ImageDraw

from audit.actions import record
from news.curation.actions import publish_story, return_story
from news.images.actions import add_image
from news.newsletter.enums import IssueState
from news.newsletter.models import Issue, IssueItem, IssueSection
from news.newsletter.queries import VISITOR, current_texts
from news.stories.actions import begin_version, draft_story, save_story, submit_story
from news.stories.models import Story
from search.models import Document
from stakeholders.entries.models import Stakeholder

COAST = """Demo: for three days, fishers, customs officers and students walked the same coast.

## What we tried

- one telephone number for everybody who sees something
- **one form** in three languages

[image 1]

## What we learnt

Those who know the coast best are the last to be asked."""


def load_demo_stories(people: dict[str, Any]) -> None:
    """Safe to run twice."""
    if Story.objects.filter(is_demo=True).exists():
        return
    _of_the_desk(people["curation"])
    watch = Stakeholder.objects.filter(name="Demo Coastal Watch").first()
    if watch is not None:
        _of_a_stakeholder(watch, people)


def _of_the_desk(desk: Any) -> None:
    first = draft_story(
        actor=desk,
        by_desk=True,
        values={
            "title": "Demo story: how to write for this page",
            "language_id": "en",
            "summary": "Demo: what makes a story that others can use.",
            "text": "Demo: say *what* you did, *where*, and what somebody else could take from it.",
            "topics": ["corruption"],
        },
    )
    publish_story(first, actor=desk)
    french = begin_version(first, actor=desk, language="fr")
    french = save_story(
        french,
        actor=desk,
        version=french.version,
        values={
            "title": "Demo : comment écrire pour cette page",
            "summary": "Demo : ce qui fait un récit utile aux autres.",
            "text": "Demo : dites ce que vous avez fait, où, et ce que d'autres peuvent en tirer.",
        },
    )
    publish_story(french, actor=desk)
    coming = draft_story(
        actor=desk,
        by_desk=True,
        values={
            "title": "Demo story: public in a week",
            "language_id": "en",
            "summary": "Demo: it waits for its instant.",
            "text": "Demo: nobody can read this yet.",
        },
    )
    publish_story(coming, actor=desk, at=now() + timedelta(days=7), zone="Europe/Vienna")


def _of_a_stakeholder(watch: Stakeholder, people: dict[str, Any]) -> None:
    """One that is public, one that waits for the desk, one that came back with questions, one in draft."""
    member, desk = people["admin"], people["curation"]
    for title, until in (
        ("Demo story: three days on the coast", "published"),
        ("Demo story: a form in three languages", "pending"),
        ("Demo story: who answers the telephone", "returned"),
        ("Demo story: not finished", "draft"),
    ):
        story = draft_story(
            actor=member,
            stakeholder=watch,
            values={
                "title": title,
                "language_id": "en",
                "text": COAST,
                "summary": "Demo: what happens when those who know a coast are asked.",
                "topics": ["piracy-and-maritime-crime"],
            },
        )
        if until == "draft":
            continue
        if until == "published":
            words = {"alt": "Demo: a beach seen from above, half sand, half sea", "credit": "Demo, CC0"}
            add_image(story, actor=member, upload=_beach(), words=words)
        submit_story(story, actor=member)
        if until == "published":
            publish_story(story, actor=desk)
        elif until == "returned":
            return_story(story, actor=desk, questions={"text": "Demo: who said that?"})


def _beach() -> SimpleUploadedFile:
    """Drawn here, so that nobody's rights are touched."""
    image = Image.new("RGB", (1200, 630), "#dcc48e")
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, 330), (420, 260), (800, 340), (1200, 240), (1200, 630), (0, 630)], fill="#2f7f9f")
    draw.line([(0, 330), (420, 260), (800, 340), (1200, 240)], fill="#ffffff", width=14)
    to = BytesIO()
    image.save(to, "PNG")
    return SimpleUploadedFile("demo-beach.png", to.getvalue(), "image/png")


# -----------------------------------------------------------------------------------------------------
# What the demonstration adds: one issue that has left, with demonstration items. Nobody gets mail of it.

MOST = 3


def load_demo_newsletter(people: dict[str, Any]) -> None:
    """Safe to run twice."""
    if Issue.objects.filter(is_demo=True).exists():
        return
    issue = Issue.objects.create(
        state=IssueState.SENT,
        is_demo=True,
        started_at=now() - timedelta(days=9),
        ended_at=Now(),
        counted_at=Now(),
        all_written=True,
        texts={
            "en": {
                "title": "Demo newsletter: who is new, and what is coming",
                "intro": "Demo: an issue made up to show the newsletter. It was sent to nobody.",
            },
            "fr": {
                "title": "Demo : lettre d’information, les nouveaux venus et la suite",
                "intro": "Demo : un numéro inventé pour montrer la lettre. Il n’a été envoyé à personne.",
            },
        },
    )
    desk = people["curation"]
    record(issue, "news.issue.made", actor=desk)
    record(issue, "news.issue.approved", actor=people["head"])
    record(issue, "news.issue.started", actor=None)
    record(issue, "news.issue.sent", actor=None)
    headings = (
        ("events.event", {"en": "What is coming", "fr": "À venir"}),
        ("stakeholders.stakeholder", {"en": "Who is new", "fr": "Les nouveaux venus"}),
    )
    for position, (kind, titles) in enumerate(headings, 1):
        section = IssueSection.objects.create(issue=issue, position=position, titles=titles)
        rows = Document.objects.visible_to(VISITOR).filter(kind=kind, title__startswith="Demo").order_by("pk")
        ids = list(dict.fromkeys(rows.values_list("object_id", flat=True)[: MOST * 3]))[:MOST]
        for place, (pk, texts) in enumerate(sorted(current_texts(kind, ids).items()), 1):
            IssueItem.objects.create(
                issue=issue, section=section, position=place, kind=kind, object_id=pk, texts=texts
            )
