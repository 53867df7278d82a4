"""Cutting Chinese and Latin text into weighted terms two texts can share: pure, standard library and OpenCC only.

Two streams come out of a text. *Words* are character bigrams of Chinese runs, whole Latin words and model
numbers ("CBN", "100/120") with their pieces, and pairs of neighbouring Latin words. *Characters* are the single
Chinese characters, which bridge 热处理 and 处理热变形. Project boilerplate (关键技术, 研究与应用) weighs little.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import opencc

TITLE_WEIGHT = 3.0
KEYWORD_WEIGHT = 2.0
TEXT_WEIGHT = 1.0
BOILERPLATE_WEIGHT = 0.1

# Phrases of project titles and of asking: they occur on both sides whatever the subject is.
BOILERPLATE = (
    "关键技术", "核心技术", "研究与应用", "研究及应用", "应用研究", "技术研究", "控制方法", "产业化", "技术难题", "技术攻关",
    "研究", "应用", "系统", "技术", "开发", "研发", "方法", "装置", "设备", "项目", "解决", "问题", "难题", "希望", "需求",
    "企业", "公司", "我厂", "我们", "目前", "现有", "提高", "降低", "减少", "改进", "优化", "改善", "怎么", "如何", "怎样",
    "一种", "基于", "及其", "进行", "采用", "使用", "利用", "实现", "提升", "生产", "产品", "合作", "寻求", "需要", "创新",
    "示范", "推广", "集成", "平台", "方案", "设计", "影响", "分析", "可以", "没有", "已经", "容易", "造成", "导致", "要求",
    "以上", "以下", "以内", "左右", "方面", "有关", "相关", "不够", "过程", "管理", "智能", "车间", "工厂", "效率", "成本", "质量",
)  # fmt: skip
LATIN_STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "it",
        "of",
        "on",
        "or",
        "that",
        "the",
        "this",
        "to",
        "we",
        "with",
        "how",
        "our",
        "can",
    ]
)

# Characters that join words and seldom stand inside a technical one (等 and 在 do: 等离子, 在线).
_JOINTS = frozenset("的了与及或把被是")
_RUN = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U000323af]+|[a-z0-9]+(?:[./+_-][a-z0-9]+)*")
_PIECE = re.compile(r"[a-z]+|[0-9]+(?:\.[0-9]+)?")
_BOILERPLATE = re.compile("|".join(sorted(BOILERPLATE, key=len, reverse=True)))


@functools.cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def normalise(text: str) -> str:
    """Full width to half, traditional to simplified, lower case: 曲軸ＣＢＮ → 曲轴cbn."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return folded if folded.isascii() else str(_simplifier().convert(folded))


@dataclass(frozen=True)
class Terms:
    """How often each term stands in a text, weighted by field and boilerplate (frequencies, not yet TF-IDF)."""

    words: dict[str, float]
    characters: dict[str, float]

    @property
    def all(self) -> set[str]:
        return {*self.words, *self.characters}


def cut(fields: Iterable[tuple[str, float]]) -> Terms:
    """Count the terms of several fields. fields: (text, weight of the field), weight ≥ 0."""
    words: dict[str, float] = {}
    characters: dict[str, float] = {}
    for text, weight in fields:
        for term, share in _occurrences(normalise(text)):
            stream = characters if len(term) == 1 and not term.isascii() else words
            stream[term] = stream.get(term, 0.0) + weight * share
    return Terms(words, characters)


def _occurrences(text: str) -> Iterator[tuple[str, float]]:
    """Every occurrence of a term in normalised text, with its weight between 0 and 1."""
    dull = {at for match in _BOILERPLATE.finditer(text) for at in range(*match.span())}
    before: str | None = None
    ends = -2
    for match in _RUN.finditer(text):
        run, start = match.group(), match.start()
        if run[0].isascii():
            yield from ((term, 1.0) for term in _latin(run))
            if before and ends + 1 == start and run not in LATIN_STOP and run.isalpha():
                yield f"{before} {run}", 1.0
            before, ends = (run if run.isalpha() and run not in LATIN_STOP else None), match.end()
            continue
        before = None
        yield from _chinese(run, start, dull)


def _latin(run: str) -> Iterator[str]:
    # A bare amount (0.1, 96) is no subject; a grade (304, 6061) is.
    if run in LATIN_STOP or (run.replace(".", "").isdigit() and (len(run) < 3 or "." in run)):
        return
    yield run
    pieces = _PIECE.findall(run)
    if len(pieces) > 1:
        yield from (piece for piece in pieces if len(piece) > 1)


def _chinese(run: str, start: int, dull: set[int]) -> Iterator[tuple[str, float]]:
    for at, character in enumerate(run):
        if character in _JOINTS:
            continue
        weight = BOILERPLATE_WEIGHT if start + at in dull else 1.0
        yield character, weight
        if at + 1 < len(run) and run[at + 1] not in _JOINTS:
            yield character + run[at + 1], BOILERPLATE_WEIGHT if start + at + 1 in dull else weight


def shared_phrases(mine: str, theirs: str, terms: set[str]) -> list[str]:
    """The longest passages of `mine` that also stand in `theirs` and are made of `terms` only.

    Both texts normalised. A reader wants 圆角滚压 once, not 圆角, 角滚 and 滚压. Longest first.
    """
    found: set[str] = set()
    for match in _RUN.finditer(mine):
        run = match.group()
        if run[0].isascii():
            found.update(term for term in _latin(run) if term in terms)
            continue
        start = 0
        while start < len(run) - 1:
            end = start + 1
            while end < len(run) and run[end - 1 : end + 1] in terms and run[start : end + 1] in theirs:
                end += 1
            if end - start >= 2:
                found.add(run[start:end])
                start = end - 1
            else:
                start += 1
    return sorted(found, key=lambda phrase: (-len(phrase), phrase))


def sentence_with(text: str, phrase: str) -> str:
    """The sentence of a text, as its author wrote it, in which a phrase stands; empty if in none."""
    for sentence in re.split(r"(?<=[。！？!?；;\n])", text):
        if phrase in normalise(sentence):
            return sentence.strip()
    return ""
