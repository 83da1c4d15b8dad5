"""What must be in the store when a checked cluster has ended, and what a history server must answer from it."""
import gzip
import json
import os
import re
import sys
import time

import collect_live
import collect_workload
from checks import Server, fetch, session_base
from collect_store import copy

EVENT_FILE = re.compile(r"/(node_events|job_events/[0-9a-f]+)/[0-9a-f]{56}-\d{4}-\d{2}-\d{2}-\d{2}-\d+\.jsonl(\.gz)?$")


def rotated(rel, files):
    return bool(collect_live.ROTATED.search(rel)) or rel + ".1" in files


def logs_are_stored(pods, node, files, ended=None):
    """
    Of each file, what stood in it some time before the end is stored at least; or, of files read after the collector had
    ended, all but what was written later. Rewritten and rotated files apart; what was rotated meanwhile is in an archive.
    """
    wrong, compared, size = [], 0, 0
    names = set(pods.store.names())
    for rel, (content, changed) in files.items():
        if rel == "debug_state.txt" or rotated(rel, files):
            continue
        name = f"{pods.base}{pods.ids[node]}/logs/{rel}"
        stored = pods.store.read(name) if name in names else None
        compared, size = compared + 1, size + len(content)
        if stored is None:
            wrong.append(f"{rel} ({len(content)} bytes) is missing")
        elif not (stored.startswith(content) if ended is None else stored == content or changed > ended and content.startswith(stored)) \
                and not archived(pods, names, name, content):
            wrong.append(f"{rel}: {len(content)} bytes on disk, {len(stored)} stored")
    assert compared > 20, f"only {compared} files"
    assert not wrong, f"{len(wrong)} of {compared}: " + "; ".join(wrong[:8])
    return f"{compared} files, {size} bytes"


def archived(pods, names, name, content):
    archive = re.compile(re.escape(name) + r"\.\d+")
    return content and any(pods.store.read(other).startswith(content) for other in names if archive.fullmatch(other))


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
    """What the collectors have accepted by now, and soon in the store, each once at least; all in files that the readers know."""
    accepted = sum(collector.metric("rayhistory_collector_events_accepted_total") for collector in pods.collectors)
    deadline = time.monotonic() + 60
    while len(set(ids := stored_event_ids(pods.store))) < accepted and time.monotonic() < deadline:
        time.sleep(1)
    assert len(set(ids)) >= accepted > 300, f"{accepted} accepted, {len(set(ids))} stored"
    return f"{accepted:.0f} accepted, {len(set(ids))} stored, {len(ids) - len(set(ids))} of them again"


def stored_event_ids(store):
    ids = []
    for name in store.names():
        if is_events(name):
            assert EVENT_FILE.search(name), f"no event file's name: {name}"
            ids += [json.loads(line)["eventId"] for line in lines_of(name, store.read(name))]
    return ids


def is_events(name):
    return "/logs/" not in name and ("/node_events/" in name or "/job_events/" in name)


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
        if not is_events(name):
            return body
        kept = [line for line in lines_of(name, body) if json.loads(line).get("timestamp", "") < moment]
        text = b"".join(line + b"\n" for line in kept)
        return gzip.compress(text) if name.endswith(".gz") else text

    folder = os.path.join(pods.folder, "copy")
    copy(pods.store, folder, until_recorded)
    with Server("serve", "--storage-directory", folder, "--storage-root-dir", "ray", "--port", "0") as server:
        score = collect_live.compare(session_base(server.url), pods.live)
    print(score.text(4 if score.leaves() < 99.9 or score.mean() < 99 else 1), flush=True)
    assert score.mean() >= 99 and score.leaves() >= 99.9, f"mean {score.mean():.2f} %, leaves {score.leaves():.3f} %"
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


def end_is_told(pods):
    body = json.loads(pods.store.read(pods.base + "fetched_endpoints/history__session_end"))
    assert body, "empty"
