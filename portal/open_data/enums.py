"""Words in the addresses of open data."""

LATEST = "latest"  # in place of a day
DAY = r"latest|\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
