"""What is written to the log (日志): one JSON object a line on standard error, without personal numbers or query strings."""

import re
from collections.abc import MutableMapping
from typing import Any

import structlog

# Identity numbers (15 or 18 signs) and mobile numbers; a log is read by people who have no business with them.
NUMBERS = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15}|1[3-9]\d{9})(?!\d)")


def without_numbers(_logger: object, _method: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    """Mask personal numbers in every text, and cut what was searched or filtered for off the address."""
    if isinstance(event.get("request"), str):
        event["request"] = event["request"].split("?", 1)[0]
    return {name: NUMBERS.sub("***", value) if isinstance(value, str) else value for name, value in event.items()}


SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=False),
    structlog.processors.format_exc_info,  # a plain traceback: the values of local variables stay out
    without_numbers,
]


def configuration(level: str) -> dict[str, Any]:
    """Django's LOGGING; our own lines and everybody else's take the same form."""
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
                "foreign_pre_chain": SHARED,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
    }
