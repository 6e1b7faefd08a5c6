"""What must hold on every page that a visitor can reach by following links."""

import pytest

from tools.audit import findings, nu


@pytest.mark.parametrize("subject", findings.RULES)
def test_nothing_is_wrong(crawl, subject):
    assert findings.RULES[subject](crawl) == []


@pytest.mark.java
def test_html_is_valid(crawl, tmp_path):
    pages = [(page.address, page.body) for page in crawl.pages]

    assert len(pages) > 50
    assert nu.errors(pages, tmp_path) == []


@pytest.mark.java
def test_html_checker_finds_errors(tmp_path):
    """The checker is asked in the right way: an error in a page is told with the page's address."""
    page = b"<!doctype html><html lang=de><title>Probe</title><p><div></p>"

    found = nu.errors([("/gut/", b"<!doctype html><html lang=de><title>Gut</title>"), ("/probe/", page)], tmp_path)

    assert found
    assert {line.split(":")[0] for line in found} == {"/probe/"}
