"""A list of members as life keeps it, of invented organizations.

A title and an empty line above the heading, any columns, several scripts, and all the dirt that people leave.

made_list(): 446 rows with what must become of each. `create_lookalikes()` makes the entries that some of them
look like.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from accounts.people.enums import Role
from stakeholders.entries.enums import Status
from stakeholders.invitations import actions_desk
from tests.factories.accounts import person_with
from tests.factories.claims import listed_entry
from tests.factories.stakeholders import StakeholderFactory, member_of

HEADS = (
    "No.",
    "NGO / Organisation name",
    "Abbreviation",
    "Pays/country",
    "Type of organization",
    "Contact e-mail",
    "Langue",
    "Web site",
    "Contact person",
    "Member since",
)
MEANT = {
    "1": "name",
    "2": "acronym",
    "3": "country",
    "4": "kind",
    "5": "email",
    "6": "language",
    "7": "website",
}
MEMBERS = 446

_FIRST = ("Lantern", "Harbour", "Willow", "Cedar", "Beacon", "Meadow", "Compass", "Bridge", "Isle", "Falcon")
_LAST = ["Society", "Watch", "Circle", "Forum", "Initiative", "Trust", "Collective"]
_NAMES = (
    lambda number: f"{_FIRST[number % 10]} {_LAST[number % 7]} {number}",
    lambda number: f"Association des Phares et Balises n° {number}",
    lambda number: f"Fundación Amanecer Sereno {number}",
    lambda number: f"Общество «Тихая гавань» {number}",
    lambda number: f"جمعية المنارة الهادئة {number}",
    lambda number: f"晨光灯塔协会{number}",
)
# The word for the country in the language of the name, and in others that people use.
_COUNTRIES = (
    ("Kenya", "KENYA", "KEN", "ke", "Kenya "),
    ("Sénégal", "SENEGAL", "sn", "Senegal"),
    ("México", "Mexico", "MEX", "Mexique"),
    ("Казахстан", "Kazakhstan", "KZ"),
    ("مصر", "Egypt", "Égypte", "EGY"),
    ("中国", "China", "CHN"),
)
_KINDS = (
    ("NGO", "Civil society", "CSO", "ngo", "University", "Private sector", "Non-profit", "Think tank"),
    ("ONG", "Société civile", "Université", "Secteur privé", "Organisation non gouvernementale"),
    ("ONG", "Sociedad civil", "Universidad", "Sector privado"),
    ("НПО", "Гражданское общество", "Университет", "Эксперт"),
    ("المجتمع المدني", "جامعة", "القطاع الخاص", "منظمة غير حكومية"),
    ("非政府组织", "民间社会", "大学", "企业"),
)
_LANGUAGES = (
    ("English", "EN", "", "English / French"),
    ("français", "FR", "Français", "French"),
    ("español", "Spanish", "ES", "castellano"),
    ("русский", "Russian", "ru"),
    ("العربية", "Arabic", "ar"),
    ("中文", "Chinese", "zh"),
)


def _address(number: int) -> str:
    return f"office{number}@society{number}.example"


# How an address is written that is one.
_WRITTEN = (
    str,
    str.upper,
    lambda it: f"{it}.",
    lambda it: f"  {it}\u00a0",
    lambda it: f"mailto:{it}",
    lambda it: f"Desk Officer <{it}>",
    lambda it: it.replace("@", "\uff20"),
    lambda it: f"{it}; second.{it}",
    lambda it: f"{it} or info.{it}",
    lambda it: f"\u200b{it}",
    lambda it: it.replace("@", " @ "),
)


@dataclass
class MadeList:
    rows: list[list[str]] = field(default_factory=list)
    # outcome, or "undecided" → how many rows must come to it
    fates: Counter[str] = field(default_factory=Counter)
    # names of rows that are invited as new ones
    new: list[str] = field(default_factory=list)

    def add(self, fate: str, **filled: str) -> None:
        number = len(self.rows) + 1
        cells = {**dict.fromkeys(HEADS, ""), "No.": str(number), "Member since": "2014", **filled}
        self.rows.append([cells[head] for head in HEADS])
        self.fates[fate] += 1


def _ordinary_row(number: int) -> dict[str, str]:
    """What an ordinary row says, in one of six languages."""
    language = number % 6
    name = _NAMES[language](number)
    if number % 9 == 0:
        name = name.upper()
    if number % 10 == 0:
        name = name.replace(" ", "\u00a0 ")
    return {
        "NGO / Organisation name": name,
        "Abbreviation": ("N/A", "", "-")[number % 3],
        "Pays/country": _COUNTRIES[language][number % len(_COUNTRIES[language])],
        "Type of organization": _KINDS[language][number % len(_KINDS[language])],
        "Contact e-mail": _WRITTEN[number % len(_WRITTEN)](_address(number)),
        "Langue": _LANGUAGES[language][number % len(_LANGUAGES[language])],
        "Web site": (f"www.society{number}.example", f"http://society{number}.example/", "none", "")[
            number % 4
        ],
        "Contact person": f"Person {number}",
    }


NAME, MAIL, COUNTRY, KIND, SITE = (
    "NGO / Organisation name",
    "Contact e-mail",
    "Pays/country",
    "Type of organization",
    "Web site",
)
_ERRORS: tuple[dict[str, str], ...] = (
    {MAIL: "not known"},
    {MAIL: ""},
    {MAIL: "office at society.example"},
    {MAIL: "a@b"},
    {COUNTRY: "Atlantis"},
    {COUNTRY: "West Africa"},
    {KIND: "Government"},
    {KIND: ""},
    {NAME: ""},
    {NAME: "…"},
)
# Rows similar to a profile, and why: (what the row says, what the entry is).
TWINS: tuple[tuple[dict[str, str], dict[str, Any]], ...] = (
    *(
        ({NAME: f"OPEN HORIZON  {number}"}, {"name": f"Open Horizon {number}", "country_id": "KEN"})
        for number in range(10)
    ),
    *(
        (
            {NAME: f"Another Word For It {number}", SITE: f"www.known-site{number}.example/about"},
            {"name": f"Known by its Site {number}", "website": f"https://known-site{number}.example"},
        )
        for number in range(4)
    ),
    *(
        (
            {NAME: f"Written in Full {number}", "Abbreviation": f"Q{number}XZ"},
            {"name": f"Known by Letters {number}", "acronym": f"q{number}xz", "country_id": "KEN"},
        )
        for number in range(3)
    ),
)
OWN = 4  # rows whose twin has people of its own
BEFORE = 5  # rows that were invited before


def made_list(count: int = MEMBERS) -> MadeList:
    """`count` rows of organizations, and among them headings of groups, totals and empty rows."""
    member_list = MadeList()
    plain = {COUNTRY: "Kenya", KIND: "NGO", "Langue": "English", SITE: ""}
    for number, error in enumerate(_ERRORS * 3):
        member_list.add("refused", **{**_ordinary_row(1000 + number), **error})
    for number, (filled, _entry) in enumerate(TWINS):
        member_list.add("undecided", **{MAIL: _address(2000 + number), **plain, **filled})
    for number in range(OWN):
        member_list.add(
            "claimed", **{NAME: f"Its Own People {number}", MAIL: _address(3000 + number), **plain}
        )
    for number in range(BEFORE):
        member_list.add(
            "known", **{NAME: f"Invited  Before {number}", MAIL: _address(4000 + number).upper(), **plain}
        )
    ordinary = count - len(member_list.rows) - 12
    for number in range(ordinary):
        filled = _ordinary_row(number)
        member_list.add("new", **filled)
        member_list.new.append(filled[NAME])
    for number in range(12):  # the same once more, spelled in another way
        filled = _ordinary_row(number * 6)
        filled[NAME] = filled[NAME].upper().replace(" ", " – ", 1)
        member_list.add(
            "skipped", **{**filled, MAIL: _address(number * 6) if number % 2 else _address(5000 + number)}
        )
    return member_list


def with_life(member_list: MadeList) -> list[list[str]]:
    """The whole sheet: a title, an empty line, the heading, groups with their totals."""
    sheet = [["Members of the former hub – state of 2021"], [], list(HEADS)]
    for place, row in enumerate(member_list.rows):
        if place % 60 == 0:
            sheet += [[], [f"GROUP {place // 60 + 1}"]]
            member_list.fates["skipped"] += 1
        sheet.append(row)
        if place % 60 == 59:
            sheet.append(["Subtotal", "", "", "", "60"])
            member_list.fates["skipped"] += 1
    sheet += [list(HEADS), ["Total", str(len(member_list.rows))]]
    member_list.fates["skipped"] += 2
    return sheet


def create_lookalikes() -> None:
    """The entries and invitations that rows of the list look like."""
    for _filled, entry in TWINS:
        listed_entry(**entry)
    for number in range(OWN):
        member_of(StakeholderFactory(name=f"Its own people {number}", country_id="KEN", status=Status.ACTIVE))
    desk = person_with(Role.VETTING)
    for number in range(BEFORE):
        actions_desk.invite_to_register(
            _address(4000 + number), actor=desk, language="en", kind="ngo", name=f"Invited before {number}"
        )
