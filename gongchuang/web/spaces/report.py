"""The public report (公报): an article in which every number is a link, and the same as Word and plain HTML."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from gongchuang.excel import door as sheets
from gongchuang.excel import figures as figure_sheets
from gongchuang.indicators import catalogue, reading
from gongchuang.kernel.text import Text
from gongchuang.paper.report import report_pdf
from gongchuang.report import documents, writing
from gongchuang.web.spaces.figures import address, as_of, period_code, period_options, scope_context

FILES = {
    "docx": (documents.docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (report_pdf, "application/pdf"),
    "html": (documents.html, "text/html; charset=utf-8"),
}
WORDS = {
    "bar": Text("数据截至", "Data as of"),
    "typed": Text("手工键入的数字", "Numbers typed by hand"),
    "word": Text("下载 Word", "Download Word"),
    "pdf": Text("PDF", "PDF"),
    "show": Text("查看", "Show"),
    "period": Text("期间", "Period"),
    "empty": Text("这个期间还没有可以报告的数字。", "There is nothing to report for this period yet."),
    "live": Text(
        "这是实时文稿：记录一变，数字就变。点数字看明细。",
        "This is the live text: when a record changes, its number does. Open a number to see its records.",
    ),
}


@require_safe
def page(request: Any, period: str = "") -> HttpResponse:
    """/report/<period>/: the report as an article, with all its figures beside it."""
    root, unit, asked = _asked(request, period)
    if unit is None:
        raise Http404
    report = writing.write(unit, asked, request.person, get_language())
    figures = [(one, address(one.key, one.period, one.unit, root)) for one in report.figures]
    return render(
        request,
        "public/report.html",
        {
            "report": report,
            "figures": figures,
            "as_of": as_of(figures[0][0]) if figures else "",
            "count": Text(f"文中数字 {len(figures)} 个", f"{len(figures)} figures in the text"),
            "period": asked,
            "period_options": period_options(asked),
            "files": [
                (WORDS["word"], f"/report/{period_code(asked)}.docx"),
                (WORDS["pdf"], f"/report/{period_code(asked)}.pdf"),
            ],
            "words": WORDS,
        },
    )


@require_safe
def file(request: Any, period: str, kind: str) -> Any:
    """/report/<period>.docx, .pdf and .html."""
    if kind not in FILES:
        raise Http404
    _, unit, asked = _asked(request, period)
    if unit is None:
        raise Http404
    report = writing.write(unit, asked, request.person, get_language())
    made, content_type = FILES[kind]
    name = sheets.file_name(f"{report.title}-{asked.label_in(report.lang)}", kind)
    return sheets.named(HttpResponse(made(report), content_type=content_type), name)


def _asked(request: Any, period: str) -> Any:
    """The period of the address stands before the one in the query."""
    if period and "period" not in request.GET:
        request.GET = request.GET.copy()
        request.GET["period"] = period
    return scope_context(request)


@require_safe
def figure_file(request: Any, key: str, kind: str) -> Any:
    """/figures/<key>.xlsx and .csv: the list behind a figure, as far as this reader may open it."""
    if kind not in sheets.TYPES or (key not in catalogue.FIGURES and key not in catalogue.BY_ARTICLE):
        raise Http404
    _, unit, period = scope_context(request)
    if unit is None:
        raise Http404
    return figure_sheets.download(reading.figure(key, unit, period, request.person), kind, request.person)
