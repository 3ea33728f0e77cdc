"""What notifications hears: of people and their data from accounts, of jobs from the workers."""

from notifications.receivers import jobs, people  # noqa: F401
