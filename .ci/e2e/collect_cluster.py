"""A real Ray cluster with a collector beside each node, ended in three ways; then a history server answers as the live
dashboard did just before.

usage: collect_cluster.py [--store folder|azurite] [--lost-at-most SECONDS] [--keep] [orderly|everything|worker ...]

orderly     SIGTERM to both containers of both pods
everything  SIGKILL to all processes of both pods at once
worker      SIGKILL to the worker's pod alone, later SIGTERM to the head's

Runs in a Python that has ray[default]. Works in a folder below /tmp, because Ray's socket names are short.
"""
import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import time
import urllib.error
import urllib.request

import collect_live
import collect_workload
from checks import Checks
from collect_collector import Collector, at_once
from collect_ray import NotStarted, RayCluster
from collect_store import AzuriteStore, FolderStore
from collect_stored import (accepted_events_are_stored, agrees_with_live, end_is_told, is_served, logs_are_stored, names_are_known,
                            printed_lines_are_stored)

WORKLOAD = collect_workload.__file__
ATTEMPTS = 3
TOKEN = "only-for-this-check"  # that the worker's collector demands


class Pods:
    """Cluster, collectors and store of one check."""

    def __init__(self, folder, store, lost_at_most):
        self.folder, self.store, self.lost_at_most = folder, store, lost_at_most
        self.ray = RayCluster(folder)
        self.head = Collector(folder, "head", self.ray.head.root, store.env, "127.0.0.1", self.ray.head.address, self.ray.dashboard)
        self.worker = Collector(folder, "worker", self.ray.worker.root, store.env, "127.0.0.1", self.ray.worker.address, self.ray.dashboard,
                                {"RAY_COLLECTOR_EVENTS_TOKEN": TOKEN})
        self.collectors = [self.head, self.worker]
        self.ray.head.post_to(f"127.0.0.1:{self.head.events_port}")
        self.ray.worker.post_to(f"ray:{TOKEN}@127.0.0.1:{self.worker.events_port}")  # Ray can send a token in no other way

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for collector in self.collectors:
            collector.kill()
        self.ray.__exit__()

    def start(self):
        """
        Answers why there is nothing to check, "" usually: Ray gives its own parts 30 s to start, and a machine may be too
        busy for that. A node then ends (node.py), or GCS exports no nodes, actors and jobs for good (gcs_server.cc).
        """
        at_once(self.head.start, self.worker.start)  # they listen before Ray starts
        try:
            self.ray.start_head()
            self.ray.start_worker()
        except NotStarted as failure:
            return str(failure).splitlines()[0]
        self.session = self.ray.head.session()
        self.base = f"ray/cluster-history/raycluster/ci/e2e/{self.session}/"
        self.marker = f"ray/cluster-metadata/raycluster/ci_e2e/{self.session}"
        self.ids = {node: self.ray.node_id(node) for node in (self.ray.head, self.ray.worker)}
        deadline = time.monotonic() + 45
        while not self.head.metric("rayhistory_collector_events_accepted_total"):
            if time.monotonic() > deadline:
                return "GCS does not export its events"
            time.sleep(0.5)
        return ""

    def work(self):
        for submission, what in (("raysubmit_good", "job"), ("raysubmit_bad", "fail")):
            self.ray.submit(submission, f"{sys.executable} {WORKLOAD} auto {what}")
        self.ray.drive(WORKLOAD, "all")
        self.ray.until("both jobs ended", lambda: self.ray.job_ended("raysubmit_good") and self.ray.job_ended("raysubmit_bad"), 180)
        self.ray.drive(WORKLOAD, "left", wait=False)
        self.ray.until("tasks run and wait", lambda: self.states().get("RUNNING", 0) >= 2, 180)
        time.sleep(3)  # Ray reports its tasks every second

    def states(self):
        """How many of the unfinished tasks are in which state."""
        rows = json.loads(self.ray.ask("/api/v0/tasks?filter_keys=name&filter_predicates=%3D&filter_values=running"))["data"]["result"]["result"]
        return {state: sum(row["state"] == state for row in rows) for state in {row["state"] for row in rows}}

    def record(self):
        self.live = os.path.join(self.folder, "live")
        self.recorded_at = time.time()
        return collect_live.Recorder(self.ray.dashboard, self.live).record()

    def stored(self, node, rel):
        return self.store.read(f"{self.base}{self.ids[node]}/logs/{rel}")

    def ended(self, node):
        """When the node's collector had read its logs for the last time, at the earliest."""
        return (self.head if node == self.ray.head else self.worker).ended - 1

    def log_files(self, node):
        """Relative name of each log file on the node's disk, with its content and when it was changed."""
        root = node.logs(self.session)
        found = {}
        for folder, _, files in os.walk(root):
            for name in files:
                path = os.path.join(folder, name)
                if not os.path.islink(path) and os.path.isfile(path):
                    with open(path, "rb") as file:
                        found[os.path.relpath(path, root)] = file.read(), os.stat(path).st_mtime
        return found


def ended_well(collector):
    code = collector.wait(40)
    assert code == 0, f"the {collector.name} ended with {code}:\n{collector.said()}"
    return f"{collector.name}: exit 0"


def shorter_than(limit, seconds):
    assert seconds < limit, f"{seconds:.1f} s"
    return f"{seconds:.1f} s"


