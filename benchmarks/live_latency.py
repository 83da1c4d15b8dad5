#!/usr/bin/env python3
"""What passing a request on to a running cluster costs: asks a dashboard directly and through the history server, in turns.

    live_latency.py http://HEAD:8265 http://SERVER:8080/s/NAMESPACE/CLUSTER/live [--requests 2000]

Both keep one connection. The first tenth of the requests is not counted. The answers must be equal in length."""
import argparse
import http.client
import socket
import statistics
import time
import urllib.parse

PATHS = ("/api/version", "/api/v0/tasks?limit=100")


class Way:
    """One kept connection to where an address leads."""

    def __init__(self, address):
        parts = urllib.parse.urlsplit(address)
        self.base = parts.path.rstrip("/")
        self.connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
        self.connection.connect()
        self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, path):
        """The answer's length, and the milliseconds to its last byte."""
        begun = time.perf_counter()
        self.connection.request("GET", self.base + path)
        answer = self.connection.getresponse()
        body = answer.read()
        took = (time.perf_counter() - begun) * 1000
        if answer.status != 200:
            raise SystemExit(f"{self.base}{path}: {answer.status} {body[:200]}")
        return len(body), took


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("direct")
    parser.add_argument("through")
    parser.add_argument("--requests", type=int, default=2000)
    options = parser.parse_args()
    direct, through = Way(options.direct), Way(options.through)
    for path in PATHS:
        times = ([], [])
        for i in range(options.requests):
            lengths = set()
            for way, kept in ((direct, times[0]), (through, times[1])):
                length, took = way.get(path)
                lengths.add(length)
                if i >= options.requests // 10:
                    kept.append(took)
            if len(lengths) > 1 and path == PATHS[0]:
                raise SystemExit(f"{path}: answers of {lengths} bytes")
        added = statistics.median(through - direct for direct, through in zip(*times))
        print(f"{path}: direct p50 {percentile(times[0], .5):.2f} ms, p99 {percentile(times[0], .99):.2f} ms; "
              f"through p50 {percentile(times[1], .5):.2f} ms, p99 {percentile(times[1], .99):.2f} ms; "
              f"added p50 {percentile(times[1], .5) - percentile(times[0], .5):.2f} ms (of pairs: {added:.2f} ms)")


if __name__ == "__main__":
    main()
