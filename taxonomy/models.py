"""Where Django looks for the tables of taxonomy; everybody else imports from the subject."""

from taxonomy.law import models as law  # noqa: F401
from taxonomy.names import models as names  # noqa: F401
from taxonomy.places import models as places  # noqa: F401
from taxonomy.sources import models as sources  # noqa: F401
from taxonomy.synonyms import models as synonyms  # noqa: F401
from taxonomy.terms import models as terms  # noqa: F401
