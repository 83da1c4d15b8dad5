"""How fast a collector takes a recorded session's posts, what that costs, and how small the stored objects are.

usage: posts.py STORE [--connections 1,4] [--rounds 3] [--batch 500] [--compress] [--azurite]

STORE is a folder with a recorded session, such as ray-2.60-20k's. Its events are put into posts as Ray's agent makes them, and
posted to a new collector, which stores them in a folder, or in Azurite. The first round meets a cold JVM. Every round has ids of
its own, so that none is a duplicate. CPU seconds are the collector's, from the first post until all is stored.
"""
import argparse
import glob
import json
import os
import shutil
import socket
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", ".ci", "e2e"))
from collect_collector import Collector  # noqa: E402
from collect_load import QuietNode  # noqa: E402
from collect_store import AzuriteStore, FolderStore  # noqa: E402

TICKS = os.sysconf("SC_CLK_TCK")


def recorded(store):
    """All events of a store, node by node in the order of their files."""
    events = []
    for path in sorted(glob.glob(os.path.join(glob.escape(store), "**", "*_events", "**", "*.jsonl"), recursive=True)):
        with open(path, encoding="utf-8") as lines:
            events += [json.loads(line) for line in lines]
    return events


def posts(events, batch, number, port):
    """Whole requests, with event ids that tell the round."""
    requests = []
    for first in range(0, len(events), batch):
        body = json.dumps([{**event, "eventId": f"{number:02d}" + event["eventId"][2:]} for event in events[first:first + batch]]).encode()
        requests.append(b"POST /v1/events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        % (port, len(body)) + body)
    return requests


class Connection(threading.Thread):
    """Sends requests, each after the answer to the one before; a refused one again."""

    def __init__(self, port, requests):
        super().__init__()
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.requests, self.refused, self.waits = requests, 0, []

    def run(self):
        for request in self.requests:
            while True:
                began = time.monotonic()
                self.socket.sendall(request)
                answer = self.answer()
                self.waits.append(time.monotonic() - began)
                if answer.startswith(b"HTTP/1.1 200"):
                    break
                self.refused += 1
                time.sleep(0.05)
        self.socket.close()

    def answer(self):
        received = b""
        while b"\r\n\r\n" not in received:
            received += self.socket.recv(65536)
        head, _, body = received.partition(b"\r\n\r\n")
        size = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))
        while len(body) < size:
            body += self.socket.recv(65536)
        return head


def cpu(process):
    with open(f"/proc/{process.pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def round_of(collector, requests, connections):
    threads = [Connection(collector.events_port, requests[n::connections]) for n in range(connections)]
    used, began = cpu(collector.process), time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - began
    deadline = time.monotonic() + 120
    while collector.metric("rayhistory_collector_spool_bytes"):
        assert time.monotonic() < deadline, "not stored after two minutes"
        time.sleep(0.5)
    waits = sorted(wait for thread in threads for wait in thread.waits)
    size = sum(map(len, requests))
    print(f"  {size / seconds / 1e6:6.1f} MB/s, {cpu(collector.process) - used:4.2f} CPU s, answers within {waits[len(waits) * 99 // 100] * 1000:.0f} ms (p99), "
          f"{sum(thread.refused for thread in threads)} refused", flush=True)


def stored(store):
    names = [name for name in store.names() if "_events/" in name and "/logs/" not in name]
    return len(names), sum(len(store.read(name)) for name in names)


def measure(options, events, connections):
    folder = tempfile.mkdtemp(prefix="rh-", dir=options.folder)
    node = QuietNode(os.path.join(folder, "ray"))
    try:
        with (AzuriteStore if options.azurite else FolderStore)(folder) as store:
            more = {"RAY_COLLECTOR_EVENT_COMPRESSION_ENABLED": str(options.compress).lower()}
            collector = Collector(folder, "worker", node.root, store.env, "127.0.0.1", "127.0.0.1", more_env=more)
            began = time.monotonic()
            collector.start()
            started = time.monotonic() - began
            time.sleep(options.idle)
            print(f"{connections} connection(s): started in {started:.1f} s with {cpu(collector.process):.2f} CPU s; "
                  f"RSS idle {collector.rss()[0] / 1e6:.0f} MB", flush=True)
            plain = 0
            for number in range(options.rounds):
                requests = posts(events, options.batch, number, collector.events_port)
                plain += sum(map(len, requests))
                round_of(collector, requests, connections)
            print(f"  RSS at most {collector.rss()[1] / 1e6:.0f} MB", flush=True)
            node.die()
            collector.terminate()
            assert collector.wait() == 0, collector.said()
            count, size = stored(store)
            print(f"  {count} objects of {size} bytes for {plain} bytes of posts: 1/{plain / size:.1f}", flush=True)
    finally:
        node.die()
        collector.kill()
        shutil.rmtree(folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("store")
    parser.add_argument("--connections", default="1,4")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--batch", type=int, default=500)
    parser.add_argument("--idle", type=float, default=10)
    parser.add_argument("--compress", action="store_true")
    parser.add_argument("--azurite", action="store_true")
    parser.add_argument("--folder", default="/tmp", help="where spool and store lie")
    options = parser.parse_args()
    events = recorded(options.store)
    assert events, f"no events below {options.store}"
    for connections in map(int, options.connections.split(",")):
        measure(options, events, connections)


if __name__ == "__main__":
    main()
