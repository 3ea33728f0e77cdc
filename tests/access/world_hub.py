"""The library, the stories and the newsletter of the access table. "own" (reader, editor, admin) writes."""

from typing import Any

from django.utils.timezone import now

from news.newsletter import actions as newsletter_actions
from news.newsletter.models import Issue
from news.stories.models import StoryImage
from resources.bookmarks.models import SavedSearch
from resources.files.models import ProposedFile
from resources.records.models import ResourceStakeholder
from stakeholders.entries.enums import Listing
from stakeholders.trust.enums import Trust
from stakeholders.trust.models import SourceTrust
from tests.factories.events import EventFactory
from tests.factories.files import file_of, upload
from tests.factories.news import NewsLinkFactory, StoryFactory, picture
from tests.factories.newsletters import TEXTS, issue_with
from tests.factories.resources import CollectionFactory, ResourceFactory, resource_in
from tests.factories.stakeholders import StakeholderFactory
from workflow.changes.models import ChangeRequest


def things_of_the_hub(of: dict[str, Any]) -> dict[str, dict[str, Any]]:
    trusted = SourceTrust.objects.create(
        stakeholder=of["own"], level=Trust.TRUSTED, note="Known.", given_by=of["curation"]
    )
    sites = {
        word: {"pk": StakeholderFactory(name=word, listing=listing, website="https://site.example").pk}
        for word, listing in (("site", Listing.PUBLIC), ("members-site", Listing.MEMBERS))
    }
    arguments = _library(of) | _reading(of) | _stories(of) | _newsletter(of)
    return arguments | sites | {"source": {"pk": trusted.pk}}


def _library(of: dict[str, Any]) -> dict[str, dict[str, Any]]:
    theirs = {"suggested_by": of["editor"], "suggested_for": of["own"]}
    resources = {
        "resource": ResourceFactory(title="A toolkit"),
        "members-resource": ResourceFactory(title="For members", audience="members"),
        "withdrawn-resource": resource_in("withdrawn"),
        "desk-resource": resource_in("draft", title="Written by the desk"),
        "own-suggestion": resource_in("draft", **theirs),
        "own-sent-suggestion": resource_in("pending", submitted_at=now(), **theirs),
        "own-resource": ResourceFactory(**theirs),
    }
    shown, own = resources["resource"], resources["own-resource"]
    change = _change(own, of)
    credit = ResourceStakeholder.objects.create(resource=shown, stakeholder=of["own"])
    edition = resources["own-suggestion"].editions.get()
    file = file_of(edition, by=of["editor"])
    return {
        **{word: {"pk": resource.pk, "slug": resource.slug} for word, resource in resources.items()},
        "resource-citation": {"pk": shown.pk, "form": "ris"},
        "members-resource-citation": {"pk": resources["members-resource"].pk, "form": "ris"},
        "resource-edition": {"pk": shown.pk, "language": "en"},
        "own-resource-edition": {"pk": own.pk, "language": "en"},
        "proposed-file": {"kind": "proposed-file", "pk": _proposed_file(own, of).pk},
        "own-resource-change": {"pk": own.pk, "change": change.pk},
        "resource-change": {"pk": change.pk},
        "own-suggestion-act": {"pk": resources["own-sent-suggestion"].pk, "act": "take-back"},
        "resource-credit": {"pk": shown.pk, "link_kind": "stakeholders", "row": credit.pk},
        "desk-resource-step": {"pk": resources["desk-resource"].pk, "step": "describe"},
        "own-suggestion-step": {"pk": resources["own-suggestion"].pk, "step": "describe"},
        "own-edition": {"pk": edition.pk},
        "own-file": {"pk": file.pk},
        "resource-file": {"kind": "resource", "pk": file.pk},
    }


def _proposed_file(own: Any, of: dict[str, Any]) -> ProposedFile:
    proposed = ProposedFile(edition=own.editions.get(), uploaded_by=of["editor"])
    proposed.take(upload())
    proposed.save()
    return proposed


def _change(of_what: Any, of: dict[str, Any]) -> ChangeRequest:
    before, after = {"title": of_what.title}, {"title": "Another title"}
    return ChangeRequest.objects.create(
        subject_kind=of_what._meta.label_lower,
        subject_id=of_what.pk,
        before=before,
        after=after,
        proposed_by=of["editor"],
    )


def _reading(of: dict[str, Any]) -> dict[str, dict[str, Any]]:
    shown = CollectionFactory(title="First things")
    own = CollectionFactory(title="Our own", owner=of["own"], status="draft", audience="members")
    search = SavedSearch.objects.create(user=of["owner"], name="Guides", query="kind=guide")
    return {
        "collection": {"pk": shown.pk, "slug": shown.slug},
        "own-collection": {"pk": own.pk, "slug": own.slug},
        "owners-search": {"pk": search.pk},
    }


def _stories(of: dict[str, Any]) -> dict[str, dict[str, Any]]:
    theirs = {"stakeholder": of["own"], "author": of["editor"]}
    stories = {
        "story": StoryFactory(title="Shown"),
        "story-of-the-desk": StoryFactory(title="Written here", by_desk=True),
        "own-draft-story": StoryFactory(title="Begun", status="draft", publish_at=None, **theirs),
        "own-sent-story": StoryFactory(title="Sent", status="pending", publish_at=None, **theirs),
        "own-story": StoryFactory(title="Our own", **theirs),
    }
    change = _change(stories["own-story"], of)
    draft = stories["own-draft-story"]
    image = StoryImage(
        story=draft, number=1, alt="A beach.", width=9, height=5, small_width=9, small_height=5
    )
    upload = picture()
    upload.content_type = "image/jpeg"
    image.take(upload)
    image.small = picture()
    image.save()
    return {
        **{word: {"pk": story.pk, "slug": story.slug} for word, story in stories.items()},
        "own-story-image": {"pk": draft.pk, "image": image.pk},
        "story-image-file": {"kind": "story-image", "pk": image.pk},
        "story-change": {"pk": change.pk},
        "story-to-report": {"kind": "news.story", "pk": stories["story"].pk},
        "draft-story-to-report": {"kind": "news.story", "pk": draft.pk},
        "sent-story-act": {"pk": stories["own-sent-story"].pk, "name": "take"},
        "news-link": {"pk": NewsLinkFactory().pk},
        "hidden-news-link": {"pk": NewsLinkFactory(hidden=True).pk},
    }


def _newsletter(of: dict[str, Any]) -> dict[str, dict[str, Any]]:
    draft = issue_with(EventFactory(title="Told of"), actor=of["curation"])
    section = newsletter_actions.add_section(draft, actor=of["curation"], titles={"en": "More"})
    sent = Issue.objects.create(state="sent", texts=TEXTS, started_at=now(), ended_at=now(), all_written=True)
    item = draft.items.get()
    return {
        "article": {"instrument": "UNTOC", "number": 5},
        "letter": {"pk": sent.pk, "slug": sent.slug},
        "draft-letter": {"pk": draft.pk},
        "draft-letter-language": {"pk": draft.pk, "language": "fr"},
        "letter-act": {"pk": draft.pk, "act": "pause"},
        "letter-section": {"pk": section.pk},
        "letter-item": {"pk": item.pk},
    }
