"""Organizations of the first content: listed where a source says enough, or by a person."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from audit.models import Entry
from core.bulk import any_of
from core.errors import DomainError, WrongState
from core.text import clean_line, fold
from search.actions import index_many
from stakeholders.applications.models import OtherName
from stakeholders.entries.enums import Listing, NameKind, Status
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.registers.actions import KIND, take_import_lock
from stakeholders.registers.enums import CandidateStatus, LeaveOutReason
from stakeholders.registers.models import Candidate, EcosocName, FurtherSource
from stakeholders.registers.queries import further_names
from taxonomy.seed import Counts, living_codes

PACK = "organizations.csv"
COLUMNS = (
    "kind",
    "name",
    "name_latin",
    "acronym",
    "country_id",
    "city",
    "website",
    "ror_id",
    "mission",
    "mission_language_id",
)
# Lists of codes: the relations of an entry of the same names.
LISTS = ("topics", "languages", "works_in")
# What a further source adds to an entry that lacks it.
ADDED = ("website", "mission", "mission_language_id")
KEYS = ("name_key", "sort_key", "site_key", "slug", "updated_at")
FROM_FILE = (
    "name",
    "said",
    "sources",
    "why",
    "note",
    "unsure",
    "unsourced_website",
    "confidence",
    "country_basis",
    "is_in_file",
)


@dataclass
class Tally:
    """What loading did: to the rows themselves first, then to the directory."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    listed: int = 0
    sources_added: int = 0
    # In the directory already, with people of their own.
    left_alone: int = 0
    # In all, for a person.
    waiting: int = 0

    def __str__(self) -> str:
        return ", ".join(
            f"{getattr(self, counter.name)} {counter.name.replace('_', ' ')}" for counter in fields(self)
        )


def entry_from(facts: dict[str, Any], **chosen: Any) -> Stakeholder:
    """Return the entry that a candidate would make, not saved."""
    entry = Stakeholder(status=Status.LISTED, listing=Listing.PUBLIC)
    for column, value in {**facts, **chosen}.items():
        if column in COLUMNS:
            setattr(entry, column, value)
    entry.updated_at = now()
    entry.keep_keys()
    return entry


def codes_of_lists() -> dict[str, dict[str, str]]:
    """Return list → code → the code that it leads to, or itself."""
    return {name: living_codes(_field(name).related_model) for name in LISTS}


def take_candidates(given: Sequence[Candidate]) -> Tally:
    """Bring the candidates to what the file says, and list those of which a source says enough.

    Safe to repeat. What was removed or left out does not come back, what the desk edited stays, and what left
    the file stays and says so.
    """
    with transaction.atomic():
        take_import_lock(wait=True)
        rows = Candidate.objects.select_related("stakeholder")
        before = {row.code: row for row in rows.prefetch_related("stakeholder__further_sources")}
        tally, lister = Tally(), Lister(given, without=removed_sources())
        new, changed = [], []
        for row in given:
            old = before.pop(row.code, None)
            candidate = old or row
            differs = old is not None and any(getattr(old, name) != getattr(row, name) for name in FROM_FILE)
            if differs:
                lister.correct(candidate, row.said)
                for name in FROM_FILE:
                    setattr(candidate, name, getattr(row, name))
            placed = (
                candidate.status == CandidateStatus.WAITING and candidate.is_sure and lister.place(candidate)
            )
            if candidate.stakeholder is not None and not placed:
                lister.add_sources(candidate, candidate.stakeholder)
            if old is None:
                new.append(candidate)
            elif differs or placed:
                changed.append(candidate)
            else:
                tally.unchanged += 1
        for candidate in before.values():
            if candidate.is_in_file:
                candidate.is_in_file = False
                changed.append(candidate)
        tally.created, tally.updated = len(new), len(changed)
        lister.save((*new, *changed))
        Candidate.objects.bulk_create(new)
        if changed:
            Candidate.objects.bulk_update(changed, [*FROM_FILE, "status", "stakeholder"])
        tally.listed, tally.sources_added = len(lister.new), len(lister.sources)
        tally.left_alone = lister.left_alone
        tally.waiting = Candidate.objects.waiting().count()
        if lister.new or lister.changed:
            record(
                DirectoryVersion(pk=1),
                "stakeholders.imported",
                actor=None,
                source=PACK,
                created=len(lister.new),
                changed=len(lister.changed),
                unchanged=tally.unchanged,
            )
    return tally


def removed_sources() -> set[str]:
    """Return the names of the sources that the desk has taken out as a whole."""
    acts = Entry.objects.filter(action="stakeholders.removed_listed")
    return set(acts.values_list("data__source", flat=True))


