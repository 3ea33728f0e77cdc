"""Where Django looks for the tables of reviews; everybody else imports from the subject."""

from reviews.calls import models as calls  # noqa: F401
from reviews.contributions import models as contributions  # noqa: F401
from reviews.corrections import models as corrections  # noqa: F401
from reviews.dialogue_desk import models as dialogue_desk  # noqa: F401
from reviews.dialogues import models as dialogues  # noqa: F401
from reviews.handouts import models as handouts  # noqa: F401
from reviews.imports import models as imports  # noqa: F401
from reviews.mechanism import models as mechanism  # noqa: F401
from reviews.observations import models as observations  # noqa: F401
from reviews.tracker import models as tracker  # noqa: F401
