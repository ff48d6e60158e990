"""The boxes editors may write in a page, as Markdown blocks.

    /// clinic
    The clinic's article says …
    ///

A block may hold any Markdown, citations included. Its title becomes a heading one level below the heading
before it, so that a screen reader finds it and no level is skipped. What stands in ``more`` is folded under its
title; what stands in ``word`` opens below words that are quoted. Each clinic block stands beside the evidence block
that must follow it. Headings that begin with "Step 1:", "Step 2:" … and what stands below them become numbered steps.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from discguide.content.boxes import BOXES

_TITLE = "block__title"
_STEP = re.compile(r"(Step \d+:) +(?=\S)")


class GuideBlock(Block):  # type: ignore[misc]
    """One box; its kind is its name."""

    ARGUMENT = None

    def on_validate(self, parent: ET.Element) -> bool:
        """Refuse the settings that the library gives every block: they could set any attribute."""
        return not self.options["attrs"]

    def on_create(self, parent: ET.Element) -> ET.Element:
        """Open the box with its title."""
        box = BOXES[self.NAME]
        if self.NAME == "more":
            details = ET.SubElement(parent, "details", {"class": "more"})
            ET.SubElement(ET.SubElement(details, "summary"), "h2").text = self.argument
            return details
        if self.NAME == "word":
            details = ET.SubElement(parent, "details", {"class": "more more--word"})
            ET.SubElement(details, "summary").text = self.argument
            return details
        section = ET.SubElement(parent, "section", {"class": f"block block--{self.NAME}"})
        title = ET.SubElement(section, "h2", {"class": _TITLE})
        if box.opening:
            level = ET.SubElement(title, "span", {"class": "block__level"})
            level.text = box.opening
            level.tail = self.argument or box.title
        else:
            title.text = self.argument or box.title
        return section


class _HeadingLevels(Treeprocessor):  # type: ignore[misc]
    """Put each block's title one level below the heading before it, and pair claims with evidence."""

    def run(self, root: ET.Element) -> None:
        self._levels(root, 1)
        self._pair(root)
        self._steps(root)

    def _levels(self, parent: ET.Element, level: int) -> int:
        for element in parent:
            tag = str(element.tag)
            if element.get("class") == _TITLE:
                element.tag = f"h{min(level + 1, 6)}"
            elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
                level = int(tag[1])
            else:
                level = self._levels(element, level)
        return level

    def _pair(self, root: ET.Element) -> None:
        for index, element in reversed(list(enumerate(root))):
            following = root[index + 1] if index + 1 < len(root) else None
            if "block--clinic" not in element.get("class", "") or following is None:
                continue
            if "block--evidence" in following.get("class", ""):
                pair = ET.Element("div", {"class": "claim-and-evidence"})
                root.remove(element)
                root.remove(following)
                pair.extend([element, following])
                root.insert(index, pair)

    def _steps(self, root: ET.Element) -> None:
        steps = step = None
        for element in list(root):
            if element.tag == "h2":
                number = _STEP.match(element.text or "")
                if number is None:
                    steps = step = None
                    continue
                if steps is None:
                    steps = ET.Element("div", {"class": "steps"})
                    root.insert(list(root).index(element), steps)
                step = ET.SubElement(steps, "div", {"class": "steps__step"})
                # The style sheet shows the number; the words stay for ears, for paper and for the list of headings.
                spoken = ET.Element("span", {"class": "steps__number"})
                spoken.text, spoken.tail = f"{number[1]} ", (element.text or "")[number.end() :]
                element.text = None
                element.insert(0, spoken)
            if step is not None:
                root.remove(element)
                step.append(element)


class GuideBlocks(BlocksExtension):  # type: ignore[misc]
    """Register every box under its own name."""

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:  # noqa: N802  (the library's name)
        """Add the boxes and the processor that sets their heading levels."""
        for name in BOXES:
            block_mgr.register(type(f"{name.capitalize()}Block", (GuideBlock,), {"NAME": name}), {})
        # After the blocks are built, before the table of contents reads the headings.
        md.treeprocessors.register(_HeadingLevels(md), "discguide-heading-levels", 18)


def makeExtension(**options: Any) -> GuideBlocks:  # noqa: N802  (the name Markdown looks for)
    """Make the extension, as Markdown asks for it."""
    return GuideBlocks(**options)
