"""A collector that is killed at random under load, with faults of its store; then nothing may be missing.

usage: collect_faults.py [--seed N] [--seconds N] [--rounds N] [--pace F] [--store folder|azurite] [--logs N] [--keep]

Ends after the seconds, or with --rounds after so many SIGKILLs, which come faster with a smaller --pace than 1. A folder as a store has no faults of its own.
"""
import argparse
import gzip
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time

from checks import Checks
from collect_collector import Collector
from collect_load import NODE, SESSION, Poster, QuietNode, Writer
from collect_proxy import WEATHERS, FaultyProxy
from collect_store import AzuriteStore, FolderStore

BASE = f"ray/cluster-history/raycluster/ci/e2e/{SESSION}/"
RSS_LIMIT = 200 << 20
# So many logs rotate so often that the usual budget of requests would only be a queue; and event files come to their end as well.
HASTY = {"RAY_COLLECTOR_STORE_REQUESTS_PER_SECOND": "100", "RAY_COLLECTOR_EVENT_ROTATION_INTERVAL": "15s"}


class Load:
    """Threads that post and write until told to stop."""

    def __init__(self, collector, node, seed, logs, rotate_at=60_000):
        self.stop = threading.Event()
        self.poster, self.writer, self.node = Poster(collector.events_port, seed + 1), Writer(node, seed + 2, logs, rotate_at), node
        self.threads = [threading.Thread(target=self.loop, args=(step, pause), daemon=True) for step, pause in (
            (lambda: self.poster.step(self.stop), 0.1), (self.writer.step, 0.01), (node.link, 0.7))]
        self.failure = None
        for thread in self.threads:
            thread.start()

    def loop(self, step, pause):
        try:
            while not self.stop.wait(pause):
                step()
        except Exception as failure:  # noqa: BLE001 - told by the main thread
            self.failure = failure
            raise

    def end(self):
        self.stop.set()
        for thread in self.threads:
            thread.join(20)
        self.writer.close()
        assert self.failure is None, self.failure


def storm(collector, proxy, chances, seconds, rounds, pace):
    """Kills the collector every few seconds and changes the weather meanwhile. Answers kills and the most memory."""
    kills, most, ends = 0, 0, time.monotonic() + seconds
    while time.monotonic() < ends and (not rounds or kills < rounds):
        if proxy:
            proxy.weather = "fair" if chances.random() < 0.5 else chances.choice(list(WEATHERS))
        time.sleep(pace * chances.choice((0.3, 0.6, 1, 2, 4, 6)) * chances.uniform(0.7, 1.3))
        assert collector.process.poll() is None, f"ended by itself with {collector.process.returncode}:\n{collector.said()}"
        if chances.random() < 0.8:
            most = max(most, collector.rss()[1])
            collector.kill()
            kills += 1
            if kills % 20 == 0:
                print(f"# {kills} times killed", flush=True)
            time.sleep(chances.choice((0, 0, 0.5)))
            collector.env["RAY_COLLECTOR_EVENT_COMPRESSION_ENABLED"] = chances.choice(("false", "true"))
            collector.start(wait=chances.random() < 0.8)  # some are killed while they start
    if proxy:
        proxy.weather = "fair"
    collector.until("it takes events", lambda: collector.ask("/livez"), 60)
    return kills, most


def caught_up(collector, seconds=300):
    """Waits until the collector says that nothing waits any more; whether that is true, the checks will tell. Answers what waits."""
    deadline, quiet = time.monotonic() + seconds, 0
    while quiet < 5 and time.monotonic() < deadline:
        waiting = [collector.metric(f"rayhistory_collector_{name}") for name in ("spool_bytes", "oldest_unsent_log_seconds")]
        quiet = 0 if any(waiting) else quiet + 1
        time.sleep(1)
    return waiting


def nothing_given_up(collector):
    dropped = collector.metric("rayhistory_collector_dropped_bytes_total")
    assert dropped == 0, f"{dropped} bytes"


def stored_ids(store):
    """The ids of all stored events, with those that are stored again."""
    found = []
    for name in store.names():
        if "/logs/" not in name and "_events/" in name:
            content = store.read(name)
            for line in (gzip.decompress(content) if name.endswith(".gz") else content).splitlines():
                event = json.loads(line)
                assert event["sessionName"] == SESSION, name
                assert b"12345678901234567890" in line or event["eventType"] == "NODE_LIFECYCLE_EVENT", f"{name}: a number was changed"
                found.append(event["eventId"])
    return found


