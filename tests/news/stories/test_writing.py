"""A member's story: written, sent, returned, mended, published, changed, withdrawn; and who may."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from PIL import Image

from accounts.people.enums import Role
from news.curation.actions import publish_story
from news.stories.actions import draft_story, submit_story
from news.stories.models import Story, StoryImage, StoryRevision
from notifications.outbox.models import Message
from stakeholders.trust.models import SourceTrust, TrustedDomain
from tests.days import CLOCKS_FORWARD, NEXT_YEAR
from tests.factories.accounts import UserFactory, person_with, visiting
from tests.factories.news import StoryFactory, picture
from tests.factories.notifications import due_days
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import words_of
from workflow.changes.models import ChangeRequest
from workflow.items.models import WorkItem
from workflow.items.queries import due_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
OWN, DESK, WRITE = "/en/news/own/", "/en/desk/news/", "/en/news/write/"


@pytest.fixture
def watch(reference):
    return StakeholderFactory(name="Coastal Watch")


@pytest.fixture
def author(watch):
    return member_of(watch)


@pytest.fixture
def as_member(author):
    return visiting(author)


@pytest.fixture
def curator(reference):
    return person_with(Role.CURATION)


@pytest.fixture
def as_desk(curator):
    return visiting(curator)


def form(**fields):
    return {
        "title": "Three days on the coast",
        "language": "en",
        "summary": "Who knows a coast.",
        "text": "We **walked**.",
        "videos": "",
        "topics": ["firearms"],
        "countries": ["KEN"],
        **fields,
    }


def kinds():
    return set(Message.objects.values_list("kind", flat=True))


@pytest.mark.behaviour("K-04", "K-12", "K-13")
def test_a_story_is_sent_returned_mended_published_changed_and_withdrawn(as_member, as_desk, watch, author):  # noqa: PLR0915  one story
    # Written. A draft needs a title alone; nothing typed is lost.
    wrong = as_member.post(WRITE, form(title=" ", videos="ftp://x.example\nhttps://v.example/1"))
    assert "Give the story a title." in wrong.text
    assert "begins with https://, on a line" in wrong.text
    assert "We **walked**." in wrong.text
    assert not Story.objects.exists()
    as_member.post(WRITE, form(text="", summary="", videos="https://v.example/1"))
    story = Story.objects.get()
    assert (story.stakeholder, story.author, story.status) == (watch, author, "draft")
    assert story.videos == ["https://v.example/1"]
    page, public = f"{OWN}{story.pk}/", story.get_absolute_url()
    assert as_desk.get(f"{DESK}{story.pk}/").status_code == 404  # what is not sent is its own
    refusal_page = as_member.post(f"{page}submit/", follow=True)
    assert "Write the text of the story." in refusal_page.text

    # Saved between two breaths, what cannot be read left out; another window loses.
    answer = as_member.post(f"{page}autosave/", form(title="", version=story.version))
    assert answer.json()["said"].endswith("except what is not complete yet")
    story.refresh_from_db()
    assert (story.title, story.text) == ("Three days on the coast", "We **walked**.")
    assert as_member.post(f"{page}autosave/", form(version=story.version - 1)).status_code == 409
    late = as_member.post(f"{page}edit/", form(version=story.version - 1, text="Mine"))
    assert "Another person has changed" in late.text
    assert "Mine" in late.text
    assert f'name="version" value="{story.version}"' in late.text
    assert Client().post(f"{page}autosave/", form()).status_code == 401

    # An image needs words; the file is opened through the one door by whoever sees the story.
    images = f"{page}images/"
    assert (
        "Describe what the image shows, for" in as_member.post(images, {"image": picture(), "alt": " "}).text
    )
    assert (
        "Accepted types: JPEG, PNG, WebP"
        in as_member.post(images, {"image": picture(kind="GIF", name="x.jpg"), "alt": "A"}).text
    )
    as_member.post(images, {"image": picture(), "alt": "A beach from above", "credit": "Amina, CC BY"})
    image = StoryImage.objects.get()
    assert "already" in as_member.post(images, {"image": picture(), "alt": "Again"}).text
    file = f"/files/story-image/{image.pk}/"
    assert as_member.get(file).status_code == 200
    small = as_member.get(f"/files/story-image-small/{image.pk}/")
    assert Image.open(BytesIO(b"".join(small.streaming_content))).size == (
        image.small_width,
        image.small_height,
    )
    assert as_desk.get(file).status_code == Client().get(file).status_code == 404
    assert Client().get(f"/files/story-image-small/{image.pk}/").status_code == 404

    # Sent, claimed, returned at its items.
    as_member.post(f"{page}submit/")
    story.refresh_from_db()
    assert story.status == "pending"
    assert kinds() == {"news.arrived"}
    assert due_days("news.arrived") == {due_of(story)} != {""}
    assert Client().get(public).status_code == 404
    assert as_desk.get(file).status_code == 200
    assert story.title in as_desk.get(DESK).text
    as_desk.post(f"{DESK}{story.pk}/take/")
    assert WorkItem.objects.about(story).open().get().holder is not None
    other = person_with(Role.CURATION)
    assert "Choose from the list." in as_desk.post(f"{DESK}{story.pk}/give/", {"assign-to": author.pk}).text
    as_desk.post(f"{DESK}{story.pk}/give/", {"assign-to": other.pk})
    assert WorkItem.objects.about(story).open().get().holder == other
    late = as_desk.post(f"{DESK}{story.pk}/take/", follow=True)
    assert "is already working on this" in late.text
    assert "Ask at a field" in as_desk.post(f"{DESK}{story.pk}/return/", {"note": " "}).text
    as_desk.post(f"{DESK}{story.pk}/return/", {"ask_summary": "Whose <coast>?", "note": "Nearly there."})
    assert "news.yours_returned" in kinds()
    edit_page = as_member.get(f"{page}edit/").text
    assert "Whose &lt;coast&gt;?" in edit_page
    assert "<coast>" not in edit_page
    # Only what was asked about reopens.
    story.refresh_from_db()
    as_member.post(
        f"{page}edit/", form(version=story.version, summary="Our coast.", title="Other", text="Other")
    )
    story.refresh_from_db()
    assert (story.title, story.summary, story.text) == (
        "Three days on the coast",
        "Our coast.",
        "We **walked**.",
    )
    refused = as_member.post(images, {"image": picture(colour="red"), "alt": "More"})
    assert "The questions concern something" in refused.text
    as_member.post(f"{page}submit/")
    assert "Whose" not in as_member.get(page).text

    # Published: on its page, in the list, the profile, the country, search, the sitemap, the feed.
    as_desk.post(f"{DESK}{story.pk}/publish/", {"zone": "Europe/Vienna"})
    story.refresh_from_db()
    assert story.is_public
    assert "news.yours_published" in kinds()
    public_page = Client().get(public).text
    assert "<strong>walked</strong>" in public_page
    assert 'alt="A beach from above"' in public_page
    assert f'property="og:image" content="{settings.SITE_URL}{file}"' in public_page
    assert 'property="og:image:alt" content="A beach from above"' in public_page
    assert 'property="og:locale:alternate" content="ar"' in public_page
    linked = json.loads(public_page.partition('ld+json">')[2].partition("</script>")[0])
    assert (linked["@type"], linked["headline"], linked["inLanguage"]) == ("NewsArticle", story.title, "en")
    for where in (
        "/en/news/",
        "/en/news/feed/",
        watch.get_absolute_url(),
        "/en/countries/KEN/",
        "/en/search/?q=coast",
        f"/en/news/?stakeholder={watch.pk}&topic=firearms",
    ):
        assert story.title in Client().get(where).text, where
    sitemap = Client().get(reverse("sitemap_section", args=["news", 1])).text
    assert f"/ar/news/{story.pk}-{story.slug}/" in sitemap
    assert not WorkItem.objects.about(story).open().exists()

    # Changed: proposed by its authors, decided by the WhatsOn team with what differs.
    same = form(version=story.version, summary="Our coast.")
    assert "Nothing was changed." in as_member.post(f"{page}change/", same).text
    as_member.post(
        f"{page}change/", form(version=story.version, summary="Our coast.", text="We **ran**.", videos="")
    )
    change = ChangeRequest.objects.get()
    assert "walked" in Client().get(public).text
    decide = f"{DESK}changes/{change.pk}/"
    shown = as_desk.get(decide).text
    assert "<del>**walked**.</del>" in shown.replace("We ", "")
    assert "<ins>**ran**.</ins>" in shown
    assert "Please give a reason." in as_desk.post(decide, {"outcome": "refuse"}).text
    as_desk.post(decide, {"outcome": "approve"})
    assert "<strong>ran</strong>" in Client().get(public).text
    revision = StoryRevision.objects.get()
    assert revision.changes["text"] == ["We **walked**.", "We **ran**."]
    assert "news.yours_changed" in kinds()
    story.refresh_from_db()
    as_desk.post(f"{DESK}{story.pk}/edit/", form(version=story.version, text="We ran far."))
    assert StoryRevision.objects.count() == 2
    assert "Changes since it was published" in as_desk.get(f"{DESK}{story.pk}/").text

    # Withdrawn: its address says so with title, day, reason and note; nothing else of it remains.
    assert "Please give a reason." in as_member.post(f"{page}withdraw/", {"note": "x"}).text
    as_member.post(f"{page}withdraw/", {"reason": "safety", "note": "Somebody <asked> us."})
    gone = Client().get(public)
    assert gone.status_code == 410
    for part in (story.title, "Safety or privacy of people", "Somebody &lt;asked&gt; us."):
        assert part in gone.text
    assert "ran far" not in gone.text
    assert Client().get(file).status_code == 404
    for where in ("/en/news/", "/en/news/feed/", watch.get_absolute_url(), "/en/search/?q=coast"):
        assert story.title not in Client().get(where).text, where
    assert as_member.get(page).status_code == 200


def test_what_the_desk_refuses_says_why_and_may_be_sent_again(as_member, as_desk, author, watch):
    story = draft_story(actor=author, values=_values(), stakeholder=watch)
    submit_story(story, actor=author)
    page = f"{OWN}{story.pk}/"
    as_desk.post(f"{DESK}{story.pk}/hold/", {"reason": "check", "note": "We ask the archive."})
    story.refresh_from_db()
    assert (story.status, story.held_for) == ("on_hold", "desk")
    assert "We ask the archive." in as_member.get(page).text
    assert as_member.get(f"{page}edit/")["Location"] == page
    as_member.post(f"{page}submit/")  # the desk has it
    story.refresh_from_db()
    assert story.status == "on_hold"
    as_desk.post(f"{DESK}{story.pk}/resume/")
    assert "Please give a reason." in as_desk.post(f"{DESK}{story.pk}/refuse/", {"note": "No."}).text
    as_desk.post(f"{DESK}{story.pk}/refuse/", {"reason": "rights", "note": "Whose photograph?"})
    assert "news.yours_refused" in kinds()
    story_page = as_member.get(page).text
    assert "It is not clear who holds the rights" in story_page
    assert "Whose photograph?" in story_page
    as_member.post(f"{page}revise/")
    as_member.post(f"{page}submit/")
    story.refresh_from_db()
    assert story.status == "pending"
    assert WorkItem.objects.about(story).open().count() == 1


def _values(**more):
    return {"title": "Three days", "language_id": "en", "summary": "S", "text": "T", **more}


@pytest.mark.behaviour("K-03")
@pytest.mark.parametrize(
    ("person", "stakeholder", "domain", "status"),
    [
        (None, None, None, "pending"),
        (2, 2, None, "pending"),
        (2, 2, "list", "published"),
        (None, 2, "list", "pending"),
        (2, 2, 2, "published"),
        (2, 2, 0, "on_hold"),
        (0, 2, "list", "on_hold"),
        (None, 0, None, "on_hold"),
    ],
)
def test_the_lowest_trust_says_where_a_story_starts(
    as_member, watch, author, curator, person, stakeholder, domain, status
):
    common = {"note": "Known.", "given_by": curator}
    if person is not None:
        SourceTrust.objects.create(person=author, level=person, **common)
    if stakeholder is not None:
        SourceTrust.objects.create(stakeholder=watch, level=stakeholder, **common)
    if domain == "list":
        TrustedDomain.objects.create(domain="example.org", note="Known.", added_by=curator)
    elif domain is not None:
        SourceTrust.objects.create(domain="example.org", level=domain, **common)
    story = draft_story(actor=author, values=_values(), stakeholder=watch)
    as_member.post(f"{OWN}{story.pk}/submit/")
    story.refresh_from_db()
    assert story.status == status
    waiting = WorkItem.objects.about(story).open().values_list("what", flat=True)
    assert list(waiting) == ["reread" if status == "published" else "read"]
    assert story.is_public == (status == "published")


def test_nobody_decides_on_their_own_and_strangers_find_nothing(watch, author, as_desk, curator):
    stranger = visiting(UserFactory())
    reader = visiting(member_of(watch, role="reader"))
    other = visiting(member_of(StakeholderFactory()))
    story = draft_story(actor=author, values=_values(), stakeholder=watch)
    submit_story(story, actor=author)
    public = story.get_absolute_url()
    for who in (Client(), stranger, other):
        assert who.get(public).status_code == 404
        for path in ("", "edit/", "images/", "change/", "withdraw/", "translate/"):
            assert who.get(f"{OWN}{story.pk}/{path}").status_code in (302, 404)
            assert who.get(f"{DESK}{story.pk}/{path}").status_code in (302, 404)
        assert story.title not in who.get("/en/news/").text
    waiting = words_of(reader.get(f"{OWN}{story.pk}/"))
    assert "Who acts next The WhatsOn team" in waiting
    assert reader.post(f"{OWN}{story.pk}/revise/").status_code == 404
    assert stranger.get(DESK).status_code == stranger.get(f"{DESK}sources/").status_code == 404
    assert other.get(f"{OWN}{story.pk}/").status_code == 404
    # A curator who belongs to the stakeholder reads it and decides nothing.
    watch.memberships.create(user=curator, role="reader")
    page = as_desk.get(f"{DESK}{story.pk}/").text
    assert "Please leave the decision to a colleague." in page
    as_desk.post(f"{DESK}{story.pk}/publish/", {"zone": "Europe/Vienna"})
    story.refresh_from_db()
    assert story.status == "pending"


def test_the_desk_writes_for_the_house_and_on_behalf(as_desk, curator, watch, as_member):
    as_desk.post(f"{DESK}new/", form(stakeholder=watch.pk))
    story = Story.objects.get()
    assert (story.by_desk, story.stakeholder) == (True, watch)
    assert as_member.get(f"{OWN}{story.pk}/").status_code == 200
    assert as_member.post(f"{OWN}{story.pk}/submit/").status_code == 404
    saved = as_desk.post(f"{OWN}{story.pk}/autosave/", form(version=story.version, text="More."))
    assert saved.json()["version"] == story.version + 1
    as_desk.post(f"{DESK}{story.pk}/publish/", {"zone": "Europe/Vienna"})
    public_page = Client().get(story.get_absolute_url())
    assert "Written by the WhatsOn team on behalf of" in public_page.text
    as_desk.post(f"{DESK}{story.pk}/archive/")
    story.refresh_from_db()
    assert story.status == "archived"
    archived = Client().get(story.get_absolute_url())
    assert "This story is archived" in archived.text
    assert story.title not in Client().get("/en/news/").text
    as_desk.post(f"{DESK}{story.pk}/restore/")
    assert story.title in Client().get("/en/news/").text


def test_a_wrong_instant_is_told_at_its_field(as_desk, curator):
    story = draft_story(actor=curator, values=_values(), by_desk=True)
    act = f"{DESK}{story.pk}/publish/"
    assert (
        "Give day and time" in as_desk.post(act, {"day": f"{NEXT_YEAR}-05-03", "zone": "Europe/Vienna"}).text
    )
    past = as_desk.post(act, {"day": "2020-05-03", "time": "09:00", "zone": "Europe/Vienna"})
    assert "Choose a time in the future" in past.text
    gap = as_desk.post(act, {"day": f"{CLOCKS_FORWARD}", "time": "02:30", "zone": "Europe/Vienna"})
    assert "leave this hour out" in gap.text
    story.refresh_from_db()
    assert story.status == "draft"


def test_an_expelled_stakeholder_no_longer_writes_but_may_withdraw(watch, author, as_member):
    story = StoryFactory(stakeholder=watch)
    watch.status = "suspended"
    watch.save()
    assert as_member.get(WRITE).status_code == 200
    assert "You write for no stakeholder" in as_member.get(WRITE).text
    assert as_member.get(f"{OWN}{story.pk}/change/").status_code == 404
    as_member.post(f"{OWN}{story.pk}/withdraw/", {"reason": "author"})
    assert Client().get(story.get_absolute_url()).status_code == 410


def test_publishing_is_told_to_followers_once_however_often_the_sweep_runs(curator):
    from news.stories.actions import tell_published
    from notifications.happenings.models import Happening

    first = draft_story(actor=curator, values=_values(topics=["firearms"], countries=["KEN"]), by_desk=True)
    at = now() + timedelta(minutes=5)
    publish_story(first, actor=curator, at=at, zone="Africa/Nairobi")
    assert tell_published() == 0
    Story.objects.update(publish_at=now())
    assert [tell_published(), tell_published()] == [1, 0]
    happening = Happening.objects.get(kind="news.story_published")
    assert {"topic:firearms", "country:KEN", "region:002"} <= set(happening.terms)


@pytest.mark.behaviour("K-20")
def test_a_text_comes_back_as_it_was_written_through_saving_and_editing(as_member):
    table = "# A \\* b\n\n| a | b\\|c |\n| --- | --- |\n\n"
    text = f"{table}- **ملاحظة**: </textarea>&amp;  \n  1. 请看\n\n\n[image 1]"
    as_member.post(WRITE, form(text=text.replace("\n", "\r\n")))
    story = Story.objects.get()
    assert story.text == text
    page = as_member.get(f"{OWN}{story.pk}/edit/")
    assert page.context["form"]["text"].value() == text
    as_member.post(f"{OWN}{story.pk}/edit/", form(text=text.replace("\n", "\r\n")))
    story.refresh_from_db()
    assert story.text == text
