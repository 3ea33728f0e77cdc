"""Where Django looks for the tables of notifications; everybody else imports from the subject."""

from notifications.bounces import models as bounces  # noqa: F401
from notifications.delivery import models as delivery  # noqa: F401
from notifications.follows import models as follows  # noqa: F401
from notifications.happenings import models as happenings  # noqa: F401
from notifications.inbox import models as inbox  # noqa: F401
from notifications.incoming import models as incoming  # noqa: F401
from notifications.jobs import models as jobs  # noqa: F401
from notifications.outbox import models as outbox  # noqa: F401
