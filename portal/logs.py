"""One line of JSON per event, without what readers search (A29)."""

import json
import logging
from datetime import UTC, datetime

FIELDS = ("method", "path", "status", "milliseconds", "request_id")


class JsonFormatter(logging.Formatter):
    """Formats a record as one JSON object; `extra` fields named in FIELDS are kept, all others dropped."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
