"""How browser tests wait: for a state, never for a time. ``test_waiting.py`` refuses a test that does neither."""

from playwright.sync_api import Page

_SETTLED = """async () => document.readyState === "complete" && await new Promise(
  (done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0, true))))"""


def settled(page: Page) -> None:
    """Wait until the page is loaded, has drawn twice and has done what it had put off.

    Whatever it did before has then been told: "it asked for nothing", "it complained of nothing" can be claimed.
    Needs scripts; a page without them is settled when it is loaded.
    """
    page.wait_for_function(_SETTLED)
