"""What readers and the desk fill in about the newsletter."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.timezone import now
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.people.forms import zone_field
from core.forms import AddressField, ByLanguage, PickMany, TrapForm
from core.local_times import WallClockField, at_zone
from core.text import whole
from news.newsletter.actions_subscribing import Wish
from news.newsletter.models import Issue, IssueItem, IssueSection
from search.hooks import documents
from stakeholders.entries.forms import BlockField, LineField
from taxonomy.terms.models import Topic


def languages() -> list[tuple[str, str]]:
    """The six, each by its own name."""
    return [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES]


def _address_field() -> AddressField:
    return AddressField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        error_messages={"required": _("Enter the address to which it should be sent.")},
    )


class ChoicesForm(forms.Form):
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=languages,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each issue comes once, in the first of these that it has."),
        error_messages={"required": _("Choose at least one language.")},
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        choices=Topic.objects.for_choices,
        required=False,
        widget=PickMany(),
        help_text=_("Choose none to get every issue."),
    )

    def wish(self, preferred: str = "") -> Wish:
        """With the language that the reader prefers, or uses now, first."""
        first = preferred or (get_language() or "en")[:2]
        chosen = self.cleaned_data["languages"]
        return Wish(sorted(chosen, key=lambda code: code != first), self.cleaned_data["topics"])


class SubscribeForm(TrapForm, ChoicesForm):
    address = _address_field()
    agree = forms.BooleanField(
        label=_(
            "Send me the newsletter. WhatsOn uses my address, languages and topics for "
            "this alone, until I unsubscribe."
        ),
        error_messages={"required": _("Without your consent nothing can be sent to you.")},
    )
    field_order = ["address", "languages", "topics", "agree", "homepage"]


class AddressForm(TrapForm):
    address = _address_field()
    field_order = ["address", "homepage"]


# --- What the desk fills in about an issue -----------------------------------------------------------

LONGEST_INTRO, LONGEST_SUMMARY, LONGEST_TITLE = 4000, 500, 200


def _label_in(label: str, code: str) -> str:
    return _now("%(field)s (%(language)s)") % {
        "field": label,
        "language": get_language_info(code)["name_translated"],
    }


def _text_attributes(code: str, **attrs: Any) -> dict[str, Any]:
    return {"lang": code, "dir": "rtl" if get_language_info(code)["bidi"] else "ltr", **attrs}


class NewForm(forms.Form):
    language = forms.ChoiceField(label=_("Language to begin with"), choices=languages)
    title = LineField(
        label=_("Title"), max_length=LONGEST_TITLE, help_text=_("This is the subject of the e-mail.")
    )


class _LanguageFields(forms.Form):
    """Fields for each language, as title_fr."""

    def add(self, name: str, code: str, field: forms.Field) -> None:
        field.widget.attrs.update(_text_attributes(code))
        self.fields[f"{name}_{code}"] = field

    def by_language(self, *names: str) -> dict[str, dict[str, str]]:
        return {
            code: {name: self.cleaned_data.get(f"{name}_{code}", "") for name in names}
            for code, _name in settings.LANGUAGES
            if any(f"{name}_{code}" in self.fields for name in names)
        }


class TextsForm(_LanguageFields, ByLanguage):
    """Title and introduction in each language; one without a title does not come out in that language."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        choices=Topic.objects.for_choices,
        required=False,
        widget=PickMany(),
        help_text=_(
            "It comes to subscribers of one of these, and to those who chose none. "
            "Leave them empty for everybody."
        ),
    )

    def __init__(self, *args: Any, issue: Issue, **kwargs: Any) -> None:
        initial = {
            f"{name}_{code}": value for code, text in issue.texts.items() for name, value in text.items()
        }
        initial |= {"version": issue.version, "topics": list(issue.topics.values_list("pk", flat=True))}
        super().__init__(*args, **{"initial": initial, **kwargs})
        for code, _name in settings.LANGUAGES:
            self.add(
                "title",
                code,
                LineField(label=_label_in(_now("Title"), code), max_length=LONGEST_TITLE, required=False),
            )
            self.add(
                "intro",
                code,
                BlockField(
                    label=_label_in(_now("Introduction"), code),
                    max_length=LONGEST_INTRO,
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 4}),
                ),
            )
        self.order_fields([*(name for name in self.fields if name != "topics"), "topics"])

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or self.cleaned_data
        for code, _name in settings.LANGUAGES:
            if clean.get(f"intro_{code}") and not clean.get(f"title_{code}"):
                self.add_error(f"title_{code}", _("An introduction needs a title in its language."))
        return clean


