from notifications.registry import kind

kind("tests.optional", label="Optional", group="Tests")
