"""Countries in a file by their names in the six languages, and as people call them."""

import pytest

from stakeholders.imports.queries import words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ("KEN", "ke", "Kenya", "Kenia", "КЕНИЯ", "Кения", "肯尼亚", "كينيا"))
def test_a_country_is_known_by_each_of_its_names(reference, name):
    assert words().country(name) == "KEN"
