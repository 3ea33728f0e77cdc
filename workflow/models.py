"""Where Django looks for the tables of workflow; everybody else imports from the subject."""

from workflow.changes import models as changes  # noqa: F401
from workflow.drafts import models as drafts  # noqa: F401
from workflow.items import models as items  # noqa: F401
from workflow.moves import models as moves  # noqa: F401
from workflow.receipts import models as receipts  # noqa: F401
from workflow.windows import models as windows  # noqa: F401
