"""Stakeholders and applications for tests.

StakeholderFactory(): an active NGO that everybody may find.
member_of(stakeholder): a person who administers it.
DraftFactory(): a draft with nothing but its kind. sent_application(): one that lies with the desk, made by
the portal's own acts, so that its work item and history are there too.
PDF(): a small upload.
"""

from typing import Any

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from accounts.people.enums import Role
from accounts.people.models import User
from stakeholders.applications import actions as applications_actions
from stakeholders.applications.models import Application, Paper
from stakeholders.entries.enums import Kind, Listing, MemberRole, Status
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.submission import actions as submission_actions
from stakeholders.vetting import actions as vetting_actions
from stakeholders.vetting.actions_reconsiderations import ask_for_reconsideration
from stakeholders.vetting.models import ChecklistQuestion
from tests.factories.accounts import UserFactory, person_with

PDF_BYTES = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def PDF(name: str = "certificate.pdf") -> SimpleUploadedFile:  # noqa: N802  reads as the thing it makes
    return SimpleUploadedFile(name, PDF_BYTES, content_type="application/pdf")


class StakeholderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Stakeholder

    kind = Kind.NGO
    status = Status.ACTIVE
    listing = Listing.PUBLIC
    name = factory.Sequence(lambda n: f"Association number {n}")
    country_id = "KEN"
    approved_at = factory.LazyFunction(now)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    stakeholder = factory.SubFactory(StakeholderFactory)
    user = factory.SubFactory(UserFactory)
    role = MemberRole.ADMIN


def member_of(stakeholder: Stakeholder, role: str = MemberRole.ADMIN, **fields: Any) -> User:
    return MembershipFactory(stakeholder=stakeholder, role=role, user=UserFactory(**fields)).user


class DraftFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Application

    kind = Kind.NGO
    applicant = factory.SubFactory(UserFactory)


ANSWERS: dict[str, Any] = {
    "name": "Coastal Watch",
    "name_latin": "",
    "acronym": "CW",
    "country": "KEN",
    "city": "Mombasa",
    "website": "https://coastalwatch.example",
    "mission": "We document illegal fishing and the people behind it.",
    "mission_language": "en",
    "listing": Listing.PUBLIC,
}


def full_draft(
    applicant: User | None = None, *, kind: str = Kind.NGO, paper: bool = True, **answers: Any
) -> Application:
    """A draft with every question answered."""
    from taxonomy.terms.models import Topic

    applicant = applicant or UserFactory()
    draft = DraftFactory(applicant=applicant, kind=kind)
    topics = answers.pop("topics", None) or [Topic.objects.in_order().first().pk]
    all_answers = {**ANSWERS, "topics": topics, **answers}
    wants_paper = paper and kind != Kind.EXPERT
    return applications_actions.save_answers(
        draft, actor=applicant, version=0, answers=all_answers, paper=PDF() if wants_paper else None
    )


def sent_application(applicant: User | None = None, **answers: Any) -> Application:
    """A complete application that the desk has not looked at yet."""
    draft = full_draft(applicant, **answers)
    return submission_actions.submit(draft, actor=draft.applicant)


class PaperFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Paper

    name = "certificate.pdf"
    media_type = "application/pdf"
    size = len(PDF_BYTES)
    sha256 = "0" * 64
    file = factory.django.FileField(filename="certificate.pdf", data=PDF_BYTES)


class QuestionFactory(factory.django.DjangoModelFactory):
    """A question of the checklist whose “no” blocks an approval."""

    class Meta:
        model = ChecklistQuestion

    code = factory.Sequence(lambda n: f"question-{n}")
    text = factory.Sequence(lambda n: f"Is point {n} as it should be?")
    order = factory.Sequence(lambda n: n)
    blocking_answer = "no"


def refused_application(applicant: User | None = None, by: User | None = None, **answers: Any) -> Application:
    """An application that the desk has refused, by its own act."""
    application = sent_application(applicant, **answers)
    vetting_actions.refuse(
        application, actor=by or person_with(Role.VETTING), reason="out_of_scope", note="Not our field."
    )
    application.refresh_from_db()
    return application


def asked_again(application: Application | None = None) -> Application:
    """A refused application whose applicant has asked for a reconsideration."""
    application = application or refused_application()
    ask_for_reconsideration(application, actor=application.applicant, reason="You overlooked our report.")
    return application
