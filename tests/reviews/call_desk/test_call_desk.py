"""The desk's pages of calls: drafts, questions, translations, publishing, and what comes after."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation
from django.utils.timezone import now

from accounts.people.enums import Role
from notifications.follows.models import Follow
from notifications.outbox.models import Message
from reviews.call_desk.forms import CallForm
from reviews.calls.models import Call, FollowUp
from reviews.contributions.queries import numbers
from tests.days import CLOCKS_FORWARD, NEXT_YEAR
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.calls import CallFactory, draft_for, sent_for
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.reviews.call_desk.drafts import HOME, a_draft, posted
from tests.support import assert_no_growth, text_of, write_steps
from workflow.items.models import WorkItem
from workflow.windows.models import Extension

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def call():
    return CallFactory()


@pytest.mark.behaviour("R-19")
def test_a_draft_is_written_with_its_questions_and_seen_by_nobody(as_keeper, keeper, client):
    written = write_steps(as_keeper, f"{HOME}new/", posted())
    call = Call.objects.get()
    page = f"{HOME}{call.pk}/"
    assert written.url == f"{page}check/"
    checked = text_of(as_keeper.get(written.url))
    assert "What is missing?" in checked
    assert "Still missing" not in checked
    assert as_keeper.get(f"{page}edit/when/").context["form"]["zone"].value() == "Europe/Vienna"
    assert (call.drafted_by, call.cluster_id, call.most_words) == (keeper, "I", 3000)
    assert call.opens_at == datetime(NEXT_YEAR, 12, 1, 8, tzinfo=UTC)
    assert call.closes_at == datetime(NEXT_YEAR + 1, 3, 31, 16, tzinfo=UTC)
    assert set(call.countries.values_list("pk", flat=True)) == {"KEN", "UGA"}
    assert list(call.questions.values_list("text", "most_words", "is_required")) == [
        ("What works?", 300, True),
        ("What is missing?", 200, False),
    ]
    shown = text_of(as_keeper.get(page))
    assert f"31 March {NEXT_YEAR + 1}, 18:00 Vienna time" in shown
    assert "What is missing?" in shown
    assert "Victims in court" in text_of(as_keeper.get(f"{HOME}?state=draft"))
    assert "Victims in court" in text_of(as_keeper.get(f"{page}preview/"))
    sign_in(client, member_of(StakeholderFactory()))
    for url in (page, f"{page}preview/", f"{page}edit/", f"{page}edit/what/", f"{page}publish/", HOME):
        assert client.get(url).status_code == 404


def test_a_call_is_about_states_and_keeps_the_area_that_it_named_before(as_keeper, keeper):
    offered = dict(as_keeper.get(f"{HOME}new/").context["form"].fields["countries"].choices)
    assert "KEN" in offered
    assert "ABW" not in offered
    assert as_keeper.post(f"{HOME}new/", posted(countries=["ABW"])).context["form"].errors["countries"]
    call = CallFactory(status="draft", drafted_by=keeper)
    call.countries.set(["ABW"])
    at = f"{HOME}{call.pk}/edit/what/"
    assert "ABW" in dict(as_keeper.get(at).context["form"].fields["countries"].choices)
    as_keeper.post(at, posted(version=call.version, countries=["ABW", "KEN"]))
    assert set(call.countries.values_list("pk", flat=True)) == {"ABW", "KEN"}


@pytest.mark.parametrize(
    ("press", "texts"),
    (
        ("add", ["What works?", "What is missing?", ""]),
        ("remove-0", ["What is missing?"]),
        ("up-1", ["What is missing?", "What works?"]),
        ("down-0", ["What is missing?", "What works?"]),
        ("up-0", ["What works?", "What is missing?"]),
        ("down-1", ["What works?", "What is missing?"]),
        ("remove-9", ["What works?", "What is missing?"]),
        ("nonsense", ["What works?", "What is missing?"]),
    ),
)
def test_questions_are_arranged_without_script_and_nothing_typed_is_lost(as_keeper, keeper, press, texts):
    call = a_draft(keeper)
    shown = as_keeper.post(f"{HOME}{call.pk}/edit/questions/", posted(question=press, version=call.version))
    assert shown.status_code == 200
    assert call.questions.get().text == "What works?"
    form = shown.context["form"]
    assert [question["text"].value() or "" for question in form.questions] == texts
    assert not form.errors
    assert form["version"].value() == call.version


def test_questions_keep_their_rows_when_they_are_moved(as_keeper, keeper):
    call = a_draft(keeper)
    first = call.questions.get()
    rows = [
        {"text": "A new one", "most_words": "50"},
        {"id": first.pk, "text": first.text, "most_words": "100"},
    ]
    questions = f"{HOME}{call.pk}/edit/questions/"
    assert as_keeper.post(questions, posted(rows)).status_code == 302
    assert [(question.text, question.pk == first.pk) for question in call.questions.all()] == [
        ("A new one", False),
        ("What works?", True),
    ]
    call.refresh_from_db()
    assert as_keeper.post(questions, posted(rows[:1], version=call.version)).status_code == 302
    assert call.questions.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    (
        ({"title": " "}, "title"),
        ({"language": "de"}, "language"),
        ({"closes": "tomorrow"}, "closes"),
        ({"closes": f"{NEXT_YEAR}-11-30T09:00"}, "closes"),
        ({"opens": f"{CLOCKS_FORWARD}T02:30"}, "opens"),  # the hour that the clocks leave out
        ({"opens": f"{NEXT_YEAR}-01-01T09:00+05:00"}, "opens"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"countries": ["XXX"]}, "countries"),
        ({"answerers": "countries", "countries": []}, "countries"),
        ({"most_words": "0"}, "most_words"),
        ({"cluster": "IX"}, "cluster"),
    ),
)
def test_what_is_wrong_is_told_at_its_field(as_keeper, change, field):
    shown = write_steps(as_keeper, f"{HOME}new/", posted(**change))
    assert list(shown.context["form"].errors) == [field]
    assert shown.context["step_label"] == CallForm.STEPS[CallForm.step_of(field)][0]


def test_a_wrong_question_is_told_at_its_row_and_an_empty_new_one_is_none(as_keeper, keeper):
    call = a_draft(keeper)
    questions = f"{HOME}{call.pk}/edit/questions/"
    rows = [{"text": "What works?", "most_words": "none"}, {"text": "", "most_words": "500"}]
    shown = as_keeper.post(questions, posted(rows))
    assert "Something is missing in the questions." in text_of(shown)
    assert shown.context["form"].questions.errors == [{"most_words": ["Enter a whole number."]}, {}]
    rows[0]["most_words"] = "30"
    as_keeper.post(questions, posted(rows))
    assert Call.objects.get().questions.get().most_words == 30


def test_another_window_has_saved_since(as_keeper, keeper):
    call = a_draft(keeper)
    as_keeper.post(f"{HOME}{call.pk}/edit/what/", posted())
    shown = as_keeper.post(f"{HOME}{call.pk}/edit/what/", posted(title="From the other window"))
    assert "Another person has changed this" in text_of(shown)
    assert "From the other window" in text_of(shown)
    call.refresh_from_db()
    assert call.title == "Victims in court"


def test_a_question_of_another_call_is_not_taken(as_keeper, keeper):
    other, call = a_draft(keeper), a_draft(keeper)
    theirs = other.questions.get()
    as_keeper.post(
        f"{HOME}{call.pk}/edit/questions/", posted([{"id": theirs.pk, "text": "Stolen", "most_words": "9"}])
    )
    theirs.refresh_from_db()
    assert (theirs.text, theirs.call) == ("What works?", other)
    assert call.questions.get().text == "Stolen"


def test_translations_are_read_where_there_are_some(as_keeper, keeper):
    call = a_draft(keeper, guidance="Tell what you know.")
    question = call.questions.get()
    url = f"{HOME}{call.pk}/translate/fr/"
    assert as_keeper.get(url).status_code == 200
    fields = {"title": "Projet sur la fraude", f"text_{question.pk}": "Qu'est-ce qui marche ?", "version": 0}
    assert as_keeper.post(url, fields).status_code == 302
    shown = text_of(as_keeper.get(f"/fr/desk/calls/{call.pk}/preview/"))
    assert "Projet sur la fraude" in shown
    assert "Qu&#x27;est-ce qui marche ?" in shown
    assert 'lang="en"' in shown  # the guidance, which is not translated
    call.refresh_from_db()
    question.refresh_from_db()
    with translation.override("fr"):
        assert call.told_title == ("Projet sur la fraude", "fr")
        assert call.told_guidance == ("Tell what you know.", "en")
    stale = as_keeper.post(url, {"title": "Trop tard", "version": 0})
    assert "Another person has changed this" in text_of(stale)
    assert "Trop tard" in text_of(stale)
    for code in ("en", "de", "xx"):
        assert as_keeper.get(f"{HOME}{call.pk}/translate/{code}/").status_code == 404
    assert as_keeper.post(url, {"title": "", "version": call.version}).status_code == 302
    call.refresh_from_db()
    assert call.translations == {}


def test_before_publishing_the_desk_reads_how_many_are_told(as_keeper, keeper, client):
    call = a_draft(keeper)
    for terms, level in ((["country:KEN"], "all"), (["country:UGA"], "all"), (["country:KEN"], "muted")):
        Follow.objects.create(user=UserFactory(), terms=terms, level=level)
    url = f"{HOME}{call.pk}/publish/"
    assert "1 person who follows its countries or topics will be informed." in text_of(as_keeper.get(url))
    assert as_keeper.post(url, {"version": call.version}).status_code == 302
    call.refresh_from_db()
    assert call.status == "published"
    assert as_keeper.get(url).status_code == 302
    assert as_keeper.get(f"{HOME}{call.pk}/edit/").status_code == 302
    assert call.title in text_of(as_keeper.get(f"{HOME}?state=upcoming"))


def test_an_incomplete_draft_is_not_published_and_the_page_says_what_lacks(as_keeper, keeper):
    call = a_draft(keeper, closes_at=None, opens_at=None)
    shown = text_of(as_keeper.post(f"{HOME}{call.pk}/publish/", {"version": call.version}))
    assert "Enter when the call closes." in shown
    assert "Enter when the call opens." in shown
    call.refresh_from_db()
    assert call.is_draft


def test_a_regional_focal_point_drafts_and_hands_in_and_the_desk_publishes(client, as_keeper):
    regional = person_with(Role.REGIONAL, region="002")
    other = person_with(Role.REGIONAL, region="019")
    sign_in(client, regional)
    assert HOME in text_of(client.get("/en/regional/"))
    assert write_steps(client, f"{HOME}new/", posted()).status_code == 302
    call = Call.objects.get()
    url = f"{HOME}{call.pk}/"
    assert "Submit it to the WhatsOn team" in text_of(client.get(url))
    for refused in ("publish/", "cancel/", "closing/", "time/", "summary/", "follow-up/", "contributions/"):
        assert client.get(url + refused).status_code == 404
    assert client.get(f"{HOME}contributions/").status_code == 404
    assert client.post(f"{url}hand-in/").status_code == 302
    assert WorkItem.objects.about(call).open().get().what == "publish_call"
    sign_in(client, other)
    assert client.get(url).status_code == 404
    assert "Victims in court" not in text_of(client.get(HOME))
    sign_in(client, person_with(Role.HEAD))
    assert "submitted for publication" in text_of(client.get(f"{HOME}?state=draft"))
    client.post(f"{url}publish/", {"version": call.version})
    assert not WorkItem.objects.about(call).open().exists()
    sign_in(client, regional)
    assert client.get(url).status_code == 404
    assert "Victims in court" in text_of(client.get(f"{HOME}?state=upcoming"))


def test_a_draft_can_be_thrown_away_and_a_published_call_cannot(as_keeper, keeper, call):
    draft = a_draft(keeper)
    assert "Delete draft" in as_keeper.get(f"{HOME}{draft.pk}/discard/").text
    assert as_keeper.post(f"{HOME}{draft.pk}/discard/").status_code == 302
    assert list(Call.objects.all()) == [call]
    assert as_keeper.post(f"{HOME}{call.pk}/discard/").status_code == 404


def test_one_party_gets_more_time_with_a_reason(as_keeper, call):
    contribution, author = draft_for(call)
    other = StakeholderFactory(name="Harbour Watch")
    url = f"{HOME}{call.pk}/time/"
    first = text_of(as_keeper.get(url))
    assert contribution.stakeholder.name in first
    assert "Harbour Watch" not in first
    assert "Harbour Watch" in text_of(as_keeper.get(f"{url}?q=harbour"))
    chosen = f"{url}?stakeholder={contribution.stakeholder_id}"
    late = (call.closes_at + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    wrong = as_keeper.post(chosen, {"until": "2020-01-01T00:00", "reason": "Storm"})
    assert list(wrong.context["form"].errors) == ["until"]
    assert list(as_keeper.post(chosen, {"until": late, "reason": ""}).context["form"].errors) == ["reason"]
    assert as_keeper.post(chosen, {"until": late, "reason": "Storm"}).status_code == 302
    given = Extension.objects.about(call).get()
    assert (given.party, given.reason) == (contribution.party, "Storm")
    assert "Storm" in text_of(as_keeper.get(f"{HOME}{call.pk}/"))
    assert Message.objects.get(kind="reviews.extension_given").user == author
    assert as_keeper.get(f"{url}?stakeholder=99999999").status_code == 404
    assert as_keeper.get(f"{url}?stakeholder=x").status_code == 404
    assert other.pk


def test_the_closing_moves_for_everybody(as_keeper, call):
    url = f"{HOME}{call.pk}/closing/"
    assert list(as_keeper.post(url, {"closes_at": "", "version": 0}).context["form"].errors) == ["closes_at"]
    past = as_keeper.post(url, {"closes_at": now().strftime("%Y-%m-%dT00:00"), "version": 0})
    assert list(past.context["form"].errors) == ["closes_at"]
    assert as_keeper.post(url, {"closes_at": f"{NEXT_YEAR}-06-30T18:00", "version": 0}).status_code == 302
    call.refresh_from_db()
    assert call.closes_at == datetime(NEXT_YEAR, 6, 30, 16, tzinfo=UTC)
    stale = as_keeper.post(url, {"closes_at": f"{NEXT_YEAR}-07-30T18:00", "version": 0})
    assert "Another person has changed this" in text_of(stale)


def test_guidance_changes_after_publication_and_questions_do_not(as_keeper, call):
    as_keeper.post(f"{HOME}{call.pk}/guidance/", {"guidance": "Name your sources.", "version": 0})
    call.refresh_from_db()
    assert call.guidance == "Name your sources."
    as_keeper.post(f"{HOME}{call.pk}/edit/questions/", posted(version=call.version))
    assert call.questions.first().text == "What works well?"


def test_a_call_is_cancelled_with_a_reason(as_keeper, call):
    url = f"{HOME}{call.pk}/cancel/"
    assert list(as_keeper.post(url, {"note": " "}).context["form"].errors) == ["note"]
    assert as_keeper.post(url, {"note": "The phase was put off."}).status_code == 302
    call.refresh_from_db()
    assert call.status == "cancelled"
    assert as_keeper.get(url).status_code == 302
    assert call.title in text_of(as_keeper.get(f"{HOME}?state=cancelled"))


@pytest.mark.behaviour("R-17")
def test_after_the_closing_the_desk_says_what_was_said_and_what_followed(as_keeper, call):
    sent_for(call)
    sent_for(call, visibility="desk")
    url = f"{HOME}{call.pk}/"
    assert as_keeper.get(f"{url}summary/").status_code == 302
    Call.objects.filter(pk=call.pk).update(closes_at=now() - timedelta(minutes=1))
    assert as_keeper.post(f"{url}summary/", {"summary": "Courts were **praised**."}).status_code == 302
    assert "Courts were <strong>praised</strong>." in text_of(as_keeper.get(url))
    fields = {"on": "2026-11-01", "text": "A law was drafted.", "source": "Gazette 12", "url": ""}
    for change, field in (({"on": "2999-01-01"}, "on"), ({"text": ""}, "text"), ({"source": ""}, "source")):
        assert list(as_keeper.post(f"{url}follow-up/", fields | change).context["form"].errors) == [field]
    assert as_keeper.post(f"{url}follow-up/", fields).status_code == 302
    shown = text_of(as_keeper.get(url))
    assert "A law was drafted." in shown
    assert numbers(call)["received"] == 2
    line = FollowUp.objects.get()
    assert as_keeper.post(f"{url}follow-up/{line.pk}/forget/").status_code == 302
    assert not FollowUp.objects.exists()
    assert as_keeper.post(f"{url}follow-up/{line.pk}/forget/").status_code == 404


def test_lists_cost_the_same_whatever_they_show(as_keeper, call):
    def add():
        sent_for(call)
        sent_for(CallFactory())

    for url in (f"{HOME}?state=open", f"{HOME}contributions/", f"{HOME}{call.pk}/contributions/"):
        assert_no_growth(lambda url=url: as_keeper.get(url), add)


def test_a_step_of_a_call_saves_itself_and_of_the_questions_all_or_none(as_keeper, keeper):
    call = a_draft(keeper)
    page = f"{HOME}{call.pk}/"
    saved = as_keeper.post(f"{page}edit/what/autosave/", posted(title="", version=call.version))
    assert saved.status_code == 200
    call.refresh_from_db()
    assert (call.title, call.guidance) == ("Draft on fraud", "Tell what you know.")
    wrong = [{"text": "A new one", "most_words": "none"}]
    as_keeper.post(f"{page}edit/questions/autosave/", posted(wrong, version=call.version))
    assert call.questions.get().text == "What works?"
    call.refresh_from_db()
    as_keeper.post(f"{page}edit/questions/autosave/", posted(version=call.version))
    assert call.questions.count() == 2
    assert "the call (" not in as_keeper.get(page).text  # the history of a draft does not name each saving
    assert as_keeper.get(f"{page}edit/").url == f"{page}edit/what/"
    Call.objects.filter(pk=call.pk).update(opens_at=None)
    assert as_keeper.get(f"{page}edit/").url == f"{page}edit/when/"
    assert f'{page}edit/when/?check#id_opens"' in as_keeper.get(f"{page}check/").text
    assert as_keeper.get(f"{page}edit/other/").status_code == 404
