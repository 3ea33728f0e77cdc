"""One stakeholder as a reader may see it, and as search engines may."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Subquery
from django.utils.safestring import SafeString

from core.text import in_script
from stakeholders.enums import Kind, Listing, MemberRole, Status
from stakeholders.models import DirectoryVersion, Membership, Stakeholder
from stakeholders.models.exchange import today
from stakeholders.queries.described import Told
from stakeholders.registry import profile_versions
from taxonomy.terms.models import Topic

# https://schema.org has these words for them.
TYPES = {Kind.ACADEMIA: "EducationalOrganization", Kind.NGO: "NGO", Kind.EXPERT: "Person"}
# The kinds of contacts that schema.org has a word for.
LD_CONTACTS = {"email": "email", "phone": "telephone", "web": "url"}


def found(user: Any, pk: int) -> tuple[str, str] | None:
    """The slug, and a version that changes with all that the page shows; None where `user` may not see it.

    Parents, branches and offers change with the directory; offers also end by themselves at midnight. Whether
    somebody administers the entry decides whether it can be written to. What was merged is not here: its
    address leads on.
    """
    directory = DirectoryVersion.objects.filter(pk=1).values("n")[:1]
    versions = {f"version_of_{name}": make() for name, make in profile_versions.items()}
    admins = Membership.objects.filter(
        stakeholder=OuterRef("pk"), role=MemberRole.ADMIN, user__is_active=True
    )
    rows = Stakeholder.objects.visible_to(user).annotate(
        directory=Subquery(directory), attended=Exists(admins), **versions
    )
    row = (
        rows.filter(pk=pk, merged_into=None)
        .values_list("slug", "updated_at", "directory", "attended", *versions)
        .first()
    )
    if row is None:
        return None
    slug, updated_at, *others = row
    return slug, ":".join(map(str, (updated_at.isoformat(), *others, today())))


def profile(user: Any, pk: int) -> Stakeholder | None:
    """The row with all that its page shows but the topics; None where `user` may not see it. One query."""
    rows = Stakeholder.objects.visible_to(user).select_related("country", "mission_language")
    return rows.filter(pk=pk).first()


def was_public(pk: int) -> bool:
    """Whether everybody could once find what is withdrawn now; nothing else says that it ever was there."""
    return Stakeholder.objects.filter(
        pk=pk, status=Status.WITHDRAWN, listing=Listing.PUBLIC, approved_at__isnull=False
    ).exists()


def linked_data(stakeholder: Stakeholder, topics: Iterable[Topic], said: Told | None = None) -> SafeString:
    """JSON-LD of what the page shows to everybody, safe inside a script element.

    Of the contacts of `said` only the public ones are taken, whoever it was read for.
    """
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": TYPES.get(Kind(stakeholder.kind), "Organization"),
        "name": stakeholder.name,
        "url": settings.SITE_URL + stakeholder.get_absolute_url(),
        "alternateName": [name for name in (stakeholder.name_latin, stakeholder.acronym) if name],
        "description": stakeholder.mission,
        "knowsAbout": [topic.name for topic in topics],
        "address": {
            "@type": "PostalAddress",
            "addressLocality": stakeholder.city,
            "addressCountry": stakeholder.country.iso2,
        },
        "identifier": stakeholder.ror_id,
        "sameAs": [address for address in (stakeholder.website, stakeholder.ror_id) if address],
    }
    if said is not None:
        _add_told(data, said)
    data["address"] = {key: value for key, value in data["address"].items() if value}
    shown = {key: value for key, value in data.items() if value}
    return in_script(shown)


def _add_told(data: dict[str, Any], said: Told) -> None:
    data["alternateName"] += [name["text"] for name in (*said.other_names, *said.former_names)]
    data["knowsAbout"] += [term["name"] for term in (*said.engagement_areas, *said.articles)]
    data["knowsLanguage"] = [term["code"] for term in said.languages]
    if data["@type"] != "Person":  # schema.org knows these of organizations alone
        data["areaServed"] = [{"@type": "Country", "name": term["name"]} for term in said.works_in]
        data["location"] = [
            {
                "@type": "PostalAddress",
                **({"addressLocality": office["city"]} if office["city"] else {}),
                "addressCountry": office["name"],
            }
            for office in said.offices
        ]
    data["contactPoint"] = [
        {"@type": "ContactPoint", LD_CONTACTS[contact["kind"]]: contact["value"]}
        for contact in said.contacts
        if contact["is_public"] and contact["kind"] in LD_CONTACTS
    ]
