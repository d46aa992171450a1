#!/usr/bin/env python3
"""usage: fetch.py --program DATELINE

Addresses as inputs and --fetch, against a server of its own on 127.0.0.1."""
import concurrent.futures
import gzip
import http.server
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from program_under_test import program_under_test

PROGRAM = None
MODEL = os.environ.get("DATELINE_MODEL", "")
TEXT = "The old bridge over the harbour was opened again on Monday, and Ann Lee tied up the ferry."


def page(text=TEXT, head=""):
    return f"<html><head><title>Bridge open again</title>{head}</head><body><article><p>{text}</p></article></body></html>"


class Site(http.server.BaseHTTPRequestHandler):
    """Serves `pages`: path to (status, headers, body) or a function that gives them; notes what was asked and when."""
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append((time.monotonic(), self.path, dict(self.headers)))
        answer = self.server.pages.get(self.path, (404, {}, b"not here"))
        status, headers, body = answer(self) if callable(answer) else answer
        body = body.encode("utf8") if isinstance(body, str) else body
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            pass  # the other side has hung up, as some tests want

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass  # who hangs up in the middle is what some tests want


HTML = {"Content-Type": "text/html; charset=utf-8"}


class Fetch(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.server = Server(("127.0.0.1", 0), Site)
        self.server.pages = {}
        self.server.asked = []
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.site = f"http://127.0.0.1:{self.server.server_port}"

    def serve(self, **pages):
        self.server.pages.update({path.replace("_", "/", 1): answer for path, answer in pages.items()})

    def read(self, *arguments, cache="cache"):
        """(exit status, records, lines on standard error); paths are of the site."""
        arguments = [self.site + a if str(a).startswith("/") and not os.path.exists(a) else str(a) for a in arguments]
        environment = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
        done = subprocess.run([PROGRAM, "read", "--format", "jsonl", "--cache", self.folder / cache if cache else "", *arguments],
                              capture_output=True, env=environment, timeout=120)
        records = [json.loads(line) for line in done.stdout.decode("utf8").splitlines()]
        return done.returncode, records, done.stderr.decode("utf8").splitlines()

    def texts(self, *arguments, **options):
        return [record["text"] for record in self.read(*arguments, **options)[1]]

    def paths(self):
        return [path for _, path, _ in self.server.asked]

    def test_an_address_is_read_and_robots_asked_first(self):
        self.serve(_a=(200, HTML, page()))
        status, records, errors = self.read("/a")
        self.assertEqual((status, errors), (0, []))
        self.assertEqual((records[0]["text"], records[0]["document"]["uri"]), (TEXT, self.site + "/a"))
        self.assertEqual(self.paths(), ["/robots.txt", "/a"])
        self.assertRegex(self.server.asked[0][2]["User-Agent"], r"^dateline/\d+\.\d+\.\d+$")

    def test_robots_are_obeyed_and_the_rest_is_read(self):
        self.server.pages["/robots.txt"] = (200, {}, "User-agent: *\nDisallow: /\nUser-agent: dateline\nDisallow: /b*t$\n")
        self.serve(_a=(200, HTML, page()), _but=(200, HTML, page("Not to be read.")))
        status, records, errors = self.read("/but", "/a", "/none")
        self.assertEqual([record["text"] for record in records], [TEXT])
        self.assertEqual((status, errors), (1, [
            f"dateline: {self.site}/but: not fetched: {self.site}/robots.txt asks not to",
            f"dateline: {self.site}/none: the server answers 404"]))
        self.assertEqual(self.paths(), ["/robots.txt", "/a", "/none"])

    def test_a_server_whose_robots_fail_is_left_alone(self):
        self.server.pages["/robots.txt"] = (503, {}, "")
        self.serve(_a=(200, HTML, page()))
        status, _, errors = self.read("/a")
        self.assertEqual((status, errors), (1, [f"dateline: {self.site}/a: not fetched: {self.site}/robots.txt answers 503"]))
        self.assertEqual(self.paths(), ["/robots.txt"])

    def test_robots_behind_a_redirect_count(self):
        self.server.pages["/robots.txt"] = (301, {"Location": "/r"}, "")
        self.serve(_a=(200, HTML, page()), _r=(200, {}, "User-agent: *\nDisallow: /"))
        self.assertEqual(self.texts("/a"), [])
        self.assertEqual(self.paths(), ["/robots.txt", "/r"])

    def test_a_host_gets_one_request_a_second(self):
        self.serve(_a=(200, HTML, page()), _b=(200, HTML, page()))
        self.assertEqual(self.texts("/a", "/b"), [TEXT, TEXT])
        times = [when for when, _, _ in self.server.asked]
        self.assertEqual(len(times), 3)
        for one, two in zip(times, times[1:]):
            self.assertGreaterEqual(two - one, 0.95)

    def test_what_has_not_changed_is_not_sent_again(self):
        def answer(request):
            if request.headers["If-None-Match"] == '"1"' and request.headers["If-Modified-Since"] == "Mon, 03 May 2021 10:00:00 GMT":
                return 304, {}, b""
            return 200, {**HTML, "ETag": '"1"', "Last-Modified": "Mon, 03 May 2021 10:00:00 GMT"}, page("Søren: " + TEXT)

        self.serve(_a=answer)
        first, second = self.texts("/a"), self.texts("/a")
        self.assertEqual((first, second), (["Søren: " + TEXT],) * 2)
        self.assertEqual([headers.get("If-None-Match") for _, path, headers in self.server.asked if path == "/a"], [None, '"1"'])
        self.assertEqual(self.texts("/a", cache=""), first)  # nothing kept, nothing sent along
        self.assertIsNone(self.server.asked[-1][2].get("If-None-Match"))

    def test_pages_that_must_not_be_kept_are_not(self):
        self.serve(_a=(200, {**HTML, "ETag": '"1"', "Cache-Control": "private, no-store"}, page()))
        self.assertEqual(self.texts("/a"), [TEXT])
        self.assertFalse((self.folder / "cache").exists())

    def test_a_cache_that_cannot_be_written_is_told_once(self):
        (self.folder / "cache").write_text("a file")
        self.serve(_a=(200, {**HTML, "ETag": '"1"'}, page()), _b=(200, {**HTML, "ETag": '"2"'}, page()))
        status, records, errors = self.read("/a", "/b")
        self.assertEqual((status, len(records), errors), (0, 2, [f"dateline: warning: {self.folder}/cache: pages cannot be kept here"]))

    def test_redirects_are_followed_but_not_in_circles(self):
        self.server.pages["/robots.txt"] = (200, {}, "User-agent: *\nDisallow: /shut")
        self.serve(_a=(302, {"Location": "/b"}, ""), _b=(200, HTML, page()), _round=(302, {"Location": "/round"}, ""),
                   _to=(302, {"Location": "/shut"}, ""), _file=(302, {"Location": "file:///etc/hosts"}, ""))
        status, records, errors = self.read("/a", "/round", "/to", "/file")
        self.assertEqual((status, [record["document"]["uri"] for record in records]), (1, [self.site + "/b"]))
        self.assertEqual(errors, [
            f"dateline: {self.site}/round: more than 5 redirects",
            f"dateline: {self.site}/to: {self.site}/shut: not fetched: {self.site}/robots.txt asks not to",
            f"dateline: {self.site}/file: file:///etc/hosts: neither http nor https, not fetched"])

    def test_what_is_too_long_is_refused(self):
        long = page(TEXT * 2000)
        bomb = gzip.compress(b"<p>" + b"a" * 5_000_000)
        self.serve(_told=(200, HTML, long), _untold=(200, {**HTML, "Content-Length": str(10**9)}, b""),
                   _bomb=(200, {**HTML, "Content-Encoding": "gzip"}, bomb), _a=(200, HTML, page()))
        status, records, errors = self.read("/told", "/untold", "/bomb", "/a", "--max-bytes", "100KB")
        self.assertEqual((status, len(records)), (1, 1))
        self.assertEqual(errors, [f"dateline: {self.site}/{name}: longer than the limit of 102400 bytes" for name in ("told", "untold", "bomb")])

    def test_who_is_slow_is_not_waited_for(self):
        def slow(_):
            time.sleep(8)
            return 200, HTML, page()

        self.serve(_slow=slow, _a=(200, HTML, page()))
        status, records, errors = self.read("/slow", "/a", "--timeout", "2.5")
        self.assertEqual((status, len(records), errors), (1, 1, [f"dateline: {self.site}/slow: not there within 2.5 seconds"]))

    def test_nobody_there(self):
        self.server.shutdown()
        self.server.server_close()
        status, _, errors = self.read("/a")
        self.assertEqual((status, len(errors)), (1, 1))
        self.assertIn(f"{self.site}/a: not fetched: {self.site}/robots.txt: ", errors[0])

    def test_the_charset_of_the_header_counts(self):
        body = page("S\u00f8ren said so. " + TEXT, '<meta charset="iso-8859-5">').encode("latin-1")
        self.serve(_a=(200, {"Content-Type": "text/html; charset=ISO-8859-1"}, body))
        self.assertEqual(self.texts("/a"), ["S\u00f8ren said so. " + TEXT])

    def test_packed_answers_are_unpacked(self):
        self.serve(_a=(200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(page().encode())),
                   **{"_b.html.gz": (200, {"Content-Type": "application/gzip"}, gzip.compress(page().encode()))})
        self.assertEqual(self.texts("/a", "/b.html.gz"), [TEXT, TEXT])

    def feed(self):
        return (f"<rss><channel><title>Post</title><item><link>{self.site}/1</link><description>Open.</description></item>"
                f"<item><link>{self.site}/2</link><description>It rained.</description></item></channel></rss>")

    def test_a_feed_without_fetch_is_read_as_it_is(self):
        self.serve(_f=(200, {"Content-Type": "application/rss+xml"}, self.feed()), _1=(200, HTML, page()))
        self.assertEqual(self.texts("/f"), ["Open.", "It rained."])
        self.assertEqual(self.paths(), ["/robots.txt", "/f"])
        file = self.folder / "f.rss"
        file.write_text(self.feed())
        self.server.asked.clear()
        self.assertEqual(self.texts(file), ["Open.", "It rained."])
        self.assertEqual(self.paths(), [])

    def test_with_fetch_the_linked_pages_are_read(self):
        file = self.folder / "f.rss"
        file.write_text(self.feed())
        self.serve(_1=(200, HTML, page()))
        status, records, errors = self.read("--fetch", file)
        self.assertEqual((status, [record["text"] for record in records]), (0, [TEXT, "It rained."]))
        self.assertEqual(errors, [f"dateline: warning: {self.site}/2: the server answers 404; the feed's summary is read"])

    def test_with_fetch_the_news_of_a_sitemap_is_read(self):
        file = self.folder / "index.xml"
        file.write_text(f"<sitemapindex><sitemap><loc>{self.site}/news.xml.gz</loc></sitemap></sitemapindex>")
        news = (f"<urlset xmlns:news='n'><url><loc>{self.site}/1</loc><news:news><news:publication_date>2021-05-03"
                f"</news:publication_date><news:title>Bridge</news:title></news:news></url><url><loc>{self.site}/about</loc></url></urlset>")
        self.serve(_1=(200, HTML, page()), **{"_news.xml.gz": (200, {"Content-Type": "application/gzip"}, gzip.compress(news.encode()))})
        status, records, errors = self.read("--fetch", file)
        self.assertEqual((status, len(records), len(errors)), (0, 1, 1), errors)
        document = records[0]["document"]
        self.assertEqual((document["published"], document["published_basis"], document["title"]), ("2021-05-03", "feed", "Bridge"))
        self.assertEqual(self.paths(), ["/robots.txt", "/news.xml.gz", "/1"])


if __name__ == "__main__":
    PROGRAM, rest = program_under_test(__doc__)
    # Most of the time is waiting a second between two requests: several at once.
    tests = [test for test in unittest.defaultTestLoader.loadTestsFromTestCase(Fetch)
             if not rest or any(word in test.id() for word in rest)]
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        results = list(pool.map(lambda test: test.run(), tests))
    for test, why in (bad for result in results for bad in result.failures + result.errors):
        print(f"FAILED: {test.id()}\n{why}")
    print(f"{sum(result.testsRun for result in results)} tests")
    sys.exit(0 if all(result.wasSuccessful() for result in results) else 1)
