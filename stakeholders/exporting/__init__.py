"""The directory as a table: its columns, what each means, and the files that hold it."""
