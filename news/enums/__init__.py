from news.enums.stories import STORY_MOVES, HeldFor, HoldReason, RefuseReason, StoryStatus, WithdrawReason

__all__ = ["STORY_MOVES", "HeldFor", "HoldReason", "RefuseReason", "StoryStatus", "WithdrawReason"]
