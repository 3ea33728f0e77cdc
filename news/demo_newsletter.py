"""What the demonstration adds: one issue that has left, with demonstration items. Nobody gets mail of it."""

from datetime import timedelta
from typing import Any

from django.db.models.functions import Now
from django.utils.timezone import now

from news.enums.newsletters import IssueState
from news.models import Issue, IssueItem, IssueSection
from news.queries.newsletter_picking import VISITOR, frozen
from search.models import Document

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
    headings = (
        ("events.event", {"en": "What is coming", "fr": "À venir"}),
        ("stakeholders.stakeholder", {"en": "Who is new", "fr": "Les nouveaux venus"}),
    )
    for position, (kind, titles) in enumerate(headings, 1):
        section = IssueSection.objects.create(issue=issue, position=position, titles=titles)
        found = (
            Document.objects.visible_to(VISITOR).filter(kind=kind, title__startswith="Demo").order_by("pk")
        )
        ids = list(dict.fromkeys(found.values_list("object_id", flat=True)[: MOST * 3]))[:MOST]
        for place, (pk, texts) in enumerate(sorted(frozen(kind, ids).items()), 1):
            IssueItem.objects.create(
                issue=issue, section=section, position=place, kind=kind, object_id=pk, texts=texts
            )
