"""Listed entries, claims and requests to join for tests, made by the portal's own acts.

listed_entry(): an unclaimed NGO that everybody may find, with a site of its own.
claim_draft_of(entry): a complete claim that was not sent, with a paper unless paper=False.
sent_claim(entry): one that lies with the desk.
code_in(message): the code that a mail carries.
"""

from datetime import date
from typing import Any

from accounts.people.models import User
from notifications.outbox.models import Message
from stakeholders.applications import actions as applications_actions
from stakeholders.applications.models import Application
from stakeholders.claims import actions as claims_actions
from stakeholders.entries.enums import Listing, Status
from stakeholders.entries.models import Stakeholder
from stakeholders.submission import actions as submission_actions
from tests.factories.accounts import UserFactory
from tests.factories.stakeholders import PDF, StakeholderFactory

SITE = "https://www.coastalwatch.org"
ADDRESS = "amina@coastalwatch.org"


def listed_entry(**fields: Any) -> Stakeholder:
    columns = {
        "name": "Coastal Watch",
        "status": Status.LISTED,
        "website": SITE,
        "approved_at": None,
        "source_name": "Public register",
        "source_date": date(2026, 10, 1),
        "city": "Mombasa",
        **fields,
    }
    return StakeholderFactory(**columns)


def claim_draft_of(
    entry: Stakeholder, actor: User | None = None, *, paper: bool = True, **answers: Any
) -> Application:
    from taxonomy.terms.models import Topic

    actor = actor or UserFactory()
    draft = claims_actions.begin_claim(entry, actor=actor)
    all_answers = {
        "mission": "We document illegal fishing and the people behind it.",
        "mission_language": "en",
        "listing": Listing.PUBLIC,
        "topics": [Topic.objects.in_order().first().pk],
        **answers,
    }
    return applications_actions.save_answers(
        draft, actor=actor, version=draft.version, answers=all_answers, paper=PDF() if paper else None
    )


def sent_claim(entry: Stakeholder, actor: User | None = None, **answers: Any) -> Application:
    draft = claim_draft_of(entry, actor, **answers)
    return submission_actions.submit(draft, actor=draft.applicant)


def code_in(message: Message) -> str:
    return str(message.facts["code"])
