"""Reports as documents of Word (DOCX, ISO/IEC 29500), to be edited: real styles, tables, captions."""

from datetime import datetime

import orjson


def docx(data: bytes, moment: datetime) -> bytes:
    """A document of JSON `data`, made at a moment: the same bytes for the same."""
    from app.reports.word.report import written  # noqa: PLC0415 -- libraries that only these reports need

    return written(orjson.loads(data), moment)
