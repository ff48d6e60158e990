"""The search answers what readers type, in their words."""

from urllib.parse import urlsplit

from ruamel.yaml import YAML

from tests.browser.conftest import Visit
from tests.projects import ROOT

QUERIES = YAML(typ="safe").load(ROOT / "cases" / "reader-queries.yml")

_ASK = """async (queries) => {
  const field = document.querySelector('#search input');
  const found = {};
  // The list waits for a pause in typing; to wait as long for each question here would show nothing more.
  const later = self.setTimeout;
  self.setTimeout = (act) => later(act);
  for (const query of queries) {
    field.value = query;
    field.dispatchEvent(new Event('input'));
    await new Promise((done) => later(done, 5));
    found[query] = [...document.querySelectorAll('#search ol a')].map((link) => link.href);
  }
  return found;
}"""


def test_readers_find_the_page_that_answers(visit: Visit) -> None:
    page = visit("index.html", 1280)
    page.click(".header__search")
    page.keyboard.type("disc")
    page.locator("#search ol a").first.wait_for()
    results = page.evaluate(_ASK, list(QUERIES))
    places = {}
    for query, answers in QUERIES.items():
        names = [urlsplit(address).path.lstrip("/").removesuffix(".html") for address in results[query]]
        places[query] = next((place for place, name in enumerate(names) if name in answers), None)
    first = [query for query, place in places.items() if place == 0]
    among_three = [query for query, place in places.items() if place is not None and place < 3]
    missed = {query: results[query][:3] for query in QUERIES if query not in among_three}
    assert len(QUERIES) >= 60
    assert len(among_three) >= 0.95 * len(QUERIES), missed
    assert len(first) >= 0.75 * len(QUERIES), {q: results[q][:1] for q in QUERIES if q not in first}
