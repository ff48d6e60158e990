"""The words editors may use in a page, between double curly brackets.

Each macro takes constants only and returns HTML made by the template of the same name in
overrides/components. Numbers, harms, unknowns, approval and cost reach pages through these alone.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Environment
from markupsafe import Markup

from discguide.content.macro_names import MACROS, call
from discguide.data.export import field_guide
from discguide.data.grid import LONG, in_grid_order, sources_of
from discguide.data.model import Guide, Treatment
from discguide.data.reviews import Reviews
from discguide.data.tables import Injection, Measure, Medicine
from discguide.problems import did_you_mean, one_of
from discguide.render.assets import read_tokens
from discguide.render.environment import environment, prose

UNDATED = 9999
"""Where the timeline puts what nobody dated: last."""


class UnknownName(ValueError):
    """An editor named something that the data files do not hold; the text says what to write."""


class Macros:
    """The macros, bound to the guide and to the page that is being written."""

    def __init__(self, guide: Guide, components: Path, reviews: Reviews | None = None, address: str = "") -> None:
        self.guide = guide
        self._address = address
        self._reviews = reviews or Reviews()
        self._components = components
        self._page = ""
        self._cited: list[str] = []
        self._env: Environment = environment(components, guide.labels)
        self._env.globals |= {"guide": guide, "link": self.link, "cite": self.cite, "review_status": self.review_status}
        self._env.filters["prose"] = lambda text: prose(text, self.cite)
        self._env.filters["short_sources"] = self._short_sources

    def start_page(self, url: str) -> None:
        """Begin a page: links are made relative to its address, its sources are gathered afresh."""
        self._page = url
        self._cited = []

    def table(self) -> dict[str, Callable[..., Markup]]:
        """Every macro by the name that editors write."""
        return {name: getattr(self, name, None) or partial(self._of_treatment, name) for name in MACROS}

    def link(self, target: str) -> str:
        """Make the relative address of a page of the guide, so that it works on the web and on a disk."""
        path, _, anchor = target.partition("#")
        relative = posixpath.relpath(path, posixpath.dirname(self._page) or ".") if path else ""
        return f"{relative}#{anchor}" if anchor else relative

    def _render(self, component: str, **values: Any) -> Markup:
        return Markup(self._env.get_template(f"{component}.html").render(**values).strip())

    def _of_treatment(self, name: str, key: str) -> Markup:
        """Fill in the template of the macro's name with one option's record."""
        treatment = _look_up(self.guide.treatments, key, "treatment", "docs/data/treatments.yml")
        return self._render(name.replace("_", "-"), key=key, treatment=treatment)

    def cite(self, key: str) -> Markup:
        """Link to one reference."""
        reference = _look_up(self.guide.references, key, "reference", "docs/data/references.yml")
        if key not in self._cited:
            self._cited.append(key)
        return self._render("cite", key=key, reference=reference)

    def sources(self) -> Markup:
        """List what this page cites, at its foot."""
        cited = sorted(self._cited, key=_by_number)
        return self._render("sources", references={key: self.guide.references[key] for key in cited})

    def _short_sources(self, treatment: Treatment) -> str:
        """Name what stands behind an option's short answers as people do in speech, for paper."""
        keys = [key for key in sources_of(treatment) if key in self.guide.references]
        return ", ".join(dict.fromkeys(self.guide.references[key].said for key in sorted(keys, key=_by_number)))

    def review_status(self) -> Markup:
        """Say in a sentence how many pages a clinician has reviewed."""
        return self._render("review-status", reviews=self._reviews)

    def treatment_table(self) -> Markup:
        """Compare every option."""
        options = in_grid_order(self.guide)
        return self._render("treatment-table", treatments=options, questions=tuple(LONG), address=self._address)

    def treatment_ways(self) -> Markup:
        """Say how each option is meant to work."""
        return self._render("treatment-ways", treatments=in_grid_order(self.guide))

    def medicine_table(self) -> Markup:
        """List medicines: gain, harm, who must ask first, how to stop."""
        return self._render("medicine-table", medicines=_by_name(self.guide.medicines))

    def guideline_table(self) -> Markup:
        """List what guidelines say for and against, of medicines too."""
        return self._render(
            "guideline-table",
            measures=_by_name(self.guide.guidelines),
            medicines=_by_name(self.guide.medicines),
        )

    def injection_table(self) -> Markup:
        """List other injections that are advertised."""
        return self._render("injection-table", injections=_by_name(self.guide.injections))

    def timeline(self) -> Markup:
        """Show when each method appeared, as the article says and as checked."""
        dated = [
            (item.introduced.year or UNDATED, key, item)
            for key, item in self.guide.methods().items()
            if item.introduced
        ]
        return self._render(
            "timeline", treatments=[(key, item) for _year, key, item in sorted(dated, key=lambda row: row[:2])]
        )

    def glossary_list(self) -> Markup:
        """List every term with its plain words."""
        terms = dict(sorted(self.guide.glossary.items(), key=lambda pair: pair[0].casefold()))
        return self._render("glossary-list", terms=terms)

    def reference_list(self) -> Markup:
        """List every reference."""
        return self._render(
            "reference-list",
            references={key: self.guide.references[key] for key in sorted(self.guide.references, key=_by_number)},
        )

    def figure(self, name: str) -> Markup:
        """Print a drawing with its caption and key."""
        words = _look_up(self.guide.figures, name, "figure", "docs/data/figures.yml")
        return self._render("figure", name=name, figure=words, drawing=self.guide.drawings[name])

    def where_options_act(self) -> Markup:
        """Show where each option acts."""
        return self._render("where-options-act", treatments=in_grid_order(self.guide), figures=self.guide.figures)

    def icon(self, name: str) -> Markup:
        """Print a small sign before a line."""
        _look_up(self.guide.figures, name, "figure", "docs/data/figures.yml")
        return self._render("icon", name=name, drawing=self.guide.drawings[name])

    def people_picture(self, key: str) -> Markup:
        """Draw a finding as people."""
        finding = _look_up(self.guide.findings, key, "finding", "docs/data/findings.yml")
        return self._render("people-picture", finding=finding)

    def stages(self) -> Markup:
        """Show the stages of wear, one at a time."""
        names = ["stage-healthy", "stage-drying", "stage-cracked", "stage-thin"]
        shown = {name: (self.guide.figures[name], self.guide.drawings[name]) for name in names}
        return self._render("stages", stages=shown)

    def papers(self) -> Markup:
        """Leave the place for what can be printed or saved."""
        return self._render("papers")

    def tokens(self) -> Markup:
        """List the values that all styles share, in both schemes."""
        return self._render("tokens", tokens=read_tokens(self._components.parent / "assets" / "tokens.css"))

    def keep(self) -> Markup:
        """Offer to keep the guide on a phone."""
        return self._render("keep")

    def macro_guide(self) -> Markup:
        """List every macro with an example, from the macros themselves."""
        return self._render(
            "macro-guide", macros=[(macro.prints, call(name, macro.example)) for name, macro in MACROS.items()]
        )

    def field_guide(self) -> Markup:
        """Explain every field of the data file, from the model itself."""
        return self._render("field-guide", fields=field_guide())


_Row = TypeVar("_Row", Medicine, Measure, Injection)


def _by_name(records: dict[str, _Row]) -> dict[str, _Row]:
    """Order by name: no order of ours may look like a ranking."""
    return dict(sorted(records.items(), key=lambda pair: pair[1].name.casefold()))


def _by_number(reference: str) -> tuple[int, str]:
    """Order as a reader counts: R9 stands before R10, R38 before R38b."""
    return int(re.sub(r"\D", "", reference)), reference


_Kind = TypeVar("_Kind")


def _look_up(known: dict[str, _Kind], key: str, kind: str, where: str) -> _Kind:
    if key not in known:
        raise UnknownName(f"unknown {kind} '{key}'; {did_you_mean(key, known) or f'{one_of(known)} (from {where})'}")
    return known[key]
