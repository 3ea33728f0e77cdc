"""Subscribers and issues for tests.

SubscriberFactory(topics=["firearms"]): somebody who has confirmed. issue_with(event, …): a draft in English
and French that holds these events, which are put into the index.
"""

import factory
from django.utils.timezone import now

from news.newsletter import actions as newsletter_actions
from news.newsletter.models import Issue, Subscriber
from search.actions import index

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
    for one in objects:
        index(one)
        newsletter_actions.pick(issue, one._meta.label_lower, one.pk, actor=actor)
    return issue
