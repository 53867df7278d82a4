"""The report as files (公报文件): Word by python-docx, and plain HTML. Numbers stand as they are said; an annex opens them."""

from __future__ import annotations

from html import escape
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from gongchuang.kernel.text import Text
from gongchuang.report.writing import Report, Run, Written

BODY_FONT: Final = "仿宋"  # what a Chinese union office expects: 仿宋 三号, titles in 黑体
TITLE_FONT: Final = "黑体"
BODY_SIZE: Final = Pt(16)
ANNEX_SIZE: Final = Pt(10.5)
ANNEX: Final = Text("附件：文中数字", "Annex: the figures")
ANNEX_HEADINGS: Final = (
    Text("指标", "Figure"),
    Text("准确值", "Exact value"),
    Text("计量", "Unit"),
    Text("期间", "Period"),
    Text("单位", "Of"),
    Text("性质", "Status"),
    Text("口径版本", "Definition"),
)


def as_of_line(report: Report) -> str:
    day = report.as_of.strftime("%Y-%m-%d")
    return Text(f"数据截至 {day} · 手工键入的数字 {report.typed}", f"Data as of {day} · numbers typed by hand: {report.typed}").in_language(
        report.lang
    )


def docx(report: Report) -> bytes:
    """The report as a Word file in the form a union office uses."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    _font(document.styles["Normal"], BODY_FONT, BODY_SIZE)
    for text, size in ((report.issuer, Pt(16)), (report.title, Pt(22)), (report.period.label_in(report.lang), Pt(16))):
        line = document.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _font(line.add_run(text), TITLE_FONT, size)
    for paragraph in report.paragraphs:
        if paragraph.heading:
            _font(document.add_paragraph().add_run(paragraph.heading), TITLE_FONT, BODY_SIZE)
        line = document.add_paragraph()
        line.paragraph_format.first_line_indent = Pt(32)
        line.add_run(paragraph.text)
    document.add_paragraph(as_of_line(report))
    _annex(document, report)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def annex_rows(report: Report) -> list[list[str]]:
    """Each figure of the text with its exact value, as the annex says it."""
    return [
        [
            figure.label.in_language(report.lang),
            figure.exact,
            figure.definition.noun.in_language(report.lang),
            figure.span.label_in(report.lang),
            str(figure.unit),
            figure.badge.in_language(report.lang),
            str(figure.definition.version),
        ]
        for figure in report.figures
    ]


def _annex(document: Any, report: Report) -> None:
    document.add_page_break()
    _font(document.add_paragraph().add_run(ANNEX.in_language(report.lang)), TITLE_FONT, BODY_SIZE)
    table = document.add_table(rows=1, cols=len(ANNEX_HEADINGS))
    table.style = "Table Grid"
    for cell, heading in zip(table.rows[0].cells, ANNEX_HEADINGS, strict=True):
        _font(cell.paragraphs[0].add_run(heading.in_language(report.lang)), TITLE_FONT, ANNEX_SIZE)
    for texts in annex_rows(report):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            _font(cell.paragraphs[0].add_run(text), BODY_FONT, ANNEX_SIZE)


def _font(styled: Any, name: str, size: Any) -> None:
    """Set a font for Latin and Chinese characters alike."""
    styled.font.name = name
    styled.font.size = size
    styled.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def html(report: Report) -> bytes:
    """The report as one page of its own, without style or script; numbers are links into the site."""
    lang = "en" if report.lang == "en" else "zh-CN"
    body = "\n".join(_paragraph(paragraph) for paragraph in report.paragraphs)
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<meta charset="utf-8">\n'
        f"<title>{escape(report.title)} · {escape(report.period.label_in(report.lang))}</title>\n"
        f"<article>\n<p>{escape(report.issuer)}</p>\n<h1>{escape(report.title)}</h1>\n"
        f"<p>{escape(report.period.label_in(report.lang))}</p>\n{body}\n<footer>{escape(as_of_line(report))}</footer>\n"
        f"</article>\n</html>\n"
    ).encode()


def _paragraph(paragraph: Written) -> str:
    heading = f"<h2>{escape(paragraph.heading)}</h2>\n" if paragraph.heading else ""
    return f"{heading}<p>{''.join(_run(run) for run in paragraph.runs)}</p>"


def _run(run: Run) -> str:
    if run.figure is None:
        return escape(run.text)
    return (
        f'<a href="{escape(run.href)}" data-figure="{escape(run.figure.key)}" '
        f'data-value="{escape(run.figure.data_value)}">{escape(run.text)}</a>'
    )
