"""What the Go collector's own end-to-end tests ask, without Kubernetes, and a recorded session collected once more.

usage: collect_acceptance.py [--store folder|azurite]
"""
import argparse
import base64
import concurrent.futures
import json
import os
import shutil
import signal
import sys
import time

from checks import Checks, Recording
from collect_load import NODE, SESSION
from collect_pod import Pod

HISTORY = "ray/cluster-history/raycluster/ci/e2e/"
MARKERS = "ray/cluster-metadata/raycluster/ci_e2e/"
TOKEN = "only-for-this-check"
AT_ONCE = 3


def log_name(rel, session=SESSION, node=NODE):
    return f"{HISTORY}{session}/{node}/logs/{rel}"


def event(number, session=SESSION):
    return {"eventId": base64.b64encode(b"%028d" % number).decode(), "eventType": "NODE_LIFECYCLE_EVENT", "sourceType": "GCS",
            "timestamp": "2026-11-22T10:00:00Z", "sessionName": session, "nodeLifecycleEvent": {}}


def graceful_stop(options):
    """Logs and events written in the last moment are stored when the process has ended."""
    with Pod(options) as pod:
        node = pod.node()
        pod.collector.start()
        pod.stored_soon(MARKERS + SESSION)
        for rel in ("raylet.out", "gcs_server.out", "monitor.out", "events/event_GCS.log"):
            pod.write(f"{SESSION}/logs/{rel}", b"written just before the end\n")
        os.symlink(os.path.join(node.logs, "raylet.out"), os.path.join(node.logs, "link.out"))
        pod.post([event(n) for n in range(50)])
        pod.stop()
        for rel in ("raylet.out", "gcs_server.out", "monitor.out", "events/event_GCS.log"):
            assert pod.store.read(log_name(rel)) == b"written just before the end\n"
        assert log_name("link.out") not in pod.store.names(), "a symbolic link was stored"
        lines = [line for name in pod.store.names() if "/node_events/" in name for line in pod.store.read(name).splitlines()]
        assert len(lines) == 50, len(lines)


def left_over_logs(options):
    """prev-logs is emptied into the store; what persist-complete-logs has already is not sent again."""
    with Pod(options) as pod:
        pod.node()
        old = "session_2026-11-21_09-00-00_000002_5"
        pod.write(f"prev-logs/{old}/{NODE}/logs/file1.log", b"sent before\n")
        pod.write(f"prev-logs/{old}/{NODE}/logs/file2.log", b"to be sent\n")
        pod.write(f"persist-complete-logs/{old}/{NODE}/logs/file1.log", b"sent before\n")
        pod.collector.start()
        assert pod.stored_soon(log_name("file2.log", old)) == b"to be sent\n"
        deadline = time.monotonic() + 20
        while os.path.exists(os.path.join(pod.root, "prev-logs", old, NODE)):
            assert time.monotonic() < deadline, "prev-logs/S/N is still there"
            time.sleep(0.3)
        assert os.path.exists(os.path.join(pod.root, "persist-complete-logs", old, NODE, "logs/file2.log")), "file2 was not moved"
        assert log_name("file1.log", old) not in pod.store.names(), "file1 was sent again"
        pod.stored_soon(MARKERS + old)
        pod.stop()


def ray_restarts(options):
    """A new session with a new node id in the same pod: the old session's files arrive under the old session and id."""
    with Pod(options) as pod:
        first = pod.node()
        pod.write(f"{SESSION}/logs/raylet.out", b"first\n")
        pod.collector.start()
        pod.stored_soon(log_name("raylet.out"))
        first.die()
        pod.write(f"{SESSION}/logs/raylet.out", b"and its end\n")
        second, other = "session_2026-11-22_11-00-00_000003_9", "cd" * 28
        pod.node(second, other)
        pod.write(f"{second}/logs/raylet.out", b"second\n")
        assert pod.stored_soon(log_name("raylet.out", second, other)) == b"second\n"
        pod.stop()
        assert pod.store.read(log_name("raylet.out")) == b"first\nand its end\n"
        strange = [name for name in pod.store.names() if f"{SESSION}/{other}" in name or f"{second}/{NODE}" in name]
        assert not strange, strange
        assert {MARKERS + SESSION, MARKERS + second} <= set(pod.store.names())


