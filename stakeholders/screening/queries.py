"""Names compared with the list in use, and what was found. The pages that show it are for those who vet."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import CharField, Count, Q, QuerySet, Value

from core.database import reading_connection
from core.subqueries import exists_in
from core.text import clean_line
from stakeholders.applications.enums import ApplicationStatus
from stakeholders.applications.models import Application, Officer, OtherName
from stakeholders.entries.enums import Kind, NameKind, Status
from stakeholders.entries.models import Stakeholder
from stakeholders.screening.enums import ListedKind, ScreenedKind, ScreenedName
from stakeholders.screening.models import ListedName, Match, Screened, ScreeningList, ScreeningRun
from stakeholders.screening.reader import ReadList
from stakeholders.screening.transliteration import (
    MOST_CHARACTERS,
    SHORTEST_BONES,
    SHORTEST_KEY,
    bones_of,
    digest_of,
    in_arabic,
    in_han,
    key_of,
    words_agree,
)

ALIKE = 0.55  # share of common trigrams, from 0 to 1, from which a person looks at the pair
ALIKE_BONES = 0.6  # without the vowels names are shorter, and more of them are alike by chance

NOT_SCREENED = (Status.WITHDRAWN, Status.MERGED)


class Name(NamedTuple):
    """One name of an application or stakeholder."""

    subject: int
    which: str
    text: str


class Hit(NamedTuple):
    """A name that is like one form on the list."""

    name: Name
    listed: ListedName
    likeness: float

    @property
    def pair(self) -> tuple[int, str, str]:
        return self.name.subject, digest_of(self.name.text), self.listed.digest


def names_of(kind: str, ids: Sequence[int]) -> list[Name]:
    """Return the names of these subjects that are compared, each text once; acronyms are too short."""
    names = _names_of_applications(ids) if kind == ScreenedKind.APPLICATION else _names_of_stakeholders(ids)
    names += _other_names_and_officers(kind, ids)
    cleaned = (
        Name(name.subject, name.which, clean_line(name.text)[:MOST_CHARACTERS]) for name in names if name.text
    )
    return list({(name.subject, name.text): name for name in cleaned}.values())


def _other_names_and_officers(kind: str, ids: Sequence[int]) -> list[Name]:
    owner = "application_id" if kind == ScreenedKind.APPLICATION else "stakeholder_id"
    named = OtherName.objects.filter(**{f"{owner}__in": ids}).order_by()
    led = Officer.objects.filter(**{f"{owner}__in": ids}).order_by()
    which = {NameKind.OTHER.value: ScreenedName.OTHER, NameKind.FORMER.value: ScreenedName.FORMER}
    rows = named.values_list(owner, "kind", "text").union(
        led.annotate(name_kind=Value("officer", CharField())).values_list(owner, "name_kind", "name"),
        all=True,
    )
    rows = rows.order_by()
    return [
        Name(pk, which.get(kind_of_name, ScreenedName.OFFICER), text)
        for pk, kind_of_name, text in sorted(rows)
    ]


def _names_of_applications(ids: Sequence[int]) -> list[Name]:
    rows = Application.objects.filter(pk__in=ids).values_list(
        "pk", "name", "name_latin", "kind", "applicant__name"
    )
    names = []
    for pk, name, latin, kind, applicant in rows.order_by("pk"):
        # The later of two with the same text is kept, and an expert's own name is that of the entry.
        if kind == Kind.EXPERT:
            names.append(Name(pk, ScreenedName.APPLICANT, applicant or ""))
        names += [Name(pk, ScreenedName.LATIN, latin), Name(pk, ScreenedName.NAME, name)]
    return names


def _names_of_stakeholders(ids: Sequence[int]) -> list[Name]:
    names = []
    for pk, name, latin in Stakeholder.objects.filter(pk__in=ids).values_list("pk", "name", "name_latin"):
        names += [Name(pk, ScreenedName.LATIN, latin), Name(pk, ScreenedName.NAME, name)]
    return names


def compares_nothing(application: Application) -> bool:
    """Return whether no name can be compared: no list is in use, or each name is too short."""
    if ScreeningList.objects.current() is None:
        return True
    return not any_comparable(names_of(ScreenedKind.APPLICATION, [application.pk]))


def any_comparable(names: Iterable[Name]) -> bool:
    return any(_is_comparable(name.text) for name in names)


def _is_comparable(text: str) -> bool:
    return in_han(text) or len(key_of(text)) >= SHORTEST_KEY or len(bones_of(text)) >= SHORTEST_BONES


def digest_of_names(names: Iterable[Name]) -> str:
    """Return a digest that changes with any of the names."""
    return digest_of(*sorted(f"{name.which}:{name.text}" for name in names))


_KEYS = """
SELECT own.n, listed.id, similarity(listed.key, own.key)
FROM unnest(%s::int[], %s::text[]) AS own(n, key)
JOIN stakeholders_listedname AS listed ON listed.key %% own.key
WHERE listed.list_id = %s AND NOT listed.in_han
"""
_BONES = """
SELECT own.n, listed.id, similarity(listed.bones, own.bones)
FROM unnest(%s::int[], %s::text[], %s::boolean[]) AS own(n, bones, in_arabic)
JOIN stakeholders_listedname AS listed ON listed.bones %% own.bones
WHERE listed.list_id = %s AND (listed.in_arabic OR own.in_arabic OR listed.kind = 'individual')
    AND similarity(listed.bones, own.bones) >= %s
