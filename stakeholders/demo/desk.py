"""What waits at the desk: files to take in, a screening hit, flags, reports, changes, State accounts."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.text import slugify

from accounts.people.models import User
from core.spreadsheet_reader import look_at
from stakeholders.applications.models import Application
from stakeholders.changes import actions as changes_actions
from stakeholders.demo.country import CODES
from stakeholders.directory.queries import DirectoryQuery
from stakeholders.entries.enums import Kind, StandingReason, Status
from stakeholders.entries.models import Stakeholder
from stakeholders.exports.actions import ask_export
from stakeholders.exports.models import Export
from stakeholders.imports import actions as imports_actions
from stakeholders.imports import actions_worker as imports_actions_worker
from stakeholders.imports.enums import ImportPurpose, TwinDecision
from stakeholders.imports.models import Import
from stakeholders.invitations import actions_desk as invitations_actions_desk
from stakeholders.invitations import actions_waves as invitations_actions_waves
from stakeholders.invitations.actions_lists import MEMBERS
from stakeholders.invitations.models import DeskInvitation, Wave
from stakeholders.merging.actions import merge
from stakeholders.moderation import actions as moderation_actions
from stakeholders.moderation.enums import ReportOutcome, ReportWhat
from stakeholders.moderation.models import Report
from stakeholders.screening import actions as screening_actions
from stakeholders.screening.models import Match, ScreeningList
from stakeholders.screening.reader import read
from stakeholders.standing import actions as standing_actions
from stakeholders.state_accounts import actions as state_accounts_actions
from stakeholders.state_accounts.models import StateAccount
from stakeholders.trust import actions as trust_actions
from stakeholders.trust.models import TrustedDomain
from stakeholders.vetting import actions_checklist as vetting_actions_checklist
from stakeholders.vetting import actions_reconsiderations as vetting_actions_reconsiderations
from stakeholders.vetting.enums import FlagKind
from stakeholders.vetting.models import Flag, Reconsideration
from workflow.changes.models import ChangeRequest

Entries = dict[str, Stakeholder]

DAY = date(2026, 11, 2)
REGISTER = "Demo register of charities"
TAKEN = """name,kind,country,city,website
Demo Listed Lighthouse Trust,ngo,GBR,Hull,https://demo-lighthouse.example
Demo Listed Ledger Institute,academia,CHE,Bern,https://demo-ledger.example
Demo Coastal Watchers,ngo,KEN,Mombasa,https://demo-watchers.example
"""
CHECKED = """name,kind,country,city,website
Demo Open Water Fund,ngo,PRT,Porto,https://demo-open-water.example
Demo Listed Lighthouse Trust,ngo,GBR,London,https://demo-lighthouse-london.example
Demo Nowhere Society,ngo,Nowhere,,
"""
MEMBER_LIST = """Demo: our members,,,
Organisation,Pays,E-mail,Langue
Demo Night Ferry,Ghana,Office <ferry@demo.example>,English
DEMO LISTED LIGHTHOUSE TRUST,United Kingdom,lighthouse@demo.example; info@demo.example,
Demo Le Phare,Sénégal,mailto:phare@demo.example,français
Demo Without Address,Kenya,,
"""
NAMED = b"""<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-11-02T08:00:00.000Z"><INDIVIDUALS></INDIVIDUALS><ENTITIES><ENTITY>
<DATAID>900001</DATAID><FIRST_NAME>DEMO BLUE HERON RELIEF</FIRST_NAME>
<REFERENCE_NUMBER>Demo.001</REFERENCE_NUMBER>
<COMMENTS1>Invented for the demonstration: this list names nobody.</COMMENTS1>
</ENTITY></ENTITIES></CONSOLIDATED_LIST>"""


def load_register(people: dict[str, User]) -> None:
    """One file taken in, whose entries can be claimed, and one whose dry run waits for decisions."""
    if Import.objects.filter(purpose=ImportPurpose.DIRECTORY).exists():
        return
    desk = people["curation"]
    taken = _run_check(TAKEN, desk)
    imports_actions.decide(taken, {}, actor=desk, rest=TwinDecision.ANOTHER)
    imports_actions.take_in(taken, without_refused=False, actor=desk)
    imports_actions_worker.work(taken.pk)
    Stakeholder.objects.filter(source_name=REGISTER).update(is_demo=True)
    _run_check(CHECKED, desk)


def _run_check(
    lines: str, desk: User, source: str = REGISTER, purpose: ImportPurpose = ImportPurpose.DIRECTORY
) -> Import:
    file = SimpleUploadedFile(f"{slugify(source)}.csv", lines.encode())
    sheet = look_at(file)
    file.seek(0)
    of = imports_actions.send(file, sheet, source=source, day=DAY, actor=desk, purpose=purpose)
    imports_actions.check(of, columns=of.columns, kind=Kind.NGO, country="", language="en", actor=desk)
    imports_actions_worker.work(of.pk, {ImportPurpose.MEMBERS: MEMBERS})
    of.refresh_from_db()
    return of


def load_desk(people: dict[str, User], entries: Entries) -> None:
    """Each part once; what people have made of it since is left alone."""
    _screening(people)
    _flags(people, entries)
    _changes(people, entries)
    _reports(people, entries)
    _standing(people, entries)
    _states(people)
    _invitations(people)
    _reconsideration(people)
    if not TrustedDomain.objects.exists():
        trust_actions.trust_domain(
            actor=people["head"], domain="demo-university.example", note="Demo: a university."
        )
    if not Export.objects.exists():
        ask_export(
            actor=people["vetting"], question=DirectoryQuery(kind=(Kind.NGO,)), kind="csv", language="en"
        )


def _screening(people: dict[str, User]) -> None:
    """What the invented list says of the application that bears its one name."""
    if Match.objects.exists():
        return
    screening_actions.screen_applications(
        list(Application.objects.filter(applicant=people["hit"]).values_list("pk", flat=True))
    )


def load_screening_list(people: dict[str, User]) -> None:
    """An invented list of one name, before anybody is approved."""
    if not ScreeningList.objects.exists():
        screening_actions.load_list(read([NAMED]), actor=people["vetting"])


def _flags(people: dict[str, User], entries: Entries) -> None:
    if Flag.objects.exists():
        return
    desk = people["vetting"]
    reviewed = Application.objects.filter(applicant=people["reviewed"]).first()
    if reviewed is not None:
        vetting_actions_checklist.raise_flag(
            reviewed,
            actor=desk,
            kind=FlagKind.RED,
            text="Demo: the registration number belongs to another body. To be cleared up with the register.",
        )
        vetting_actions_checklist.raise_flag(
            reviewed, actor=desk, kind=FlagKind.OBSERVATION, text="Demo: the website answers since May 2026."
        )
    if port := entries.get("Demo Port Integrity Ltd"):
        vetting_actions_checklist.raise_flag(
            port, actor=desk, kind=FlagKind.YELLOW, text="Demo: a new owner, named in the press in October."
        )


def _changes(people: dict[str, User], entries: Entries) -> None:
    """One change refused with a reason, and one that waits."""
    watch = entries.get("Demo Coastal Watch")
    if watch is None or ChangeRequest.objects.exists():
        return
    admin = people["admin"]
    first = changes_actions.propose(watch, actor=admin, answers={"name": "Demo World Coastal Authority"})
    changes_actions.decide(
        first,
        "refuse",
        actor=people["vetting"],
        note="The name reads as if it were a public authority. Please choose another one.",
    )
    watch.refresh_from_db()
    changes_actions.propose(watch, actor=admin, answers={"name": "Demo Coastal Watch Kenya"})


def _reports(people: dict[str, User], entries: Entries) -> None:
    """One report that waits, and one answered."""
    if Report.objects.filter(what__in=ReportWhat.values).exists():
        return
    reports = (
        ("Demo Port Integrity Ltd", ReportWhat.WRONG, "Demo: they have moved from Durban to Richards Bay."),
        ("Demo Forest Guardians", ReportWhat.OTHER, "Demo: they answer no letters."),
    )
    for name, complaint, text in reports:
        if entry := entries.get(name):
            moderation_actions.report_entry(
                entry, actor=people["expert"], fault=complaint, text=text, language="en"
            )
    if second := Report.objects.filter(what=ReportWhat.OTHER).first():
        moderation_actions.answer_report(
            second,
            actor=people["vetting"],
            outcome=ReportOutcome.UNFOUNDED,
            answer="Demo: they may answer when they can; nothing in the profile is wrong.",
        )


def load_merged(people: dict[str, User], entries: Entries) -> None:
    """An entry of the register that turned out to be an old name of a stakeholder."""
    old, watch = entries.get("Demo Coastal Watchers"), entries.get("Demo Coastal Watch")
    if old is None or watch is None or old.status != Status.LISTED:
        return
    merge(old, watch, actor=people["vetting"], reason="Demo: the register has an old name of the same body.")


def _standing(people: dict[str, User], entries: Entries) -> None:
    """Suspended by an act, with its reason on record; the lapsed and the withdrawn are told in the list."""
    if (entry := entries.get("Demo Frozen Relief Fund")) and entry.status == Status.ACTIVE:
        standing_actions.suspend(
            entry,
            actor=people["vetting"],
            reason=StandingReason.UNKNOWN_PEOPLE,
            note="Demo: nobody answers for the fund since September. Please name who acts for it.",
        )


def _states(people: dict[str, User]) -> None:
    """One person who has accepted, and one who has not yet."""
    if StateAccount.objects.exists():
        return
    head = people["head"]
    accepted = state_accounts_actions.invite_state(
        people["envoy"].email,
        actor=head,
        country=CODES["iso3"],
        note_date=DAY,
        language="es",
        note_reference="Demo 12: there is no such note",
        person=people["envoy"].name,
    )
    state_accounts_actions.accept_state(accepted, actor=people["envoy"])
    state_accounts_actions.invite_state(
        "demo-mission@demo.example",
        actor=head,
        country=CODES["iso3"],
        note_date=DAY,
        language="fr",
        note_reference="Demo 13: there is no such note",
        person="Démo Mission permanente",
    )


def _invitations(people: dict[str, User]) -> None:
    """People to invite whom nobody has written to yet, a list that was written to, and single people."""
    desk = people["vetting"]
    if not Wave.objects.exists():
        rows = [
            invitations_actions_waves.ListedMember(
                "lantern@demo.example", "Demo Lantern Society", Kind.NGO, "GHA"
            ),
            invitations_actions_waves.ListedMember(
                "phare@demo.example", "Démo Le Phare", Kind.NGO, "SEN", "fr"
            ),
            invitations_actions_waves.ListedMember(
                "manara@demo.example", "تجريبي المنارة", Kind.ACADEMIA, "EGY", "ar"
            ),
        ]
        invitations_actions_waves.make_wave(
            rows, invitations_actions_waves.Origin("Demo: people met at a conference"), actor=desk
        )
        written = [
            invitations_actions_waves.ListedMember(
                "faro@demo.example", "Demo El Faro", Kind.NGO, "PER", "es"
            ),
            invitations_actions_waves.ListedMember("mayak@demo.example", "Демо Маяк", Kind.NGO, "KAZ", "ru"),
        ]
        second = invitations_actions_waves.make_wave(
            written, invitations_actions_waves.Origin("Demo: speakers of a meeting"), actor=desk
        )
        invitations_actions_waves.start_wave(second, actor=desk)
        invitations_actions_waves.send_wave(second.pk)
    if not Import.objects.filter(purpose=ImportPurpose.MEMBERS).exists():
        _run_check(MEMBER_LIST, desk, "Demo: members of a hub", ImportPurpose.MEMBERS)
    if not DeskInvitation.objects.filter(wave=None).exists():
        invitations_actions_desk.invite_to_register(
            "demo-beacon@demo.example",
            actor=desk,
            language="en",
            kind=Kind.NGO,
            name="Demo Beacon",
            country="NZL",
        )
        invitations_actions_desk.invite_to_register(
            people["newcomer"].email,
            actor=desk,
            language="en",
            kind=Kind.ACADEMIA,
            name="Demo School of Forensic Accounting",
            country="ZAF",
        )


def _reconsideration(people: dict[str, User]) -> None:
    refused = Application.objects.filter(applicant=people["refused"]).first()
    if refused is not None and not Reconsideration.objects.exists():
        vetting_actions_reconsiderations.ask_for_reconsideration(
            refused,
            actor=people["refused"],
            reason="Demo: our umbrellas carry a mark that customs officers use to find counterfeit ones.",
        )
