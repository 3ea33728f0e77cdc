"""The reference data themselves: what stands in them, and that every fact says where it comes from."""

from datetime import date

import pytest
from django.utils.translation import override

from taxonomy.curation.queries import LISTS
from taxonomy.law.models import Article, Cluster, Instrument, Participation
from taxonomy.names.enums import UN_LANGUAGES
from taxonomy.names.models import Sourced
from taxonomy.names.sorting import sort_key
from taxonomy.places.enums import RegionLevel, UNGroup, UNStatus
from taxonomy.places.models import Country, Region
from taxonomy.synonyms.models import Synonym
from taxonomy.terms.models import EngagementArea, Language, Topic

pytestmark = pytest.mark.usefixtures("reference")


@pytest.mark.parametrize("model", (Region, Country))
def test_every_place_has_its_name_in_all_six_languages(model):
    lacking = [
        row.pk
        for row in model.objects.all()
        if not all(getattr(row, f"name_{code}") for code in UN_LANGUAGES)
    ]
    assert lacking == []


def test_places_are_those_of_the_united_nations_lists():
    assert Country.objects.count() == 248
    levels = {level: Region.objects.filter(level=level).count() for level in RegionLevel.values}
    assert levels == {"region": 5, "subregion": 17, "intermediate": 7}
    assert sorted(Region.objects.filter(level="region").values_list("name_en", flat=True)) == [
        "Africa",
        "Americas",
        "Asia",
        "Europe",
        "Oceania",
    ]
    assert set(Country.objects.filter(pk__in=["TWN", "XKX"])) == set()
    assert list(Country.objects.filter(region=None).values_list("pk", flat=True)) == ["ATA"]


@pytest.mark.parametrize(
    ("iso3", "language", "name"),
    (
        ("BOL", "en", "Bolivia (Plurinational State of)"),
        ("TUR", "en", "Türkiye"),
        ("CIV", "en", "Côte d'Ivoire"),
        ("VNM", "en", "Viet Nam"),
        ("SWZ", "en", "Eswatini"),
        ("VAT", "en", "Holy See"),
        ("GBR", "en", "United Kingdom of Great Britain and Northern Ireland"),
        ("NLD", "fr", "Pays-Bas"),
        ("IRN", "fr", "Iran (République islamique d')"),
        ("CHE", "fr", "Suisse"),
        ("RUS", "es", "Federación de Rusia"),
        ("NZL", "es", "Nueva Zelandia"),
        ("USA", "ru", "Соединенные Штаты Америки"),
        ("BLR", "ru", "Беларусь"),
        ("PSE", "ar", "دولة فلسطين"),
        ("SYR", "ar", "الجمهورية العربية السورية"),
        ("COG", "zh", "刚果（布）"),
        ("KOR", "zh", "大韩民国"),
    ),
)
def test_names_are_those_that_the_united_nations_use(iso3, language, name):
    with override(language):
        assert Country.objects.get(pk=iso3).name == name


def test_no_name_carries_the_marks_of_the_list_it_was_read_from():
    marks = [
        name
        for row in Country.objects.all()
        for code in UN_LANGUAGES
        if (name := getattr(row, f"name_{code}")).endswith(
            ("*", "(the)", "(la)", "(le)", "(l')", "(el)", "(los)")
        )
    ]
    assert marks == []


def test_regional_groups_hold_the_193_member_states():
    sizes = {group: Country.objects.filter(un_group=group).count() for group in UNGroup.values}
    assert sizes == {"african": 54, "asia-pacific": 54, "eastern-european": 23, "grulac": 33, "weog": 29}
    assert Country.objects.filter(status=UNStatus.MEMBER).count() == 193
    assert Country.objects.filter(status=UNStatus.MEMBER, un_group="").count() == 0
    assert set(Country.objects.filter(status=UNStatus.OBSERVER).values_list("pk", flat=True)) == {
        "PSE",
        "VAT",
    }


def test_all_107_articles_have_titles_and_stand_in_order():
    articles = list(Article.objects.in_order().select_related("instrument"))
    counts = {code: sum(a.instrument_id == code for a in articles) for code in ("UNTOC", "TIP", "SOM", "FA")}
    assert counts == {"UNTOC": 41, "TIP": 20, "SOM": 25, "FA": 21}
    assert [a.code for a in articles[:11]][-2:] == ["UNTOC-10", "UNTOC-11"]
    assert [a.title for a in articles if not a.title] == []
    assert Article.objects.get(pk="FA-9").title == "Deactivation of firearms"


