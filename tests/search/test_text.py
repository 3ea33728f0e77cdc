import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import LONGEST_WORD, config_for, fold, fold_lightly, pairs, spread, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ÉDUCATION", "education"),
        ("Ørsted Łódź Æro œuvre", "orsted lodz aero oeuvre"),
        ("Ħamrun Bakı Dövlət Ŋuŋa", "hamrun baki dovlat nuna"),
        ("Straße ﬁsh １２", "strasse fish 12"),
        ("İstanbul", "istanbul"),
        ("Йод и Ёж", "йод и еж"),
        ("مُنَظَّمَة", "منظمه"),
        ("الـــجريمة", "الجريمه"),
        ("أحمد إلى آدم", "احمد الي ادم"),
        ("हिन्दी", "हिन्दी"),
        ("東京", "東京"),
    ],
)
def test_how_text_is_folded(text, folded):
    assert fold(text) == folded


def test_the_stemmer_is_given_the_arabic_endings():
    assert fold_lightly("منظَّمة") == "منظمة"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("anti-corruption, U.N. & l'eau", "anti corruption u n l eau"),
        ("ABC大学", "abc 大学 学"),
        ("東京大学", "東京 京大 大学 学"),
        ("กรุงเทพ", "กร รุ ุง งเ เท ทพ พ"),
        ("foo_bar", "foo bar"),
        ("  ", ""),
    ],
)
def test_how_text_is_read_as_words(text, read):
    assert spread(fold(text)) == read


def test_every_character_of_a_run_begins_a_pair():
    assert pairs("三") == ["三"]
    assert [pair[0] for pair in pairs("三合会")] == list("三合会")


@pytest.mark.parametrize(
    ("language", "config"),
    [
        ("en", "portal_en"),
        ("fr", "portal_fr"),
        ("ar", "arabic"),
        ("ru", "russian"),
        ("zh", "simple"),
        ("", "simple"),
    ],
)
def test_which_stemmer_reads_a_language(language, config):
    assert config_for(language) == config


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_words_are_short_and_hold_nothing_that_the_query_language_reads(text):
    for word in words(fold(text)):
        assert 0 < len(word) <= LONGEST_WORD
        assert not set(word) & set(" '\"\\&|!():*<>-\x00")