class Lister:
    """Finds for each candidate the entry that it is, or makes one; then saves all of it.

    `without`: names of sources that no entry is to rest on.
    """

    def __init__(self, candidates: Iterable[Candidate], *, without: Iterable[str] = ()) -> None:
        self.without = set(without)
        self.new: list[Stakeholder] = []
        self.changed: dict[int, Stakeholder] = {}
        self.sources: list[FurtherSource] = []
        self.links: dict[type[Model], list[Model]] = defaultdict(list)
        self.names: list[OtherName] = []
        self.left_alone = 0
        self._source_urls: dict[int | str, set[str]] = {}
        # What entries get, which the next candidate does not add again: folded names, and lists.
        self._new_names: dict[int | str, set[str]] = defaultdict(set)
        self._linked: set[tuple[int | str, str]] = set()
        self._by_ror: dict[str, Stakeholder] = {}
        self._by_site: dict[str, Stakeholder] = {}
        self._by_name: dict[tuple[str, str], Stakeholder] = {}
        wanted = [entry_from(candidate.said) for candidate in candidates]
        self._ror_ids = _ror_ids_in_use(wanted)
        for entry in _entries_alike(wanted):
            self._know(entry)
        self._living = codes_of_lists()

    def _know(self, entry: Stakeholder) -> None:
        meant = entry.merged_into or entry
        if entry.ror_id:
            self._ror_ids.add(entry.ror_id)
            self._by_ror.setdefault(entry.ror_id, meant)
        self._by_site.setdefault(entry.site_key, meant)
        for key in (entry.name_key, entry.sort_key):
            self._by_name.setdefault((key, entry.country_id), meant)

    def find(self, like: Stakeholder) -> Stakeholder | None:
        """Return the same entry, by its ROR identifier, by site, or by name in the same country.

        Entries with different identifiers are not the same.
        """
        if like.ror_id and (registered := self._by_ror.get(like.ror_id)):
            return registered
        alike = [self._by_site.get(like.site_key)] if like.site_key else []
        alike += [self._by_name.get((key, like.country_id)) for key in (like.name_key, like.sort_key)]
        return next((entry for entry in alike if entry is not None and not _contradict(entry, like)), None)

    def place(self, candidate: Candidate, **chosen: Any) -> bool:
        """List the candidate, or add its sources to the entry that it is; False where no source is left."""
        sources = self._sources_of(candidate)
        if not sources:
            return False
        entry = entry_from(candidate.said, **chosen)
        if (match := self.find(entry)) is not None:
            self.join(candidate, match)
            return True
        if entry.ror_id in self._ror_ids:
            entry.ror_id = ""
        entry.source_name, entry.source_url, entry.source_date = sources[0]
        self._know(entry)
        self.new.append(entry)
        for name in LISTS:
            self._link(entry, name, candidate.said.get(name, ()))
        self._add_names(entry, candidate.said.get("other_names", ()))
        candidate.stakeholder, candidate.status = entry, CandidateStatus.LISTED
        self.add_sources(candidate, entry)
        return True

    def join(self, candidate: Candidate, entry: Stakeholder) -> None:
        """Link the candidate to this entry, and give it what it lacks while nobody has claimed it."""
        entry = self.changed.get(entry.pk, entry)  # as another candidate has changed it already
        candidate.stakeholder, candidate.status = entry, CandidateStatus.LISTED
        if entry.status != Status.LISTED:
            self.left_alone += 1
        else:
            self._add_missing(candidate, entry)
        self.add_sources(candidate, entry)

    def _add_missing(self, candidate: Candidate, entry: Stakeholder) -> None:
        facts = candidate.said
        missing = {name: facts[name] for name in ADDED if facts.get(name) and not getattr(entry, name)}
        if "mission" not in missing:
            missing.pop("mission_language_id", None)
        if not entry.ror_id and facts["ror_id"] and facts["ror_id"] not in self._ror_ids:
            missing["ror_id"] = facts["ror_id"]
        for name, value in missing.items():
            setattr(entry, name, value)
        lists = [name for name in ("languages", "works_in") if facts.get(name) and self._lacks(entry, name)]
        for name in lists:
            self._link(entry, name, facts[name])
        has_new_names = self._add_names(entry, facts.get("other_names", ()))
        if missing or lists or has_new_names:
            self._change(entry)
            self._know(entry)

    def _lacks(self, entry: Stakeholder, name: str) -> bool:
        """Return whether a list of the entry is empty, and will be when all is saved."""
        if (_key(entry), name) in self._linked:
            return False
        return not (entry.pk and getattr(entry, name).exists())

    def _link(self, entry: Stakeholder, name: str, codes: Iterable[str]) -> None:
        """Have the entry filed under these codes; a term that was merged is where it leads."""
        through, key = _field(name).remote_field.through, _field(name).m2m_reverse_field_name()
        codes = {self._living[name][code] for code in codes}
        self.links[through] += [through(stakeholder=entry, **{f"{key}_id": code}) for code in sorted(codes)]
        if codes:
            self._linked.add((_key(entry), name))

    def _add_names(self, entry: Stakeholder, texts: Sequence[str]) -> bool:
        """Add other names by which the entry is found; return whether any was new."""
        new = self._new_names[_key(entry)]
        names = [(text, "") for text in texts if fold(text) not in new]
        names = further_names(names, entry) if entry.pk else names
        for text, _language in names:
            new.add(fold(text))
            self.names.append(OtherName(stakeholder=entry, kind=NameKind.OTHER, text=text))
        return bool(names)

    def add_sources(self, candidate: Candidate, entry: Stakeholder) -> None:
        """Add the sources that an unclaimed entry does not name yet."""
        if entry.status != Status.LISTED:
            return
        further = entry.further_sources.all() if entry.pk else ()
        urls = self._source_urls.setdefault(
            _key(entry), {entry.source_url, *(source.url for source in further)}
        )
        for source in self._sources_of(candidate):
            if source[1] not in urls:
                urls.add(source[1])
                self.sources.append(_further_source(entry, source))

    def correct(self, candidate: Candidate, facts: dict[str, Any]) -> None:
        """Write what the file now says otherwise, where the entry rests on it and nobody edited it since."""
        entry = candidate.stakeholder
        if entry is None or entry.status != Status.LISTED or entry.source_url != candidate.sources[0][1]:
            return
        entry = self.changed.get(entry.pk, entry)
        before = candidate.said  # of a release before, without what has come to the file since
        for column in COLUMNS:
            if column == "mission_language_id" or (column == "ror_id" and facts[column] in self._ror_ids):
                continue
            now_said, was_said = facts.get(column) or "", before.get(column) or ""
            if now_said != was_said == (getattr(entry, column) or ""):
                setattr(entry, column, facts[column])
                if column == "mission":
                    entry.mission_language_id = facts["mission_language_id"]
                self._change(entry)
                self._know(entry)
        for name in LISTS:
            now_said, was_said = facts.get(name, []), before.get(name, [])
            if now_said == was_said or (_key(entry), name) in self._linked:
                continue
            if sorted(was_said) == sorted(getattr(entry, name).values_list("pk", flat=True)):
                getattr(entry, name).set(now_said)
                self._change(entry)
        names = facts.get("other_names", [])
        if names != before.get("other_names") and self._add_names(entry, names):
            self._change(entry)

    def _change(self, entry: Stakeholder) -> None:
        entry.updated_at = now()
        entry.keep_keys()
        if entry.pk is not None:
            self.changed[entry.pk] = entry

    def _sources_of(self, candidate: Candidate) -> list[tuple[str, str, date]]:
        return [
            (name, url, date.fromisoformat(day))
            for name, url, day in candidate.sources
            if name not in self.without
        ]

    def save(self, written: Iterable[Candidate]) -> None:
        """Save the entries; `written` are the candidates to be saved next, which profiles show too."""
        Stakeholder.objects.bulk_create(self.new)
        if self.changed:
            Stakeholder.objects.bulk_update(self.changed.values(), [*COLUMNS, *KEYS])
        for through, links in self.links.items():
            through._default_manager.bulk_create(links)
        OtherName.objects.bulk_create(self.names)
        FurtherSource.objects.bulk_create(self.sources)
        if self.new or self.changed:
            index_many(KIND, [entry.pk for entry in (*self.new, *self.changed.values())])
        if self.sources or any(candidate.stakeholder is not None for candidate in written):
            DirectoryVersion.objects.bump()


