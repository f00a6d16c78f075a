"""What each trait of a sentence (`digests/summaries/traits.py`) is worth; fitted by `benchmarks/editing.py`, see docs/summaries.md.

Each number adds to the odds (their logarithm) of a quality: that the sentence tells the news, that it spoils an item
(ornament, scene, bare quote, pledge), that it hangs on a neighbour. ENDINGS are the odds that a line may stop at a clause.
"""

from __future__ import annotations

# Tells, spoils, hangs.
CONSTANT = (-2.91, -1.32, -0.4)
TRAITS = {
    "event": (0.73, -1.19, -0.09),
    "result": (0.68, -0.74, -0.26),
    "sum": (0.97, -0.5, -0.32),
    "scene": (-0.6, 1.39, -0.02),
    "praise": (-0.21, 0.73, 0.0),
    "method": (-0.56, 0.02, 0.34),
    "vow": (-0.65, 0.89, 0.23),
    "opinion": (-0.35, 0.79, -0.21),
    "body": (0.57, -0.53, -0.36),
    "background": (-0.43, -0.49, -0.29),
    "first": (0.45, -0.02, -0.88),
    "first plain": (0.11, 0.81, -0.3),
    "first and plain": (0.68, -0.87, -0.49),
    "last": (-0.46, 0.19, -0.45),
    "of many": (-0.48, 1.13, -0.26),
    "opens paragraph": (0.03, 0.35, -0.9),
    "dateline": (-0.3, 0.17, -0.38),
    "centre": (1.32, -0.01, -1.02),
    "title": (0.11, -0.58, 0.01),
    "nearest title": (0.65, -0.35, -0.29),
    "numbers": (0.47, -0.58, -0.25),
    "most numbers": (0.98, -0.53, 0.08),
    "number and result": (0.45, -1.11, 0.03),
    "event and body": (0.59, -0.49, -0.55),
    "neither": (-0.66, 0.48, -0.35),
    "day": (0.79, -0.25, -0.01),
    "near": (0.7, -0.25, -0.21),
    "ago": (-0.02, -0.45, -0.22),
    "quoted": (-0.57, 1.07, -0.62),
    "in quotes": (0.13, 1.45, -0.54),
    "behind quote": (-0.43, 1.0, -0.45),
    "asks": (-0.21, 0.8, 0.25),
    "heading": (-0.48, 1.27, -0.68),
    "bracketed": (-0.08, 0.45, -0.52),
    "staged": (-0.96, 1.39, -0.16),
    "formula": (-0.61, -0.32, -0.27),
    "case": (-0.16, 0.27, -0.08),
    "no subject": (-0.51, 0.3, 0.34),
    "short": (-0.72, 0.82, -0.02),
    "long": (-0.29, -0.38, -0.54),
    "tie": (-0.43, -0.06, 1.03),
    "points back": (-0.57, 0.01, 0.95),
    "dangling": (-0.44, -0.07, 0.93),
    "verb first": (0.29, -0.37, 0.2),
    "nobody": (0.05, 0.24, -0.04),
    "self": (-0.27, 0.3, -0.4),
    "behind semicolon": (-0.3, 0.06, 1.4),
}

ENDING_CONSTANT = 0.37
ENDINGS = {
    "role": -1.3,
    "bare": -0.99,
    "first": -0.8,
    "number": 0.6,
    "number left": -0.16,
    "all numbers left": -0.73,
    "all told left": -0.65,
    "framed only": -0.37,
    "formula": 0.01,
    "short": -0.77,
    "done": 0.68,
    "share": 0.96,
    "left": -0.91,
    "tiny": -0.57,
    "shown": 0.56,
    "result": 0.48,
    "result left": -0.35,
    "event": 0.22,
    "new subject": -0.21,
    "who": 0.24,
    "tied on": -0.26,
}
