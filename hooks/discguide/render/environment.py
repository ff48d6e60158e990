"""Facts → HTML, through the templates in overrides/components alone."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from discguide.data.fields import CHOICES, LEFT_OUT, NOT_JUDGED, RUN_BY, USES
from discguide.data.grid import MATTERS, SCALED, SMALL, shown
from discguide.data.model import Finding
from discguide.data.outcomes import Measured
from discguide.render.labels import Labels, sayer
from discguide.render.pictures import qr
from discguide.security.svg import inline, title_of
from discguide.text import CITATION, slug


def environment(components: Path, labels: Labels | None = None) -> Environment:
    """Make the strict environment for our own templates.

    The theme's environment does not escape, so data text never passes through it unescaped: every
    component is rendered here, where text is escaped and an unknown name is an error. ``labels`` are the words that
    templates ask for with ``say``.
    """
    env = Environment(
        loader=FileSystemLoader(components),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
    )
    env.filters |= {
        "day": day,
        "month": month,
        "rounded": rounded,
        "qr": qr,
        "slug": slug,
        "capital": capital,
        "inline": _inline,
        "mute": _mute,
        "title_of": title_of,
        "how_many": how_many,
        "of_hundred": of_hundred,
        "by_study": by_study,
        "lower_first": lower_first,
        "short_answer": shown,
    }
    env.globals |= {"USES": USES, "CHOICES": CHOICES, "RUN_BY": RUN_BY, "MATTERS": MATTERS}
    env.globals["say"] = sayer(labels or {})
    env.globals |= {"LEFT_OUT": LEFT_OUT, "NOT_JUDGED": NOT_JUDGED}
    return env


def day(value: dt.date) -> str:
    """Write a day as people do: 23 November 2026."""
    return f"{value.day} {value:%B %Y}"


def month(value: str) -> str:
    """Write a month as people do: ``2026-11`` becomes November 2026."""
    return f"{dt.date.fromisoformat(f'{value}-01'):%B %Y}"


def rounded(text: str) -> str:
    """Write decimals as people say them, whole: 4.7 to 18.6 becomes 5 to 19, and 0.2 becomes under 1."""
    return re.sub(r"\d+\.\d+", lambda found: f"{float(found[0]):.0f}" if float(found[0]) >= 1 else "under 1", text)


def capital(text: str) -> str:
    """Start with a capital letter and leave the rest alone (names keep theirs)."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Take back the capital of Unknown inside a sentence."""
    return text.replace("Unknown", "unknown", 1)


def by_study(items: list[Measured]) -> list[list[Measured]]:
    """Put neighbours from one study together, so that the study is told once."""
    return [list(group) for _study, group in itertools.groupby(items, key=_study_of)]


def _study_of(item: Measured) -> object:
    return (
        item.design,
        item.people,
        item.follow_up,
        item.run_by,
        item.refs,
        item.scale,
        item.interval,
    )


def how_many(outcome: Measured | Finding) -> str:
    """Say how many people were studied."""
    if outcome.people == "unknown":
        return "number of people unknown"
    return "1 person" if outcome.people == 1 else f"{outcome.people:,} people"


_OTHER_WHOLE = re.compile(r"(?P<n>[1-9][\d,]*) (?:of|in) (?P<of>\d[\d,]*)")


def of_hundred(result: str) -> int | None:
    """Tell a count of many people of 100, so that nobody has to reckon; 0 where it is rarer than 1 in 100.

    None where it is of 100 already, where so few people were studied that they are told as they are, or where the
    result is no count.
    """
    found = _OTHER_WHOLE.fullmatch(result)
    if not found:
        return None
    count, total = (int(found[part].replace(",", "")) for part in ("n", "of"))
    if total == SCALED or total < SMALL:
        return None
    return (200 * count + total) // (2 * total) if 100 * count >= total else 0


def _inline(drawing: str) -> Markup:
    return Markup(inline(drawing))


def _mute(drawing: str) -> Markup:
    """A drawing that says nothing itself, beside words that do."""
    return Markup(re.sub(r"<title>[^<]*</title>", "", inline(drawing)).replace(' role="img"', ""))


def prose(text: str, cite: Callable[[str], Markup]) -> Markup:
    """Escape a data file's words and turn each ``[R12]`` into its citation."""
    pieces = CITATION.split(text)
    cited: list[Any] = [cite(piece) if index % 2 else escape(piece) for index, piece in enumerate(pieces)]
    return Markup("").join(cited)
