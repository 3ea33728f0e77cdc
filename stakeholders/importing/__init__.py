"""Reading registries that others publish. Knows files and their formats; writes nothing."""
