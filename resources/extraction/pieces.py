"""Texts without pages in pieces small enough to show and to index."""

from collections.abc import Iterator

PIECE = 5_000  # characters


def in_pieces(text: str) -> Iterator[str]:
    """Yield pieces of about PIECE characters, cut at the end of a line or else of a word."""
    at = 0
    while at < len(text):
        end = at + PIECE
        if end < len(text):
            cut = max(text.rfind("\n", at + PIECE // 2, end), text.rfind(" ", at + PIECE // 2, end))
            end = cut + 1 if cut > 0 else end
        yield text[at:end]
        at = end
