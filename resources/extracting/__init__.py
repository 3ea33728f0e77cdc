"""Text and a first picture out of files that strangers send, in a process that may die of them.

`process` is called by workers. `child` runs beside them with limits of its own, knows neither Django nor the
database nor any secret, and tells what it finds as lines of JSON.
"""
