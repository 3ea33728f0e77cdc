"""The desk sets up a round of proposals, gives more time, allows a second proposal, says who reviews what."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.enums import Role
from accounts.people.models import User
from audit.actions import record
from audit.hooks import sentence
from core.errors import DomainError, WrongState
from core.text import clean_line
from events.events.models import Event
from events.proposals.actions import lock_round
from events.proposals.actions_reviewers import hand_out_waiting
from events.proposals.models import Proposal, ProposalRound, ReviewArea
from events.proposals.queries import facts_of
from events.rounds.models import TrustedProposer
from notifications.outbox.actions import notify_all
from stakeholders.entries.enums import Status
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.queries import admins_of
from taxonomy.terms.models import Topic
from workflow.windows.actions import extend
from workflow.windows.models import Extension


def set_up(event: Event, *, actor: User, values: Mapping[str, Any], themes: Sequence[str]) -> ProposalRound:
    """Create or change the round of an event; instants are UTC. Raises DomainError with its fields."""
    _may_run(actor)
    wrong = {}
    opens, closes = values.get("opens_at"), values.get("closes_at")
    if opens is None:
        wrong["opens_at"] = _("Enter the day from which proposals may be submitted.")
    if closes is None:
        wrong["closes_at"] = _("Enter the day until which proposals may be submitted.")
    if opens and closes and opens >= closes:
        wrong["closes_at"] = _("The closing has to come after the opening.")
    edits = values.get("edits_until")
    if edits and closes and edits < closes:
        wrong["edits_until"] = _("This second date comes after the closing, or is left empty.")
    if wrong:
        raise DomainError(_("The round was not saved."), fields=wrong)
    with transaction.atomic():
        held = Event.objects.select_for_update(no_key=True, of=("self",)).get(pk=event.pk)
        rules = ProposalRound.objects.filter(event=held).first() or ProposalRound(event=held)
        is_new = rules.pk is None
        changed = [name for name, value in values.items() if is_new or getattr(rules, name) != value]
        for name, value in values.items():
            setattr(rules, name, value)
        rules.save()
        if is_new or set(rules.themes.values_list("pk", flat=True)) != set(themes):
            rules.themes.set(Topic.objects.filter(pk__in=themes))
            changed.append("themes")
        if changed:
            record(rules, "events.proposalround.set_up", actor=actor, fields=", ".join(sorted(changed)))
    return rules


def give_time(
    rules: ProposalRound, stakeholder: Stakeholder, *, actor: User, until: datetime, reason: str
) -> Extension:
    """Give one organization more time, and inform its administrators; nobody else learns of it."""
    with transaction.atomic():
        extension = extend(rules, f"stakeholder:{stakeholder.pk}", until=until, reason=reason, actor=actor)
        notify_all(
            admins_of(stakeholder.pk),
            "events.proposal_time_given",
            key=f"round:{rules.pk}:extension:{stakeholder.pk}:{until.isoformat()}",
            url_name="events:propose",
            url_args=[rules.event_id, rules.event.slug],
            facts={
                "event": rules.event.title,
                "stakeholder": stakeholder.name,
                "until": until.isoformat(),
                "zone": rules.event.zone,
            },
            subject=rules.event,
        )
    return extension


def allow_second(event: Event, stakeholder: Stakeholder, *, actor: User, note: str) -> Proposal:
    """Let an organization lead a second proposal: an empty draft with the desk's reason (E-02)."""
    note = clean_line(note)
    if not note:
        raise DomainError(
            _("Nothing was allowed."), fields={"note": _("Give the reason why a second proposal is allowed.")}
        )
    with transaction.atomic():
        rules = lock_round(event)
        _may_run(actor)
        if not Stakeholder.objects.filter(pk=stakeholder.pk, status__in=Status.TAKING_PART).exists():
            message = _("Choose a stakeholder that takes part.")
            raise DomainError(message, fields={"stakeholder": message})
        again = Proposal.objects.filter(event=event, lead=stakeholder, status="draft", submitted_at=None)
        if again.exclude(override_note="").exists():
            raise WrongState(_("It has been allowed one more already, and has not sent it yet."))
        proposal = Proposal.objects.create(event=rules.event, lead=stakeholder, override_note=note[:300])
        record(proposal, "events.proposal.allow_second", actor=actor)
        notify_all(
            admins_of(stakeholder.pk),
            "events.second_allowed",
            key=f"proposal:{proposal.pk}:allowed",
            url_name="events:write_proposal",
            url_args=[proposal.pk],
            facts=facts_of(proposal),
            subject=proposal,
        )
    return proposal


