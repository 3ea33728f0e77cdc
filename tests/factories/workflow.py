"""Pending work and changes that were proposed, about a person unless a test says otherwise."""

import factory

from accounts.people.enums import Role
from tests.factories.accounts import UserFactory
from workflow.changes.models import ChangeRequest
from workflow.items.models import WorkItem


class AboutPersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True
        exclude = ["subject_row"]

    subject_row = factory.SubFactory(UserFactory)
    subject_kind = factory.LazyAttribute(lambda row: row.subject_row._meta.label_lower)
    subject_id = factory.LazyAttribute(lambda row: row.subject_row.pk)


class WorkItemFactory(AboutPersonFactory):
    class Meta:
        model = WorkItem

    what = "look"
    label = factory.Sequence(lambda n: f"Subject {n}")
    waits_for = Role.VETTING


class ChangeRequestFactory(AboutPersonFactory):
    class Meta:
        model = ChangeRequest

    before = factory.LazyAttribute(lambda row: {"name": row.subject_row.name})
    after = factory.LazyFunction(lambda: {"name": "New name"})
