import pytest
from django.utils.translation import override

from taxonomy.places.models import AreaMapping, Country
from taxonomy.places.queries import codes_left_out, codes_placed, place
from taxonomy.terms.models import Topic

pytestmark = pytest.mark.usefixtures("reference")


@pytest.mark.parametrize("code", ("KE", "KEN", "ke", " ken "))
def test_a_country_is_placed_by_either_code(code):
    assert place(code) == Country.objects.get(pk="KEN")


@pytest.mark.parametrize("code", ("TW", "TWN", "XK", "XKX", "", "Kenya", "404"))
def test_a_code_outside_the_lists_is_never_guessed(code):
    assert place(code) is None


def test_the_desk_places_a_code_or_decides_to_leave_it_out():
    AreaMapping.objects.create(code="XK", country_id="ALB", note="For this test.")
    AreaMapping.objects.create(code="ZZ", note="For this test.")
    assert (place("XK"), place("ZZ")) == (Country.objects.get(pk="ALB"), None)
    assert codes_left_out() == {"ZZ"}
    AreaMapping.objects.get(pk="XK").delete()
    assert place("XK") is None


def test_a_mapping_never_overrules_a_listed_code():
    AreaMapping.objects.create(code="KE", country_id="ALB", note="A slip.")
    assert place("KE") == Country.objects.get(pk="KEN")


def test_codes_for_an_import_are_asked_once(django_assert_num_queries):
    assert len(codes_placed()) == 2 * 248
    with django_assert_num_queries(0):
        codes_placed()


@pytest.mark.parametrize("model", (Country, Topic))
def test_choices_are_one_query_and_then_none_until_a_row_changes(model, django_assert_num_queries):
    with django_assert_num_queries(1):
        model.objects.all().for_choices()
    with django_assert_num_queries(0):
        model.objects.for_choices()
    with override("fr"), django_assert_num_queries(1):
        model.objects.for_choices()
    row = model.objects.first()
    row.name_en = "Aaa, renamed"
    row.save()
    assert model.objects.for_choices()[0] == (row.pk, "Aaa, renamed")


@pytest.mark.parametrize(
    ("language", "first"),
    (("en", "Afghanistan"), ("fr", "Afghanistan"), ("zh", "阿尔巴尼亚"), ("ru", "Австралия")),
)
def test_choices_follow_the_language_in_use(language, first):
    with override(language):
        assert Country.objects.for_choices()[0][1] == first


def test_states_are_asked_for_without_areas():
    states = {code for code, _name in Country.objects.states_for_choices()}
    # A member, an observer, and a party to the Convention that is neither.
    assert {"KEN", "VAT", "COK"} <= states
    # Listed by M49, and no State.
    assert not {"AIA", "ALA", "ATA", "ASM"} & states
    assert len(states) < Country.objects.count()
