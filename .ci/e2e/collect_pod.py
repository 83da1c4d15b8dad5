"""One quiet node with a collector, a store and a dashboard that answers what it is told."""
import json
import os
import shutil
import tempfile
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from collect_collector import Collector
from collect_load import NODE, SESSION, QuietNode
from collect_store import AzuriteStore, FolderStore


class Dashboard:
    """Answers what it is told, 404 for the rest, 401 without the token if it has one."""

    def __init__(self, answers, token=None):
        self.answers, self.token, self.asked, self.refused = dict(answers), token, [], 0
        dashboard = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                status, body = dashboard.answer(self.path, self.headers.get("x-ray-authorization"))
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.1,), daemon=True).start()

    def answer(self, uri, authorization):
        if self.token and authorization != f"Bearer {self.token}":
            self.refused += 1
            return 401, b'{"error":"no token"}'
        self.asked.append(uri)
        return (200, self.answers[uri]) if uri in self.answers else (404, b"404: Not Found")

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class Pod:
    """One quiet node with a collector, removed with everything at the end."""

    def __init__(self, options, role="worker", answers=None, token=None, **env):
        self.folder = tempfile.mkdtemp(prefix="rh-", dir="/tmp")
        self.root = os.path.join(self.folder, "ray")
        os.makedirs(self.root)
        self.dashboard = Dashboard(answers or {}, token)
        self.store = (AzuriteStore if options.store == "azurite" else FolderStore)(self.folder)
        self.collector = Collector(self.folder, role, self.root, self.store.env, "127.0.0.1", "127.0.0.1", self.dashboard.url, env)
        self.nodes = []

    def __enter__(self):
        self.store.__enter__()
        return self

    def __exit__(self, *_):
        self.collector.kill()
        for node in self.nodes:
            node.die()
        self.dashboard.stop()
        self.store.__exit__()
        shutil.rmtree(self.folder, ignore_errors=True)

    def node(self, session=SESSION, node=NODE):
        self.nodes.append(QuietNode(self.root, session, node))
        return self.nodes[-1]

    def write(self, path, text):
        path = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "ab") as file:
            file.write(text)

    def post(self, events):
        request = urllib.request.Request(f"http://127.0.0.1:{self.collector.events_port}/v1/events", json.dumps(events).encode(),
                                         {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def stored_soon(self, name, seconds=20):
        deadline = time.monotonic() + seconds
        while name not in (names := self.store.names()):
            assert time.monotonic() < deadline, f"{name} is not stored, but {names}\n{self.collector.said(1500)}"
            time.sleep(0.3)
        return self.store.read(name)

    def stop(self):
        for node in self.nodes:
            node.die()
        self.collector.terminate()
        code = self.collector.wait(40)
        assert code == 0, f"exit {code}:\n{self.collector.said()}"
