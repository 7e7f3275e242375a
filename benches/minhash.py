#!/usr/bin/env python3
"""MinHash LSH over the paragraphs of `copies.rs`, to compare with: what rensa and datasketch from PyPI find.

    HEGAO_BENCH_WRITE=FOLDER cargo bench --bench copies
    python3 -m venv VENV && VENV/bin/pip install rensa datasketch
    VENV/bin/python benches/minhash.py FOLDER

A paragraph is the set of its character 5-grams, without white space; 128 permutations; the threshold is a Jaccard
similarity of .5, in the index and in the estimate by which what it proposes is kept.
"""

import sys
from collections import defaultdict
from pathlib import Path

import datasketch
import rensa

THRESHOLD = 0.5
PERMUTATIONS = 128
GRAM = 5
FORMS = ["Whole", "Cut", "Moved", "Joined"]
# Han that both sides must have, as in copies.rs.
FEWEST = {"draft": 40, "report": 60}


def grams(text):
    characters = "".join(text.split())
    return sorted({characters[at : at + GRAM] for at in range(max(1, len(characters) - GRAM + 1))})


def han(text):
    return sum("\u4e00" <= c <= "\u9fff" for c in text)


class Datasketch:
    name = "datasketch"

    def __init__(self):
        self.lsh = datasketch.MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)

    def sketch(self, text):
        sketch = datasketch.MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([gram.encode() for gram in grams(text)])
        return sketch


class Rensa:
    name = "rensa"

    def __init__(self):
        # Bands of eight of 128 begin to propose at about .7, bands of four at about .4.
        self.lsh = rensa.RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=32)

    def sketch(self, text):
        sketch = rensa.RMinHash(num_perm=PERMUTATIONS, seed=42)
        sketch.update(grams(text))
        return sketch


def alike(index, indexed, asked, sketches):
    """The pairs (asked, indexed) that the index proposes and whose estimated similarity reaches the threshold."""
    for n in indexed:
        index.lsh.insert(n, sketches[n])
    for n in asked:
        for other in index.lsh.query(sketches[n]):
            if other != n and sketches[n].jaccard(sketches[other]) >= THRESHOLD:
                yield (n, other)


def report(name, share, found, rows, fewest):
    planted, forms = set(), defaultdict(lambda: [0, 0])
    for n, (_, form, sources, text) in enumerate(rows):
        for source in sources:
            planted.add((n, source))
            if min(han(text), han(rows[source][3])) >= fewest:
                forms[form][0] += (n, source) in found
                forms[form][1] += 1
    hits, due = (sum(sums) for sums in zip(*forms.values()))
    wrong = len(found - planted)
    recalls = "  ".join(f"{forms[form][0] / max(1, forms[form][1]):6.4f}" for form in FORMS)
    print(
        f"{name:<10}  {share:>4} %  {due:>7}  {hits / due:6.4f}  {wrong:>5}     {hits / max(1, hits + wrong):6.4f}  {recalls}",
        flush=True,
    )


def main():
    tables = sorted(Path(sys.argv[1]).glob("*.tsv"))
    corpora = []
    for table in tables:
        lines = [line.split("\t") for line in table.read_text().splitlines()]
        rows = [(place, form, [int(s) for s in sources.split(",") if s], text) for place, form, sources, text in lines]
        corpora.append((int(table.stem), rows))
    head = "library     edited  planted  recall  wrong  precision   whole     cut   moved  joined"
    kept = {}
    results = []
    for library in (Rensa, Datasketch):
        for share, rows in corpora:
            # Most paragraphs stand in every table.
            sketches = []
            for _, _, _, text in rows:
                if (library, text) not in kept:
                    kept[library, text] = library().sketch(text)
                sketches.append(kept[library, text])
            everything = range(len(rows))
            archived = [n for n in everything if rows[n][0] == "report"]
            drafts = [n for n in everything if rows[n][0] == "draft"]
            within = {(max(pair), min(pair)) for pair in alike(library(), everything, everything, sketches)}
            beside = set(alike(library(), archived, drafts, sketches))
            results.append((library.name, share, within, beside, rows))
    print(f"One draft of {len(corpora[0][1])} paragraphs\n{head}")
    for name, share, within, _, rows in results:
        report(name, share, within, rows, FEWEST["draft"])
    print(f"\nDrafts beside an archive\n{head}")
    for name, share, _, beside, rows in results:
        report(name, share, beside, rows, FEWEST["report"])


main()
