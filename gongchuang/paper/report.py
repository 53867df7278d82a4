"""The public report on paper (公报): the article on the first pages, and an annex with the exact value of every figure."""

from __future__ import annotations

from typing import Any

from gongchuang.paper.typesetter import pdf
from gongchuang.report import documents
from gongchuang.report.writing import Report


def report_pdf(report: Report) -> bytes:
    """The report as PDF, in its own language."""
    return pdf("report.typ", report_data(report))


def report_data(report: Report) -> dict[str, Any]:
    """Everything the paper says, as plain texts; a number is told from what is written around it."""
    return {
        "lang": report.lang[:2],
        "issuer": report.issuer,
        "title": report.title,
        "period": report.period.label_in(report.lang),
        "paragraphs": [
            {
                "heading": one.heading,
                "runs": [{"text": run.text, "is_figure": run.figure is not None} for run in one.runs],
            }
            for one in report.paragraphs
        ],
        "as_of": documents.as_of_line(report),
        "annex": documents.ANNEX.in_language(report.lang),
        "heads": [head.in_language(report.lang) for head in documents.ANNEX_HEADINGS],
        "rows": documents.annex_rows(report),
    }
