"""A real Ray cluster with a collector beside each node, ended in three ways; then a history server answers as the live
dashboard did just before.

usage: collect_cluster.py [--store folder|azurite] [--keep] [orderly|everything|worker ...]

orderly     SIGTERM to both containers of both pods
everything  SIGKILL to all processes of both pods at once
worker      SIGKILL to the worker's pod alone, later SIGTERM to the head's

Runs in a Python that has ray[default]. Works in a folder below /tmp, because Ray's socket names are short.
"""
import argparse
import gzip
import json
import os
import re
import shutil
import signal
import sys
import tempfile
import time

import collect_live
import collect_workload
from checks import Checks, Server, fetch, session_base
from collect_collector import Collector, at_once
from collect_ray import RayCluster
from collect_store import AzuriteStore, FolderStore, copy

WORKLOAD = collect_workload.__file__
LOST_AT_MOST = 10  # seconds before a SIGKILL after which a logged byte must be in the store
EVENT_FILE = re.compile(r"/(node_events|job_events/[0-9a-f]+)/[0-9a-f]{56}-\d{4}-\d{2}-\d{2}-\d{2}-\d+\.jsonl(\.gz)?$")


class Pods:
    """Cluster, collectors and store of one check."""

    def __init__(self, folder, store):
        self.folder, self.store = folder, store
        self.ray = RayCluster(folder)
        self.collectors = [Collector(folder, role, node.root, store.env, "127.0.0.1", node.address, self.ray.dashboard)
                           for role, node in (("head", self.ray.head), ("worker", self.ray.worker))]
        for node, collector in zip((self.ray.head, self.ray.worker), self.collectors):
            node.post_to(collector.events_port)  # collectors listen before Ray starts
        self.head, self.worker = self.collectors

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for collector in self.collectors:
            collector.kill()
        self.ray.__exit__()

    def start(self):
        at_once(self.head.start, self.worker.start)
        self.ray.start_head()
        self.ray.start_worker()
        self.session = self.ray.head.session()
        self.base = f"ray/cluster-history/raycluster/ci/e2e/{self.session}/"
        self.marker = f"ray/cluster-metadata/raycluster/ci_e2e/{self.session}"
        self.ids = {node: self.ray.node_id(node) for node in (self.ray.head, self.ray.worker)}

    def work(self):
        for submission, what in (("raysubmit_good", "job"), ("raysubmit_bad", "fail")):
            self.ray.submit(submission, f"{sys.executable} {WORKLOAD} auto {what}")
        self.ray.drive(WORKLOAD, "all")
        self.ray.until("both jobs ended", lambda: self.ray.job_ended("raysubmit_good") and self.ray.job_ended("raysubmit_bad"), 90)
        self.ray.drive(WORKLOAD, "left", wait=False)
        self.ray.until("tasks run and wait", lambda: self.states().get("RUNNING", 0) >= 2, 60)
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

    def log_files(self, node):
        """Relative name and content of each log file on the node's disk."""
        root = node.logs(self.session)
        found = {}
        for folder, _, files in os.walk(root):
            for name in files:
                path = os.path.join(folder, name)
                if not os.path.islink(path) and os.path.isfile(path):
                    with open(path, "rb") as file:
                        found[os.path.relpath(path, root)] = file.read()
        return found


def rotated(rel, files):
    return bool(collect_live.ROTATED.search(rel)) or rel + ".1" in files


def logs_are_stored(pods, node, files, exact):
    """Each file's content is what the store has, or the beginning of it; rewritten and rotated files apart."""
    wrong, compared, size = [], 0, 0
    names = set(pods.store.names())
    for rel, content in files.items():
        if rel == "debug_state.txt" or rotated(rel, files):
            continue
        name = f"{pods.base}{pods.ids[node]}/logs/{rel}"
        stored = pods.store.read(name) if name in names else None
        compared, size = compared + 1, size + len(content)
        if stored is None:
            wrong.append(f"{rel} ({len(content)} bytes) is missing")
        elif stored != content if exact else not stored.startswith(content):
            wrong.append(f"{rel}: {len(content)} bytes on disk, {len(stored)} stored")
    assert compared > 20, f"only {compared} files"
    assert not wrong, f"{len(wrong)} of {compared}: " + "; ".join(wrong[:8])
    return f"{compared} files, {size} bytes"


