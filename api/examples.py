"""An example of every answer, for the schema: one invented row, written by the names of the fields.

Nothing in it is real: no organization, no person, no document. A field whose name is not known here fails a
test, so that no example says nothing.
"""

from collections.abc import Mapping
from typing import Any

UNKNOWN = "…"
SITE = "https://whatson.example.org"
_DAY, _MOMENT = "2026-05-04", "2026-05-04T09:30:00Z"
_NAME = "Lakeside Legal Aid"

# Component and field, or the field alone: what it says. First the narrower.
_VALUES: dict[str, Any] = {
    # Numbers of rows, and how many
    "id": 42,
    "number": 5,
    "call": 12,
    "dialogue": 8,
    "dialogues": 8,
    "expected": 40,
    "event": 31,
    "question": 3,
    "stakeholder": 42,
    "parent": 7,
    "part_of": 31,
    "contributions": 58,
    "count": 1,
    "offers_count": 1,
    "needs_count": 0,
    "resources_count": 6,
    "size": 48_213,
    "value": 134,
    "out_of": 190,
    "most_words": 500,
    "places": 40,
    "year": 2025,
    "gone": 57,
    "next": None,
    "previous": None,
    # Names and texts
    "name": _NAME,
    "name_latin": "",
    "acronym": "LLA",
    "title": "Legal aid for victims of trafficking",
    "text": "Free legal aid for people who were trafficked.",
    "summary": "What legal aid changed for sixty people.",
    "about": "A meeting of practitioners.",
    "abstract": "How to set up a legal aid desk, step by step.",
    "guidance": "Answer for your own country.",
    "call_text": "Tell who should speak, and on what.",
    "note": "",
    "aim": "Legal aid in three ports.",
    "results": "Sixty people were advised.",
    "city": "Kisumu",
    "short_form": "",
    "full_form": "",
    "translated_by": "",
    "alt": "A desk by the lake",
    "caption": "The desk",
    "credit": "Invented for this example",
    "label": "p. 12",
    "position": "Coordinator",
    "venue": "Conference Centre",
    "room": "Room A",
    "lead": _NAME,
    "OwnProposal.lead": 42,
    "OwnProposalLine.lead": 42,
    "organizer": _NAME,
    "publisher": "Lakeside Press",
    "authors": "A. Writer",
    "stakeholders": _NAME,
    "snippet": "Free <mark>legal aid</mark> for people who were trafficked.",
    "focal_point": "",
    "Story.stakeholder": _NAME,
    "StoryDetail.stakeholder": _NAME,
    "Collection.stakeholder": _NAME,
    "CollectionDetail.stakeholder": _NAME,
    "Person.name": "A. Writer",
    "Link.label": "Report of the project",
    "Partner.name": "Harbour Research Group",
    "Source.name": "Register of the example",
    "File.name": "guide.pdf",
    "Network.name": "Legal aid around the lake",
    "NetworkDetail.name": "Legal aid around the lake",
    # Addresses
    "url": f"{SITE}/en/stakeholders/42/lakeside-legal-aid/",
    **{
        f"{component}.url": SITE + path
        for components, path in (
            (("Article", "ArticleDetail"), "/en/articles/palermo/5/"),
            (("Call", "CallDetail"), "/en/calls/42/"),
            (("Collection", "CollectionDetail"), "/en/resources/collections/42-legal-aid/"),
            (("Contribution",), "/en/contributions/42/"),
            (("Country",), "/en/countries/KEN/"),
            (("Dialogue", "DialogueDetail"), "/en/dialogues/42/"),
            (("Event", "EventDetail"), "/en/events/42-legal-aid/"),
            (("File", "Passage"), "/files/resource/7/"),
            (("Image",), "/files/story-image/7/"),
            (("Link", "Publication", "Source"), "/"),
            (("Meeting",), "/en/events/31-legal-aid/meetings/5/"),
            (("Network", "NetworkDetail"), "/en/networks/42-legal-aid/"),
            (("Observation",), "/en/observations/?country=KEN#observation-42"),
            (("ListedProject",), "/en/stakeholders/42/projects/#project-42"),
            (("Record", "RecordDetail"), "/en/resources/42-legal-aid-for-victims-of-trafficking/"),
            (("Review", "ReviewLine"), "/en/reviews/KEN/"),
            (("Report", "ReportDetail"), "/en/reports/42/"),
            (("Story", "StoryDetail", "Version"), "/en/news/42-legal-aid-for-victims-of-trafficking/"),
        )
        for component in components
    },
    "website": "https://lakeside.example",
    "link": "",
    "logo": "",
    "source_url": "https://register.example/lists/7",
    "licence_url": "",
    "group_source": "",
    "actual_start_source": "",
    "source": "Register of the example",
    "links": {"en": "https://register.example/7"},
    "videos": "https://videos.example/7",
    # Identifiers and codes
    "symbol": "",
    "doi": "",
    "isbn": "",
    "licence": "",
    "sha256": "0" * 64,
    "media_type": "application/pdf",
    "ror_id": "",
    "wikidata": "",
    "lei": "",
    "orcid": "",
    "iso2": "KE",
    "m49": "404",
    "language": "en",
    "mission_language": "en",
    "zone": "Africa/Nairobi",
    "phase": "I",
    "cluster": "I",
    "group": "2",
    "groups": "2",
    "group_id": "2",
    "Article.instrument": "palermo",
    "ArticleDetail.instrument": "palermo",
    "step": "response",
    "Article.code": "palermo-5",
    "ArticleDetail.code": "palermo-5",
    "Country.code": "KEN",
    "Country.name": "Kenya",
    "Topic.name": "Firearms",
    "code": "firearms",
    "Figure.code": "parties-2026",
    "Topic.parent": None,
    "Report.title": "Participation in 2026",
    "ReportDetail.title": "Participation in 2026",
    "narrative": "More organizations came than a year before.",
    "place": "002",
    "ReportFigures.name": "participation",
    "ReportFigures.title": "Participation",
    "ReportFigures.about": "Numbers below 5 are suppressed.",
    "heads": "1 January 2026 – 31 December 2026",
    "head_codes": "period",
    "ReportFigureRow.code": "came",
    "ReportFigureRow.label": "Came",
    "ReportFigureRow.about": "People who were checked in.",
    "numbers": 31,
    "Contact.value": "desk@lakeside.example",
    "Hit.kind": "stakeholders.stakeholder",
    "Hit.country": "KEN",
    # Codes that forms take as texts
    "audience": "public",
    "listing": "public",
    "descriptors": "grassroots",
    "mission": "Free legal aid for people who were trafficked.",
    "references": "",
    "partners": "Harbour Research Group",
    "OwnProfileContacts.kind": "email",
    "OwnProfilePublications.year": "2025",
    "OwnProfileContacts.value": "desk@lakeside.example",
    "until": "2026-12-31",
    "source_date": _DAY,
    # Days that may be a year or a month alone
    "starts": "2024-10",
    "ends": "2026-03",
    "date": "2026-04",
    "as_of": "2026-04",
    "actual_start": "2021-02",
    "start": "2020-11",
}

