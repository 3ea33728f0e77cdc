"""Where Django looks for the tables of coordination; everybody else imports from the subject."""

from coordination.absences import models as absences  # noqa: F401
from coordination.activities import models as activities  # noqa: F401
from coordination.focal_points import models as focal_points  # noqa: F401
from coordination.hand_overs import models as hand_overs  # noqa: F401
from coordination.mailings import models as mailings  # noqa: F401
from coordination.networks import models as networks  # noqa: F401
from coordination.networks import models_parts as networks_parts  # noqa: F401
from coordination.offerings import models as offerings  # noqa: F401
from coordination.participation import models as participation  # noqa: F401
from coordination.period_reports import models as period_reports  # noqa: F401
from coordination.surveys import models as surveys  # noqa: F401
