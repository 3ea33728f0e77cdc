from news.models.newsletters import Issue, IssueItem, IssueSection, Subscriber

__all__ = ["Issue", "IssueItem", "IssueSection", "Subscriber"]
