"""The pictures of the help: what each shows, and how `make pictures` takes it from the demonstration."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Of each picture in pixels; in a window so wide a page has two columns, and its words can still be read.
WIDTH, HEIGHT = 1120, 700
TAKEN_IN = ("en", "ar")  # readers of other languages see the first
FOLDER = "img/help"


class HelpPicture(NamedTuple):
    """`address` follows the language; `follow` are the patterns of links that are opened from there, in turn.

    `person` is the first part of an address of the demonstration, empty for a visitor. `top` names what
    stands at the top of the picture, where that is not the head of the page.
    """

    alt: str | Promise
    caption: str | Promise
    address: str
    person: str = ""
    follow: tuple[str, ...] = ()
    top: str = "main"


PICTURES = {
    "registration": HelpPicture(
        _("A step of the application: how far it is, a box for the mission, a menu for its language."),
        _("One step of the application. “All steps” shows which are complete."),
        "/me/",
        "draft",
        (r"/stakeholders/applications/\d+/$", r"/stakeholders/applications/\d+/what/$"),
    ),
    "profile": HelpPicture(
        _("The page from which a profile is managed: requests to join, the profile, and its history."),
        _("Manage profile: open questions come first."),
        "/me/",
        "admin",
        (r"/stakeholders/\d+/manage/$",),
    ),
    "taking-part": HelpPicture(
        _("A call for contributions, with its closing date and the button to contribute."),
        _("A call for contributions: who may answer, until when, and about what."),
        "/calls/",
        "admin",
        (r"/calls/\d+/$",),
    ),
    "account": HelpPicture(
        _("The settings of notifications: four answers to what comes by e-mail, and a button to save."),
        _("Notification settings: choose one answer for all messages, or open each type below."),
        "/me/notices/preferences/",
        "admin",
    ),
    "visitors": HelpPicture(
        _("The directory: filters with counts beside a list of organizations."),
        _("The directory: filters at the side, the organizations that match beside them."),
        "/stakeholders/?q=trafficking",
    ),
    "states": HelpPicture(
        _("The page of a country: contacts, and calls and dialogues that are open now."),
        _("The page of your country. Stakeholders, reviews and events follow further down."),
        "/countries/XDR/",
        "state",
    ),
    "focal-points": HelpPicture(
        _("The workspace of a regional focal point, with the first steps and the open tasks."),
        _("Your workspace: your open tasks come first."),
        "/regional/",
        "regional",
    ),
    "review": HelpPicture(
        _("The tracker: a table of countries and the phases of their reviews."),
        _("The tracker: each country and what is known about each phase of its review."),
        "/reviews/",
        top=".tracker",
    ),
    "vetting": HelpPicture(
        _("An application at the desk: its answers, and beside them whose turn it is and until when."),
        _("An application: what was sent, and beside it who holds it and the button to assign it to you."),
        "/desk/vetting/",
        "vetting",
        (r"/desk/vetting/\d+/$",),
    ),
    "calls": HelpPicture(
        _("A contribution at the desk: its text, and beside it its status and the decisions."),
        _("A contribution: the question to its author, what was sent, and the decision."),
        "/desk/calls/contributions/",
        "reviews",
        (r"/desk/calls/contributions/\d+/$",),
    ),
    "events": HelpPicture(
        _("The registrations of an event: numbers, filters and a list of people with their status."),
        _("The registrations of an event. “Check-in” opens from here, also on a phone."),
        "/desk/events/?state=coming",
        "events",
        (r"/desk/events/\d+/$", r"/desk/events/\d+/registrations/$"),
    ),
    "imports": HelpPicture(
        _("The page of imports: a form to choose a file, and the lists that were imported before."),
        _("Imports: upload a list here. Nothing is taken in before you have checked it."),
        "/desk/vetting/imports/",
        "curation",
    ),
}
