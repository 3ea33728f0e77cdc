"""A date with its time in Arabic, which Django has not; the day before the month, twenty-four hours."""

DATETIME_FORMAT = "j F، Y، H:i"
SHORT_DATETIME_FORMAT = "d\u200f/m\u200f/Y، H:i"
TIME_FORMAT = "H:i"
