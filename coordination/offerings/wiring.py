"""Grants and courses in the registries of the apps below."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hooks import Retained, Section, declare_kept, erasers, retained, sections
from accounts.people.enums import Role
from audit.hooks import sentence
from coordination.offerings import queries
from coordination.offerings.actions import erase_person, remove_rows
from coordination.offerings.enums import WORK
from coordination.offerings.models import Offering
from core.desk_cards import desk_card
from core.help_places import help_at
from notifications.hooks import Channel, kind, target
from resources.hooks import WatchedLinks, watched_links
from search.hooks import register
from stakeholders.entries.rules import acts_for_somebody, holds
from workflow.hooks import MyWork, desk_pages, desk_roles, my_work, parties_on

KIND = queries.KIND

sentence("coordination.offerings_on", _("%(actor)s turned grants and courses on"))
sentence("coordination.offerings_off", _("%(actor)s turned grants and courses off"))


def _parties_on(offering: Offering) -> set[str]:
    """Return whose matter it is: who suggested it does not decide on it."""
    return {f"person:{offering.suggested_by_id}", f"stakeholder:{offering.suggested_for_id}"}


def _curates(user: Any) -> bool:
    return holds(user, Role.CURATION)


def _suggests(user: Any) -> bool:
    return acts_for_somebody(user) or holds(user, Role.REGIONAL, Role.CURATION)


parties_on.register(KIND, _parties_on)
desk_pages.register(KIND, "offerings:offering")
desk_roles.register(KIND, (Role.CURATION,))
my_work.register("coordination.offerings", MyWork(queries.my_rows, queries.my_work))
register(KIND, queries.documents, label=_("Grant or course"))
watched_links.register("offerings", WatchedLinks(queries.addresses, queries.places))

target(
    "offering",
    label=_("Grant or course"),
    labels=queries.titles_of,
    path=lambda code: reverse("offerings:offering", args=[code]),
    brings=_("Its deadline 14 and 3 days ahead."),
)
for _name, _label, _mail in (
    ("coordination.offering_published", _("A grant or a course is listed"), Channel.DAILY),
    ("coordination.offering_closing", _("A grant or a course closes soon"), Channel.AT_ONCE),
):
    kind(
        _name,
        label=_label,
        group=pgettext_lazy("group of messages", "Opportunities"),
        mail=_mail,
        among=queries.public_offerings,
        readers=queries.readers,
        visible_pairs=queries.visible_pairs,
    )
kind(
    "coordination.offering_answered",
    label=_("What became of a grant or a course that you suggested"),
    group=pgettext_lazy("group of messages", "Opportunities"),
    essential=True,
    among=Offering.objects.of_people,
    concerns=_suggests,
)
kind(
    "coordination.offering_arrived",
    label=_("A grant or a course to check"),
    group=_("Work of the desk"),
    among=Offering.objects.visible_to,
    concerns=_curates,
)

# --- A person's part --------------------------------------------------------------------------------------
sections.register(
    "offerings",
    Section(
        _("Grants and courses that you suggested"),
        _("What you wrote. Readers never see who suggested it."),
        queries.rows_of,
    ),
)
declare_kept(_("Grants and courses that you suggested"), "coordination.offering.suggested_by")
declare_kept(_("That you turned grants and courses on"), "coordination.offeringtask.holder")
erasers.register("coordination.offerings", erase_person)
retained.register(
    KIND,
    Retained(
        label=_("Grants and courses that are over"),
        about=_("Days after the deadline, or after it was declined or taken out, with all e-mail about it."),
        days=365,
        least=30,
        most=1825,
        reason="As introductions; set by the portal's makers, 2026-12.",
        rows=queries.old_rows,
        remove=remove_rows,
    ),
)

desk_card(
    "offerings:desk",
    group="coordination",
    position=45,
    title=_("Grants and courses"),
    text=_("Suggestions of members and focal points, what is listed, and the switch."),
    permission="coordination.curate_offerings",
    work=(WORK,),
    do=_("Check suggestion"),
)

help_at("taking-part#grants", "offerings")
help_at("library#grants", "offerings:desk", "offerings:decide", "offerings:publish")
