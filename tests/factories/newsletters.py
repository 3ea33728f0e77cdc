"""Subscribers and issues for tests.

SubscriberFactory(topics=["firearms"]): somebody who has confirmed. issue_with(event, …): a draft in English
and French that holds these events, which are put into the index. approve(issue): by a second person.
"""

import factory
from django.utils.timezone import now

from accounts.people.enums import Role
from news.newsletter import actions as newsletter_actions
from news.newsletter.models import Issue, Subscriber
from search.actions import index
from tests.factories.accounts import person_with

TEXTS = {
    "en": {"title": "News of May", "intro": "Dear reader,\n\nhere it is."},
    "fr": {"title": "Nouvelles de mai", "intro": "Chère lectrice,"},
}


class SubscriberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Subscriber
        skip_postgeneration_save = True

    address = factory.Sequence(lambda n: f"reader{n}@example.org")
    languages = factory.LazyFunction(lambda: ["en"])
    consent_version = "2026-11-25"
    consent_language = "en"
    confirmed_at = factory.LazyFunction(now)

    @factory.post_generation
    def topics(self, create, extracted, **kwargs):
        if create and extracted:
            self.topics.set(extracted)


def issue_with(*objects, actor, texts=None, topics=()) -> Issue:
    issue = newsletter_actions.begin_issue(actor=actor, language="en", title="News of May")
    issue = newsletter_actions.save_texts(
        issue, actor=actor, version=issue.version, texts=texts or TEXTS, topics=topics
    )
    for row in objects:
        index(row)
    newsletter_actions.pick(issue, [(row._meta.label_lower, row.pk) for row in objects], actor=actor)
    issue.refresh_from_db()
    return issue


def approve(issue, actor=None) -> Issue:
    issue.refresh_from_db()
    newsletter_actions.approve(issue, actor=actor or person_with(Role.HEAD), version=issue.version)
    issue.refresh_from_db()
    return issue
