from news.models.images import StoryImage
from news.models.stories import Story, StoryRevision
from news.models.trust import SourceTrust

__all__ = ["SourceTrust", "Story", "StoryImage", "StoryRevision"]