def _field(name: str) -> Any:
    return Stakeholder._meta.get_field(name)


def _key(entry: Stakeholder) -> int | str:
    """Return a key of an entry that also works for new ones, which have no number yet."""
    return entry.pk or str(id(entry))


def _entries_alike(wanted: Sequence[Stakeholder]) -> QuerySet[Stakeholder]:
    """Return the entries that may be one of these, without those of the demonstration."""
    real = Stakeholder.objects.filter(is_demo=False).order_by()
    names = {key for entry in wanted for key in (entry.name_key, entry.sort_key)}
    parts = [
        real.exclude(ror_id="").filter(ror_id__in=any_of({entry.ror_id for entry in wanted if entry.ror_id})),
        real.exclude(site_key="").filter(
            site_key__in=any_of({entry.site_key for entry in wanted if entry.site_key})
        ),
        real.filter(name_key__in=any_of(names)),
        real.filter(sort_key__in=any_of(names)),
    ]
    ids = {pk for part in parts for pk in part.values_list("pk", flat=True)}
    entries = Stakeholder.objects.filter(pk__in=any_of(ids)).order_by("pk").select_related("merged_into")
    return entries.prefetch_related("further_sources", "merged_into__further_sources")


def _ror_ids_in_use(wanted: Iterable[Stakeholder]) -> set[str]:
    """Return those of their ROR identifiers that an entry has, also a merged or withdrawn one."""
    ids = any_of({entry.ror_id for entry in wanted if entry.ror_id})
    return set(Stakeholder.objects.filter(ror_id__in=ids).values_list("ror_id", flat=True))