def two_changes_between_looks(options):
    """A session that came and went while nobody looked, and was left behind, is stored as well."""
    with Pod(options) as pod:
        sessions = [f"session_2026-11-22_1{n}-00-00_00000{n}_{n}" for n in range(3)]
        ids = [f"{n}{n}" * 28 for n in range(3)]
        pod.node(sessions[0], ids[0])
        pod.write(f"{sessions[0]}/logs/raylet.out", b"0\n")
        pod.collector.start()
        pod.stored_soon(log_name("raylet.out", sessions[0], ids[0]))
        for n in (1, 2):
            pod.nodes[-1].die()
            pod.node(sessions[n], ids[n])
            pod.write(f"{sessions[n]}/logs/raylet.out", b"%d\n" % n)
        for n in (0, 1, 2):
            assert pod.stored_soon(log_name("raylet.out", sessions[n], ids[n])) == b"%d\n" % n
            pod.stored_soon(MARKERS + sessions[n])
        pod.stop()


def one_bad_event(options):
    """One event that cannot be used costs itself only, not the batch and not the node's export."""
    with Pod(options) as pod:
        pod.node()
        pod.collector.start()
        pod.post([event(n) for n in range(1000, 1010)])
        started = time.monotonic()
        answer = pod.post([event(n) for n in range(500)] + [{"eventId": "x"}] + [event(n) for n in range(501, 1000)])
        took = time.monotonic() - started
        assert (answer["accepted"], answer["rejected"]) == (999, 1), answer
        pod.stop()
        stored = {json.loads(line)["eventId"] for name in pod.store.names() if "/node_events/" in name for line in pod.store.read(name).splitlines()}
        assert len(stored) == 1009, len(stored)
        return f"answered after {took * 1000:.0f} ms"


def raylet_restarts(options):
    """The same session goes on under a new node id, as with a fault-tolerant head: no log is lost, under whichever id."""
    with Pod(options) as pod:
        first = pod.node()
        pod.write(f"{SESSION}/logs/raylet.out", b"first\n")
        pod.collector.start()
        pod.stored_soon(log_name("raylet.out"))
        first.die()
        other = "cd" * 28
        os.unlink(os.path.join(first.folder, "sockets", "raylet"))
        pod.write(f"{SESSION}/metrics_agent_port_{other}", b"1")
        first.listen()
        pod.write(f"{SESSION}/logs/raylet.out", b"second\n")
        pod.write(f"{SESSION}/logs/worker-1.out", b"new\n")
        pod.post([event(n) for n in range(5)])
        time.sleep(3)
        pod.stop()
        for rel, text in (("raylet.out", b"first\nsecond\n"), ("worker-1.out", b"new\n")):
            found = [pod.store.read(name) for name in pod.store.names() if name.endswith("/logs/" + rel)]
            assert text in found, (rel, found)


def recorded_answers(recording):
    """What the head of the recorded cluster answered, by the requests that collectors make."""
    datasets = [uri for uri in recording.uris("^/api/data/datasets/0")]
    uris = ["/api/v0/cluster_metadata", "/timezone", "/api/serve/applications/", "/api/v0/placement_groups?detail=1&limit=10000", "/api/jobs/"]
    return {uri: recording.body(uri) for uri in uris + datasets}


def dashboard_answers(options, recording):
    """Metadata, time zone, placement groups, Serve, and datasets of the one job that has any."""
    answers = recorded_answers(recording)
    with Pod(options, "head", answers) as pod:
        pod.node()
        pod.collector.start()
        base = f"{HISTORY}{SESSION}/fetched_endpoints/"
        for uri in ("/api/v0/cluster_metadata", "/timezone", "/api/serve/applications/", "/api/v0/placement_groups?detail=1&limit=10000"):
            assert pod.stored_soon(base + "restful__" + uri.strip("/").replace("/", "__")) == answers[uri], uri
        with_data = [uri for uri in answers if "/datasets/" in uri and json.loads(answers[uri])["datasets"]]
        assert len(with_data) == 1, with_data
        assert pod.stored_soon(base + "restful__" + with_data[0].strip("/").replace("/", "__")) == answers[with_data[0]]
        pod.stop()
        stored = [name for name in pod.store.names() if "datasets" in name]
        assert len(stored) == 1, stored


