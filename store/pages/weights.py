"""The weights of the assembly: log-odds for and against each reading of a line or a gap.

They were fitted together on pages with known answers (docs/parser.md names them); the signs are what a reader would expect.
`benchmarks/fit_weights.py` fits them and those of `features.FEATURES`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """What speaks for a reading (above 0) and against it."""

    stay: float = 2.405
    """A paragraph belongs to the article above it, before anything is seen of it."""
    headless: float = 8.225
    """What an article without a headline costs; got back when one is found behind it."""
    after: float = -0.9
    """A headline inside its body or behind it, beside one that stands before it."""
    following: float = -2.615
    """A headline behind the next article, for the article before that."""
    middle: float = 0.3
    """Text goes on behind a headline that stands in a cut sentence …"""
    middle_whole: float = -3.78
    """… and behind one that stands between whole sentences."""
    before: float = 4.0
    """A headline right before its body."""
    far: float = 0.0
    """A headline left over above that opens an article here."""
    plain_start: float = -1.2
    """An unsigned headline whose text does not open like a report."""
    lead_start: float = 1.5
    """A text that opens like a report (本报讯) opens an article."""
    lead_stay: float = -3.9
    """… and does not go on with the article above,"""
    lead_own: float = -5.0
    """least of all one that opens as a report of this paper's own."""
    cut: float = 1.586
    """A paragraph behind one that stops in mid-sentence goes on with it."""
    joined: float = 3.0
    """A dictionary word runs over the cut between two paragraphs …"""
    unjoined: float = -0.6
    """… or none does where one could."""
    joined_line: float = 3.0
    """The same, where the lower one is a short line."""
    body_cut: float = 0.5
    """A short line behind a text that stops in mid-sentence is its rest."""
    unclosed: float = 1.95
    """The text above leaves a quotation or bracket open."""
    goes_on_cut: float = 3.0
    """A text that begins in mid-clause, below a cut …"""
    goes_on: float = 1.0
    """… and below a whole sentence."""
    follows: float = 0.9
    """A text that opens with a word that follows on (同时, 此外)."""
    fresh: float = -0.2
    """A text that opens with a word that begins something (a day, a name)."""
    end_mark: float = -4.05
    """The text above ends with a signature or an end mark."""
    gap: float = -1.0
    """More blank lines than usual lie between."""
    link: float = 1.1
    """How much shared pairs of characters say that a paragraph belongs to its article …"""
    link_low: float = -2.6
    """… at the least …"""
    link_high: float = 2.265
    """… and at the most."""
    ahead: float = 1.0
    """How much a supposed opening loses when the paragraphs behind it speak of the article before it."""
    pull: float = 0.45
    """How much a headline's words in a body say that it is this body's."""
    held: float = 0.8
    """The same by all of the headline's pairs: against banners, whose words recur nowhere."""
    pull_few: float = 1.95
    """How much evidence of recurring words is needed before half of it counts."""
    subhead_pull: float = 0.5
    """A subhead's words recur in its article."""
    body_pull: float = 0.25
    """A short piece of text shares words with its article."""
    subhead_cut: float = -4.05
    """A subhead below a sentence that is cut."""
    subhead_lead: float = -4.0
    """A subhead above a text that opens like a report."""
    subhead_first: float = -3.0
    """A subhead between a headline and its body."""
    subhead_nowhere: float = -8.0
    """A subhead before any article."""
    subhead_last: float = -3.0
    """A subhead with nothing below it."""
    byline: float = -1.0
    """A byline that stands alone inside an article …"""
    byline_outside: float = -3.0
    """… or outside of any."""
    with_byline: float = 1.5
    """A headline that is signed."""
    block_pull: float = 1.0
    """The least a headline belongs to a table or poem right below it: their words rarely recur."""
    block_open: float = -3.0
    """A table below a sentence that is cut."""
    before_brief: float = -2.0
    """A headline right before a brief, which has none."""
    headless_brief: float = 0.5
    """What a brief without a headline costs."""
    sure: float = 40.0
    """An operator says that a line is a headline: more than all evidence."""
    orphan: float = -4.55
    """A headline without a body …"""
    orphan_signed: float = -5.0
    """… that was signed."""
    title: float = -0.35
    """The roles' own standing, added to what is seen of a line: a headline …"""
    kicker: float = 0.4
    """… the line above it …"""
    subtitle: float = 0.15
    """… the one below it …"""
    banner: float = 0.3
    """… a column's banner …"""
    subhead: float = 0.45
    """… a subhead …"""
    body: float = -0.8
    """… or text."""


WEIGHTS = Weights()
"""The weights in use."""