# What a {code, name} is, by the field that holds it.
_KENYA = ("KEN", "Kenya")
_TERMS = {
    "country": _KENYA,
    "countries": _KENYA,
    "works_in": _KENYA,
    "region": ("002", "Africa"),
    "regions": ("002", "Africa"),
    "subregion": ("202", "Sub-Saharan Africa"),
    "intermediate_region": ("014", "Eastern Africa"),
    "topic": ("firearms", "Firearms"),
    "topics": ("firearms", "Firearms"),
    "theme": ("firearms", "Firearms"),
    "article": ("palermo-5", "Article 5"),
    "articles": ("palermo-5", "Article 5"),
    "instrument": ("palermo", "Convention"),
    "instruments": ("palermo", "Convention"),
    "area": ("legal-aid", "Legal aid"),
    "engagement_areas": ("legal-aid", "Legal aid"),
    "languages": ("en", "English"),
    "kind": ("response", "Response to the questionnaire"),
    "step": ("response", "Response to the questionnaire"),
    "measure": ("parties", "Parties"),
    "body": ("conference", "Conference"),
}
# Of several values the one of a row that everybody may see.
_PUBLIC = ("public", "published", "active", "done")


def add_examples(result: dict[str, Any]) -> None:
    """To each answer of a schema that succeeds."""
    components = result["components"]["schemas"]
    for methods in result["paths"].values():
        for operation in methods.values():
            content = operation["responses"].get("200", {}).get("content", {}).get("application/json", {})
            if schema := content.get("schema"):
                content["examples"] = {"invented": {"value": _example(schema, components)}}


def _example(
    schema: Mapping[str, Any], components: Mapping[str, Any], component: str = "", name: str = ""
) -> Any:
    if "$ref" in schema:
        component = schema["$ref"].rpartition("/")[2]
        if component == "Term":
            code, called = _TERMS.get(name, (UNKNOWN, UNKNOWN))
            return {"code": code, "name": called}
        return _example(components[component], components, component, name)
    for several in ("oneOf", "anyOf", "allOf"):
        if several in schema:
            return _example(schema[several][0], components, component, name)
    if "properties" in schema:
        fields = schema["properties"].items()
        return {field: _example(field_schema, components, component, field) for field, field_schema in fields}
    if schema.get("type") == "array":
        return [_example(schema["items"], components, component, name)]
    return _value(schema, f"{component}.{name}", name)


def _value(schema: Mapping[str, Any], full: str, name: str) -> Any:
    if "enum" in schema:
        return next((code for code in _PUBLIC if code in schema["enum"]), schema["enum"][0])
    if schema.get("type") == "object":  # of names that differ from row to row
        return {}
    if schema.get("type") == "boolean":
        return name in ("original", "has_programme", "is_required")
    # A list of codes is called as the list of their names elsewhere.
    otherwise = _TERMS[name][0] if name in _TERMS else UNKNOWN
    example = _VALUES.get(full, _VALUES.get(name, otherwise))
    return {"date": _DAY, "date-time": _MOMENT}.get(schema.get("format", ""), example)
