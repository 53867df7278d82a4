"""Needs to candidates (需求匹配): ranked by shared terms, each score a sum that is shown. Pure, no database.

A score is built of parts that add up to it exactly (to float rounding, 1e-9):

    score = 0.92 · lexical + same industry 0.05 + same region 0.03          all between 0 and 1
    lexical = 0.75 · cosine over words + 0.25 · cosine over characters      TF-IDF, ln(1+tf) · ln(1+N/df)

A candidate with items (papers, patents, results, skills of an expert) scores as the mean of its three best,
its own description being one of them. Facts count only where words already speak: being a neighbour is no match.
How the weights were found: docs/matchmaker.md (TF-IDF of characters with words, title three times).
"""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gongchuang.matchmaker import terms as cutting
from gongchuang.matchmaker.terms import Terms

BEST_ITEMS = 3
WORD_PART, CHARACTER_PART = 0.75, 0.25
INDUSTRY_POINTS, REGION_POINTS = 0.05, 0.03
LEXICAL_PART = 1 - INDUSTRY_POINTS - REGION_POINTS
# Below this lexical score nothing is called a match: of graded pairs 45 % had no relation at all.
FLOOR = 0.12


def carries(lexical: float, best: float) -> bool:
    """The whole is near enough, or one item alone is very near: a paper on the very subject among ten others."""
    return lexical >= FLOOR or best >= 2 * FLOOR


@dataclass(frozen=True)
class Item:
    """One thing an expert or a studio has done: a paper, a patent, a result, a skill."""

    title: str
    text: str = ""


@dataclass(frozen=True)
class Document:
    """One side of a match: a need, an offer, an expert or a studio."""

    id: str
    title: str
    text: str = ""
    keywords: str = ""
    industry: str = ""
    region: str = ""
    items: tuple[Item, ...] = ()

    @property
    def own_text(self) -> str:
        return "\n".join(part for part in (self.title, self.keywords, self.text) if part)


@dataclass(frozen=True)
class Reason:
    """One part of a score. kind: word | item | industry | region; points add up to the score."""

    kind: str
    label: str
    points: float
    needs: str = ""  # the sentence of the need it stands in
    theirs: str = ""  # the sentence of the candidate


@dataclass(frozen=True)
class Candidate:
    """A ranked candidate with its arithmetic."""

    document: Document
    score: float
    lexical: float
    best: float  # the lexical score of the one item that fits best
    reasons: tuple[Reason, ...] = field(default=())

    @property
    def is_match(self) -> bool:
        """Whether the words alone carry it; if nobody's do, the answer is «no good match»."""
        return carries(self.lexical, self.best)


@dataclass(frozen=True)
class _Entry:
    document: int
    item: int  # -1: the document's own description


