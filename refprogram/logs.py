"""How a log line looks: readable on a console, JSON where a collector reads it."""

import logging

import structlog


class BriefRefusals(logging.Filter):
    """Leaves the traceback out where the answer was a refusal (4xx): one line says all there is to say."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten, never drop."""
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = record.exc_text = None
        return True


def formatter(style: str) -> logging.Formatter:
    """Return the formatter for LOG_FORMAT."""
    plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    as_json = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]  # with the whole traceback
    last = as_json if style == "json" else [plain]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso"),
        ],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    )