def printed_lines_are_stored(pods, node, where):
    """The lines a rotated log had: in the archives from the oldest on, then in the file itself, each once."""
    prefix = f"{pods.base}{pods.ids[node]}/logs/worker-"
    pattern = re.compile(rf"^numbered line of {where}: (\d+)$", re.M)
    parts = {}
    for name in pods.store.names():
        if name.startswith(prefix) and (match := re.search(r"\.out(?:\.(\d+))?$", name)):
            lines = pattern.findall(pods.store.read(name).decode())
            if lines:
                parts[int(match[1]) if match[1] else sys.maxsize] = list(map(int, lines))
    found = [line for part in sorted(parts) for line in parts[part]]
    expected = list(range(collect_workload.LINES))
    missing = sorted(set(expected) - set(found))
    assert not missing, f"{len(missing)} lines are missing, from {missing[0]} to {missing[-1]}; parts {[(p, v[0], v[-1]) for p, v in sorted(parts.items())]}"
    assert found == expected, f"{len(found)} lines instead of {len(expected)}, or not in order"
    assert len(parts) > 1, "nothing was rotated"
    return f"{len(found)} lines in {len(parts)} objects"


def accepted_events_are_stored(pods):
    """What the collectors accepted, and in the store, each once at least; all in files that the readers know."""
    accepted = sum(collector.metric("rayhistory_collector_events_accepted_total") for collector in pods.collectors)
    deadline = time.monotonic() + 20
    while True:
        ids = stored_event_ids(pods.store)
        if len(set(ids)) >= accepted or time.monotonic() > deadline:
            break
        time.sleep(1)
        accepted = sum(collector.metric("rayhistory_collector_events_accepted_total") for collector in pods.collectors)
    assert len(set(ids)) >= accepted > 300, f"{accepted} accepted, {len(set(ids))} stored"
    return f"{accepted:.0f} accepted, {len(set(ids))} stored, {len(ids) - len(set(ids))} of them again"


def stored_event_ids(store):
    ids = []
    for name in store.names():
        if "_events/" in name:
            assert EVENT_FILE.search(name), f"no event file's name: {name}"
            ids += [json.loads(line)["eventId"] for line in lines_of(name, store.read(name))]
    return ids


def lines_of(name, body):
    return (gzip.decompress(body) if name.endswith(".gz") else body).splitlines()


def names_are_known(pods):
    """Nothing stands in the store that a reader of these layouts would stumble over."""
    nodes = "|".join(pods.ids.values())
    known = re.compile(rf"{re.escape(pods.marker)}$|{re.escape(pods.base)}(fetched_endpoints/(restful__|history__)[^/]+$"
                       rf"|({nodes})/(logs/.+$|node_events/[^/]+$|job_events/[0-9a-f]+/[^/]+$))")
    strange = [name for name in pods.store.names() if not known.match(name) or name.endswith("/")]
    assert not strange, strange[:5]
    assert pods.store.read(pods.marker) == b""
    return f"{len(pods.store.names())} objects"


def agrees_with_live(pods):
    """A history server on what was stored until the recording, against the recording."""
    moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(pods.recorded_at + 5))

    def until_recorded(name, body):
        if "_events/" not in name:
            return body
        kept = [line for line in lines_of(name, body) if json.loads(line).get("timestamp", "") < moment]
        text = b"".join(line + b"\n" for line in kept)
        return gzip.compress(text) if name.endswith(".gz") else text

    folder = os.path.join(pods.folder, "copy")
    copy(pods.store, folder, until_recorded)
    with Server("serve", "--storage-directory", folder, "--storage-root-dir", "ray", "--port", "0") as server:
        score = collect_live.compare(session_base(server.url), pods.live)
    print(score.text(4 if score.leaves() < 99.5 or score.mean() < 97 else 1), flush=True)
    assert score.mean() >= 97 and score.leaves() >= 99.5, f"mean {score.mean():.2f} %, leaves {score.leaves():.3f} %"
    return f"mean of the endpoints {score.mean():.2f} %, leaves {score.leaves():.3f} %"


