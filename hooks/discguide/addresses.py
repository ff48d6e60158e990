"""The pages that others lead to by name; ``content/required.py`` refuses a guide that cannot do without one."""

DANGER_SIGNS = "urgent.html"
OUTLOOK = "outlook.html"
WORN_OR_HERNIATED = "degeneration-or-herniation.html"
QUESTIONS = "faq.html"
GLOSSARY = "glossary.html"
REFERENCES = "references.html"
COMPARISON = "treatments/compare.html"
LOST = "404.html"
"""Not a page of an editor: a template."""


def source_of(page: str) -> str:
    """The Markdown file in ``docs/`` of a page of the site."""
    return page.removesuffix("html") + "md"
