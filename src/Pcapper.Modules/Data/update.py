#!/usr/bin/env python3
"""Makes public_suffixes.txt and mac_vendors.txt.gz: update.py PUBLIC_SUFFIX_LIST.dat OUI.csv MAM.csv OUI36.csv"""
import csv
import gzip
import sys

HEADER = """// This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0.
// If a copy of the MPL was not distributed with this file, You can obtain one at https://mozilla.org/MPL/2.0/.
// The rules of the Public Suffix List (https://publicsuffix.org/), sorted, international names in their ASCII form, comments left out.
"""
LONGEST_NAME = 60
NOBODY = {"IEEE Registration Authority", "Private", ""}


def to_ascii(rule):
    def label(part):
        mark = "!" if part.startswith("!") else ""
        part = part.lstrip("!")
        return mark + (part if part == "*" else part.encode("idna").decode())

    try:
        return ".".join(label(part) for part in rule.split(".")).lower()
    except UnicodeError:
        return rule.lower()


def main(suffixes, *registries):
    lines = (line.strip() for line in open(suffixes, encoding="utf-8"))
    rules = {to_ascii(line.split()[0]) for line in lines if line and not line.startswith("//")}
    with open("public_suffixes.txt", "w", encoding="utf-8") as out:
        out.write(HEADER + "\n".join(sorted(rules)) + "\n")

    vendors = {}
    for registry in registries:
        for row in csv.DictReader(open(registry, encoding="utf-8")):
            name = " ".join(row["Organization Name"].split())
            if name not in NOBODY:
                vendors[row["Assignment"].upper()] = name[:LONGEST_NAME]
    text = "".join(f"{prefix}\t{name}\n" for prefix, name in sorted(vendors.items()))
    with open("mac_vendors.txt.gz", "wb") as out, gzip.GzipFile(fileobj=out, mode="wb", compresslevel=9, mtime=0) as packed:
        packed.write(text.encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