def token_is_sent(options, recording):
    """With the token all is stored; without, the process stays, takes events and says what is missing."""
    for token, env in ((TOKEN, {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": f" {TOKEN}\n"}), (TOKEN, {})):
        with Pod(options, "head", recorded_answers(recording), token, **env) as pod:
            pod.node()
            pod.collector.start()
            pod.post([event(1)])
            name = f"{HISTORY}{SESSION}/fetched_endpoints/restful__timezone"
            if env:
                pod.stored_soon(name)
            else:
                pod.collector.until("a request is refused", lambda: pod.dashboard.refused, 20)
                time.sleep(3)
                assert name not in pod.store.names(), "an error was stored as an answer"
                pod.post([event(2)])
            pod.stop()



def recorded_session_again(options, recording):
    """Posts and logs of the recorded cluster, collected by ours: the same log names and bytes, the same events."""
    base = next(folder for folder, below, _ in os.walk(recording.store) if "fetched_endpoints" in below)
    session = os.path.basename(base)
    told = []
    for node in sorted(set(os.listdir(base)) - {"fetched_endpoints"}):
        with Pod(options) as pod:
            pod.node(session, node)
            logs = os.path.join(base, node, "logs")
            shutil.copytree(logs, os.path.join(pod.root, session, "logs"), dirs_exist_ok=True)
            pod.collector.start()
            sent = {}
            for folder, _, files in os.walk(os.path.join(base, node)):
                for name in files:
                    if "_events" in folder and not folder.startswith(logs):
                        with open(os.path.join(folder, name), encoding="utf-8") as file:
                            events = [json.loads(line) for line in file]
                        kind = os.path.relpath(folder, os.path.join(base, node))
                        sent.setdefault(kind, {}).update({e["eventId"]: e for e in events})
                        for first in range(0, len(events), 1000):
                            pod.post(events[first:first + 1000])
            pod.stop()
            wanted = {os.path.relpath(os.path.join(f, n), logs) for f, _, names in os.walk(logs) for n in names}
            prefix = log_name("", session, node)
            assert {name[len(prefix):] for name in pod.store.names() if name.startswith(prefix)} == wanted
            for rel in wanted:
                with open(os.path.join(logs, rel), "rb") as file:
                    assert pod.store.read(prefix + rel) == file.read(), rel
            found = {}
            for name in pod.store.names():
                if "/logs/" not in name and "_events/" in name:
                    kind = os.path.dirname(name[len(f"{HISTORY}{session}/{node}/"):])
                    found.setdefault(kind, {}).update({e["eventId"]: e for e in map(json.loads, pod.store.read(name).splitlines())})
            assert found.keys() == sent.keys(), (sorted(found), sorted(sent))
            assert found == sent, "events differ"
            told.append(f"{len(wanted)} logs, {sum(map(len, sent.values()))} events")
    return "; ".join(told)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--store", choices=("folder", "azurite"), default="folder")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    checks = Checks(f"collector ({options.store})")
    recording = Recording()
    asked = {
        "a graceful stop leaves no log and no event behind, and stores no symbolic link": lambda: graceful_stop(options),
        "left-over logs are sent, moved and not sent again": lambda: left_over_logs(options),
        "a restarted Ray's old logs stay with the old session and node": lambda: ray_restarts(options),
        "two session changes at once lose neither": lambda: two_changes_between_looks(options),
        "one bad event in a thousand": lambda: one_bad_event(options),
        "a raylet that restarts within its session": lambda: raylet_restarts(options),
        "the dashboard's answers are stored": lambda: dashboard_answers(options, recording),
        "a dashboard that wants a token": lambda: token_is_sent(options, recording),
        "a recorded session, collected again": lambda: recorded_session_again(options, recording),
    }
    try:
        # Each has a node, a store and a collector of its own, and most of their time is spent waiting.
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(lambda sentence: checks.check(sentence, asked[sentence]), asked))
    finally:
        recording.close()
    sys.exit(checks.finish())


if __name__ == "__main__":
    main()
