from itertools import product

import pytest
from django.contrib.postgres.search import SearchQuery
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.people.enums import Role
from accounts.people.models import User
from search import hooks as search_hooks
from search.actions import learn_words, learn_words_of
from search.checks import SAMPLES, database_knows_every_script, trigrams_of
from search.enums import Audience
from search.hits import hits
from search.models import Document
from search.parse import parse
from search.queries import find, matching_ids, ranked_ids
from search.spelling import did_you_mean
from tests.factories.accounts import UserFactory, person_with
from tests.search.conftest import KIND
from tests.support import assert_no_growth

pytestmark = pytest.mark.django_db


def groups(text, missing=0):
    return [[term.bare[0] for term in group] for group in parse(text, missing).groups]


SMALL_WORDS = {
    "Who works on trafficking in persons in Kenya?": "trafficking persons kenya",
    "trafficking in persons Kenya": "trafficking persons kenya",
    "Qui travaille sur la traite des personnes au Kenya ?": "traite personnes kenya",
    "¿Quién trabaja contra la trata de personas en Kenia?": "trata personas kenia",
    "Кто работает с торговлей людьми в Кении": "торговлей людьми кении",
    "من يعمل على الاتجار بالأشخاص في كينيا": "الاتجار بالاشخاص كينيا",
    "What does Kenya's review look like and who can I ask?": "kenya review",
    "what was said at the dialogue on smuggling": "dialogue smuggling",
    "ce que dit l'article 18": "dit article 18",
    "the WHO in Kenya": "who kenya",
    "forced work in Kenya": "forced work kenya",
    "who": "who",
    "to be or not to be": "to be or not to be",
    "WORK ON THE GROUND": "work ground",
}


def test_small_words_need_not_be_found(subtests):
    for text, read in SMALL_WORDS.items():
        with subtests.test(text=text):
            assert parse(text).plain_words == read.split()


def test_small_words_stay_in_phrases_and_where_they_are_refused():
    (phrase,) = parse('"law of the sea"').groups
    assert phrase[0].bare == ("law", "of", "the", "sea")
    assert [term.bare for term in parse("law -the").excluded] == [("the",)]


def test_some_words_may_be_missing(put, visitor):
    """Seen on a running portal: one word too many found nothing at all."""
    put("Safe Harbour", text="Trafficking in persons. Nairobi, Kenya")
    put("Kenya Bar", text="Lawyers")
    put("Trafficking Watch", text="Lima")
    text = "safe trafficking nairobi lima"
    assert names(find(visitor, text)) == []
    nearest = Document.objects.filter(object_id__in=matching_ids(visitor, text, KIND, missing=1))
    assert set(names(nearest)) == {"Safe Harbour"}
    nearest = Document.objects.filter(object_id__in=matching_ids(visitor, text, KIND, missing=2))
    assert set(names(nearest)) == {"Safe Harbour", "Trafficking Watch"}


@settings(deadline=None)  # the first question reads what everything is called
@given(st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=6, unique=True), st.integers(1, 2))
def test_as_many_words_may_be_missing_as_is_said(letters, missing):
    """At least one of every so many words and one more: exactly what "all but so many" means."""
    text = " ".join(f"{word}xx" for word in letters)
    for held in (letters[missing:], letters[missing + 1 :]):
        words = {f"{word}xx" for word in held}
        matches = all(any(word in words for word in group) for group in groups(text, missing))
        assert matches is (len(held) >= len(letters) - missing) or len(letters) <= missing


@settings(deadline=None)
@given(st.lists(st.sampled_from("abcdefghijkl"), min_size=2, max_size=12, unique=True), st.integers(1, 2))
def test_nothing_is_left_out_that_lacks_no_more_words_than_may_be_missing(letters, missing):
    held = {f"{word}xx" for word in letters[missing:]}
    loosened_groups = groups(" ".join(f"{word}xx" for word in letters), missing)
    assert all(any(word in held for word in group) for group in loosened_groups) or len(letters) <= missing


def test_a_question_with_missing_words_stays_short_whatever_is_typed(subtests):
    """Twelve words once became 220 groups and 186 KB of SQL."""
    for number, missing, sign in product((3, 6, 7, 12, 30), (1, 2), (" ", "-", " OR ")):
        with subtests.test(number=number, missing=missing, sign=sign):
            words = [f"{chr(97 + n // 26)}{chr(97 + n % 26)}x" for n in range(number)]
            question = parse(sign.join(words) + " two more words", missing)
            assert len(question.groups) <= 20
            assert len(question.as_query().params) <= 4 * max(60, number + 3)


