"""Choosing in a picker as a person does: by typing, then Enter."""

from typing import Any

from playwright.sync_api import expect


def pick(page: Any, label: str, *words: str) -> None:
    box = page.get_by_role("combobox", name=label)
    for word in words:
        box.fill(word)
        expect(box).to_have_attribute("aria-expanded", "true")
        box.press("Enter")
        expect(box).to_have_attribute("aria-expanded", "false")
