#!/usr/bin/env python3
"""Compares what Pcapper says of a Modbus capture with what the client wrote down.

Usage: modbus-compare.py EXPECTED.json REPORT.json MODBUS_DETAILED.log
"""
import json
import sys

EXPECTED, REPORT, LOG = sys.argv[1:]


def tables(node):
    """All tables of a report, wherever they are."""
    if isinstance(node, dict):
        if "columns" in node and "rows" in node:
            yield node
        for child in node.values():
            yield from tables(child)
    elif isinstance(node, list):
        for child in node:
            yield from tables(child)


def rows(report, name):
    for table in tables(report):
        if table.get("id") == name:
            ids = [column["id"] for column in table["columns"]]
            for row in table["rows"]:
                yield row if isinstance(row, dict) else dict(zip(ids, row))


def points(report, name):
    return {f"{row['table']} {row['address']}": (row["count"], int(row["first"]), int(row["last"]), int(row["least"]), int(row["most"]), row["changes"], row["station"])
            for row in rows(report, name)}


def summary(values, unit):
    return len(values), values[0], values[-1], min(values), max(values), sum(a != b for a, b in zip(values, values[1:])), unit


with open(EXPECTED, encoding="utf-8") as f:
    expected = json.load(f)
with open(REPORT, encoding="utf-8") as f:
    report = json.load(f)

problems, compared = [], 0
for kind, name in (("read", "modbus.values"), ("written", "modbus.written")):
    ours = points(report, name)
    truth = {place: summary(values, expected["unit"]) for place, values in expected[kind].items()}
    compared += len(truth)
    for place in sorted(truth.keys() | ours.keys()):
        if truth.get(place) != ours.get(place):
            problems.append(f"{kind} {place}: expected {truth.get(place)}, found {ours.get(place)}")

refused = sum(row["refused"] for row in rows(report, "modbus.functions"))
if refused != expected["refused"]:
    problems.append(f"refused: expected {expected['refused']}, found {refused}")
identity = " ".join(str(row) for row in rows(report, "modbus.devices"))
problems += [f"identity: {text} is missing" for text in expected["identity"] if text not in identity]

# The log again, row by row: every value in its order.
seen = {"read": {}, "written": {}}
for line in open(LOG, encoding="utf-8"):
    row = json.loads(line)
    if "values" not in row or "EXCEPTION" in row["func"]:
        continue
    table = next((t for key, t in (("COIL", "coil"), ("DISCRETE", "discrete input"), ("INPUT_REG", "input register"), ("REGISTER", "holding register")) if key in row["func"]), None)
    kind = "written" if row["request_response"] == "REQUEST" else "read"
    if table is None or (kind == "read" and "WRITE" in row["func"]):
        continue
    for offset, text in enumerate(row["values"].split(",")):
        seen[kind].setdefault(f"{table} {row['address'] + offset}", []).append({"T": 1, "F": 0}.get(text) if text in "TF" else int(text))
for kind, found in seen.items():
    if found != expected[kind]:
        problems.append(f"modbus_detailed.log: {kind} differs in {sorted(k for k in found.keys() | expected[kind].keys() if found.get(k) != expected[kind].get(k))[:5]}")

for problem in problems:
    print(problem)
print(f"{compared} points compared, {sum(map(len, expected['read'].values()))} values read, {sum(map(len, expected['written'].values()))} written: {'all agree' if not problems else f'{len(problems)} differ'}")
sys.exit(1 if problems else 0)
