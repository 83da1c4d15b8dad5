"""What the end-to-end scripts share: counting checks, starting the server, reading the recorded live answers."""
import datetime
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import traceback
import urllib.request

PROJECT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RECORDING = os.path.join(PROJECT, "bootstrap/src/test/resources/recordings/ray-2.60-demo")
JAR = os.path.join(PROJECT, "bootstrap/target/rayhistory.jar")


class Checks:
    """Counts and prints checks; a failing one does not stop the others. Several threads may check."""

    def __init__(self, title):
        self.title, self.passed, self.failed = title, 0, 0
        self.counting = threading.Lock()

    def check(self, sentence, function):
        """function raises AssertionError (or anything) to fail; what it returns is printed as a remark."""
        started = time.monotonic()
        try:
            remark = function()
        except Exception as failure:  # noqa: BLE001 - every failure is a result here
            with self.counting:
                self.failed += 1
            print(f"not ok - {self.title}: {sentence}\n    {type(failure).__name__}: {failure}", flush=True)
            if not isinstance(failure, AssertionError):
                traceback.print_exc(file=sys.stdout)
            return False
        with self.counting:
            self.passed += 1
        print(f"ok - {self.title}: {sentence}{f' ({remark})' if remark else ''} [{time.monotonic() - started:.1f}s]", flush=True)
        return True

    def finish(self):
        print(f"{self.title}: {self.passed} passed, {self.failed} failed", flush=True)
        return 1 if self.failed or not self.passed else 0


class Server:
    """A rayhistory process; `with Server("serve", ...) as server` gives server.url without a trailing slash."""

    def __init__(self, *arguments, env=None, java=None):
        java = java or os.environ.get("RAYHISTORY_JAVA", "java")
        self.command = [java, "-Xmx1g", "-jar", JAR, *arguments]
        self.env = {**os.environ, **(env or {})}
        self.output, self.url = [], None

    def __enter__(self):
        self.process = subprocess.Popen(self.command, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        ready = threading.Event()
        self.readers = [threading.Thread(target=self._read, args=(stream, ready), daemon=True)
                        for stream in (self.process.stdout, self.process.stderr)]
        for reader in self.readers:
            reader.start()
        deadline = time.monotonic() + 120
        while not ready.wait(0.1):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.process.kill()
                self.stop()
                raise AssertionError(f"{' '.join(self.command)} did not get ready (exit code {self.process.returncode}):\n" + "\n".join(self.output))
        return self

    def _read(self, stream, ready):
        for line in stream:
            self.output.append(line.rstrip("\n"))
            found = re.match(r"Ready: (http://\S+)", line)
            if found:
                self.url = found.group(1).rstrip("/")
                ready.set()

    def expect(self, text):
        """Waits until a line with the text was printed."""
        deadline = time.monotonic() + 10
        while not any(text in line for line in self.output):
            assert time.monotonic() < deadline, f"'{text}' was not printed:\n" + "\n".join(self.output)
            time.sleep(0.05)

    def stop(self):
        """Ends it as Kubernetes does and answers how many seconds that took."""
        started = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=60)
        for reader in self.readers:
            reader.join(timeout=5)
        return time.monotonic() - started

    def __exit__(self, *_):
        try:
            self.stop()
        except subprocess.TimeoutExpired:
            self.process.kill()


class Recording:
    """The recorded store and what the live dashboard answered."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="e2e-rayhistory-")
        for name in ("store", "live"):
            with tarfile.open(os.path.join(RECORDING, name + ".tar.gz")) as archive:
                archive.extractall(self.folder, filter="data")
        self.store = os.path.join(self.folder, "store")
        self.live = os.path.join(self.folder, "live")
        with open(os.path.join(self.live, "INDEX.json"), encoding="utf-8") as index:
            self.index = json.load(index)
        self.archive = os.path.join(RECORDING, "store.tar.gz")

    def body(self, uri):
        for entry in self.index:
            if entry["uri"] == uri:
                with open(os.path.join(self.live, entry["file"]), "rb") as body:
                    return body.read()
        raise KeyError(uri)

    def json(self, uri):
        return json.loads(self.body(uri))

    def rows(self, uri):
        return self.json(uri)["data"]["result"]["result"]

    def uris(self, pattern):
        return [entry["uri"] for entry in self.index if re.search(pattern, entry["uri"]) and entry["status"] == 200]

    def serve(self, *more, **named):
        return Server("serve", "--storage-directory", self.store, "--storage-root-dir", "ray", "--port", "0", *more, **named)

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def free_port(address="127.0.0.1"):
    with socket.socket() as probe:
        probe.bind((address, 0))
        return probe.getsockname()[1]


def fetch(url, timeout=60):
    with urllib.request.urlopen(url, timeout=timeout) as answer:
        return answer.read()


def session_base(url):
    """The base path of the newest session a server has."""
    found = json.loads(fetch(url + "/clusters"))
    rows = found if isinstance(found, list) else found["clusters"]
    row = rows[0]
    return f"{url}/s/{row['namespace']}/{row['name']}/{row['sessionName']}"


def clock(text):
    """Seconds of a time as Ray's client prints it, None for anything else."""
    for form in ("%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.datetime.strptime(text, form).timestamp()
        except ValueError:
            pass
    return None


def same(mine, live, key=""):
    """Equality of values; clocks that GCS reads a moment apart may differ by 3 ms, notes may say more than live's null."""
    if isinstance(mine, bool) or isinstance(live, bool):
        return mine is live
    if isinstance(mine, (int, float)) and isinstance(live, (int, float)):
        slack = 3 if re.search(r"(start|end)_time(_ms)?$", key) else 1e-6 * max(1, abs(live))
        return abs(mine - live) <= slack
    if re.search(r"(message|state_message)$", key) and live is None:
        return True
    if isinstance(mine, str) and isinstance(live, str) and re.search(r"(start|end)_time(_ms)?$", key):
        return mine == live or clock(mine) is not None and clock(live) is not None and abs(clock(mine) - clock(live)) <= 0.003
    if isinstance(mine, dict) and isinstance(live, dict):
        return mine.keys() == live.keys() and all(same(mine[k], live[k], k) for k in live)
    if isinstance(mine, list) and isinstance(live, list):
        return len(mine) == len(live) and all(same(a, b, key) for a, b in zip(mine, live))
    return mine == live