def is_served(pods):
    """The store as it is, without a copy in between."""
    with Server("serve", "--port", "0", env=pods.store.env) as server:
        row = json.loads(fetch(server.url + "/clusters"))
        rows = row if isinstance(row, list) else row["clusters"]
        assert [r["sessionName"] for r in rows] == [pods.session], rows
        tasks = json.loads(fetch(session_base(server.url) + "/api/v0/tasks?limit=10000&detail=1"))["data"]["result"]
        assert tasks["total"] > 60, tasks["total"]
        names = {row["name"] for row in tasks["result"]}
        assert {"square", "fails", "dies", "prints", "running"} <= names, names
        jobs = {job["submission_id"]: job["status"] for job in json.loads(fetch(session_base(server.url) + "/api/jobs/"))}
        assert jobs["raysubmit_good"] == "SUCCEEDED" and jobs["raysubmit_bad"] == "FAILED", jobs
    return f"{tasks['total']} tasks"


def ended_well(collector):
    code = collector.wait(40)
    assert code == 0, f"the {collector.name} ended with {code}:\n{collector.said()}"
    return f"{collector.name}: exit 0"


def end_is_told(pods):
    body = json.loads(pods.store.read(pods.base + "fetched_endpoints/history__session_end"))
    assert body, "empty"


def orderly(checks, pods):
    started = time.monotonic()
    at_once(pods.head.terminate, pods.worker.terminate, pods.ray.head.terminate, pods.ray.worker.terminate)
    for collector in pods.collectors:
        checks.check(f"the {collector.name} ends well after SIGTERM", lambda collector=collector: ended_well(collector))
    checks.check("that takes no longer than a pod has", lambda: f"{time.monotonic() - started:.1f} s" if time.monotonic() - started < 30 else 1 / 0)
    pods.ray.worker.wait()
    pods.ray.head.wait()
    for node in pods.ids:
        checks.check(f"every log of {node.address} is stored to its last byte", lambda node=node: logs_are_stored(pods, node, pods.log_files(node), True))
    checks.check("the session's end is told", lambda: end_is_told(pods))


def everything(checks, pods):
    before = {node: pods.log_files(node) for node in pods.ids}
    time.sleep(LOST_AT_MOST)
    at_once(pods.head.kill, pods.worker.kill, pods.ray.head.kill, pods.ray.worker.kill)
    for node, files in before.items():
        checks.check(f"what logs of {node.address} held {LOST_AT_MOST} s before SIGKILL is stored", lambda node=node, files=files: logs_are_stored(pods, node, files, False))


def worker(checks, pods):
    before = pods.log_files(pods.ray.worker)
    time.sleep(LOST_AT_MOST)
    at_once(pods.worker.kill, pods.ray.worker.kill)
    checks.check(f"what the worker's logs held {LOST_AT_MOST} s before SIGKILL is stored", lambda: logs_are_stored(pods, pods.ray.worker, before, False))
    pods.ray.until("the worker's death is seen", lambda: any(row["state"] == "DEAD" for row in pods.ray.nodes()), 60)
    time.sleep(5)  # and has been told to all
    checks.check("the live dashboard's answers are recorded after the worker's death", lambda: f"{pods.record()} answers")
    at_once(pods.head.terminate, pods.ray.head.terminate)
    checks.check("the head collector ends well after SIGTERM", lambda: ended_well(pods.head))
    pods.ray.head.wait()
    checks.check("every log of the head is stored to its last byte", lambda: logs_are_stored(pods, pods.ray.head, pods.log_files(pods.ray.head), True))


def run(checks, folder, ending, store_class):
    with store_class(folder) as store, Pods(folder, store) as pods:
        pods.start()
        checks.check("the session is listed while it lives", lambda: listed_soon(pods))
        pods.work()
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


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--store", choices=("folder", "azurite"), default="folder")
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
            checks.check("ran to its end", lambda: run(checks, folder, globals()[name], AzuriteStore if chosen.store == "azurite" else FolderStore))
        finally:
            if chosen.keep:
                print("kept:", folder)
            else:
                shutil.rmtree(folder, ignore_errors=True)
        total.passed, total.failed = total.passed + checks.passed, total.failed + checks.failed
    sys.exit(total.finish() or failed)


if __name__ == "__main__":
    main()
