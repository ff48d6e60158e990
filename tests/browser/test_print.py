"""What the browser's own print makes of pages, counted in sheets."""

import datetime as dt
import io
import re

import pymupdf
import pytest
from playwright.sync_api import Browser, Page, expect

from discguide.data.model import Guide
from tests.browser.conftest import Visit
from tests.goals import keeps_to


def paper(page: Page) -> pymupdf.Document:
    return pymupdf.open(stream=io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))


def squeezed(text: str) -> str:
    return re.sub(r"\[R\w+\]|[\s\u00ad\u2010-]+", "", text)


def test_danger_signs_are_one_sheet_with_every_sign(visit: Visit) -> None:
    page = visit("urgent.html", 1280)
    signs = (
        page.locator(".prose > .block li").all_text_contents() + page.locator(".prose > ol > li").all_text_contents()
    )
    sheets = paper(page)
    text = squeezed("".join(sheet.get_text() for sheet in sheets))
    assert len(sheets) == 1
    assert len(signs) > 20 and not [sign for sign in signs if squeezed(sign) not in text]


def test_an_option_is_few_sheets(visit: Visit, guide: Guide) -> None:
    counts = {key: len(paper(visit(f"treatments/{key}.html", 1280))) for key in guide.treatments}
    mean = sum(counts.values()) / len(counts)
    keeps_to(4, mean, f"Printed options {counts}", "sheets on average", "say it in fewer words on the longest page")


@pytest.mark.parametrize("url", ["treatments/dst.html", "treatments/compare.html", "outlook.html", "faq.html"])
def test_no_heading_stands_alone_at_the_foot_of_a_sheet(visit: Visit, url: str) -> None:
    page = visit(url, 1280)
    heads = {squeezed(head) for head in page.locator("h2, h3, tbody th").all_text_contents()}
    seen = 0
    for sheet in paper(page):
        blocks = [block for block in sheet.get_text("blocks") if block[4].strip()]
        middle = sheet.rect.width / 2 - 8
        for right in (False, True):
            column = [block for block in blocks if (block[0] >= middle) == right]
            seen += sum(squeezed(block[4]) in heads for block in column)
            if column:
                assert squeezed(max(column, key=lambda block: block[3])[4]) not in heads, sheet.number
    assert seen


@pytest.mark.parametrize(("days", "says"), [(0, False), (1, True)])
def test_a_page_says_that_its_day_has_passed(browser: Browser, address: str, days: int, says: bool) -> None:
    page = browser.new_page()
    page.goto(f"{address}/urgent.html")
    due = page.locator(".overdue time").get_attribute("datetime")
    assert due
    day = dt.date.fromisoformat(due) + dt.timedelta(days)
    page.clock.set_fixed_time(f"{day}T12:00:00")
    page.reload()
    shown = expect(page.locator(".overdue"))
    shown.to_be_visible() if says else shown.to_be_hidden()
    page.close()


def test_without_script_the_day_itself_stands_there(visit: Visit) -> None:
    page = visit("urgent.html", java_script_enabled=False)
    expect(page.locator(".overdue")).to_be_hidden()
    expect(page.locator(".review")).to_contain_text("Next check due by")
