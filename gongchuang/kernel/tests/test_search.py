"""Search finds what a scan of the text finds, for words of any length."""

from hypothesis import given, settings
from hypothesis import strategies as st

from gongchuang.kernel import search

ALPHABET = "焊接叶轮装配A1b2-工"


@settings(max_examples=300, deadline=None)
@given(st.text(ALPHABET, min_size=1, max_size=30), st.data())
def test_a_chinese_word_of_a_text_asks_only_for_tokens_the_text_has(text, data):
    words = [word for word in search._WORD.findall(search.normal(text)) if not word.isascii()]
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    start = data.draw(st.integers(0, len(word) - 1))
    part = word[start : data.draw(st.integers(start + 1, len(word)))]
    assert search.wanted_tokens(part) <= search.tokens(text)


def test_width_and_case_do_not_matter():
    assert search.tokens("ＣＧ-2026-00087 Welding") == search.tokens("cg-2026-00087 welding")


def test_numbers_and_latin_words_stay_whole():
    assert "jy-2026-00001" in search.tokens("建议 JY-2026-00001 号")
    assert search.wanted_tokens("JY-2026-00001") == {"jy-2026-00001"}
