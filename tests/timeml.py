#!/usr/bin/env python3
"""usage: timeml.py --program DATELINE

Holds `dateline read --format timeml` against what TimeML 1.2.1 lets a TIMEX3 be, over the frozen texts of
tests/cases/times/: elements, attributes and their values, references, and that the text comes out as it went in. The
list below is written from the standard's description of TIMEX3; around it stand the elements of TempEval-3. Needs no
language model."""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

CASES = pathlib.Path(__file__).resolve().parent / "cases" / "times"
FRAME = ["DOCID", "DCT", "TITLE", "TEXT"]   # in that order, the title only where there is one
TYPES = {"DATE", "TIME", "DURATION", "SET"}
MODS = {"BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE",
        "START", "MID", "END", "APPROX"}
FUNCTIONS = {"CREATION_TIME", "EXPIRATION_TIME", "MODIFICATION_TIME", "PUBLICATION_TIME", "RELEASE_TIME",
             "RECEPTION_TIME", "NONE"}
REQUIRED = {"tid", "type", "value"}
OPTIONAL = {"functionInDocument", "beginPoint", "endPoint", "quant", "freq", "temporalFunction", "valueFromFunction",
            "mod", "anchorTimeID", "comment"}
CLOCK = r"T(?:[0-2X][0-9X](?::[0-5X][0-9X](?::[0-5X][0-9X])?)?(?:Z|[+-]\d\d(?::?\d\d)?)?|MO|MI|AF|EV|NI|PM|DT)"
AMOUNT = r"(?:\d+(?:\.\d+)?|X{1,2})"
UNITS = "(?:" + AMOUNT + "(?:DE|CE|ML|[YMWDQEC]|WE|H[12]?|SP|SU|FA|WI))"
DURATION = "P(?=.)(?:X{1,2}|" + UNITS + "+)?(?:T(?:" + AMOUNT + "[HMS])+|TX{1,2})?"
DATE = r"(?:BC)?(?:[0-9X]{4}|\d{3}|\d{2})(?:-(?:W(?:[0-5X][0-9X])(?:-(?:[1-7X]|WE))?|Q[1-4X]|H[12X]|SP|SU|FA|WI|[01X][0-9X](?:-[0-3X][0-9X])?))?"
VALUE = re.compile("^(?:PAST_REF|PRESENT_REF|FUTURE_REF|" + DURATION + "|" + DATE + "(?:" + CLOCK + "|TXX)?|" + CLOCK + ")$")
FREQ = re.compile(r"^(?:\d+|X)?(?:X|" + DURATION + "|[YMWDH])$")


def faults_of_timex(element, ids):
    names = set(element.attrib)
    yield from ("lacks " + name for name in sorted(REQUIRED - names))
    yield from ("has " + name for name in sorted(names - REQUIRED - OPTIONAL))
    get = element.attrib.get
    if not re.match(r"^t\d+$", get("tid", "")):
        yield "tid " + get("tid", "")
    for name, allowed in (("type", TYPES), ("mod", MODS), ("functionInDocument", FUNCTIONS),
                          ("temporalFunction", {"true", "false"})):
        if name in names and get(name) not in allowed:
            yield f"{name} {get(name)}"
    for name in ("anchorTimeID", "beginPoint", "endPoint", "valueFromFunction"):
        if name in names and get(name) not in ids:
            yield f"{name} {get(name)} names nothing"
    if not VALUE.match(get("value", "")):
        yield "value " + repr(get("value"))
    if get("type") == "DURATION" and not get("value", "").startswith("P"):
        yield "a duration of value " + get("value", "")
    if "freq" in names and not FREQ.match(get("freq")):
        yield "freq " + get("freq")
    if len(element):
        yield "holds elements"


def faults_of(document, text):
    root = ET.fromstring(document)
    tags = [child.tag for child in root]
    if root.tag != "TimeML" or tags != [tag for tag in FRAME if tag in tags] or not {"DCT", "TEXT"} <= set(tags):
        yield f"{root.tag} of {tags}"
    times = list(root.iter("TIMEX3"))
    others = {e.tag for e in root.iter()} - {"TimeML", "TIMEX3", *FRAME}
    if others:
        yield f"elements {sorted(others)}"
    ids = [time.get("tid") for time in times]
    if len(set(ids)) != len(ids):
        yield "tids that are not unique"
    if [t.get("functionInDocument") for t in root.find("DCT")] != ["CREATION_TIME"]:
        yield "no time of creation"
    for time in times:
        yield from (f"{ET.tostring(time, 'unicode')}: {fault}" for fault in faults_of_timex(time, ids))
    said = "".join(root.find("TEXT").itertext())
    if said != text:
        yield f"text {said!r}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    program = parser.parse_args().program
    rows = []
    for path in sorted(CASES.glob("*.jsonl")):
        rows += [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        articles, dump = pathlib.Path(folder, "articles.jsonl"), pathlib.Path(folder, "tokens.jsonl")
        with open(articles, "w", encoding="utf8") as out, open(dump, "w", encoding="utf8") as tokens:
            for number, row in enumerate(rows):
                given = {"id": f"{number}", "text": row["text"], "published": row.get("published")}
                out.write(json.dumps({k: v for k, v in given.items() if v}) + "\n")
                tokens.write(json.dumps({"id": f"{number}", "tokens": row["tokens"]}) + "\n")
        done = subprocess.run([program, "read", "--input-format", "jsonl", "--tokens", dump, "--format", "timeml", articles],
                              capture_output=True)
    documents = [text for text in re.split(r"(?=<\?xml )", done.stdout.decode("utf8")) if text]
    faults = [f"{row['name']}: {fault}" for row, document in zip(rows, documents) for fault in faults_of(document, row["text"])]
    if done.returncode != 0 or len(documents) != len(rows):
        faults.append(f"{len(documents)} documents of {len(rows)}, status {done.returncode}\n{done.stderr.decode()}")
    print("\n".join(faults) or f"{len(rows)} texts hold")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
