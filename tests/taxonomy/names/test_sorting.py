import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from taxonomy.names.enums import UN_LANGUAGES
from taxonomy.names.sorting import SORT_LENGTH, content_language, sort_key


@pytest.mark.parametrize(
    ("language", "names"),
    (
        ("en", ["Åland Islands", "Albania", "Cook Islands", "Costa Rica", "Côte d'Ivoire", "Croatia"]),
        ("fr", ["Égypte", "El Salvador", "Émirats arabes unis", "Guinée-Bissau", "Guinée équatoriale"]),
        ("es", ["Nuez", "Nylon", "Ñandú", "Ópalo"]),
        ("ru", ["Индия", "Иран", "Испания", "Италия", "Йемен", "Кабо-Верде"]),
        ("ar", ["الأردن", "أفغانستان", "ألبانيا", "البحرين", "بلجيكا", "الجزائر", "فرنسا", "لبنان"]),
        ("zh", ["阿尔巴尼亚", "秘鲁", "俄罗斯联邦", "法国", "蒙特塞拉特", "蒙古", "中国"]),
    ),
)
def test_names_sort_as_each_language_sorts_them(language, names):
    assert sorted(set(names), key=lambda name: sort_key(language, name)) == names


def test_the_arabic_article_is_passed_over_and_its_look_alike_is_not():
    assert sort_key("ar", "البحرين") == "بحرين"
    assert sort_key("ar", "ألبانيا") == "البانيا"


def test_a_chinese_character_that_is_not_in_the_table_comes_last():
    assert sort_key("zh", "做") < sort_key("zh", "龘")


def test_a_key_is_never_longer_than_its_column():
    assert {len(sort_key(language, "长é" * 400)) for language in ("zh", "en", "es")} == {SORT_LENGTH}


@pytest.mark.parametrize(
    ("active", "shown"),
    (("ar", "ar"), ("zh", "zh"), ("zh-hans", "zh"), ("en-gb", "en"), ("de", "en"), (None, "en")),
)
def test_the_language_of_contents_is_one_of_the_six(active, shown):
    with override(active):
        assert content_language() == shown


@given(st.text(max_size=300), st.sampled_from(UN_LANGUAGES))
def test_any_text_has_a_key_that_its_column_can_hold(text, language):
    key = sort_key(language, text)
    assert len(key) <= SORT_LENGTH
    assert "\x00" not in key
