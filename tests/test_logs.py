"""The log tells what happened without telling on anybody."""

import json
import logging

from django.conf import settings

from gongchuang import logs


def line(message: str, **more: object) -> dict[str, object]:
    formatter = settings.LOGGING["formatters"]["json"]
    made = logs.structlog.stdlib.ProcessorFormatter(processors=formatter["processors"], foreign_pre_chain=formatter["foreign_pre_chain"])
    record = logging.LogRecord("gongchuang", logging.ERROR, "file", 1, message, None, more.get("exc_info"))
    return json.loads(made.format(record))


def test_identity_and_mobile_numbers_are_masked():
    said = line("person 37100019900101123X, phone 13912345678, amount 1234567890123456789")["event"]
    assert said == "person ***, phone ***, amount 1234567890123456789"


def test_a_traceback_shows_no_values():
    secret = "canary-7731"
    try:
        raise ValueError(len(secret))
    except ValueError as error:
        written = json.dumps(line("broken", exc_info=(type(error), error, error.__traceback__)))
    assert "ValueError" in written
    assert "canary-7731" not in written


def test_an_address_is_logged_without_what_was_searched():
    assert logs.without_numbers(None, "info", {"request": "GET /search/?q=张三"}) == {"request": "GET /search/"}
