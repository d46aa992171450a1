#!/usr/bin/env python3
"""usage: serve.py --program DATELINE

`dateline serve` as a client meets it, a hostile one too. Talks to 127.0.0.1 alone."""
import gzip
import http.client
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from program_under_test import program_under_test

PROGRAM = None
ROOT = pathlib.Path(__file__).resolve().parent.parent
SCHEMATHESIS = ROOT / ".dateline/venv/bin/schemathesis"


class Served:
    """A copy of a store, served; ends with stop()."""

    def __init__(self, store, *options, environment=None):
        self.process = subprocess.Popen([PROGRAM, "serve", str(store), "--port", "0", *options], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                        env={**os.environ, **(environment or {})})
        line = self.process.stderr.readline()
        self.ready = re.search(r"http://([^\s/]+):(\d+)", line)
        if not self.ready:
            raise AssertionError(f"no readiness line: {line}{self.process.stderr.read()}")
        self.port = int(self.ready.group(2))

    def ask(self, path, method="GET", body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read(), answer.headers
        finally:
            connection.close()

    def json(self, path, **how):
        status, body, _ = self.ask(path, **how)
        assert status == 200, (path, status, body[:300])
        return json.loads(body)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(15)
        self.process.stderr.close()
        return status


class Serve(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.store = cls.folder / "story.db"
        done = subprocess.run([PROGRAM, "add", cls.store, ROOT / "examples"], capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        cls.served = Served(cls.store)

    @classmethod
    def tearDownClass(cls):
        status = cls.served.stop()
        shutil.rmtree(cls.folder)
        assert status == 0, f"SIGTERM: exit status {status}"

    # --- answers ---

    def test_every_list_is_rows_and_next(self):
        person = self.served.json("/api/people?limit=1")["rows"][0]["id"]
        for path in ("/api/timeline", "/api/people", f"/api/people/{person}", f"/api/relations?person={person}", "/api/quotes",
                     "/api/conflicts", "/api/search?q=divorce", "/api/articles", "/api/articles/1"):
            with self.subTest(path):
                answer = self.served.json(path)
                self.assertIn("next", answer)
                self.assertIsInstance(answer["rows"], list)

    def test_pages_by_cursor_give_every_row_once(self):
        whole = self.served.json("/api/timeline?limit=500")["rows"]
        rows, cursor = [], ""
        while True:
            answer = self.served.json(f"/api/timeline?limit=7&cursor={cursor}")
            self.assertLessEqual(len(answer["rows"]), 7)
            rows += answer["rows"]
            if answer["next"] is None:
                break
            cursor = answer["next"]
        self.assertEqual([row["id"] for row in rows], [row["id"] for row in whole])

    def test_description_names_every_route(self):
        document = self.served.json("/api/openapi.json")
        self.assertEqual(document["openapi"], "3.1.0")
        self.assertIn("/api/timeline", document["paths"])

    def test_etag_and_gzip(self):
        status, body, headers = self.served.ask("/api/timeline", headers={"Accept-Encoding": "gzip"})
        self.assertEqual((status, headers["Content-Encoding"]), (200, "gzip"))
        self.assertEqual(gzip.decompress(body), self.served.ask("/api/timeline")[1])
        status, body, _ = self.served.ask("/api/timeline", headers={"If-None-Match": headers["ETag"]})
        self.assertEqual((status, body), (304, b""))

    def test_errors_are_named(self):
        for path, wanted in (("/api/people/P999999", 404), ("/api/articles/999999", 404), ("/api/nothing", 404), ("/api/timeline?from=x", 400),
                             ("/api/timeline?from=2023-02-30", 400), ("/api/timeline?limit=0", 400), ("/api/timeline?limit=many", 400),
                             ("/api/timeline?cursor=%00%ff", 400), ("/api/search", 400), ("/api/people/../../etc/passwd", 404),
                             ("/api/articles/17%2f..%2f..", 404), ("/..%2f..%2fetc/passwd", 404), ("/assets/%2e%2e/%2e%2e/etc/passwd", 404)):
            with self.subTest(path):
                status, body, headers = self.served.ask(path)
                self.assertEqual(status, wanted, body)
                if path.startswith("/api/"):
                    self.assertEqual(headers["Content-Type"], "application/json")
                    self.assertTrue(json.loads(body)["error"]["message"])

    def test_other_methods_are_refused(self):
        for method, path in (("POST", "/api/timeline"), ("DELETE", "/api/articles/1"), ("PUT", "/api/merge"), ("GET", "/api/merge"), ("OPTIONS", "/api/timeline")):
            status, _, headers = self.served.ask(path, method=method)
            self.assertEqual(status, 405, (method, path))
            self.assertTrue(headers["Allow"])
        self.assertEqual(self.served.ask("/api/timeline", method="HEAD")[:2], (200, b""))

    def test_bodies_that_cannot_be_read(self):
        as_json = {"Content-Type": "application/json"}
        for path, body, headers, wanted in (("/api/merge", b"{", as_json, (400,)), ("/api/merge", b"[]", as_json, (400,)), ("/api/merge", b'{"a":1,"b":2}', as_json, (400,)),
                                            ("/api/merge", b'{"a":"P1","b":"P999999"}', as_json, (404,)), ("/api/merge", b'{"a":"P1","b":"P2"}', {}, (415,)),
                                            ("/api/split", b'{"person":"P1","articles":[]}', as_json, (400,)), ("/api/split", b'{"person":"P1","articles":["x"]}', as_json, (400,)),
                                            ("/api/articles", b"x", {"Content-Type": "image/png"}, (415,)), ("/api/articles", b"", {"Content-Type": "text/plain"}, (400,)),
                                            ("/api/merge", b"[" * 100000, as_json, (400,))):
            with self.subTest(path=path, body=body[:40]):
                self.assertIn(self.served.ask(path, method="POST", body=body, headers=headers)[0], wanted)

    def test_adding_goes_the_way_of_the_command_line(self):
        store = self.folder / "added.db"
        shutil.copy(self.store, store)
        served = Served(store)
        self.addCleanup(served.stop)
        text = "date 2024-05-03 Uma Dray resigned as mayor of Port Ansel on Thursday, she said.".encode()
        post = {"method": "POST", "body": text, "headers": {"Content-Type": "text/plain"}}
        first = served.json("/api/articles?name=dray.txt", **post)
        self.assertEqual((len(first["added"]), first["same"], first["errors"]), (1, [], []))
        again = served.json("/api/articles?name=dray.txt", **post)
        self.assertEqual((again["added"], again["same"]), ([], first["added"]))
        article = served.json(f"/api/articles/{first['added'][0]}")["rows"][0]
        self.assertEqual(article["published"][:10], "2024-05-03")
        names = [row["name"] for row in served.json("/api/people?name=Dray")["rows"]]
        self.assertEqual(names, ["Uma Dray"])

    def test_two_servers_do_not_share_a_port(self):
        done = subprocess.run([PROGRAM, "serve", self.store, "--port", str(self.served.port)], capture_output=True, text=True, timeout=30)
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot listen", done.stderr)

    def test_what_is_no_store(self):
        file = self.folder / "no.db"
        file.write_text("this is no store")
        done = subprocess.run([PROGRAM, "serve", file, "--port", "0"], capture_output=True, text=True, timeout=30)
        self.assertEqual(done.returncode, 1)
        self.assertIn("no.db", done.stderr)

    # --- who may ask ---

    def test_foreign_hosts_and_origins_are_refused(self):
        for headers, wanted in (({"Host": "evil.example"}, 421), ({"Host": "127.0.0.1.evil.example"}, 421), ({"Origin": "https://evil.example"}, 403),
                                ({"Origin": "null"}, 403), ({"Sec-Fetch-Site": "cross-site"}, 403)):
            for method, path in (("GET", "/api/timeline"), ("POST", "/api/undo"), ("POST", "/api/articles")):
                self.assertEqual(self.served.ask(path, method=method, body=b"{}" if method == "POST" else None, headers=headers)[0], wanted, (headers, path))
        _, _, headers = self.served.ask("/api/timeline")
        self.assertIsNone(headers["Access-Control-Allow-Origin"])

    def test_policy_is_strict(self):
        for path in ("/", "/api/timeline", "/nothing"):
            policy = self.served.ask(path)[2]["Content-Security-Policy"]
            self.assertIn("default-src 'none'", policy)
            self.assertNotIn("unsafe", policy)

    def test_off_the_loopback_only_with_a_token(self):
        refused = subprocess.run([PROGRAM, "serve", self.store, "--port", "0", "--address", "0.0.0.0"], capture_output=True, text=True, timeout=30,
                                 env={k: v for k, v in os.environ.items() if k != "DATELINE_TOKEN"})
        self.assertEqual(refused.returncode, 2, refused.stderr)
        self.assertIn("token", refused.stderr)
        served = Served(self.store, "--address", "0.0.0.0", environment={"DATELINE_TOKEN": "a-long-secret"})
        self.addCleanup(served.stop)
        self.assertEqual(served.ask("/api/status")[0], 401)
        self.assertEqual(served.ask("/api/status", headers={"Authorization": "Bearer wrong"})[0], 401)
        self.assertEqual(served.ask("/api/status", headers={"Authorization": "Bearer a-long-secret"})[0], 200)
        self.assertEqual(served.ask("/api/status", headers={"Authorization": "Bearer a-long-secret", "Host": "evil.example"})[0], 421)
        self.assertEqual(served.ask("/story")[0], 200)

    # --- how much ---

    def test_a_body_of_50_mb_is_refused(self):
        status, body, _ = self.served.ask("/api/articles", method="POST", body=b"x" * (50 << 20), headers={"Content-Type": "text/plain"})
        self.assertEqual((status, json.loads(body)["error"]["code"]), (413, "too_large"))
        self.assertEqual(self.served.ask("/api/status")[0], 200)

    def test_a_thousand_slow_clients_stop_nobody(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard != resource.RLIM_INFINITY and hard < 1200:
            self.skipTest(f"only {hard} open files allowed")
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 1200), hard))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        slow, stop, gone = [], threading.Event(), set()

        def drip():
            while not stop.wait(1):
                for client in slow:
                    try:
                        client.send(b"a")
                    except OSError:
                        gone.add(client)
        try:
            for _ in range(1000):
                client = socket.create_connection(("127.0.0.1", self.served.port))
                client.sendall(b"GET /api/status HTT")
                slow.append(client)
            thread = threading.Thread(target=drip)
            thread.start()
            started = time.monotonic()
            for _ in range(20):
                self.assertEqual(self.served.ask("/api/status")[0], 200)
            self.assertLess(time.monotonic() - started, 10)
            while len(gone) < 1000 and time.monotonic() - started < 40:
                time.sleep(0.5)
            self.assertEqual(len(gone), 1000, "slow clients are dropped")
        finally:
            stop.set()
            thread.join()
            for client in slow:
                client.close()

    def test_heads_that_are_no_http(self):
        for head in (b"\x00" * 64, b"GET", b"GET " + b"a" * 100000 + b" HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"x: y\r\n" * 20000 + b"\r\n",
                     b"POST /api/articles HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", b"POST /api/articles HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
                     b"POST /api/articles HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n"):
            with socket.create_connection(("127.0.0.1", self.served.port)) as client:
                client.settimeout(3)
                try:
                    client.sendall(head)
                    client.shutdown(socket.SHUT_WR)
                    while client.recv(65536):
                        pass
                except OSError:
                    pass
        self.assertEqual(self.served.ask("/api/status")[0], 200)

    @unittest.skipUnless(SCHEMATHESIS.exists(), "no schemathesis: setup/setup.sh --tests")
    def test_no_request_of_the_description_makes_it_fail(self):
        store = self.folder / "fuzzed.db"
        shutil.copy(self.store, store)
        served = Served(store)
        self.addCleanup(served.stop)
        done = subprocess.run([SCHEMATHESIS, "run", f"http://127.0.0.1:{served.port}/api/openapi.json", "--phases", "examples,coverage,fuzzing", "--max-examples", "25",
                               "--checks", "not_a_server_error,content_type_conformance,response_schema_conformance", "--seed", "1", "--continue-on-failure",
                               "--max-time", "60", "--exclude-path", "/api/openapi.json", "--warnings", "off"],
                              capture_output=True, text=True, timeout=150, cwd=self.folder)
        self.assertEqual(done.returncode, 0, (done.stdout + done.stderr)[-6000:])
        self.assertIsNone(served.process.poll())


if __name__ == "__main__":
    PROGRAM, rest = program_under_test(__doc__)
    unittest.main(argv=[sys.argv[0], *rest])
