"""Which edition of the guide this is, told the same way on every machine."""

from __future__ import annotations

import datetime as dt
import os
import re

from discguide.data.model import Guide

FIRST, LAST = 315_532_800, 4_354_819_199
"""The seconds that a zip file can name: of the years 1980 to 2107."""


def given_second() -> int | None:
    """Read the second that the surroundings give this build, or the build its steps.

    Raises:
        ValueError: it is no second, or none that a zip file can name.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        return None
    if not re.fullmatch(r"[0-9]{1,12}", given) or not FIRST <= int(given) <= LAST:
        raise ValueError(
            f"the date of this build (SOURCE_DATE_EPOCH, or the last commit) is '{given[:40]}'; "
            "unset it, or write seconds since 1970, of the years 1980 to 2107"
        )
    return int(given)


def edition(guide: Guide) -> dt.date:
    """The day of the edition.

    It is the day of ``SOURCE_DATE_EPOCH`` (seconds since 1970, which the build sets from the last commit), so
    that one commit always gives the same bytes. Without it: the newest day on which a record was checked.
    """
    if (second := given_second()) is not None:
        return dt.datetime.fromtimestamp(second, dt.UTC).date()
    newest: dt.date = max(treatment.checked for treatment in guide.treatments.values())
    return newest
