"""The store is away while events come and logs grow, also until the spool's limit or the disk itself is full; then it comes back.

usage: collect_outage.py [--seconds N] [--seed N] [--only room|spool|disk]

Needs Azurite; a full disk needs root, for a small file system of its own, and is left out with a word elsewhere.
"""
import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from checks import Checks
from collect_collector import Collector
from collect_faults import BASE, Load, caught_up, ended, events_are_stored, spool_is_empty
from collect_load import NODE, QuietNode
from collect_store import AzuriteStore

USUAL_MB = 1024
LIMIT_MB = 2
DISK_MB = 3


def size(folder):
    total = 0
    for where, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.path.getsize(os.path.join(where, name))
            except FileNotFoundError:
                pass  # sent meanwhile
    return total


def away(collector, load, seconds, fills):
    """Posts until the time is over and, if the room is small, posts are refused; the collector has to stay. Answers the most bytes."""
    most, ends = 0, time.monotonic() + seconds
    while time.monotonic() < ends or fills and not load.poster.refused:
        assert time.monotonic() < ends + 60, f"nothing is refused, {most} bytes wait"
        most = max(most, size(collector.spool))
        assert collector.process.poll() is None, f"ended with {collector.process.returncode}:\n{collector.said()}"
        collector.ask("/livez")
        time.sleep(0.5)
    return most


def outage(options, checks, label, limit_mb, disk_mb):
    folder = tempfile.mkdtemp(prefix="rh-", dir="/tmp")
    store = AzuriteStore(folder)  # not started yet
    node = QuietNode(os.path.join(folder, "ray"))
    collector = Collector(folder, "worker", node.root, store.env, "127.0.0.1", "127.0.0.1",
                          more_env={"RAY_COLLECTOR_EVENT_MAX_DISK_MB": str(limit_mb)})
    os.makedirs(collector.spool)
    if disk_mb:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={disk_mb}m", "tmpfs", collector.spool], check=True)
    try:
        collector.start()
        load = Load(collector, node, options.seed, 20)
        try:
            allowed = min(filter(None, (limit_mb, disk_mb))) << 20
            fills = allowed < USUAL_MB << 20
            most = away(collector, load, options.seconds, fills)
            checks.check(f"{label}: the spool keeps to its room", lambda: within(most, allowed))
            refused, kept = load.poster.refused, len(load.poster.acknowledged)
            with store:
                began = time.monotonic()
                while len(load.poster.acknowledged) == kept:
                    assert time.monotonic() < began + 90, f"no event is taken although the store is back:\n{collector.said()}"
                    time.sleep(0.2)
                checks.check(f"{label}: events are taken again once the store is back",
                             lambda: f"after {time.monotonic() - began:.1f} s, {refused} posts refused meanwhile")
                time.sleep(2)
                load.end()
                checks.check(f"{label}: it catches up by itself", lambda: by_itself(collector, began, 300 + 2 * options.seconds))
                node.die()
                collector.terminate()
                checks.check(f"{label}: it ends well", lambda: ended(collector))
                checks.check(f"{label}: every acknowledged event is stored", lambda: events_are_stored(store, load.poster))
                checks.check(f"{label}: every log is stored", lambda: load.writer.check(store, f"{BASE}{NODE}/logs/"))
                checks.check(f"{label}: nothing stays unsent in the spool", lambda: spool_is_empty(collector))
        finally:
            load.stop.set()
    finally:
        collector.kill()
        node.die()
        if disk_mb:
            subprocess.run(["umount", collector.spool], check=False)
        shutil.rmtree(folder, ignore_errors=True)


def by_itself(collector, began, seconds):
    left = caught_up(collector, seconds)
    assert not any(left), f"after {seconds} s still waiting: {left}\n{collector.said()}"
    return f"{time.monotonic() - began:.0f} s after the store is back"


def within(most, allowed):
    # Beside the events there are journals of logs, and one batch may be under way.
    assert most <= allowed + (1 << 20), f"{most} bytes of {allowed}"
    return f"{most} bytes of {allowed}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 30))
    parser.add_argument("--only", choices=("room", "spool", "disk"))
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    print(f"# --seed {options.seed} --seconds {options.seconds}", flush=True)
    checks = Checks("store away")
    rooms = {"room": ("room enough", USUAL_MB, 0), "spool": ("spool full", LIMIT_MB, 0), "disk": ("disk full", USUAL_MB, DISK_MB)}
    for label, limit_mb, disk_mb in [rooms[options.only]] if options.only else rooms.values():
        if disk_mb and os.geteuid() != 0:
            print("# left out: a full disk, which needs root", flush=True)
        else:
            checks.check(f"{label}: ran to its end", lambda: outage(options, checks, label, limit_mb, disk_mb))
    sys.exit(checks.finish())


if __name__ == "__main__":
    main()
