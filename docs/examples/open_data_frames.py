"""Read the open data of WhatsOn into pandas, each column with the type that it has.

    python open_data.py https://whatson.example.org folder
    python -i open_data_frames.py folder

`frames["stakeholders"]` is a table by its key. Types come from datapackage.json: days and moments are dates,
numbers may be missing, lists are lists. A text that most rows share with others, such as a code, is a
category. Needs pandas 2 or later.
"""

import json
import sys
from pathlib import Path

import pandas as pd

# Types of a Data Package and those of pandas that hold a missing value as well.
DTYPES = {"integer": "Int64", "number": "Float64", "boolean": "boolean"}


def read_column(values: list, field: dict) -> pd.Series:
    match field["type"]:
        case "date" | "datetime":
            return pd.Series(pd.to_datetime(values, utc=field["type"] == "datetime", format="ISO8601"))
        case "array" | "object":
            return pd.Series(values, dtype="object")
        case "string":
            texts = pd.Series(values, dtype="string")
            return texts.astype("category") if texts.nunique() <= len(texts) / 2 else texts
        case kind:
            return pd.Series(values, dtype=DTYPES.get(kind, "string"))


def read_table(folder: Path, resource: dict) -> pd.DataFrame:
    path = folder / resource["path"]
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    schema = resource["schema"]
    columns = {
        field["name"]: read_column([row.get(field["name"]) for row in rows], field)
        for field in schema["fields"]
    }
    return pd.DataFrame(columns).set_index(schema["primaryKey"])


def main(place: str) -> dict[str, pd.DataFrame]:
    folder = Path(place)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    tables = [resource for resource in package["resources"] if resource["path"].endswith(".jsonl")]
    frames = {Path(table["path"]).stem: read_table(folder, table) for table in tables}
    for name, frame in frames.items():
        types = ", ".join(f"{column} {dtype}" for column, dtype in frame.dtypes.items())
        print(f"{name}: {len(frame)} rows, {types}")
    return frames


if __name__ == "__main__":
    frames = main(*sys.argv[1:])
