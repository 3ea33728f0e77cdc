"""Which tables a description for harvesters gives: a change of them moves the datestamp of the record."""

from core.triggers import Trigger, trigger_lists

# With a column `resource_id`.
LINKED = (
    "author",
    "edition",
    "resource_countries",
    "resource_regions",
    "resource_topics",
    "resourcestakeholder",
)
# Names that stand elsewhere; for a stakeholder also what decides who may see it.
NAMED = {
    "stakeholders_stakeholder": ("name", "kind", "status", "listing", "ror_id", "orcid"),
    "taxonomy_country": ("name_en",),
    "taxonomy_region": ("name_en",),
    "taxonomy_topic": ("name_en",),
}

trigger_lists.register(
    "harvesting",
    (
        Trigger("resources_resource", "harvested", "resources_record_changed"),
        *(Trigger(f"resources_{table}", "harvested", "resources_part_changed") for table in LINKED),
        *(
            Trigger(
                table, "harvested_names", f"resources_named_in_{table}", columns=columns, events=("UPDATE",)
            )
            for table, columns in NAMED.items()
        ),
    ),
)