def events_are_stored(store, poster):
    found = stored_ids(store)
    missing = set(poster.acknowledged) - set(found)
    assert not missing, f"{len(missing)} of {len(poster.acknowledged)} acknowledged events are missing"
    assert poster.acknowledged, "nothing was acknowledged"
    return (f"{len(poster.acknowledged)} acknowledged, {len(found)} stored, {len(found) - len(set(found))} of them again, "
            f"{poster.repeated} posts repeated, slowest answer {poster.slowest * 1000:.0f} ms")


def untouched(node, writer):
    """Ray's own folder holds what Ray made and nothing else."""
    names = set(os.listdir(node.root)) - {"session_latest", SESSION, "prev-logs", "persist-complete-logs"}
    assert not names, names
    assert set(os.listdir(node.folder)) == {"logs", "sockets", f"metrics_agent_port_{NODE}"}, os.listdir(node.folder)
    for name in writer.files:
        assert os.path.exists(os.path.join(node.logs, name)), name


def run(checks, options, folder, store, proxy):
    chances = random.Random(options.seed)
    node = QuietNode(os.path.join(folder, "ray"))
    env = store.settings(proxy.port) if proxy else store.env
    collector = Collector(folder, "worker", node.root, env, "127.0.0.1", "127.0.0.1", more_env=HASTY)
    try:
        collector.start()
        load = Load(collector, node, options.seed, options.logs)
        try:
            kills, most = storm(collector, proxy, chances, options.seconds, options.rounds, options.pace)
        finally:
            load.end()
        print(f"# {kills} times killed; requests {proxy.counts if proxy else 'to a folder'}", flush=True)
        began = time.monotonic()
        left = caught_up(collector)
        print(f"# caught up after {time.monotonic() - began:.1f} s, left {left}", flush=True)
        checks.check("no byte is given up", lambda: nothing_given_up(collector))
        most = max(most, collector.rss()[1])
        node.die()
        collector.terminate()
        checks.check("it ends well", lambda: ended(collector))
        checks.check("every acknowledged event is stored", lambda: events_are_stored(store, load.poster))
        checks.check("every log is stored, no gap and nothing twice", lambda: load.writer.check(store, f"{BASE}{NODE}/logs/"))
        checks.check("nothing stays unsent in the spool", lambda: spool_is_empty(collector))
        checks.check("Ray's folder is untouched", lambda: untouched(node, load.writer))
        checks.check(f"memory stays under {RSS_LIMIT >> 20} MiB", lambda: small(most))
        checks.check("it was killed, and not once only", lambda: often(kills))
    finally:
        collector.kill()
        node.die()


def ended(collector):
    code = collector.wait(60)
    assert code == 0, f"exit {code}:\n{collector.said()}"


def spool_is_empty(collector):
    left = [os.path.join(where, name) for where, _, names in os.walk(collector.spool) for name in names if name.endswith((".jsonl", ".gz"))
            and not {"rejected", "journal"} & set(where.split(os.sep))]
    assert not left, left[:5]


def often(kills):
    assert kills > 1, kills
    return f"{kills} times"


def small(most):
    assert most < RSS_LIMIT, f"{most >> 20} MiB"
    return f"{most >> 20} MiB"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 30))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--pace", type=float, default=1)
    parser.add_argument("--logs", type=int, default=200)
    parser.add_argument("--store", choices=("folder", "azurite"), default="folder")
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    if options.rounds:
        options.seconds = options.rounds * 30
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    checks = Checks(f"killed under load ({options.store})")
    print(f"# --seed {options.seed} --seconds {options.seconds} --logs {options.logs} --store {options.store}", flush=True)
    folder = tempfile.mkdtemp(prefix="rh-", dir="/tmp")
    try:
        with (AzuriteStore if options.store == "azurite" else FolderStore)(folder) as store:
            proxy = FaultyProxy(store.port, options.seed) if options.store == "azurite" else None
            try:
                checks.check("ran to its end", lambda: run(checks, options, folder, store, proxy))
            finally:
                if proxy:
                    proxy.stop()
    finally:
        if options.keep:
            print("kept:", folder)
        else:
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(checks.finish())


if __name__ == "__main__":
    main()