def test_articles_are_in_a_cluster_only_where_that_is_evidenced():
    assert sorted(Article.objects.filter(cluster="I").values_list("pk", flat=True)) == sorted(
        [
            "UNTOC-2",
            "UNTOC-5",
            "UNTOC-6",
            "UNTOC-8",
            "UNTOC-9",
            "UNTOC-10",
            "UNTOC-15",
            "UNTOC-23",
            "TIP-3",
            "TIP-5",
            "SOM-3",
            "SOM-5",
            "SOM-6",
        ]
    )
    assert Article.objects.exclude(cluster=None).exclude(cluster="I").count() == 0
    assert [(c.code, c.verified, c.name_en) for c in Cluster.objects.in_order()] == [
        ("I", True, "Criminalization and jurisdiction"),
        ("II", False, ""),
        ("III", False, ""),
        ("IV", False, ""),
    ]
    assert [str(c) for c in Cluster.objects.in_order()[:2]] == [
        "Cluster I: Criminalization and jurisdiction",
        "Cluster II",
    ]


def test_instruments_are_the_convention_its_protocols_and_the_corruption_convention():
    assert [(i.code, i.parent_id, i.reviewed) for i in Instrument.objects.in_order()] == [
        ("UNTOC", None, True),
        ("TIP", "UNTOC", True),
        ("SOM", "UNTOC", True),
        ("FA", "UNTOC", True),
        ("UNCAC", None, False),
    ]
    assert Article.objects.filter(instrument="UNCAC").count() == 0


def test_participation_says_what_was_found_and_never_no():
    uruguay = Participation.objects.get(pk="URY-UNTOC")
    assert (uruguay.is_party, uruguay.date) == (True, date(2005, 3, 4))
    assert Participation.objects.filter(is_party=False).count() == 0
    assert Participation.objects.filter(organization="European Union").count() == 4
    by_instrument = {
        code: Participation.objects.filter(instrument=code, is_party=True).count()
        for code in ("UNTOC", "TIP", "SOM", "FA")
    }
    assert by_instrument == {"UNTOC": 187, "TIP": 173, "SOM": 148, "FA": 115}


def test_topics_are_the_crime_types_and_the_subjects_of_the_working_groups():
    assert Topic.objects.filter(kind="crime").count() == 15
    assert set(Topic.objects.filter(working_group=True).values_list("pk", flat=True)) == {
        "firearms",
        "international-cooperation",
        "smuggling-of-migrants",
        "technical-assistance",
        "trafficking-in-persons",
    }
    assert EngagementArea.objects.count() == 6
    assert set(Language.objects.filter(official=True).values_list("pk", flat=True)) == set(UN_LANGUAGES)


@pytest.mark.parametrize(
    ("language", "name"),
    (
        ("ar", "الاتجار بالأشخاص"),
        ("zh", "人口贩运"),
        ("en", "Trafficking in persons"),
        ("fr", "Traite des personnes"),
        ("ru", "Торговля людьми"),
        ("es", "Trata de personas"),
    ),
)
def test_a_topic_is_named_in_the_language_in_use(language, name):
    with override(language):
        assert Topic.objects.get(pk="trafficking-in-persons").name == name


@pytest.mark.parametrize("model", (Topic, EngagementArea, Language))
def test_every_term_has_six_names(model):
    lacking = [
        row.pk
        for row in model.objects.all()
        if not all(getattr(row, f"name_{code}") for code in UN_LANGUAGES)
    ]
    assert lacking == []


# Of synonyms most are in common use; their own test asks for the one or the other.
@pytest.mark.parametrize(
    "model", [model for model in LISTS if issubclass(model, Sourced) and model is not Synonym]
)
def test_every_row_says_where_and_when_it_was_read(model):
    assert model.objects.filter(source="").count() == 0
    assert model.objects.filter(source_date=None).count() == 0


@pytest.mark.parametrize("language", UN_LANGUAGES)
def test_countries_come_from_the_database_in_the_order_of_each_language(language):
    with override(language):
        names = [country.name for country in Country.objects.in_order()]
    assert names == sorted(names, key=lambda name: sort_key(language, name))
    assert len(names) == 248


def test_a_missing_name_falls_back_on_english_and_says_so():
    article = Article.objects.get(pk="UNTOC-3")
    with override("ar"):
        assert (article.name, article.name_language) == ("Scope of application", "en")
    with override("fr"):
        topic = Topic.objects.get(pk="corruption")
        assert (topic.name, topic.name_language) == ("Corruption", "fr")
