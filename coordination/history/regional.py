"""Deputies, absences and hand-overs, as sentences. No names: the rows have them."""

from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence

sentence("coordination.deputy_named", _("%(actor)s named a deputy"))
sentence("coordination.deputy_removed", _("%(actor)s took a deputy off"))
sentence("coordination.absence_said", _("%(actor)s entered an absence, from %(from)s to %(to)s"))
sentence("coordination.absence_began", _("A deputy stood in from this moment (work passed: %(count)s)"))
sentence("coordination.absence_over", _("The absence was over (work given back: %(count)s)"))
sentence("coordination.hand_over_set", _("%(actor)s set a hand-over for %(on)s"))
sentence("coordination.hand_over_called_off", _("%(actor)s called a hand-over off"))
sentence("coordination.hand_over_stopped", _("A hand-over that was set could not take place"))
sentence("coordination.handed_over", _("%(actor)s handed the appointment over (work passed: %(count)s)"))
sentence(
    "coordination.taken_over", _("%(actor)s let this appointment follow another (work taken over: %(count)s)")
)
sentence("coordination.named", _("%(actor)s agreed to be named as a regional focal point"))
sentence("coordination.unnamed", _("%(actor)s no longer wants to be named as a regional focal point"))
