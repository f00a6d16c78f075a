"""The weights of the assembly, in one place: log-odds for and against each reading of a line or a gap.

They were fitted together on pages with known answers (docs/parser.md); the signs are what a reader would expect.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """What speaks for and against; see the places of use for the exact condition."""

    stay: float = 2.405
    headless: float = 8.225
    after: float = -0.9
    following: float = -2.615
    middle: float = 0.3
    middle_whole: float = -3.78
    before: float = 4.0
    far: float = 0.0
    plain_start: float = -1.2
    lead_start: float = 1.5
    lead_stay: float = -3.9
    lead_own: float = -5.0
    cut: float = 1.586
    joined: float = 3.0
    unjoined: float = -0.6
    joined_line: float = 3.0
    body_cut: float = 0.5
    unclosed: float = 1.95
    goes_on_cut: float = 3.0
    goes_on: float = 1.0
    follows: float = 0.9
    fresh: float = -0.2
    end_mark: float = -4.05
    gap: float = -1.0
    link: float = 1.1
    link_low: float = -2.6
    link_high: float = 2.265
    ahead: float = 1.0
    pull: float = 0.45
    held: float = 0.8
    pull_few: float = 1.95
    subhead_pull: float = 0.5
    body_pull: float = 0.25
    subhead_cut: float = -4.05
    subhead_lead: float = -4.0
    subhead_first: float = -3.0
    subhead_nowhere: float = -8.0
    subhead_last: float = -3.0
    byline: float = -1.0
    byline_outside: float = -3.0
    with_byline: float = 1.5
    block_pull: float = 1.0
    block_open: float = -3.0
    before_brief: float = -2.0
    headless_brief: float = 0.5
    sure: float = 40.0
    orphan: float = -4.55
    orphan_signed: float = -5.0
    title: float = -0.35
    kicker: float = 0.4
    subtitle: float = 0.15
    banner: float = 0.3
    subhead: float = 0.45
    body: float = -0.8


WEIGHTS = Weights()
"""The weights in use."""
