from notifications.hooks import kind

kind("tests.optional", label="Optional", group="Tests")
