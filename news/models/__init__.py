from news.models.images import StoryImage
from news.models.newsletters import Issue, IssueItem, IssueSection, Subscriber
from news.models.stories import Story, StoryRevision
from news.models.trust import SourceTrust

__all__ = [
    "Issue",
    "IssueItem",
    "IssueSection",
    "SourceTrust",
    "Story",
    "StoryImage",
    "StoryRevision",
    "Subscriber",
]
