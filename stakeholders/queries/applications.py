"""What an application says, what it lacks, and what was decided before."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stakeholders.enums import FIELDS, STEPS, ApplicationStatus, Purpose, fields_of, label_of, steps_of
from stakeholders.enums.described import CHOICES, LISTS, ROWS, Descriptor
from stakeholders.models import Application, FamilyLink, Stakeholder
from stakeholders.queries.claims import CLAIM_GAP, CLAIM_LABEL, lacks_proof
from stakeholders.queries.described import shown_rows, value_of


@dataclass(frozen=True)
class Gap:
    """A question that must still be answered before the application can be sent."""

    step: str
    field: str
    label: str | Promise
    text: str | Promise


@dataclass(frozen=True)
class Answer:
    """One question and what was answered: a text, a list of texts, the papers themselves, or rows.

    A row is {text, detail, language}: what was said, what is quiet beside it, and in which language it is.
    """

    step: str
    field: str
    label: str | Promise
    value: Any
    language: str = ""

    @property
    def shape(self) -> str:
        """How a page shows it: "papers", "rows", "list" or "text"."""
        if self.field == "papers":
            return "papers"
        if self.field in ROWS:
            return "rows"
        return "list" if isinstance(self.value, list) else "text"


@dataclass(frozen=True)
class Section:
    step: str
    label: str | Promise
    answers: list[Answer]

    @property
    def answered(self) -> list[Answer]:
        return [one for one in self.answers if one.value]

    @property
    def unanswered(self) -> list[Answer]:
        """Named in one sentence, so that what was said stands out."""
        return [one for one in self.answers if not one.value]


GAP_TEXTS: dict[str, str | Promise] = {
    "name": _("Please give the name."),
    "country": _("Please choose the country or area."),
    "mission": _("Please say in a few sentences what you work for."),
    "mission_language": _("Please say in which language the text is written."),
    "topics": _("Please choose at least one topic."),
    "listing": _("Please choose who may find the entry."),
    "papers": _("Please add a registration paper, or say in writing why there is none."),
}


def for_page(applications: QuerySet[Application]) -> QuerySet[Application]:
    """With all that a page about one application shows, in a fixed number of statements."""
    return applications.select_related("country", "mission_language", "applicant", "stakeholder")


def draft_of(user: Any) -> Application | None:
    return Application.objects.filter(applicant=user, status=ApplicationStatus.DRAFT).first()


def applications_of(user: Any) -> QuerySet[Application]:
    """A person's own applications, what is open first, then the newest."""
    return Application.objects.filter(applicant=user).order_by("decided_at", "-updated_at")


def missing(application: Application) -> list[Gap]:
    """What must still be answered, in the order of the form."""
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


def sections(application: Application) -> list[Section]:
    """Everything that was answered, step by step, with the questions of this kind alone."""
    return [
        Section(
            step, STEPS[step], [answer_of(application, field) for field in fields_of(application.kind, step)]
        )
        for step in steps_of(application.kind)
    ]


def answer_of(owner: Application | Stakeholder, field: str) -> Answer:
    """What an application, or an entry, says to one question, in words; an entry has no papers."""
    language = ""
    if field in LISTS:
        value: Any = [term.name for term in getattr(owner, field).in_order()]
    elif field in ROWS:
        value = shown_rows(owner, field)
    elif field == "descriptors":
        value = [Descriptor(one).label for one in owner.descriptors]
    elif field in CHOICES:
        said = getattr(owner, field)
        value = CHOICES[field](said).label if said else ""
    elif field == "papers":
        value = list(getattr(owner, field).all())
    elif field == "listing":
        value = owner.get_listing_display()
    elif field in {"country", "mission_language"}:
        value = getattr(getattr(owner, field), "name", "")
    else:
        value = getattr(owner, field)
        language = (owner.mission_language_id or "") if field == "mission" else ""
    return Answer(FIELDS[field].step, field, label_of(field, owner.kind), value, language)


def snapshot(application: Application) -> dict[str, Any]:
    """The answers as codes and texts, with each paper's digest: what the desk is asked to judge."""
    said: dict[str, Any] = {"kind": application.kind, "purpose": application.purpose}
    for field in fields_of(application.kind):
        if field == "papers":
            said[field] = list(application.papers.values("id", "name", "sha256"))
        else:
            said[field] = value_of(application, field)
    if parent := FamilyLink.objects.filter(application=application).values_list("parent", flat=True).first():
        said["parent"] = parent
    return said


def related(application: Application) -> QuerySet[Application]:
    """Other applications of the same person, name or site that were ever sent; for the desk."""
    same = Q(name_key=application.name_key)
    if application.site_key:
        same |= Q(site_key=application.site_key)
    if application.applicant_id:
        same |= Q(applicant=application.applicant_id)
    return (
        Application.objects.filter(same)
        .exclude(pk=application.pk)
        .exclude(status=ApplicationStatus.DRAFT)
        .select_related("country")
        .order_by("-submitted_at")
    )