def _contradict(entry: Stakeholder, other: Stakeholder) -> bool:
    return bool(entry.ror_id and other.ror_id and entry.ror_id != other.ror_id)


def _further_source(entry: Stakeholder, source: tuple[str, str, date]) -> FurtherSource:
    name, url, day = source
    return FurtherSource(stakeholder=entry, name=name, url=url, seen_on=day)


# --- What a person decides about one -------------------------------------------------------------------
def list_candidate(
    candidate: Candidate, *, actor: User, country: str, kind: str, website: str = ""
) -> tuple[Stakeholder, bool]:
    """List the candidate with the person's findings; return the entry, and whether it is new.

    An entry that exists already gets the sources.
    """
    with transaction.atomic():
        locked_candidate = _lock_candidate(candidate, actor)
        lister = Lister([locked_candidate])
        lister.place(locked_candidate, country_id=country, kind=kind, website=website)
        return _record_decision(locked_candidate, lister, actor), bool(lister.new)


def join_candidate(candidate: Candidate, entry: Stakeholder, *, actor: User) -> Stakeholder:
    """Say that it is this entry, which is then not listed a second time."""
    if entry.is_demo:
        raise DomainError(_("A demonstration profile and a real one cannot be merged."))
    with transaction.atomic():
        locked_candidate = _lock_candidate(candidate, actor)
        lister = Lister([locked_candidate])
        lister.join(locked_candidate, Stakeholder.objects.select_for_update(no_key=True).get(pk=entry.pk))
        return _record_decision(locked_candidate, lister, actor)


def leave_out(candidate: Candidate, *, actor: User, reason: str, remark: str = "") -> None:
    """Keep it out of the directory, and why; a person may still list it."""
    if reason not in LeaveOutReason.values:
        raise DomainError(_("Choose the reason."), fields={"reason": _("Choose the reason.")})
    with transaction.atomic():
        locked_candidate = _lock_candidate(candidate, actor)
        locked_candidate.status, locked_candidate.reason, locked_candidate.remark = (
            CandidateStatus.LEFT_OUT,
            reason,
            clean_line(remark)[:500],
        )
        locked_candidate.decided_by, locked_candidate.decided_at = actor, now()
        locked_candidate.save()
        record(locked_candidate, "stakeholders.candidate_left_out", actor=actor, reason=reason)


def _lock_candidate(candidate: Candidate, actor: User) -> Candidate:
    if not actor.has_perm("stakeholders.import_listed"):
        raise PermissionDenied
    take_import_lock()
    locked_candidate = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    if locked_candidate.stakeholder_id is not None:
        raise WrongState(_("This organization has been listed already."))
    return locked_candidate


def _record_decision(candidate: Candidate, lister: Lister, actor: User) -> Stakeholder:
    lister.save([candidate])
    candidate.reason = candidate.remark = ""
    candidate.decided_by, candidate.decided_at = actor, now()
    candidate.save()
    entry: Any = candidate.stakeholder
    record(candidate, "stakeholders.candidate_listed", actor=actor)
    return entry


# --- Names with consultative status --------------------------------------------------------------------
def take_ecosoc_names(names: Sequence[EcosocName]) -> Counts:
    """Bring the list in line with the file; names that the file no longer holds are deleted."""
    columns = ("key", "name", "outcome", "decided_on", "kind", "now_called")
    given = {tuple(getattr(ecosoc_name, column) for column in columns): ecosoc_name for ecosoc_name in names}
    with transaction.atomic():
        stored_keys = set(EcosocName.objects.values_list(*columns))
        left = [key for key, *_rest in stored_keys - given.keys()]
        EcosocName.objects.filter(key__in=any_of(left)).delete()
        new = [ecosoc_name for key, ecosoc_name in given.items() if key not in stored_keys]
        EcosocName.objects.bulk_create(new)
    return Counts(created=len(new), unchanged=len(given) - len(new))
