"""Reports for a period in the registries of the apps below."""

from django.utils.translation import gettext_lazy as _

from accounts.hooks import declare_kept
from api.hooks import resources
from audit.enums import Audience
from audit.hooks import sentence
from coordination.period_reports.api import ReportResource
from core.desk_cards import desk_card
from core.help_places import help_at

for _name, _text in (
    ("write", _("%(actor)s began the report")),
    ("change", _("%(actor)s changed the report (%(fields)s)")),
):
    sentence(f"coordination.periodreport.{_name}", _text, audience=Audience.SUBJECT)
declare_kept(_("Reports for periods"), "coordination.periodreport.author")

desk_card(
    "activities:reports",
    group="coordination",
    position=20,
    title=_("Activity reports"),
    text=_("Results of coordination with non-governmental stakeholders, by region and overall."),
    permission="coordination.write_reports",
)

help_at("focal-points#reports", "coordination.period_reports")

resources.register("reports", ReportResource)
