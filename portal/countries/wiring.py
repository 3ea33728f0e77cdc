"""Which tables the pages about countries show: pages that are kept of them are old once a row changes."""

from core.triggers import Trigger, trigger_lists

NAME = "country_pages"

# The tracker and the lists of the API about reviews show these as well, and are kept under `ReviewsVersion`.
OF_REVIEWS = (
    "reviews_countryreview",
    "reviews_documentkind",
    "reviews_focalpoint",
    "reviews_measure",
    "reviews_phase",
    "reviews_reviewdocument",
    "reviews_reviewgroup",
    "reviews_reviewingstate",
    "reviews_secretariat",
    "reviews_snapshot",
    "reviews_stepkind",
    "reviews_steprecord",
    "taxonomy_article",
    "taxonomy_cluster",
    "taxonomy_country",
    "taxonomy_instrument",
    "taxonomy_participation",
    "taxonomy_region",
)
# What the page of a country, that of its review, the front page and the list of opportunities show beside.
# Stakeholders and the library are not here: the version of these pages holds the versions of those two.
TABLES = {
    "calls": ("reviews_call", "reviews_call_countries", "reviews_call_topics"),
    "contributions": ("reviews_contribution_countries", "reviews_cosignature"),
    "dialogues": ("reviews_dialogue",),
    "observations": ("reviews_observation",),
    "events": (
        "events_body",
        "events_event",
        "events_event_topics",
        "events_proposalround",
        "events_proposalround_themes",
        "events_registrationrules",
    ),
    "news": ("news_newslink", "news_newslink_countries", "news_story_countries", "news_storyimage"),
    "networks": ("coordination_network",),
    "regional focal points": (
        "coordination_named",
        "stakeholders_appointment",
        "stakeholders_appointment_countries",
        "stakeholders_appointment_regions",
    ),
    "grants and courses": (
        # Its topics and regions change only while it is written; a topic that is merged has a trigger itself.
        "coordination_offering_countries",
        "coordination_offeringtask",
    ),
    "names": ("taxonomy_language", "taxonomy_topic"),
}

trigger_lists.register(
    NAME,
    (
        *(Trigger(table, NAME, "review_pages_changed") for table in OF_REVIEWS),
        *(Trigger(table, NAME, "country_pages_changed") for tables in TABLES.values() for table in tables),
        # Drafts are saved every few seconds while somebody writes: rows count while they are in these states.
        Trigger("news_story", NAME, "country_pages_changed_in", arguments=("published", "archived")),
        Trigger("reviews_contribution", NAME, "country_pages_changed_in", arguments=("published",)),
        Trigger("coordination_offering", NAME, "country_pages_changed_in", arguments=("published",)),
        # Signing in changes the row, too.
        Trigger("accounts_user", NAME, "country_pages_person_changed", columns=("name", "is_active")),
    ),
)
