"""The State of the demonstration, which does not exist: nothing invented is said of a real one."""

from taxonomy.places.models import Country

# Codes that ISO 3166 and M49 leave to their users. Without region and place it is on no map, and without
# standing in the United Nations it is no State in any list.
CODES = {"iso3": "XDR", "iso2": "XD", "m49": "999"}
NAMES = {
    "name_ar": "جمهورية تجريبية",
    "name_zh": "示范共和国",
    "name_en": "Demo Republic",
    "name_fr": "République de démonstration",
    "name_ru": "Демонстрационная республика",
    "name_es": "República de demostración",
}
SOURCE = "Demo: no such State, and no such source"


def load_country() -> Country:
    return Country.objects.get_or_create(iso3=CODES["iso3"], defaults={**CODES, **NAMES, "source": SOURCE})[0]
