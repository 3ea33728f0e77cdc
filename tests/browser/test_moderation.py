"""A reader reports a story; the desk takes it down together with an entry, in a real browser."""

import pytest

from accounts.people.enums import Role
from news.stories.models import Story
from stakeholders.entries.models import Stakeholder
from stakeholders.exports.actions_dossiers import make_dossier
from stakeholders.exports.models import Dossier
from stakeholders.moderation.models import Report
from tests.factories.accounts import person_with
from tests.factories.exports import sent_report
from tests.factories.news import StoryFactory
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.behaviour("R-20")
def test_a_story_is_reported_and_taken_down_together_with_an_entry(page, phone_ar, axe, enter):
    story = StoryFactory(title="From the coast")
    entry = StakeholderFactory(name="Coastal Watch")
    head = person_with(Role.HEAD)
    phone_ar.goto(f"/ar/news/{story.pk}-{story.slug}/")
    phone_ar.locator(f'a[href="/ar/report/news.story/{story.pk}/"]').click()
    phone_ar.locator('main button[type="submit"]').click()
    phone_ar.locator("#error-summary").wait_for()
    axe(phone_ar)
    phone_ar.locator('input[name="what"][value="private"]').check()
    phone_ar.locator('textarea[name="text"]').fill("تذكر أسماء أشخاص لم يوافقوا.")
    phone_ar.locator('main button[type="submit"]').click()
    phone_ar.wait_for_url("**/sent/")
    axe(phone_ar)

    sent_report(entry)
    enter(page, head)
    page.goto("/en/desk/moderation/")
    axe(page)
    page.get_by_role("button", name="Decide").click()
    page.locator("#error-summary").wait_for()
    axe(page)
    page.get_by_role("checkbox", name="From the coast").check()
    page.get_by_role("checkbox", name="Coastal Watch").check()
    page.get_by_label("Remove it for good").check()
    page.locator('select[name="reason"]').select_option("privacy")
    page.get_by_label("Note to its owner").fill("It names people who did not agree.")
    page.get_by_role("button", name="Decide").click()
    page.get_by_text("2 reports are decided").wait_for()
    axe(page)
    page.goto("/en/desk/moderation/?state=answered")
    axe(page)
    page.get_by_role("link", name="From the coast").click()
    axe(page)
    with page.expect_download() as download:
        page.goto("/en/desk/moderation/")
        page.get_by_role("link", name="Download as CSV").click()
    assert download.value.suggested_filename.endswith(".csv")
    assert Story.objects.get().status == Stakeholder.objects.get(pk=entry.pk).status == "withdrawn"
    assert not Report.objects.open().exists()


def test_an_administrator_takes_the_dossier_along(page, axe, enter):
    entry = StakeholderFactory(name="Coastal Watch")
    enter(page, member_of(entry))
    page.goto(f"/en/stakeholders/{entry.pk}/manage/")
    page.get_by_role("link", name="Dossier of the stakeholder").click()
    page.get_by_role("button", name="Make the dossier").click()
    page.get_by_role("link", name="See how far it is").wait_for()
    axe(page)
    make_dossier(Dossier.objects.get().pk)
    page.get_by_role("link", name="Download the file (ZIP)").wait_for()
    axe(page)
