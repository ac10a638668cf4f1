"""Pages over HTTP, which load themselves anew."""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest

from generator.errors import DigestError, UsageError
from generator.serving.server import Changes, Server, free

FILES = {
    "index.html": b"<!doctype html><p>Home</p>",
    "papers/a b/index.html": b"<p>A</p>",
    "feed.xml": b"<rss/>",
    "404.html": b"<p>Nothing here</p>",
}


def find(path: str) -> bytes | None:
    if path == "broken.html":
        raise DigestError("templates/paper.md.j2:3: <oh>; mend the template")
    return FILES.get(path)


@pytest.fixture(params=["/digest/", "/"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with Server("127.0.0.1:0", request.param, find, Changes()) as made:
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def ask(server: Server, path: str, method: str = "GET") -> tuple[int, dict[str, str], str]:
    """The answer to a request for a path of the whole server, redirects not followed."""
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    connection.request(method, path)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, dict(answer.getheaders()), text


def test_a_page_is_there_with_the_program_that_loads_it_anew(server: Server) -> None:
    for path in ("", "index.html"):
        status, headers, text = ask(server, server.mount + path)
        assert status == 200
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert headers["Cache-Control"] == "no-store"
        assert text.startswith("<!doctype html><p>Home</p><script src=")
        assert f'"{server.mount}serving/reload.js" data-shown="0"' in text


def test_other_files_are_as_they_are(server: Server) -> None:
    status, headers, text = ask(server, f"{server.mount}feed.xml")
    assert (status, text) == (200, "<rss/>")
    assert "xml" in headers["Content-Type"]
    status, headers, text = ask(server, f"{server.mount}feed.xml", "HEAD")
    assert (status, text, headers["Content-Length"]) == (200, "", "6")


def test_a_folder_without_its_slash_leads_to_the_page(server: Server) -> None:
    status, headers, _ = ask(server, f"{server.mount}papers/a%20b")
    assert (status, headers["Location"]) == (302, f"{server.mount}papers/a%20b/")
    assert ask(server, headers["Location"])[0] == 200


def test_what_is_not_there_is_said_on_the_sites_own_page(server: Server) -> None:
    for path in ("papers/none/", "none.css", "%ff", "..%2f..%2fetc%2fpasswd", "serving/none"):
        status, _, text = ask(server, f"{server.mount}{path}")
        assert (status, text.startswith("<p>Nothing here</p>")) == (404, True)


def test_a_mistake_is_shown(server: Server) -> None:
    status, _, text = ask(server, f"{server.mount}broken.html")
    assert status == 500
    assert "templates/paper.md.j2:3: &lt;oh&gt;; mend the template" in text


def test_the_root_of_the_machine_leads_to_the_site() -> None:
    with Server("127.0.0.1:0", "/digest/", find, Changes()) as made:
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        for path in ("/", "/digest"):
            status, headers, _ = ask(made, path)
            assert (status, headers["Location"]) == (302, "/digest/")
        assert ask(made, "/other/")[0] == 404
        made.shutdown()
        thread.join()


def test_who_asks_for_news_waits_until_there_is_some(server: Server) -> None:
    url = f"http://127.0.0.1:{server.server_port}{server.mount}serving/news?0"
    found: list[bytes] = []

    def wait() -> None:
        with urllib.request.urlopen(url, timeout=60) as answer:
            found.append(answer.read())

    thread = threading.Thread(target=wait)
    thread.start()
    server.changes.tell()
    thread.join()
    assert found == [b"1"]
    assert ask(server, f"{server.mount}serving/news?none")[2] == "1"
    assert "location.reload" in ask(server, f"{server.mount}serving/reload.js")[2]


def test_nothing_new_is_an_answer_too() -> None:
    assert Changes().wait(0, seconds=0.01) == 0


@pytest.mark.parametrize("address", ["8000", "localhost", ":8000", "localhost:", "h:99999", ""])
def test_what_is_no_address_is_wrong_usage(address: str) -> None:
    with pytest.raises(UsageError, match="write HOST:PORT"):
        free(address)
