"""Which edition of the guide this is, told the same way on every machine."""

from __future__ import annotations

import datetime as dt
import os

from discguide.data.model import Guide


def edition(guide: Guide) -> dt.date:
    """The day of the edition.

    It is the day of ``SOURCE_DATE_EPOCH`` (seconds since 1970, which the build sets from the last commit), so
    that one commit always gives the same bytes. Without it: the newest day on which a record was checked.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
    newest: dt.date = max(treatment.checked for treatment in guide.treatments.values())
    return newest
