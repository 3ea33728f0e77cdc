from news.models.images import StoryImage
from news.models.newsletters import Issue, IssueItem, IssueSection, Subscriber
from news.models.stories import Story, StoryRevision

__all__ = ["Issue", "IssueItem", "IssueSection", "Story", "StoryImage", "StoryRevision", "Subscriber"]
