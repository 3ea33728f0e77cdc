"""Where Django looks for the tables of resources; everybody else imports from the subject."""

from resources.bookmarks import models as bookmarks  # noqa: F401
from resources.collections import models as collections  # noqa: F401
from resources.curation import models as curation  # noqa: F401
from resources.files import models as files  # noqa: F401
from resources.harvesting import models as harvesting  # noqa: F401
from resources.links import models as links  # noqa: F401
from resources.records import models as records  # noqa: F401
