"""What an application lacks and what is sent; institutions of a public register to fill it in with."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q
from django.utils.functional import Promise

from core.text import fold
from stakeholders.applications.enums import FIELDS, Purpose, fields_of, label_of
from stakeholders.applications.models import Application
from stakeholders.applications.queries import GAP_TEXTS, Answer, sections, value_of
from stakeholders.claims.queries import CLAIM_GAP, CLAIM_LABEL, lacks_proof
from stakeholders.entries.models import Stakeholder, StakeholderQuerySet
from stakeholders.family.models import FamilyLink
from stakeholders.imports.fields import ror_id_of


@dataclass(frozen=True)
class Gap:
    """A question that must still be answered before the application can be sent."""

    step: str
    field: str
    label: str | Promise
    text: str | Promise


def gaps_of(application: Application) -> list[Gap]:
    """Return what must still be answered, in the order of the form."""
    gaps = []
    is_claim = application.purpose == Purpose.CLAIM
    for field in fields_of(application.kind):
        if field == "papers" and is_claim:
            continue
        if field == "topics":
            lacks = not application.topics.exists()
        elif field == "papers":
            lacks = not application.no_paper_reason and not application.papers.exists()
        else:
            attribute = f"{field}_id" if field in {"country", "mission_language"} else field
            lacks = FIELDS[field].required and not getattr(application, attribute)
        if lacks:
            label = label_of(field, application.kind)
            gaps.append(Gap(FIELDS[field].step, field, label, GAP_TEXTS[field]))
    if is_claim and lacks_proof(application):
        gaps.append(Gap("papers", "papers", CLAIM_LABEL, CLAIM_GAP))
    return gaps


def snapshot(application: Application) -> dict[str, Any]:
    """Return the answers as codes and texts, with each paper's digest: what the desk is to judge."""
    answers: dict[str, Any] = {"kind": application.kind, "purpose": application.purpose}
    for field in fields_of(application.kind):
        if field == "papers":
            answers[field] = list(application.papers.values("id", "name", "sha256"))
        else:
            answers[field] = value_of(application, field)
    if parent := FamilyLink.objects.filter(application=application).values_list("parent", flat=True).first():
        answers["parent"] = parent
    return answers


# What names or leads to people, which a receipt does not hold, since it stays; papers are there by digest.
NOT_IN_RECEIPT = {"contacts", "officers", "papers"}


def canonical_text(application: Application) -> str:
    """Return the text that a receipt is of: what was answered, a line for each question."""
    lines = [str(application.get_kind_display())]
    for section in sections(application):
        answers = [answer for answer in section.answered if answer.field not in NOT_IN_RECEIPT]
        lines += [f"{answer.label}: {_as_text(answer)}" for answer in answers]
    return "\n".join(lines)


def _as_text(answer: Answer) -> str:
    if answer.shape == "rows":
        return "; ".join(", ".join(filter(None, (row["text"], row["detail"]))) for row in answer.value)
    return ", ".join(map(str, answer.value)) if answer.shape == "list" else str(answer.value)


MOST = 8


def register_entries(user: Any) -> StakeholderQuerySet:
    """Return the entries with a ROR identifier that the person may see."""
    return Stakeholder.objects.visible_to(user).exclude(ror_id="")


def find_in_register(user: Any, text: str) -> list[Stakeholder]:
    """Return entries by identifier, or by name: those with these words and those alike, the likest first."""
    entries = register_entries(user).select_related("country")
    if ror_id := ror_id_of(text.strip()):
        return list(entries.filter(ror_id=ror_id))
    key = fold(text)
    near = Q(name_key__contains=key) | Q(name_key__trigram_similar=key) | Q(sort_key__startswith=key)
    return list(
        entries.filter(near)
        .annotate(likeness=TrigramSimilarity("name_key", key))
        .order_by("-likeness", "pk")[:MOST]
    )


def answers_of(entry: Stakeholder) -> dict[str, Any]:
    """Return what the register says, as answers of an application."""
    return {
        "name": entry.name,
        "name_latin": entry.name_latin,
        "acronym": entry.acronym,
        "country": entry.country_id,
        "city": entry.city,
        "website": entry.website,
    }
