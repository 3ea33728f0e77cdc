"""Everything that the portal begins with and that comes with the software: loaded after each deployment."""

from typing import Any

from accounts.people.actions import publish_legal_version
from accounts.people.enums import Legal
from accounts.people.models import LegalVersion
from coordination.seed import load_networks
from events.seed import load_events
from portal.help.queries import HELP
from portal.pages.actions import load_pages
from resources.seed import load_resources
from reviews.seed import load_reviews
from search.actions import rebuild
from stakeholders.directory.actions import take_up_changes
from stakeholders.seed import load_checklist_questions
from taxonomy.law.queries import ARTICLE
from taxonomy.seed import load_reference


def load_everything() -> dict[str, Any]:
    """Bring all that comes with the software to what its files say; answers counts by file.

    Safe to repeat: what the desk edited stays. Raises BadRow.
    """
    report: dict[str, Any] = load_reference()
    rebuild(ARTICLE)
    report |= {"checklist questions": load_checklist_questions()}
    report |= load_reviews() | load_events() | {"networks.csv": load_networks()} | load_resources()
    rebuild(HELP)
    report |= {"legal versions": first_legal_versions(), "pages": load_pages()}
    take_up_changes()
    return report


def first_legal_versions() -> int:
    """Put a draft of the terms and of the privacy notice in force where there is none; answers how many."""
    missing = set(Legal.values) - set(LegalVersion.objects.values_list("kind", flat=True))
    for kind in sorted(missing):
        publish_legal_version(kind, "draft-1")
    return len(missing)
