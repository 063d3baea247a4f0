"""Archive: files in a ZIP that follows from them alone, on any day and in any folder."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime

_FIRST_YEAR = 1980
_UNIX, _PLAIN_FILE = 3, 0o100644 << 16


def archive(files: Mapping[str, bytes], when: datetime, stored: str = "") -> bytes:
    """Return files by their names as a ZIP, in their order and all of a time; the one named `stored` as it is.

    A ZIP knows no time before 1980 (APPNOTE.TXT, 4.4.6).
    """
    moment = max(when, datetime(_FIRST_YEAR, 1, 1))
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as made:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
            entry.compress_type = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            made.writestr(entry, data, compresslevel=9)
    return result.getvalue()
