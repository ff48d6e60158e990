"""The words editors may write between double curly brackets, and which records their ids may name.

A new macro is one line here and a template of the same name in overrides/components; what makes it, when a
template alone is not enough, is a method of that name in ``render.macros``.
"""

from __future__ import annotations

from typing import NamedTuple

from discguide.data.model import Guide


class MacroName(NamedTuple):
    """What a macro prints, and the file of records (in docs/data) its id must stand in; empty without an id."""

    prints: str
    ids: str = ""
    example: str = ""


MACROS = {
    "cite": MacroName("Link to one reference", "references", "R12"),
    "sources": MacroName("List what this page cites, at its foot"),
    "review_status": MacroName("Say in a sentence how many pages a clinician has reviewed"),
    "treatment_table": MacroName("Compare every option"),
    "treatment_ways": MacroName("Say in a line how each option is meant to work"),
    "treatment_facts": MacroName("Show the technical facts of a method", "treatments", "pldd"),
    "treatment_claims": MacroName("Set what the clinic says beside what evidence says", "treatments", "pldd"),
    "treatment_results": MacroName("Show measured results and further treatment, with pictures", "treatments", "pldd"),
    "treatment_harms": MacroName("List harms, told as benefits are", "treatments", "pldd"),
    "treatment_in_practice": MacroName("Say what it is like, and recovery", "treatments", "pldd"),
    "treatment_life": MacroName("Say what daily life is like afterwards", "treatments", "pldd"),
    "treatment_not_for": MacroName("List who it is not for", "treatments", "pldd"),
    "treatment_unknowns": MacroName("List what nobody knows", "treatments", "pldd"),
    "treatment_evidence": MacroName("Say how sure one can be, for each use", "treatments", "pldd"),
    "treatment_approval": MacroName("Say what regulators say, and the cost", "treatments", "pldd"),
    "treatment_questions": MacroName("List questions to ask", "treatments", "pldd"),
    "medicine_table": MacroName("List medicines: gain, harm, who must ask first, how to stop"),
    "guideline_table": MacroName("List what guidelines say for and against"),
    "injection_table": MacroName("List other injections that are advertised"),
    "timeline": MacroName("Show when each method appeared, as the article says and as checked"),
    "glossary_list": MacroName("List every term with its plain words"),
    "reference_list": MacroName("List every reference"),
    "figure": MacroName("Print a drawing with its caption and key", "figures", "motion-segment"),
    "where_it_acts": MacroName("Show where one option acts, as a small drawing", "treatments", "pldd"),
    "where_options_act": MacroName("Show where each option acts, one small drawing each"),
    "icon": MacroName("Print a small sign before a line", "figures", "icon-clock"),
    "stages": MacroName("Show the stages of wear, one at a time"),
    "people_picture": MacroName("Draw a finding as people", "findings", "leg-pain-after-a-year"),
    "papers": MacroName("List what can be printed or saved, once it has been made"),
    "tokens": MacroName("List the values that all styles share"),
    "keep": MacroName("Offer to keep the guide on a phone"),
    "field_guide": MacroName("Explain every field of the data file, from the model itself"),
    "macro_guide": MacroName("List every macro with an example, from the macros themselves"),
}


def call(name: str, argument: str = "") -> str:
    """Write a macro's call as an editor does."""
    return f'{{{{ {name}("{argument}") }}}}' if argument else f"{{{{ {name}() }}}}"


def known_ids(guide: Guide, name: str) -> dict[str, object]:
    """The records that a macro's id may name."""
    return dict(getattr(guide, MACROS[name].ids))
