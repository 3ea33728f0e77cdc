"""Plain words and words of the field are taken as they are; other scripts are found by their sound."""

import pytest

from search.actions import learn_words_of
from search.parse import BY_SOUND, JOINED_BY_SOUND, parse
from search.plain_words import is_plain, is_right
from search.queries import matching_ids
from search.spelling import corrected_text, with_commoner_words
from tests.search.conftest import KIND


@pytest.fixture
def near_words(put):
    """Words that differ by one letter from words of English that nothing on the portal holds."""
    names = ("Herein Cochrane Ossium", "Hacer Brihe Carmel", "Batna Kostiuk University", "Ivry Ranst")
    learn_words_of(KIND, [put(name).pk for name in names])


@pytest.mark.parametrize(
    "word", ["heroin", "bribe", "hacker", "cartel", "ivory", "ransom", "hostages", "Tuareg"]
)
def test_a_word_of_english_is_never_taken_for_a_slip(near_words, visitor, word):
    assert corrected_text(visitor, word) is None
    assert with_commoner_words(word) is None


@pytest.mark.parametrize("text", ["brothel", "stalking", "hostage", "women study", "Goma women"])
def test_words_of_english_are_not_names_of_another_script(db, text):
    assert not parse(text, BY_SOUND)
    assert not parse(text, JOINED_BY_SOUND)
    assert {BY_SOUND, JOINED_BY_SOUND}.isdisjoint(parse(text).instead)


def test_a_short_word_of_english_may_be_one_of_another_language_beside_others(db):
    assert BY_SOUND in parse("Fond Rossi").instead
    assert BY_SOUND not in parse("fond").instead


def test_a_name_is_right_but_no_plain_word():
    assert is_right("darfur")
    assert not is_plain("darfur")
    assert is_plain("hostages")
    assert not is_right("ornitholgy")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("한국형사법무정책연구원", "Hanguk Hyeongsa Beopmu Jeongchaek Yeonguwon"),
        ("한국형사법무정책연구원", "hangughyeongsa beobmu jeongchaeg yeonguwon"),
        ("서울대학교", "Seoul Daehakgyo"),
        ("中国政法大学", "Zhongguo Zhengfa Daxue"),
        ("中国政法大学", "zhong guo zheng fa da xue"),
        ("中国政法大学", "zhongguo zhengfa"),
    ],
)
def test_korean_and_chinese_names_are_found_in_latin_letters(put, visitor, name, typed):
    meant = put(name)
    put("北京大学")
    put("부산대학교")
    assert JOINED_BY_SOUND in parse(typed).instead
    assert list(matching_ids(visitor, typed, KIND, JOINED_BY_SOUND)) == [meant.pk]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Преступность и право", "преступности"),
        ("Борьба с организованной преступностью", "организованная"),
        ("Огнестрельное оружие", "огнестрельного"),
        ("О конвенциях", "конвенция"),
        ("الأسلحة النارية", "أسلحة"),
        ("اتفاقية مكافحة الجريمة", "الاتفاقية"),
    ],
)
def test_one_word_of_russian_or_arabic_is_found_in_any_form_whatever_the_record_is_written_in(
    put, visitor, name, typed
):
    meant = put("Guide", aliases=[name], language="en")
    hidden = put("Another guide", words=name, language="en")
    assert {*matching_ids(visitor, f"{typed} ", KIND)} == {meant.pk, hidden.pk}
