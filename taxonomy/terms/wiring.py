"""Topics in the API."""

from api.hooks import resources
from taxonomy.terms.api import TopicResource

resources.register("topics", TopicResource)