class Index:
    """Candidates made ready to be ranked for any need; building it is linear in the text."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents: list[Document] = list(documents)
        self._entries: list[_Entry] = []
        # Entry numbers and weights of each term, packed: 12 bytes a posting.
        self._postings: dict[str, tuple[array[int], array[float]]] = defaultdict(lambda: (array("I"), array("d")))
        cuts: list[Terms] = []
        for number, document in enumerate(self.documents):
            for at, fields in enumerate(_entry_fields(document), start=-1):
                self._entries.append(_Entry(number, at))
                cuts.append(cutting.cut(fields))
        self._frequency: Counter[str] = Counter(term for cut in cuts for term in cut.all)
        for entry, cut in enumerate(cuts):
            for stream in (cut.words, cut.characters):
                for term, weight in self._unit_vector(stream).items():
                    entries, weights = self._postings[term]
                    entries.append(entry)
                    weights.append(weight)

    def rank(self, need: Document, k: int | None = None, *, explain: bool = True) -> list[Candidate]:
        """All candidates (or the best k), best first; equal scores in the order of their ids."""
        asked = self._need_vector(need)
        parts = self._entry_scores(asked)
        by_document: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for entry, score in parts.items():
            by_document[self._entries[entry].document].append((score, entry))
        ranked: list[tuple[float, float, int, list[tuple[float, int]]]] = []
        for number, document in enumerate(self.documents):
            best = sorted(by_document.get(number, ()), key=lambda pair: (-pair[0], pair[1]))[:BEST_ITEMS]
            lexical = sum(score for score, _entry in best) / _counted_items(document)
            is_carried = carries(lexical, best[0][0] if best else 0.0)
            score = LEXICAL_PART * lexical + sum(fact.points for fact in _facts(need, document, is_carried=is_carried))
            ranked.append((score, lexical, number, best))
        ranked.sort(key=lambda row: (-row[0], self.documents[row[2]].id))
        kept = ranked if k is None else ranked[:k]
        return [
            Candidate(
                self.documents[number],
                score,
                lexical,
                best[0][0] if best else 0.0,
                self._reasons(need, asked, self.documents[number], lexical, best) if explain else (),
            )
            for score, lexical, number, best in kept
        ]

    def matches(self, need: Document, k: int = 10) -> list[Candidate]:
        """At most k candidates worth showing; an empty list says «no good match»."""
        return [candidate for candidate in self.rank(need, k) if candidate.is_match]

    def _idf(self, term: str) -> float:
        return math.log(1 + max(len(self._entries), 1) / max(self._frequency[term], 1))

    def _unit_vector(self, stream: dict[str, float]) -> dict[str, float]:
        weights = {term: math.log1p(frequency) * self._idf(term) for term, frequency in stream.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {term: weight / length for term, weight in weights.items()} if length else {}

    def _need_vector(self, need: Document) -> dict[str, float]:
        cut = cutting.cut(_own_fields(need))
        # A text without Chinese has no characters to compare: its words then carry everything.
        share = (WORD_PART, CHARACTER_PART) if cut.words and cut.characters else (1.0, 1.0)
        return {
            term: weight * part
            for stream, part in zip((cut.words, cut.characters), share, strict=True)
            for term, weight in self._unit_vector(stream).items()
        }

    def _entry_scores(self, asked: dict[str, float]) -> dict[int, float]:
        scores: dict[int, float] = defaultdict(float)
        for term, wanted in asked.items():
            for entry, weight in zip(*self._postings.get(term, ((), ())), strict=True):
                scores[entry] += wanted * weight
        return scores

    def _reasons(
        self, need: Document, asked: dict[str, float], document: Document, lexical: float, best: list[tuple[float, int]]
    ) -> tuple[Reason, ...]:
        scale = LEXICAL_PART / _counted_items(document)
        reasons: list[Reason] = []
        for score, entry in best:
            at = self._entries[entry].item
            if at >= 0:
                item = document.items[at]
                reasons.append(Reason("item", item.title, score * scale, "", item.text or item.title))
            else:
                reasons.extend(self._words(need, asked, document, scale))
        is_carried = carries(lexical, best[0][0] if best else 0.0)
        reasons.extend(_facts(need, document, is_carried=is_carried))
        return tuple(sorted(reasons, key=lambda reason: (-reason.points, reason.label)))

    def _words(self, need: Document, asked: dict[str, float], document: Document, scale: float) -> list[Reason]:
        """The score of a document's own description, told as shared phrases whose points add up to it."""
        cut = cutting.cut(_own_fields(document))
        held = self._unit_vector(cut.words) | self._unit_vector(cut.characters)
        points = {term: wanted * held[term] * scale for term, wanted in asked.items() if term in held}
        theirs = cutting.normalise(document.own_text)
        phrases = cutting.shared_phrases(cutting.normalise(need.own_text), theirs, set(points))
        gathered: dict[str, float] = defaultdict(float)
        for term, value in points.items():
            home = next((phrase for phrase in phrases if term in phrase), term)
            gathered[home] += value
        return [
            Reason(
                "word",
                phrase,
                value,
                cutting.sentence_with(need.own_text, phrase),
                cutting.sentence_with(document.own_text, phrase),
            )
            for phrase, value in gathered.items()
        ]


def whole_parts(points: Sequence[float], whole: int = 100) -> list[int]:
    """Parts of a sum as integers that add up to exactly `whole` (largest remainder); all 0 if the sum is 0.

    whole 100 gives percent, a score in basis points gives the points that are kept with a match.
    """
    total = math.fsum(points)
    if total <= 0:
        return [0] * len(points)
    exact = [whole * (part / total) for part in points]
    parts = [math.floor(value) for value in exact]
    by_rest = sorted(range(len(exact)), key=lambda at: (parts[at] - exact[at], at))
    for at in by_rest[: whole - sum(parts)]:
        parts[at] += 1
    return parts


def leading(reasons: Sequence[Reason], count: int = 6) -> tuple[list[Reason], float]:
    """The reasons worth reading and the points of all the rest, so that what is shown still adds up."""
    return list(reasons[:count]), sum(reason.points for reason in reasons[count:])


def _own_fields(document: Document) -> list[tuple[str, float]]:
    return [
        (document.title, cutting.TITLE_WEIGHT),
        (document.keywords, cutting.KEYWORD_WEIGHT),
        (document.text, cutting.TEXT_WEIGHT),
    ]


def _entry_fields(document: Document) -> list[list[tuple[str, float]]]:
    items = [[(item.title, cutting.TITLE_WEIGHT), (item.text, cutting.TEXT_WEIGHT)] for item in document.items]
    return [_own_fields(document), *items]


def _counted_items(document: Document) -> int:
    """Over how many items the mean runs: three, or as many as there are."""
    return min(BEST_ITEMS, 1 + len(document.items))


def _facts(need: Document, document: Document, *, is_carried: bool) -> list[Reason]:
    if not is_carried:
        return []
    facts = []
    if need.industry and need.industry == document.industry:
        facts.append(Reason("industry", document.industry, INDUSTRY_POINTS))
    if need.region and need.region == document.region:
        facts.append(Reason("region", document.region, REGION_POINTS))
    return facts
