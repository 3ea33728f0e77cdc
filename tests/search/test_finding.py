"""Whom people look for is found, however they type it: the questions of `bench/finding.csv` and their aims.

Beside the entries of the file stand so many that are called nearly so that what only comes near leads to none
of them; among the 27,000 of the registry `python -m bench.finding` asks the same.
"""

from collections import Counter

import pytest
from django.utils.timezone import localdate

from bench.finding import AIMS, TYPED, Question, find_misses, questions, too_few
from search.actions import AT_ONCE, index_many, learn_words_of
from search.spelling import corrected_text, did_you_mean, is_slip, slips
from stakeholders.applications.models import OtherName
from stakeholders.entries.enums import Kind, Listing, NameKind, Status
from stakeholders.entries.models import Stakeholder
from taxonomy.places.models import Country
from tests.search.conftest import KIND

ENTRY = "stakeholders.stakeholder"
NEARLY = 11  # one more than are looked at


@pytest.fixture
def directory(reference):
    """The entries of the file among others, as an import writes them and as its nudges learn their words."""
    asked_for = {question.name: question for question in questions() if question.name}
    ids = dict(zip(asked_for, listed(asked_for.values()), strict=True))
    OtherName.objects.bulk_create(
        OtherName(stakeholder_id=ids[question.name], kind=NameKind.OTHER, text=text)
        for question in asked_for.values()
        for text in filter(None, question.others.split("|"))
    )
    crowd = listed(nearly(list(asked_for.values())))
    index_many(ENTRY, [*ids.values(), *crowd])
    learn_words_of(ENTRY, [*ids.values(), *crowd])


def listed(entries):
    countries = dict(Country.objects.values_list("iso2", "pk"))
    stakeholders = [
        Stakeholder(
            kind=Kind.NGO,
            status=Status.LISTED,
            source_name="ROR",
            source_date=localdate(),
            listing=Listing.PUBLIC,
            name=entry.name,
            name_latin=entry.name_latin,
            acronym=entry.acronym,
            country_id=countries[entry.country],
        )
        for entry in entries
    ]
    for stakeholder in stakeholders:
        stakeholder.keep_keys()
    return [stakeholder.pk for stakeholder in Stakeholder.objects.bulk_create(stakeholders)]


def nearly(asked_for):
    """Of each name of several words some that have another word in one place, taken from the other names."""
    others = [word for question in asked_for for word in question.name.split()]
    for number, question in enumerate(asked_for):
        words = question.name.split()
        for copy in range(NEARLY if len(words) > 1 else 0):
            at = copy % len(words)
            other = others[(number * 7 + copy * 31) % len(others)]
            name = " ".join([*words[:at], other, *words[at + 1 :]])
            yield Question("", "", name, "", "", question.country, "")


@pytest.mark.night
@pytest.mark.slow
def test_whom_people_look_for_is_among_the_first_ten(directory):
    asked_for = questions()
    misses = list(find_misses(asked_for))
    report = [
        (question.typed, question.name, looked_for, names[:2]) for question, looked_for, names in misses
    ]
    assert too_few(asked_for, Counter(question.kind for question, _looked_for, _names in misses)) == {}, (
        report
    )


def test_the_questions_are_three_hundred_of_every_kind():
    kinds = Counter(question.kind for question in questions())
    assert kinds.total() == 300
    assert {*AIMS, *TYPED, "name", "right words"} == set(kinds)


@pytest.mark.parametrize(
    ("word", "slip"),
    [
        ("university", "univeristy"),
        ("university", "uiversity"),
        ("university", "univversity"),
        ("university", "unaversity"),
        ("university", "niversity"),
        ("институт", "инститтут"),
        ("الجامعه", "الجماعه"),
        ("ακαδημια", "ακαδιμια"),
    ],
)
def test_one_slip_is_one_of_its_slips(word, slip):
    assert word in set(slips(slip))
    assert len(set(slips("a" * 30))) < 2000


def test_what_is_replaced_keeps_everything_else_as_it_was_typed(put, visitor):
    learn_words_of(KIND, [put("Ornithology Circle of Castle Kenya", language="en").pk])
    learn_words_of(KIND, [put("Orchid Cattle").pk])
    assert corrected_text(visitor, "Ornitholgy Circle -zebra") == "ornithology Circle -zebra"
    # Of two that are near, the one that stands beside the other words.
    assert corrected_text(visitor, "Orchid Catle") == "Orchid cattle"
    assert corrected_text(visitor, "Ornithology Catle") == "Ornithology castle"
    # What finds something, is a name of something, short, small or a number is right.
    for right in ("ornithology", "circles", "Kenia", "TIP", "this", "cir", "1234", '"ornitholgy"', "大学"):
        assert corrected_text(visitor, right) is None, right


def test_an_elision_stays_only_before_a_vowel(put, visitor):
    learn_words_of(KIND, [put("Nombre sombre", language="fr").pk])
    assert corrected_text(visitor, "l'nomre") == "nombre"
    learn_words_of(KIND, [put("Université", language="fr").pk])
    assert corrected_text(visitor, "l'univrsité") == "l'universite"


def test_a_slip_in_a_word_of_the_thesaurus_is_mended_where_another_name_finds_something(put, visitor):
    assert did_you_mean(visitor, "kidnaping") is None
    assert did_you_mean(visitor, "ransm payments") is None
    put("Abduction Response Circle", text="payments")
    for slip, word in (("kidnaping", "kidnapping"), ("kidnaping circle", "kidnapping circle")):
        assert did_you_mean(visitor, slip) == word
        assert is_slip(slip, word)
    assert did_you_mean(visitor, "ransm payments") == "ransom payments"


def test_a_slip_that_others_made_too_is_mended_and_what_is_right_is_not(put, visitor):
    """Only beside others, where all together find nothing; never by another letter, nor what is common."""
    ids = [
        put(f"University of {place}").pk for place in ("Lima", "Rome", "Oslo", "Bern", *map(str, range(20)))
    ]
    ids += [
        put(name).pk
        for name in ("Univesity of Elsewhere", "Marine Circle", "Marina Watch", "Defence Monitor")
    ]
    learn_words_of(KIND, ids * (1 + AT_ONCE // len(ids)))
    assert corrected_text(visitor, "Univesity Lima") == "university Lima"
    # Of what is right only where all of it is then a name.
    assert corrected_text(visitor, "Marina Circle") == "marine Circle"
    for right in ("Univesity", "Marina Lima", "Marine Monitor", "Lima Rome"):
        assert corrected_text(visitor, right) is None, right


def test_a_question_of_twelve_slips_is_answered_by_a_few_tries(put, visitor, django_assert_max_num_queries):
    """Every choice of every word together would have been some millions."""
    name = "alphabet birthday calendar daughter elephant festival"
    ids = [put(name).pk, put("alphabett alphabets birthdays birthdayy calendars calendarr daughters").pk]
    learn_words_of(KIND, ids)
    text = "alphabat birthdiy calenddar dauhgter elepant festivel " * 2
    with django_assert_max_num_queries(2):
        assert corrected_text(visitor, text) == f"{name} {name} "


def test_a_slip_in_the_first_letter_needs_other_words_beside_it(db):
    assert is_slip("niversity of nairobi", "university of nairobi")
    assert is_slip("univeristy", "university")
    assert is_slip("nuiversity", "university")
    assert not is_slip("lections", "elections")
    assert not is_slip("defence", "defiance")
    assert not is_slip("élections libres", "collections libres")
