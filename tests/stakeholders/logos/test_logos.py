"""A logo: drawn anew, shown with its profile, changed by its people alone, hidden by the desk."""

from io import BytesIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.data_rights.actions import delete_account
from accounts.people.enums import Role
from core.errors import DomainError
from search.actions import index
from stakeholders.entries.enums import Kind, Listing
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.logos.actions import moderate_logo, remove_logo, set_logo
from stakeholders.logos.drawing import MOST_BYTES, draw_square
from stakeholders.logos.models import Logo
from stakeholders.merging.actions import merge
from stakeholders.moderation.enums import Standing, Why
from tests.factories.accounts import person_with, sign_in
from tests.factories.events import EventFactory
from tests.factories.networks import NetworkFactory, NetworkMemberFactory
from tests.factories.news import SECRET
from tests.factories.profiles import logo, upload
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth, markup_of

pytestmark = pytest.mark.django_db
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def entry(reference):
    return StakeholderFactory(name="Harbour Lamp")


def noise(side):
    image = Image.effect_noise((side, side), 200).convert("RGB")
    to = BytesIO()
    image.save(to, "PNG")
    return SimpleUploadedFile("noise.png", to.getvalue())


def test_what_is_kept_is_a_small_square_png_and_nothing_of_what_was_sent():
    sent = upload((300, 200), "JPEG")
    assert SECRET in sent.read()
    raw = draw_square(sent)
    assert SECRET not in raw
    assert b"Camera" not in raw
    image = Image.open(BytesIO(raw))
    assert (image.format, image.size) == ("PNG", (256, 256))
    # All of it is there, in the middle: what lacks to a square is clear.
    assert image.convert("RGBA").getpixel((2, 128))[3] == 0
    assert image.convert("RGBA").getpixel((128, 128))[3] == 255


@pytest.mark.parametrize("side", (64, 256, 1200))
def test_the_worst_picture_is_small_enough_as_a_file(side):
    assert len(draw_square(noise(side))) <= MOST_BYTES


def test_a_picture_that_is_too_small_or_none_is_refused_at_the_field():
    for sent in (upload((20, 20)), SimpleUploadedFile("logo.png", b"no picture")):
        with pytest.raises(DomainError) as refused:
            draw_square(sent)
        assert list(refused.value.fields) == ["logo"]


@pytest.mark.behaviour("D-25")
def test_its_people_put_it_on_the_profile_and_take_it_off_again(client, entry):
    editor = member_of(entry, "editor")
    sign_in(client, editor)
    address = f"/en/stakeholders/{entry.pk}/manage/logo/"
    assert 'value="Logo of Harbour Lamp"' in client.get(address).text
    assert client.post(address, {"logo": upload(), "alt": "A lamp in a harbour"}).status_code == 302
    stored_logo = Logo.objects.get()
    profile = client.get(entry.get_absolute_url()).text
    assert f'<img src="{stored_logo.url}" alt="A lamp in a harbour"' in profile
    assert f'<img src="{stored_logo.url}" alt=""' in client.get("/en/stakeholders/").text
    picture = client.get(stored_logo.url)
    assert (picture["Content-Type"], picture["Cache-Control"]) == ("image/png", "private, max-age=86400")
    assert client.post(address + "remove/").status_code == 302
    assert client.get(stored_logo.url).status_code == 404
    assert ">HL</span>" in client.get(entry.get_absolute_url()).text


def test_an_svg_is_refused_with_the_reason_and_nothing_typed_is_lost(client, entry):
    sign_in(client, member_of(entry))
    sent = {"logo": SimpleUploadedFile("logo.svg", SVG, "image/svg+xml"), "alt": "Our sign"}
    page = client.post(f"/en/stakeholders/{entry.pk}/manage/logo/", sent).text
    assert "SVG files can carry programs" in page
    assert 'value="Our sign"' in page
    assert not Logo.objects.exists()


def test_the_words_alone_can_be_changed(client, entry):
    stored_logo = logo(entry)
    sign_in(client, member_of(entry))
    assert client.post(f"/en/stakeholders/{entry.pk}/manage/logo/", {"alt": "Two lamps"}).status_code == 302
    assert Logo.objects.get().pk == stored_logo.pk
    assert Logo.objects.get().alt == "Two lamps"


def test_another_picture_has_another_address_and_the_first_file_is_gone(
    entry, django_capture_on_commit_callbacks
):
    first = logo(entry)
    storage, name = first.file.storage, first.file.name
    with django_capture_on_commit_callbacks(execute=True):
        second = logo(entry)
    assert second.url != first.url
    assert not storage.exists(name)
    assert Logo.objects.count() == 1


