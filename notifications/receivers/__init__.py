"""What notifications hears: of people and their data, of who signs in, of jobs."""

from notifications.receivers import jobs, people, sign_in  # noqa: F401