def orderly(checks, pods):
    started = time.monotonic()
    at_once(pods.head.terminate, pods.worker.terminate, pods.ray.head.terminate, pods.ray.worker.terminate)
    for collector in pods.collectors:
        checks.check(f"the {collector.name} ends well after SIGTERM", lambda collector=collector: ended_well(collector))
    checks.check("that takes no longer than a pod has", lambda: shorter_than(30, time.monotonic() - started))
    pods.ray.worker.wait()
    pods.ray.head.wait()
    for node in pods.ids:
        checks.check(f"every log of {node.address} is stored to its last byte", lambda node=node: logs_are_stored(pods, node, pods.log_files(node), pods.ended(node)))
    checks.check("the session's end is told", lambda: end_is_told(pods))


def everything(checks, pods):
    before = {node: pods.log_files(node) for node in pods.ids}
    time.sleep(pods.lost_at_most)
    at_once(pods.head.kill, pods.worker.kill, pods.ray.head.kill, pods.ray.worker.kill)
    for node, files in before.items():
        checks.check(f"what logs of {node.address} held {pods.lost_at_most} s before SIGKILL is stored", lambda node=node, files=files: logs_are_stored(pods, node, files))


def worker(checks, pods):
    before = pods.log_files(pods.ray.worker)
    time.sleep(pods.lost_at_most)
    at_once(pods.worker.kill, pods.ray.worker.kill)
    checks.check(f"what the worker's logs held {pods.lost_at_most} s before SIGKILL is stored", lambda: logs_are_stored(pods, pods.ray.worker, before))
    pods.ray.until("the worker's death is seen", lambda: any(row["state"] == "DEAD" for row in pods.ray.nodes()), 120)
    time.sleep(5)  # and has been told to all
    checks.check("the live dashboard's answers are recorded after the worker's death", lambda: f"{pods.record()} answers")
    at_once(pods.head.terminate, pods.ray.head.terminate)
    checks.check("the head collector ends well after SIGTERM", lambda: ended_well(pods.head))
    pods.ray.head.wait()
    checks.check("every log of the head is stored to its last byte", lambda: logs_are_stored(pods, pods.ray.head, pods.log_files(pods.ray.head), pods.ended(pods.ray.head)))


def run(checks, folder, ending, store_class, lost_at_most):
    for attempt in range(ATTEMPTS):
        where = os.path.join(folder, str(attempt))
        os.makedirs(where)
        with store_class(where) as store, Pods(where, store, lost_at_most) as pods:
            trouble = pods.start()
            if not trouble:
                live_and_end(checks, pods, ending)
                return
        print(f"# Ray did not start: {trouble}", flush=True)
    raise AssertionError(f"Ray did not start, {ATTEMPTS} times")


def live_and_end(checks, pods, ending):
    checks.check("the session is listed while it lives", lambda: listed_soon(pods))
    pods.work()
    checks.check("the worker's collector takes what Ray sends with the token, and nothing else", lambda: token_is_wanted(pods))
    checks.check("all accepted events are stored while the session lives", lambda: accepted_events_are_stored(pods))
    if ending != worker:
        checks.check("the live dashboard's answers are recorded", lambda: f"{pods.record()} answers")
    ending(checks, pods)
    pods.__exit__()
    for node, where in ((pods.ray.head, "on_head"), (pods.ray.worker, "on_worker")):
        checks.check(f"every line of a rotated log is stored once ({where})", lambda node=node, where=where: printed_lines_are_stored(pods, node, where))
    checks.check("the store holds known names only", lambda: names_are_known(pods))
    checks.check("a history server answers from the store", lambda: is_served(pods))
    checks.check("its answers are the live dashboard's", lambda: agrees_with_live(pods))


def listed_soon(pods):
    deadline = time.monotonic() + 20
    while pods.marker not in pods.store.names():
        assert time.monotonic() < deadline, pods.store.names()[:20]
        time.sleep(0.5)


def token_is_wanted(pods):
    collector = pods.worker
    try:
        urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{collector.events_port}/v1/events", b"[]"), timeout=10).close()
        raise AssertionError("a post without the token was taken")
    except urllib.error.HTTPError as refused:
        assert refused.code == 401, refused.code
    accepted = collector.metric("rayhistory_collector_events_accepted_total")
    assert accepted, "no event came"
    return f"{accepted:.0f} events"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--store", choices=("folder", "azurite"), default="folder")
    options.add_argument("--lost-at-most", type=int, default=10, help="seconds before a SIGKILL after which a logged byte must be in the store")
    options.add_argument("--keep", action="store_true", help="leave the folder of each check")
    options.add_argument("endings", nargs="*", default=["orderly", "everything", "worker"])
    chosen = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that no process stays
    failed = 0
    total = Checks("collector beside Ray")
    for name in chosen.endings:
        checks = Checks(f"{name}, {chosen.store}")
        folder = tempfile.mkdtemp(prefix="rh-", dir="/tmp")
        try:
            checks.check("ran to its end", lambda: run(checks, folder, globals()[name], AzuriteStore if chosen.store == "azurite" else FolderStore, chosen.lost_at_most))
        finally:
            if chosen.keep:
                print("kept:", folder)
            else:
                shutil.rmtree(folder, ignore_errors=True)
        total.passed, total.failed = total.passed + checks.passed, total.failed + checks.failed
    sys.exit(total.finish() or failed)


if __name__ == "__main__":
    main()
