from coordination.models.letters import Letter, LetterCopy, LetterLimit

__all__ = ["Letter", "LetterCopy", "LetterLimit"]
