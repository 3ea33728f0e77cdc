"""Where Django looks for the tables of events; everybody else imports from the subject."""

from events.calendar import models as calendar  # noqa: F401
from events.events import models as events  # noqa: F401
from events.events import models_sources as sources  # noqa: F401
from events.marking import models as marking  # noqa: F401
from events.meeting_reports import models as meeting_reports  # noqa: F401
from events.programme import models as programme  # noqa: F401
from events.proposals import models as proposals  # noqa: F401
from events.registrations import models as registrations  # noqa: F401
from events.reviewing import models as reviewing  # noqa: F401
from events.rounds import models as rounds  # noqa: F401
