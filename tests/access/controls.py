"""What the forms of a page ask for at once: how many controls, and how far the button is for the Tab key."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

CONTROLS = frozenset(("input", "select", "textarea", "button"))
STOPS = CONTROLS | {"a", "summary"}
WITHOUT_END = frozenset(("input", "br", "hr", "img", "meta", "link", "wbr", "col", "source"))


@dataclass
class Form:
    controls: int = 0
    stops: int = 0  # from the first field to the button that sends it
    is_sent: bool = False
    radios: set[str] = field(default_factory=set)  # groups, each one stop
    ticks: dict[str, int] = field(default_factory=dict)  # name → how many boxes


class Page(HTMLParser):
    """The forms of a page that change something, as they are before anything is unfolded.

    A list of many choices is one control, as the picker that it becomes. What narrows a list is left out.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.lists: list[str] = []  # in which one chooses several by holding a key, without a picker
        self._open: list[tuple[str, str]] = []  # (tag, class)
        self._fold = 0  # how many tags were open where the part began that is folded
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag not in WITHOUT_END:
            self._open.append((tag, attributes.get("class", "")))
        if tag == "form" and attributes.get("method") == "post" and self._is_within("main"):
            self.forms.append(Form())
        elif tag == "details" and "open" not in attributes and not self._fold:
            self._fold = len(self._open)
        if tag == "select" and "multiple" in attributes and ("div", "picker") not in self._open:
            self.lists.append(attributes["name"])
        is_shown = not self._fold or (tag == "summary" and len(self._open) == self._fold + 1)
        unseen = (
            attributes.get("type") == "hidden"
            or "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
        )
        if tag in STOPS and is_shown and not unseen and self.forms and self._is_within("form"):
            self._count(self.forms[-1], tag, attributes)

    def _count(self, form: Form, tag: str, attributes: dict[str, str]) -> None:
        form.controls += tag in CONTROLS
        kind, name = attributes.get("type", ""), attributes.get("name", "")
        if tag == "input" and kind == "checkbox":
            form.ticks[name] = form.ticks.get(name, 0) + 1
        if tag == "button" and kind != "button" and name not in ("more", "less"):
            form.is_sent = True
        if not form.controls or form.is_sent or (kind == "radio" and name in form.radios):
            return
        form.stops += 1
        if kind == "radio":
            form.radios.add(name)

    def handle_endtag(self, tag: str) -> None:
        while self._is_within(tag) and self._open.pop()[0] != tag:
            pass
        if len(self._open) < self._fold:
            self._fold = 0

    def _is_within(self, tag: str) -> bool:
        return any(open_tag == tag for open_tag, _class in self._open)

    @property
    def controls(self) -> int:
        return sum(form.controls for form in self.forms)

    @property
    def stops(self) -> int:
        return max((form.stops for form in self.forms), default=0)

    @property
    def walls(self) -> list[str]:
        """Names of choices with more boxes than a few, and of long lists that are no picker."""
        return [name for form in self.forms for name, boxes in form.ticks.items() if boxes > 12] + self.lists
