#!/usr/bin/env python3
"""usage: check_records.py SCHEMA RECORDS.jsonl…

Holds every record against the JSON Schema and against what a schema cannot say: spans lie in the text and are
ordered, ids are consecutive, and whatever a part refers to is there. Prints what is wrong, a line each; exit 1."""
import json
import sys

import jsonschema


def walk_spans(value, path=""):
    """Every [begin, end) in the record with the path of its field."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key in ("span", "clause", "subject_span", "object_span", "evidence"):
                yield f"{path}.{key}", item
            elif key in ("content", "cue", "source", "sentences"):
                yield from ((f"{path}.{key}", span) for span in item)
            else:
                yield from walk_spans(item, f"{path}.{key}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from walk_spans(item, f"{path}[{number}]")


def faults(record, validator):
    for error in validator.iter_errors(record):
        yield f"{error.json_path}: {error.message[:200]}"
    size = len(record["text"])
    for path, (begin, end) in walk_spans(record):
        if not 0 <= begin <= end <= size:
            yield f"{path}: [{begin}, {end}) is not in the text of {size}"
    counts = {}
    for part, letter in (("times", "t"), ("entities", "e"), ("attributions", "a"), ("events", "v"), ("relations", "r")):
        counts[letter] = len(record[part])
        for number, item in enumerate(record[part], 1):
            if item["id"] != f"{letter}{number}":
                yield f"{part}[{number - 1}]: id {item['id']}"

    def there(identifier, where):
        if identifier is not None and not 1 <= int(identifier[1:]) <= counts[identifier[0]]:
            yield f"{where}: {identifier} is not there"

    for a in record["attributions"]:
        yield from there(a["speaker"], a["id"])
        yield from there(a["parent"], a["id"])
    for v in record["events"]:
        yield from there(v["attribution"], v["id"])
        for p in v["participants"]:
            yield from there(p["entity"], v["id"])
        if v["time"]:
            yield from there(v["time"]["expression"], v["id"])
    for r in record["relations"]:
        yield from there(r["subject"], r["id"])
        yield from there(r.get("object"), r["id"])
        yield from there(r["attribution"], r["id"])
    for line in record["timeline"]:
        yield from there(line["event"], "timeline")
        for entity in line["entities"]:
            yield from there(entity, "timeline")


def main():
    schema, *files = sys.argv[1:]
    validator = jsonschema.Draft202012Validator(json.load(open(schema, encoding="utf8")))
    records = wrong = 0
    for file in files:
        for number, line in enumerate(open(file, encoding="utf8"), 1):
            records += 1
            for fault in faults(json.loads(line), validator):
                wrong += 1
                print(f"{file}:{number}: {fault}")
    print(f"{records} records, {wrong} faults")
    return 1 if wrong or not records else 0


if __name__ == "__main__":
    sys.exit(main())
