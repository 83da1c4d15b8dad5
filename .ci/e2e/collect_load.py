"""A Ray node that is none: its folder, logs that grow and rotate, and posts of events as Ray's agent makes them."""
import base64
import http.client
import json
import os
import random
import re
import socket
import threading
import time

NODE = "ab" * 28
SESSION = "session_2026-11-22_10-00-00_000001_77"


class QuietNode:
    """Ray's own folder: a session, its link, its port file, a raylet's socket that accepts."""

    def __init__(self, root, session=SESSION, node=NODE):
        self.root, self.session, self.node = root, session, node
        self.folder = os.path.join(root, session)
        self.logs = os.path.join(self.folder, "logs")
        os.makedirs(os.path.join(self.folder, "sockets"))
        os.makedirs(self.logs)
        with open(os.path.join(self.folder, f"metrics_agent_port_{node}"), "w", encoding="utf-8") as file:
            file.write("1")
        self.listen()
        self.link()

    def listen(self):
        self.raylet = socket.socket(socket.AF_UNIX)
        self.raylet.bind(os.path.join(self.folder, "sockets", "raylet"))
        self.raylet.listen(16)
        threading.Thread(target=self.accept, args=(self.raylet,), daemon=True).start()

    def link(self):
        """Ray replaces the link whenever a process joins; for a moment there is none."""
        path = os.path.join(self.root, "session_latest")
        if os.path.islink(path):
            os.unlink(path)
        os.symlink(self.folder, path)

    @staticmethod
    def accept(raylet):
        while True:
            try:
                raylet.accept()[0].close()
            except OSError:
                return

    def die(self):
        try:
            self.raylet.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.raylet.close()


class Writer:
    """Appends numbered lines to many logs and rotates them as Ray does; remembers how many lines each has had."""

    def __init__(self, node, seed, logs=200, rotate_at=60_000, backups=1000):
        self.node, self.random, self.rotate_at, self.backups = node, random.Random(seed), rotate_at, backups
        self.files = [f"worker-{n:04d}.out" if n % 10 else f"events/event_{n:04d}.log" for n in range(logs)]
        self.lines = dict.fromkeys(self.files, 0)
        self.history = []  # when which log had how many lines
        self.rotations = self.bytes = 0
        os.makedirs(os.path.join(node.logs, "events"))
        self.open = {name: open(os.path.join(node.logs, name), "wb", buffering=0) for name in self.files}

    def step(self):
        # Some logs are busy, most are not.
        name = self.files[min(int(self.random.expovariate(6) * len(self.files)), len(self.files) - 1)]
        first, count = self.lines[name], self.random.randint(1, 60)
        text = "".join(f"{name} {line:08d} {'x' * self.random.randint(0, 90)}\n" for line in range(first, first + count)).encode()
        cut = self.random.randrange(len(text))
        for part in (text[:cut], text[cut:]):  # a reader may see half a line
            self.open[name].write(part)
        self.lines[name] += count
        self.history.append((time.monotonic(), name, self.lines[name]))
        self.bytes += len(text)
        if self.open[name].tell() > self.rotate_at:
            self.rotate(name)

    def rotate(self, name):
        path = os.path.join(self.node.logs, name)
        kept = 0
        while kept < self.backups - 1 and os.path.exists(f"{path}.{kept + 1}"):
            kept += 1
        for number in range(kept, -1, -1):
            os.replace(f"{path}.{number}" if number else path, f"{path}.{number + 1}")
        self.open[name].close()
        self.open[name] = open(path, "wb", buffering=0)
        self.rotations += 1

    def close(self):
        for file in self.open.values():
            file.close()

    def check(self, store, prefix):
        """Stored parts of each log, oldest first, must be its lines from 0 on: none missing, none twice."""
        parts = self.parts(store, prefix)
        archives = sum(len(numbers) - 1 for numbers in parts.values())
        wrong = list(filter(None, (self.fault(store, log, parts.get(log, {}), self.lines[log]) for log in self.files)))
        assert not wrong, f"{len(wrong)} wrong: " + "; ".join(wrong[:6])
        return f"{len(self.lines)} logs, {self.bytes >> 20} MiB, {self.rotations} rotations, {archives} archives"

    def check_until(self, store, prefix, moment):
        """Each log's stored parts must be a beginning of it, with all that was written before a moment of time.monotonic()."""
        parts, needed = self.parts(store, prefix), dict.fromkeys(self.files, 0)
        needed |= {name: lines for when, name, lines in self.history if when < moment}
        wrong = list(filter(None, (self.fault(store, log, parts.get(log, {}), needed[log]) for log in self.files)))
        assert not wrong, f"{len(wrong)} wrong: " + "; ".join(wrong[:6])
        return f"{sum(needed.values())} of {sum(self.lines.values())} lines had to be there, {self.rotations} rotations"

    def parts(self, store, prefix):
        """The names of each log's parts by their numbers, the one without a number last."""
        parts = {}
        for name in store.names():
            if name.startswith(prefix):
                match = re.fullmatch(r"(.*?\.(?:out|log))(?:\.(\d+))?", name[len(prefix):])
                assert match and match[1] in self.lines, f"a log nobody wrote: {name}"
                parts.setdefault(match[1], {})[int(match[2] or 1 << 60)] = name
        return parts

    def fault(self, store, log, parts, needed):
        """What is wrong with a log's parts, "" if nothing is."""
        expected, text, rest = 0, b"", b""
        for number in sorted(parts):
            if rest:
                return f"{parts[number]} comes after half a line, {expected}"
            before, text = text, store.read(parts[number])
            if text and before.startswith(text):
                text = before
                continue  # killed between the copy of a rotated log and the write that replaces it
            *lines, rest = text.split(b"\n")
            for line in lines:
                if line.split(b" ")[:2] != [log.encode(), b"%08d" % expected]:
                    return f"{parts[number]}: {line[:60]!r} instead of line {expected}; {len(parts)} parts"
                expected += 1
        start = b"%s %08d " % (log.encode(), expected)
        if rest and (expected == self.lines[log] or not start.startswith(rest) and not rest.startswith(start)):
            return f"{log} ends in {rest[:60]!r} instead of line {expected}"
        return "" if needed <= expected <= self.lines[log] else f"{log}: {expected} of {self.lines[log]} lines, {needed} needed; {len(parts)} parts"