class SectionForm(_LanguageFields):
    def __init__(self, *args: Any, issue: Issue, section: IssueSection | None = None, **kwargs: Any) -> None:
        titles: Mapping[str, str] = section.titles if section else {}
        kwargs.setdefault("initial", {f"title_{code}": title for code, title in titles.items()})
        super().__init__(*args, **kwargs)
        for code in issue.languages or ["en"]:
            field = LineField(
                label=_label_in(_now("Heading"), code), max_length=LONGEST_TITLE, required=False
            )
            self.add("title", code, field)

    def titles(self) -> dict[str, str]:
        return {code: text["title"] for code, text in self.by_language("title").items()}


class PickForm(forms.Form):
    """What is ticked, as "events.event:12". Whatever a page showed may be: the act asks what is public."""

    picked = forms.TypedMultipleChoiceField(
        label=_("Content"), error_messages={"required": _("Tick at least one.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["picked"]
        field.valid_value = lambda value: value.partition(":")[0] in documents
        field.coerce = lambda value: (value.partition(":")[0], whole(value.partition(":")[2]))


def read_order(codes: Iterable[str], moved: str = "") -> list[tuple[int, list[int]]]:
    """Sections, each with its items, from "s3", "i12" … as they stand on the page, after one step.

    `moved` says "i12:up" or "s3:down"; at the edge of a section an item goes on into the next.
    """
    order: list[tuple[int, list[int]]] = []
    for code in codes:
        if code.startswith("s"):
            order.append((whole(code[1:]), []))
        elif order:
            order[-1][1].append(whole(code[1:]))
    code, _colon, way = moved.partition(":")
    if step := {"up": -1, "down": 1}.get(way):
        make = _move_section if code.startswith("s") else _move_item
        make(order, whole(code[1:]), step)
    return order


def _move_section(order: list[tuple[int, list[int]]], pk: int, step: int) -> None:
    at = next((at for at, (section, _items) in enumerate(order) if section == pk), None)
    if at is not None and 0 <= at + step < len(order):
        order[at], order[at + step] = order[at + step], order[at]


def _move_item(order: list[tuple[int, list[int]]], pk: int, step: int) -> None:
    at = next((at for at, (_section, items) in enumerate(order) if pk in items), None)
    if at is None:
        return
    items = order[at][1]
    place = items.index(pk)
    if 0 <= place + step < len(items):
        items[place], items[place + step] = items[place + step], items[place]
    elif 0 <= at + step < len(order):
        following = order[at + step][1]
        following.insert(len(following) if step < 0 else 0, items.pop(place))


class ItemForm(_LanguageFields):
    """The words of an item, in the languages that its object has. Its address is not to be changed."""

    def __init__(self, *args: Any, item: IssueItem, **kwargs: Any) -> None:
        initial = {
            f"{name}_{code}": text[name] for code, text in item.texts.items() for name in ("title", "summary")
        }
        super().__init__(*args, **{"initial": initial, **kwargs})
        for code in item.texts:
            self.add("title", code, LineField(label=_label_in(_now("Title"), code), max_length=300))
            self.add(
                "summary",
                code,
                BlockField(
                    label=_label_in(_now("Summary"), code),
                    max_length=LONGEST_SUMMARY,
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 3}),
                ),
            )


class SendForm(forms.Form):
    """Now, or at a time by a clock."""

    when = forms.ChoiceField(
        label=_("When does it leave?"),
        choices=[("now", _("Now")), ("later", _("At a time"))],
        widget=forms.RadioSelect,
    )
    at = WallClockField(label=_("Day and time"), required=False)
    zone = zone_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].help_text = _("Day and time are by this clock.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        local_time = cleaned.get("at")
        cleaned["instant"] = None
        if cleaned.get("when") != "later" or self.errors:
            return cleaned
        if local_time is None:
            self.add_error("at", _("Give day and time."))
            return cleaned
        try:
            cleaned["instant"] = at_zone(local_time, cleaned["zone"])
        except ValidationError as wrong:
            self.add_error("at", wrong)
        else:
            if cleaned["instant"] <= now():
                self.add_error("at", _("Choose a time ahead."))
        return cleaned


class TestForm(forms.Form):
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language.")},
    )

    def __init__(self, *args: Any, issue: Issue, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"languages": issue.languages}, **kwargs})
        self.fields["languages"].choices = [pair for pair in languages() if pair[0] in issue.languages]  # type: ignore[attr-defined]