def test_what_is_called_otherwise_is_found_as_well(put, visitor):
    put("Safe Harbour", text="Trafficking in persons. Nairobi, Kenya", language="en")
    put("Refuge", text="Contre la traite des êtres humains", language="fr", country="CHE")
    put("Kenya Bar", text="Lawyers")
    for text in ("trafficking in persons", "human trafficking", "TIP", "trata de personas", "贩运人口"):
        assert sorted(names(find(visitor, text))) == ["Refuge", "Safe Harbour"], text
        assert names(find(visitor, f"{text} Kenya")) == ["Safe Harbour"]
    assert names(find(visitor, '"human trafficking"')) == []
    assert parse("TIP watch").read_as == [(["TIP", "Trafficking in persons"], False), (["watch…"], False)]
    (hit,) = hits(find(visitor, "TIP Kenya"), "TIP Kenya")
    assert hit.snippet == "<mark>Trafficking</mark> in <mark>persons</mark>. Nairobi, <mark>Kenya</mark>"


def names(documents):
    return [document.title for document in documents]


@pytest.mark.parametrize(
    ("name", "language", "text", "words"),
    [
        ("Institute of Law", "en", "", "institutes"),
        ("Trafficking Watch", "en", "", "traffick"),
        ("Université de Genève", "fr", "", "universite geneve"),
        ("Universite de Geneve", "fr", "", "Genève UNIVERSITÉ "),
        ("Fundación Justicia", "es", "Personas desaparecidas", "desaparecida"),
        ("Институт права", "ru", "Борьба с преступностью", "преступность"),
        ("Алёна", "ru", "", "алена"),
        ("مركز القانون", "ar", "مكافحة الجريمة المنظَّمة", "جريمة"),
        ("منظّمة العدالة", "ar", "", "منظمه"),
        ("北京大学法学院", "zh", "", "法学院"),
        ("北京大学法学院", "zh", "", "院"),
        ("北京大学", "zh", "打击跨国有组织犯罪", "有组织犯罪"),
        ("東京大学", "", "", "大学"),
        ("Ürümqi Hukuk", "", "", "urumqi"),
        ("Kenya Anti-Corruption Forum", "en", "", "anticorruption OR anti-corruption"),
        ("Crime Watch", "en", "", '"crime watch"'),
        ("हिन्दी संस्था", "", "", "हिन्दी"),
    ],
)
def test_what_is_found_in_each_language(name, language, text, words, put, visitor):
    put(name, language=language, text=text)
    put("Something else entirely", text="Nothing of the kind.")
    assert names(find(visitor, words)) == [name]


QUESTIONS = {
    "water": ["Water Law", "Water Justice"],
    "water law": ["Water Law"],
    "law -water": ["Sea Law"],
    'law -"sea law"': ["Water Law"],
    "justice OR sea": ["Sea Law", "Water Justice"],
    '"law water"': [],
    '"water law"': ["Water Law"],
    "wat": ["Water Law", "Water Justice"],
    "wat ": [],
    "wa": [],
    "-water": [],
    "": [],
    "?!": [],
    "OR": [],
}


def test_how_a_question_is_read(put, visitor, subtests):
    for name in ("Water Justice", "Water Law", "Sea Law"):
        put(name)
    for text, titles in QUESTIONS.items():
        with subtests.test(text=text):
            assert sorted(names(find(visitor, text))) == sorted(titles)


def test_a_name_counts_more_than_a_text(put, visitor):
    put("A garden", text="Here one reads of smuggling now and then.")
    put("Smuggling Monitor")
    assert names(find(visitor, "smuggling")) == ["Smuggling Monitor", "A garden"]


def test_an_alias_and_a_country_and_a_facet_narrow(put, visitor):
    put("Global Initiative", aliases=["GITOC"], country="CHE", facets=["kind:ngo", "topic:tip"])
    put("Global Forum", country="KEN", facets=["kind:ngo"])
    assert names(find(visitor, "gitoc")) == ["Global Initiative"]
    assert names(find(visitor, "global", country="KEN")) == ["Global Forum"]
    assert names(find(visitor, "global", facets=["kind:ngo", "topic:tip"])) == ["Global Initiative"]
    assert names(find(visitor, "global", kinds=["accounts.other"])) == []
    assert sorted(names(find(visitor, "global", kinds=[KIND, "accounts.other"]))) == [
        "Global Forum",
        "Global Initiative",
    ]


