"""A pod that is killed with all that is in it, and never comes back: what may be missing then is no older than ten seconds.

usage: collect_killed.py [--seed N] [--rounds N] [--store folder|azurite] [--promised SECONDS]

The collector has its usual settings, and no more logs grow than its budget of requests is made for.
"""
import argparse
import random
import shutil
import signal
import sys
import tempfile
import time

from checks import Checks
from collect_collector import Collector
from collect_faults import BASE, Load, stored_ids
from collect_load import NODE, SESSION, QuietNode
from collect_store import AzuriteStore, FolderStore

LOGS = 12


def killed(options, checks, chances):
    folder = tempfile.mkdtemp(prefix="rh-", dir="/tmp")
    node = QuietNode(f"{folder}/ray")
    try:
        with (AzuriteStore if options.store == "azurite" else FolderStore)(folder) as store:
            collector = Collector(folder, "worker", node.root, store.env, "127.0.0.1", "127.0.0.1")
            try:
                collector.start()
                load = Load(collector, node, chances.randrange(1 << 30), LOGS, rotate_at=400_000)
                try:
                    time.sleep(options.promised + chances.uniform(5, 15))
                    moment = time.monotonic()
                    collector.kill()
                finally:
                    load.end()
            finally:
                collector.kill()
                node.die()
            checks.check(f"log lines older than {options.promised} s are stored",
                         lambda: load.writer.check_until(store, f"{BASE}{NODE}/logs/", moment - options.promised))
            checks.check("so are events", lambda: events(store, load.poster, moment - options.promised))
            checks.check("the session is listed", lambda: listed(store))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def events(store, poster, moment):
    due = max((count for when, count in poster.history if when < moment), default=0)
    missing = set(poster.acknowledged[:due]) - set(stored_ids(store))
    assert due and not missing, f"{len(missing)} of {due} events are missing"
    return f"{due} of {len(poster.acknowledged)} acknowledged events had to be there"


def listed(store):
    marker = f"ray/cluster-metadata/raycluster/ci_e2e/{SESSION}"
    assert marker in store.names(), store.names()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 30))
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--store", choices=("folder", "azurite"), default="folder")
    parser.add_argument("--promised", type=float, default=10)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    print(f"# --seed {options.seed} --rounds {options.rounds} --store {options.store}", flush=True)
    checks = Checks(f"pod killed ({options.store})")
    chances = random.Random(options.seed)
    for _ in range(options.rounds):
        checks.check("ran to its end", lambda: killed(options, checks, chances))
    sys.exit(checks.finish())


if __name__ == "__main__":
    main()
