"""(IO) How many pages a clinician has reviewed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from discguide.security.files import files_below

_SIGNED = re.compile(r"---\n(?:(?!---\n).*\n)*?clinically_reviewed:")


@dataclass(frozen=True, slots=True)
class Reviews:
    """How many pages there are, and how many of them a clinician has reviewed."""

    pages: int = 0
    reviewed: int = 0

    @property
    def complete(self) -> bool:
        """Whether every page has been reviewed."""
        return 0 < self.pages == self.reviewed


def count_reviews(docs: Path) -> Reviews:
    """Count the pages below ``docs``; whether their reviews are sound is for the checks to say."""
    texts = [path.read_text(encoding="utf-8-sig", errors="replace") for path in files_below(docs, "*.md")]
    return Reviews(len(texts), sum(bool(_SIGNED.match(text)) for text in texts))
