"""What a first visit moves over the wire, as the server really sends it."""

import pytest

START_PAGE_BYTES = 120 * 1024


@pytest.mark.parametrize(("path", "most_bytes"), [("/", START_PAGE_BYTES), ("/projekte/rosenviertel/", 120 * 1024)])
def test_first_visit_is_light(visit, path, most_bytes):
    page = visit()
    received = {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    urls = {}
    session.on("Network.responseReceived", lambda event: urls.update({event["requestId"]: event["response"]["url"]}))
    session.on(
        "Network.loadingFinished",
        lambda event: received.update({urls.get(event["requestId"]): event["encodedDataLength"]}),
    )
    page.goto(path, wait_until="networkidle")

    assert len(received) > 3
    assert sum(received.values()) <= most_bytes, received