def set_area(event: Event, *, actor: User, reviewer: User, theme: str = "", region: str = "") -> ReviewArea:
    """Assign the proposals of a theme, or of a region, to a reviewer, instead of the one before.

    Unassigned proposals that wait already are assigned, too.
    """
    _may_run(actor)
    if bool(theme) == bool(region):
        message = _("Choose a theme or a region, not both.")
        raise DomainError(message, fields={"theme": message})
    if not _holds_role(reviewer):
        message = _("This person does not run events.")
        raise DomainError(message, fields={"reviewer": message})
    where: dict[str, Any] = {"theme_id": theme} if theme else {"region_id": region}
    try:
        with transaction.atomic():
            area, _new = ReviewArea.objects.update_or_create(
                event=event, **where, defaults={"reviewer": reviewer}
            )
            hand_out_waiting(event)
            record(event.round, "events.proposalround.areas", actor=actor)
    except IntegrityError:
        raise WrongState(_("Another person has changed this in the meantime.")) from None
    return area


def drop_area(area: ReviewArea, *, actor: User) -> None:
    _may_run(actor)
    with transaction.atomic():
        if ReviewArea.objects.filter(pk=area.pk).delete()[0]:
            record(area.event.round, "events.proposalround.areas", actor=actor)


def trust(stakeholder: Stakeholder, *, actor: User, note: str) -> TrustedProposer:
    """Trust the stakeholder: from now on its proposals need no checklist (E-25)."""
    if not actor.has_perm("events.trust_proposers"):
        raise PermissionDenied
    note = clean_line(note)
    if not note:
        raise DomainError(_("Nothing was changed."), fields={"note": _("Please give a reason.")})
    with transaction.atomic():
        try:
            with transaction.atomic():
                proposer = TrustedProposer.objects.create(stakeholder=stakeholder, note=note, given_by=actor)
        except IntegrityError:
            raise WrongState(_("This stakeholder is trusted already.")) from None
        record(proposer, "events.trustedproposer.give", actor=actor, stakeholder=stakeholder.pk)
    return proposer


def end_trust(trusted: TrustedProposer, *, actor: User, note: str) -> None:
    """End the trust: its proposals need the checklist again."""
    if not actor.has_perm("events.trust_proposers"):
        raise PermissionDenied
    note = clean_line(note)
    if not note:
        raise DomainError(_("Nothing was changed."), fields={"note": _("Please give a reason.")})
    with transaction.atomic():
        ended = TrustedProposer.objects.filter(pk=trusted.pk, ended_at=None).update(
            ended_at=now(), ended_by=actor, ended_note=note
        )
        if not ended:
            raise WrongState(_("Another person has changed this in the meantime."))
        record(trusted, "events.trustedproposer.end", actor=actor, stakeholder=trusted.stakeholder_id)


def _may_run(actor: User) -> None:
    if not actor.has_perm("events.run_events"):
        raise PermissionDenied


def _holds_role(person: User) -> bool:
    """Return whether the person has the role, also while it sleeps for lack of a second factor."""
    return any(grant.role in (Role.EVENTS, Role.HEAD) for grant in person.granted)


sentence("events.proposalround.set_up", gettext_lazy("%(actor)s set up the round of proposals (%(fields)s)"))
sentence("events.proposalround.areas", gettext_lazy("%(actor)s assigned reviewers"))
sentence("events.trustedproposer.give", gettext_lazy("%(actor)s exempted a proposer from the checklist"))
sentence("events.trustedproposer.end", gettext_lazy("%(actor)s ended the trust in a proposer"))