"""
_HAN = """
SELECT own.n, listed.id, 1.0
FROM unnest(%s::int[], %s::text[]) AS own(n, key)
JOIN stakeholders_listedname AS listed ON listed.key = own.key
WHERE listed.list_id = %s AND listed.in_han
"""
_THRESHOLD = "SELECT set_config('pg_trgm.similarity_threshold', %s, true)"


def hits(names: Sequence[Name], screening_list: ScreeningList) -> list[Hit]:
    """Return the pairs that are alike enough for a person to look at.

    Runs in a transaction. A name with Han characters is found only by exactly the same form.
    """
    likeness_by_pair: dict[tuple[int, int], float] = {}
    keys = [key_of(name.text) for name in names]
    bones = [bones_of(name.text) for name in names]
    han = [n for n, name in enumerate(names) if in_han(name.text)]
    latin = [n for n, key in enumerate(keys) if len(key) >= SHORTEST_KEY and not in_han(key)]
    bare = [n for n, bone in enumerate(bones) if len(bone) >= SHORTEST_BONES]
    with reading_connection().cursor() as cursor:
        cursor.execute("SELECT current_setting('pg_trgm.similarity_threshold', true)")
        before = cursor.fetchone()[0] or "0.3"
        cursor.execute(_THRESHOLD, [str(ALIKE)])
        cursor.execute(_KEYS, [latin, [keys[n] for n in latin], screening_list.pk])
        by_key = cursor.fetchall()
        arabic = [in_arabic(names[n].text) for n in bare]
        cursor.execute(_BONES, [bare, [bones[n] for n in bare], arabic, screening_list.pk, ALIKE_BONES])
        by_bones = cursor.fetchall()
        cursor.execute(_THRESHOLD, [before])
        cursor.execute(_HAN, [han, [keys[n] for n in han], screening_list.pk])
        for n, pk, _same in cursor.fetchall():
            likeness_by_pair[n, pk] = 1.0
    listed = ListedName.objects.in_bulk(
        {pk for _n, pk, _likeness in (*by_key, *by_bones)} | {pk for _, pk in likeness_by_pair}
    )
    for n, pk, likeness in by_key:
        if pk in listed and words_agree(keys[n], listed[pk].key):
            likeness_by_pair[n, pk] = max(likeness, likeness_by_pair.get((n, pk), 0.0))
    for n, pk, likeness in by_bones:
        if pk in listed and words_agree(bones[n], listed[pk].bones):
            likeness_by_pair[n, pk] = max(likeness, likeness_by_pair.get((n, pk), 0.0))
    return [
        Hit(names[n], listed[pk], likeness)
        for (n, pk), likeness in sorted(likeness_by_pair.items())
        if pk in listed
    ]


# --- What a list that waits would change ----------------------------------------------------------------
class ChangedEntry(NamedTuple):
    """One person or body of the list: the forms of its name that come, go, and stay."""

    kind: ListedKind
    reference: str
    come: list[str]
    gone: list[str]
    stay: list[str]


class Difference(NamedTuple):
    """What a list changes in the one that is in use, entry by entry."""

    added: list[ChangedEntry]
    changed: list[ChangedEntry]
    gone: list[ChangedEntry]
    same: int


def difference(read: ReadList, current: ScreeningList | None) -> Difference:
    """Return what a list changes of the one in use. Entries are the same by their reference on the list."""
    before: dict[tuple[str, str], set[str]] = {}
    for kind, reference, form in (
        ListedName.objects.filter(list=current).values_list("kind", "reference", "form") if current else ()
    ):
        before.setdefault((kind, reference), set()).add(form)
    after: dict[tuple[str, str], set[str]] = {}
    for entry in read.entries:
        after.setdefault((entry.kind, entry.reference), set()).update(entry.forms)
    changes = Difference([], [], [], 0)
    same = 0
    for key in sorted({*before, *after}):
        was, now_is = before.get(key, set()), after.get(key, set())
        if was == now_is:
            same += 1
            continue
        where = changes.added if not was else changes.gone if not now_is else changes.changed
        lists = (sorted(now_is - was), sorted(was - now_is), sorted(was & now_is))
        where.append(ChangedEntry(ListedKind(key[0]), key[1], *lists))
    return changes._replace(same=same)


# --- For pages ------------------------------------------------------------------------------------------
class ShownMatch(NamedTuple):
    """A match with what it is about."""

    match: Match
    subject: Application | Stakeholder


def waiting_matches(user: Any) -> QuerySet[Match]:
    """Return the hits that a person must look at, of open applications and of stakeholders still here."""
    applications = exists_in(Application.objects.filter(status__in=ApplicationStatus.OPEN), "subject_id")
    stakeholders = exists_in(Stakeholder.objects.exclude(status__in=NOT_SCREENED), "subject_id")
    return (
        Match.objects.visible_to(user)
        .open()
        .filter(
            (Q(subject_kind=ScreenedKind.APPLICATION) & applications)
            | (Q(subject_kind=ScreenedKind.STAKEHOLDER) & stakeholders)
        )
        .order_by("-likeness", "pk")
    )


def with_subjects(matches: Iterable[Match]) -> list[ShownMatch]:
    """Return each match with its application or stakeholder."""
    matches = list(matches)
    ids = {
        kind: [match.subject_id for match in matches if match.subject_kind == kind]
        for kind in ScreenedKind.values
    }
    subjects: dict[str, dict[int, Any]] = {
        ScreenedKind.APPLICATION: Application.objects.in_bulk(ids[ScreenedKind.APPLICATION]),
        ScreenedKind.STAKEHOLDER: Stakeholder.objects.in_bulk(ids[ScreenedKind.STAKEHOLDER]),
    }
    return [
        ShownMatch(match, subjects[match.subject_kind][match.subject_id])
        for match in matches
        if match.subject_id in subjects[match.subject_kind]
    ]


def latest_run(user: Any) -> ScreeningRun | None:
    """Return the run that was started last, with its list."""
    return ScreeningRun.objects.visible_to(user).select_related("list").order_by("-pk").first()


class OnApplication(NamedTuple):
    """What screening says about one application, for the desk."""

    current: ScreeningList | None
    screened: Screened | None
    up_to_date: bool
    open: list[Match]
    cleared: list[Match]
    # Whether nothing can be compared, so that an approval needs a reason.
    compares_nothing: bool


def screening_of(application: Application, user: Any) -> OnApplication | None:
    """Return what screening says of an application; None for a person who may not know of it."""
    if not user.has_perm("stakeholders.screen"):
        return None
    current = ScreeningList.objects.visible_to(user).current()
    if current is None:
        return OnApplication(None, None, up_to_date=False, open=[], cleared=[], compares_nothing=True)
    screened = Screened.objects.visible_to(user).filter(application=application).first()
    names = names_of(ScreenedKind.APPLICATION, [application.pk])
    matches = list(
        Match.objects.visible_to(user)
        .about(ScreenedKind.APPLICATION, application.pk)
        .select_related("cleared_by")
        .order_by("-likeness", "pk")
    )
    return OnApplication(
        current,
        screened,
        is_screened(names, current, screened),
        [match for match in matches if match.is_open],
        [match for match in matches if match.cleared_at],
        compares_nothing=not any_comparable(names),
    )


def is_screened(names: Sequence[Name], current: ScreeningList | None, screened: Screened | None) -> bool:
    """Return whether the current names were compared with the list in use."""
    if current is None or screened is None or screened.list_id != current.pk:
        return False
    return screened.digest == digest_of_names(names)


def applications_left_behind(current: ScreeningList) -> QuerySet[Application]:
    """Return the open applications that were not compared with the list in use."""
    return Application.objects.filter(status__in=ApplicationStatus.OPEN).exclude(screened__list=current)


def count_to_screen() -> int:
    """Return how many stakeholders and open applications are to be compared."""
    applications = Application.objects.filter(status__in=ApplicationStatus.OPEN)
    stakeholders = Stakeholder.objects.exclude(status__in=NOT_SCREENED)
    counted = [rows.aggregate(n=Count("pk"))["n"] for rows in (applications, stakeholders)]
    return sum(counted)