class Poster:
    """Posts batches as Ray's agent does: 3 s for an answer, anything but 2xx means the same batch again."""

    def __init__(self, port, seed, session=SESSION):
        self.port, self.random, self.session = port, random.Random(seed), session
        self.acknowledged, self.refused, self.repeated, self.made = [], 0, 0, 0
        self.history = []  # when how many were acknowledged
        self.slowest = 0.0
        self.connection = None

    def event(self):
        self.made += 1
        job = base64.b64encode(bytes([self.made % 3 + 1, 0, 0, 0])).decode()
        event = {"eventId": base64.b64encode(b"%028d" % self.made).decode(), "timestamp": "2026-11-22T10:00:00.%09dZ" % self.made,
                 "sessionName": self.session, "sourceType": "CORE_WORKER", "severity": "INFO", "message": "ü<&> " * self.random.randint(0, 20)}
        if self.made % 5:
            event |= {"eventType": "TASK_LIFECYCLE_EVENT", "taskLifecycleEvent": {"jobId": job, "taskAttempt": 0, "big": 12345678901234567890}}
        else:
            event |= {"eventType": "NODE_LIFECYCLE_EVENT", "nodeLifecycleEvent": {"nodeId": "q6urq6s="}}
        return event

    def step(self, stop):
        """One batch, until it is acknowledged or the test ends."""
        events = [self.event() for _ in range(self.random.randint(1, 200))]
        bad = [{"noSession": 1}] if self.random.random() < 0.05 else []
        body = json.dumps(bad + events, ensure_ascii=False).encode()
        pause = 0.01
        while not stop.is_set():
            if self.post(body):
                self.acknowledged += [event["eventId"] for event in events]
                self.history.append((time.monotonic(), len(self.acknowledged)))
                return
            self.repeated += 1
            time.sleep(pause)
            pause = min(1, 2 * pause)

    def post(self, body):
        started = time.monotonic()
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=3)
            self.connection.request("POST", "/v1/events", body, {"Content-Type": "application/json"})
            answer = self.connection.getresponse()
            answer.read()
            self.refused += answer.status != 200
            if answer.status == 200:
                self.slowest = max(self.slowest, time.monotonic() - started)
            return answer.status == 200
        except (OSError, http.client.HTTPException):
            if self.connection:
                self.connection.close()
            self.connection = None
            return False