JUST_SO = {
    "SUA": ["Soka University"],
    "s.u.a.": ["Soka University"],
    "CARE": ["C.A.R.E."],
    "C.A.R.E. Kenya": ["C.A.R.E."],
    "gradient": ["Gradient (Kenya)", "Gradient Labs"],
    "Institut du gradient": ["Gradient Labs"],
}


def test_what_is_called_just_so_comes_first_by_whichever_of_its_names(put, visitor, subtests):
    put("Suasis", text="Sua, sua, sua.", aliases=["Sua Suasis"])
    put("Soka University", aliases=["SUA"])
    put("C.A.R.E.", text="Kenya")
    put("Gradient Labs", aliases=["Institut du Gradient"], text="Gradient, gradient.")
    put("Gradient (Kenya)")
    for text, titles in JUST_SO.items():
        with subtests.test(text=text):
            assert names(find(visitor, text))[: len(titles)] == titles
            others = names(find(visitor, f"{text} -university -care"))
            assert {"Soka University", "C.A.R.E."}.isdisjoint(others)


ADDRESSES = ("https://www.watch.org.uk/about?x=1", "WWW.WATCH.ORG.UK", "info@watch.org.uk", "info@watch.com")


def test_a_site_is_found_by_its_address_or_by_the_name_in_it(put, visitor, subtests):
    put("Trafficking Monitor", site="https://watch.org.uk/en/")
    put("The Watch")
    put("Info Org UK")
    for address in ADDRESSES:
        with subtests.test(address=address):
            titles = {"The Watch"} | ({"Trafficking Monitor"} if "org.uk" in address.casefold() else set())
            assert set(names(find(visitor, address))) == titles


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("University of Nairobi", "universities Nairobi "),
        ("Universities of Kenya", "university of Kenya "),
        ("Organisation for Labour Defence", "organization labor defense "),
        ("Center for Organized Programs", "organised programme centre "),
        ("Charity Box", "boxes charities "),
        ("Firearms Watch", "fire arms watch "),
        ("COP/2024/5", "CTOC COP 2024/5 -zebra".removeprefix("CTOC ")),
    ],
)
def test_words_are_found_in_other_forms_whatever_the_language_of_a_name(name, words, put, visitor):
    put(name)
    put("Zebra")
    assert names(find(visitor, words)) == [name]


VISIBLE_AUDIENCES = {
    "visitor": {"public"},
    "signed in": {"public"},
    "state": {"public", "states"},
    "member": {"public", "states", "members"},
    "regional": {"public", "states", "members", "regional"},
    "regional around it": {"public", "states", "members", "regional"},
    "regional everywhere": {"public", "states", "members", "regional"},
    "regional elsewhere": {"public"},
    "desk": {"public", "states", "members", "regional", "desk", "unlisted"},
}


def test_who_finds_what(put, visitor, monkeypatch, subtests):
    audiences = {
        "public": Audience.PUBLIC,
        "states": Audience.MEMBERS_STATES,
        "members": Audience.MEMBERS,
        "regional": Audience.REGIONAL,
        "desk": Audience.DESK,
        "unlisted": None,
    }
    for name, audience in audiences.items():
        put(f"Asylum {name}", audience=audience, country="KEN")
    people = {
        "visitor": lambda: visitor,
        "signed in": UserFactory,
        "state": lambda: person_with(Role.STATE),
        "member": lambda: UserFactory(name="Member"),
        "regional": lambda: person_with(Role.REGIONAL, country="KEN"),
        "regional around it": lambda: person_with(Role.REGIONAL, region="014"),
        "regional everywhere": lambda: person_with(Role.REGIONAL),
        "regional elsewhere": lambda: person_with(Role.REGIONAL, region="019"),
        "desk": lambda: person_with(Role.EVENTS),
    }
    monkeypatch.setattr(
        search_hooks.audiences,
        "_function",
        lambda user: {Audience.MEMBERS_STATES, Audience.MEMBERS} if user.name == "Member" else set(),
    )
    for who, expected in VISIBLE_AUDIENCES.items():
        with subtests.test(who=who):
            person = people[who]()
            assert {name.split()[1] for name in names(find(person, "asylum"))} == expected
            assert {name.split()[1] for name in names(Document.objects.visible_to(person))} == expected
            assert len(matching_ids(person, "asylum", KIND)) == len(expected)


