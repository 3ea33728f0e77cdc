"""The dossier of a stakeholder: who may ask, what is in it, and what is not."""

import json
import zipfile
from datetime import timedelta

import pytest
from django.utils.timezone import now

from accounts.people.enums import Role
from core.errors import TooMany
from stakeholders.applications.models import Application
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Membership
from stakeholders.exports import actions_dossiers as exports_actions_dossiers
from stakeholders.exports.models import Dossier
from stakeholders.hooks import dossier_sections
from stakeholders.moderation import actions as moderation_actions
from stakeholders.vetting import actions_checklist as vetting_actions_checklist
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.calls import CallFactory, sent_for
from tests.factories.events import EventFactory
from tests.factories.news import StoryFactory
from tests.factories.stakeholders import StakeholderFactory, member_of, sent_application

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(reference):
    return StakeholderFactory(name="Coastal Watch", mission="We look after the coast.")


def opened(dossier):
    archive = zipfile.ZipFile(dossier.file.open("rb"))
    return archive, {
        name: json.loads(archive.read(name)) for name in archive.namelist() if name.endswith(".json")
    }


def test_its_administrators_take_everything_along_and_nothing_of_the_desk(client, entry):
    admin, vetter = member_of(entry), person_with(Role.VETTING)
    application = sent_application(admin)
    rival = sent_application(name="Secret Rivals")
    Application.objects.filter(pk__in=(application.pk, rival.pk)).update(stakeholder=entry)
    paper = application.papers.get()
    contribution, _author = sent_for(CallFactory(), entry)
    StoryFactory(stakeholder=entry, title="From the coast")
    StoryFactory(stakeholder=entry, title="Not yet told", status="draft", by_desk=True, publish_at=None)
    StoryFactory(title="Of others")
    EventFactory(organizer=entry, title="A day at sea")
    vetting_actions_checklist.raise_flag(entry, actor=vetter, kind="red", text="Secret of the desk.")
    moderation_actions.report_entry(
        entry, actor=UserFactory(name="Rosa Reporter"), fault="wrong", text="Secret of Rosa.", language="en"
    )
    sign_in(client, admin)
    url = f"/fr/stakeholders/{entry.pk}/manage/dossier/"
    assert (
        f'href="/fr/stakeholders/{entry.pk}/manage/dossier/"'
        in client.get(f"/fr/stakeholders/{entry.pk}/manage/").text
    )
    assert client.post(url, follow=True).redirect_chain == [(url, 302)]
    client.post(url)  # twice is once
    dossier = Dossier.objects.get()
    assert "hx-get" in client.get(url).text
    assert exports_actions_dossiers.make_dossier(dossier.pk) is True
    assert exports_actions_dossiers.make_dossier(dossier.pk) is False
    dossier.refresh_from_db()
    assert f"/files/dossier/{dossier.pk}/" in client.get(url).text
    assert client.get(f"/files/dossier/{dossier.pk}/?download").status_code == 200

    archive, parts = opened(dossier)
    assert set(parts) == {f"{name}.json" for name in dossier_sections}
    assert parts["profile.json"][0]["name"] == "Coastal Watch"
    assert [record["title"] for record in parts["stories.json"] if "title" in record] == ["From the coast"]
    assert [record["title"] for record in parts["events.json"] if "title" in record] == ["A day at sea"]
    assert parts["contributions.json"][0]["id"] == contribution.pk
    assert parts["decisions.json"]
    assert archive.read(f"decisions/001-{paper.name}") == paper.file.read()
    assert sum(name.startswith("decisions/") for name in archive.namelist()) == 1
    page = archive.read("index.html").decode()
    assert '<html lang="fr"' in page
    assert "We look after the coast." in page
    everything = page + json.dumps(parts)
    for secret in ("Secret", "Rosa", "Not yet told", "Of others", vetter.name):
        assert secret not in everything

    for other in (member_of(entry, MemberRole.EDITOR), UserFactory(), person_with(Role.EVENTS)):
        sign_in(client, other)
        assert client.get(url).status_code == client.post(url).status_code == 404
        assert client.get(f"/files/dossier/{dossier.pk}/").status_code == 404
    sign_in(client, vetter)
    assert client.get(f"/files/dossier/{dossier.pk}/").status_code == 404  # not theirs
    assert "Dossier" in client.get(f"/en/desk/stakeholders/{entry.pk}/dossier/").text
    sign_in(client, admin)
    assert client.get(f"/en/desk/stakeholders/{entry.pk}/dossier/").status_code == 404
    Membership.objects.filter(user=admin).update(role=MemberRole.READER)
    assert client.get(f"/files/dossier/{dossier.pk}/").status_code == 404


def test_whoever_lost_the_right_gets_none_and_old_ones_go(entry):
    admin = member_of(entry)
    late = exports_actions_dossiers.ask_dossier(entry, actor=admin, language="en")
    Membership.objects.filter(user=admin).delete()
    assert exports_actions_dossiers.make_dossier(late.pk) is False
    late.refresh_from_db()
    assert (late.status, late.fault) == ("failed", "not_allowed")

    vetter = person_with(Role.VETTING)
    lost = exports_actions_dossiers.ask_dossier(entry, actor=vetter, language="ar")
    Dossier.objects.filter(pk=lost.pk).update(
        status="making", attempts=1, beat_at=now() - timedelta(minutes=6), asked_at=now() - timedelta(hours=1)
    )
    assert exports_actions_dossiers.sweep_dossiers() == 1
    assert exports_actions_dossiers.make_dossier(lost.pk) is True
    lost.refresh_from_db()
    assert 'dir="rtl"' in opened(lost)[0].read("index.html").decode()
    storage, name = lost.file.storage, lost.file.name
    Dossier.objects.update(expires_at=now() - timedelta(seconds=1))
    assert exports_actions_dossiers.sweep_dossiers() == 2
    assert not storage.exists(name)
    assert not Dossier.objects.exists()
    for _time in range(9):
        exports_actions_dossiers.ask_dossier(entry, actor=vetter, language="en")
        Dossier.objects.all().delete()
    with pytest.raises(TooMany):
        exports_actions_dossiers.ask_dossier(entry, actor=vetter, language="en")