def test_a_logo_is_seen_by_whoever_sees_the_profile(client, entry):
    stored_logo = logo(entry)
    assert client.get(stored_logo.url).status_code == 200
    Stakeholder.objects.update(listing=Listing.MEMBERS)
    assert client.get(stored_logo.url).status_code == 404
    sign_in(client, member_of(StakeholderFactory()))
    assert client.get(stored_logo.url).status_code == 200


def test_a_logo_is_reported_hidden_with_a_reason_and_shown_again(client, entry):
    stored_logo = logo(entry)
    desk = person_with(Role.VETTING)
    assert f"/en/report/stakeholders.logo/{stored_logo.pk}/" in client.get(entry.get_absolute_url()).text
    assert "A lamp" in client.get(f"/en/report/stakeholders.logo/{stored_logo.pk}/").text
    moderate_logo(
        stored_logo, "suspend", actor=desk, reason=Why.RIGHTS, note="It is the logo of another body."
    )
    assert not Logo.objects.visible_to(AnonymousUser()).exists()
    assert (
        "<img"
        not in client.get(entry.get_absolute_url()).text.partition("<h1>")[0].rpartition("profile-head")[2]
    )
    sign_in(client, member_of(entry))
    page = client.get(f"/en/stakeholders/{entry.pk}/manage/logo/").text
    assert "It is the logo of another body." in page
    stored_logo.refresh_from_db()
    moderate_logo(stored_logo, "restore", actor=desk)
    assert Logo.objects.get().status == Standing.SHOWN


def test_of_two_that_become_one_the_picture_of_the_one_that_stays(entry):
    other = StakeholderFactory(name="Harbour Lamps")
    logo(other)
    desk = person_with(Role.VETTING)
    third = StakeholderFactory(name="Harbour Lights")
    theirs = logo(third)
    merge(other, entry, actor=desk, reason="The same.")
    ours = Logo.objects.get(stakeholder=entry)
    merge(third, entry, actor=desk, reason="The same.")
    assert Logo.objects.get() == ours
    assert theirs != ours


def test_an_expert_who_leaves_leaves_no_picture(reference):
    expert = StakeholderFactory(kind=Kind.EXPERT, name="Amina Njeri")
    person = member_of(expert)
    set_logo(expert, actor=person, upload=upload(), alt="Amina")
    delete_account(person, actor=person)
    assert not Logo.objects.exists()


def test_taking_out_what_is_not_there_says_so(entry):
    with pytest.raises(DomainError):
        remove_logo(entry, actor=member_of(entry))


def test_lists_show_the_logo_beside_the_name_and_never_a_hidden_one(client, entry):
    """Country, article, network, event, search and front page; an image with no words of its own."""
    Stakeholder.objects.filter(pk=entry.pk).update(country="KEN")
    entry.articles.add("UNTOC-5")
    picture, network = logo(entry), NetworkFactory(members_for="public")
    NetworkMemberFactory(network=network, stakeholder=entry)
    event = EventFactory(organizer=entry)
    index(entry)
    pages = [
        "/en/",
        "/en/countries/KEN/",
        "/en/articles/UNTOC/5/",
        network.get_absolute_url(),
        event.get_absolute_url(),
        "/en/search/?q=lamp",
    ]
    image = f'<img src="{picture.url}" alt="" width="96" height="96">'
    for page in pages:
        assert image in markup_of(client.get(page)), page
    moderate_logo(picture, "suspend", actor=person_with(Role.VETTING), reason=Why.RIGHTS, note="Not theirs.")
    for page in pages:
        assert picture.url not in markup_of(client.get(page)), page
    moderate_logo(picture, "restore", actor=person_with(Role.VETTING), reason=Why.RIGHTS)
    assert image in markup_of(client.get(pages[0]))
    Stakeholder.objects.filter(pk=entry.pk).update(listing=Listing.MEMBERS)
    DirectoryVersion.objects.bump()
    index(entry)
    for page in pages:
        assert picture.url not in markup_of(client.get(page)), page


def test_lists_read_all_logos_in_as_many_statements_as_one(client, reference):
    network = NetworkFactory(members_for="public")

    def add():
        member = StakeholderFactory(country_id="KEN", name="Harbour")
        member.articles.add("UNTOC-5")
        logo(member)
        NetworkMemberFactory(network=network, stakeholder=member)
        index(member)

    for page in ("/en/articles/UNTOC/5/", network.get_absolute_url(), "/en/search/?q=harbour"):
        assert_no_growth(lambda page=page: client.get(page), add)