def test_what_is_for_all_regional_focal_points_and_lies_nowhere_is_found_by_each(put):
    put("Asylum handbook", audience=Audience.REGIONAL)
    put("Asylum members", audience=Audience.MEMBERS)
    assert names(find(person_with(Role.REGIONAL, country="KEN"), "asylum")) == ["Asylum handbook"]


def test_a_hidden_name_is_not_proposed(put, visitor):
    put("Ornithology Society", audience=Audience.MEMBERS)
    learn_words()
    assert did_you_mean(visitor, "ornitholgy") is None
    learn_words_of(KIND, [put("Ornithology Circle").pk])
    assert did_you_mean(visitor, "ornitholgy") == "ornithology"
    assert did_you_mean(visitor, "ornitholgy circle", kind=KIND) == "ornithology circle"
    assert did_you_mean(visitor, "ornithology") is None
    assert did_you_mean(visitor, "大学") is None
    assert did_you_mean(visitor, "??") is None


def test_ids_for_another_queryset(put, visitor):
    first, second = put("Harbour Law"), put("A quay", text="About a harbour.")
    put("Harbour", audience=None)
    everybody = User.objects.all()
    assert set(everybody.filter(pk__in=matching_ids(visitor, "harbour", KIND))) == {first, second}
    assert list(ranked_ids(visitor, "harbour", KIND, everybody)) == [first.pk, second.pk]
    assert list(ranked_ids(visitor, "harbour", KIND, everybody.exclude(pk=first.pk))) == [second.pk]
    assert list(matching_ids(visitor, " ", KIND)) == []


def test_a_page_of_hits_costs_the_same_however_many(put, visitor):
    assert_no_growth(
        lambda: hits(find(visitor, "harbour")[:20], "harbour"),
        lambda: put("Harbour", text="The harbour is watched.", language="en"),
    )
    assert len(hits(find(visitor, "harbour")[:20], "harbour")) == 3


@pytest.mark.parametrize(
    ("text", "language", "words", "snippet"),
    [
        ("They track smugglers & co.", "en", "smuggler", "They track <mark>smugglers</mark> &amp; co."),
        ("打击跨国有组织犯罪<i>中心", "zh", "组织", "打击跨国有<mark>组织</mark>犯罪&lt;i&gt;中心"),
        ("Un système d'éducation", "fr", "education ", "Un système d&#x27;<mark>éducation</mark>"),
        (
            "إجراءات المُحاكمات العادلة",
            "ar",
            '"المحاكمات العادله"',
            "إجراءات <mark>المُحاكمات</mark> <mark>العادلة</mark>",
        ),
        ("", "en", "person", ""),
    ],
)
def test_the_snippet_is_escaped_and_marked(text, language, words, snippet, put, visitor):
    put("Person", text=text, language=language, aliases=[words])
    (hit,) = hits(find(visitor, words), words)
    assert hit.snippet == snippet
    assert (hit.title, hit.kind_label, hit.url, hit.language) == ("Person", "Person", "/en/", language)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(), st.text(alphabet="ab'\"-\\ORé大ا:*&|!()<> \x00", max_size=40)))
def test_no_question_is_an_error(text, visitor):
    question = parse(text)
    assert list(find(visitor, text)[:1]) == []
    assert bool(question) is bool(question.plain_words)
    if question:
        with connection.cursor() as cursor:
            sql, params = Document.objects.filter(tsv=question.as_query()).query.sql_with_params()
            cursor.execute(f"EXPLAIN {sql}", params)


LONG = ("x" * 5000, "a " * 5000, "大" * 5000, '"' + "b " * 500, "-c " * 900, "ﷺ" * 900)


def test_a_very_long_question_is_cut(visitor, subtests):
    for text in LONG:
        with subtests.test(text=text[:10]):
            assert list(find(visitor, text)) == []


@pytest.mark.parametrize("script", SAMPLES)
def test_the_database_sees_letters_in_every_script(script):
    assert trigrams_of(SAMPLES[script])


def test_the_check_tells_of_a_database_that_sees_none(monkeypatch):
    assert database_knows_every_script(databases=["default"]) == []
    monkeypatch.setattr("search.checks.trigrams_of", lambda sample, alias: [])
    assert [fault.id for fault in database_knows_every_script(databases=["default"])] == ["search.E001"] * 3


def test_a_plain_search_query_of_django_still_reads_the_index(put):
    put("Harbour")
    assert Document.objects.filter(tsv=SearchQuery("harbour", config="simple")).count() == 1
