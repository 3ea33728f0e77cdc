"""Topics in the API, and the facets whose codes are terms: an address leads on where its term was merged."""

from api.hooks import resources
from core.facets import merged_codes
from taxonomy.terms.api import TopicResource
from taxonomy.terms.models import EngagementArea, Language, Topic

resources.register("topics", TopicResource)

merged_codes.register("topic", Topic.objects.merged_codes)
merged_codes.register("crime", Topic.objects.merged_codes)
merged_codes.register("area", EngagementArea.objects.merged_codes)
merged_codes.register("language", Language.objects.merged_codes)
