"""Records what a live Ray dashboard answers, and tells later how far a history server agrees with it.

usage: collect_live.py record DASHBOARD_URL FOLDER       collect_live.py compare SESSION_URL FOLDER
"""
import collections
import json
import os
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

GENERAL = [
    "/api/version", "/timezone", "/api/v0/cluster_metadata", "/api/authentication_mode",
    "/api/v0/tasks?limit=10000&detail=1", "/api/v0/tasks?limit=10000&detail=1&exclude_driver=0", "/api/v0/tasks",
    "/api/v0/tasks?filter_keys=state&filter_predicates=%3D&filter_values=FAILED&detail=1",
    "/api/v0/tasks?filter_keys=name&filter_predicates=!%3D&filter_values=square&limit=10000",
    "/api/v0/tasks/summarize", "/api/v0/tasks/summarize?summary_by=lineage", "/api/v0/tasks/timeline",
    "/api/v0/actors?detail=1&limit=10000", "/api/v0/actors/summarize", "/api/v0/workers?detail=1&limit=10000",
    "/api/v0/nodes?limit=10000&detail=1", "/api/v0/jobs?detail=1", "/api/v0/placement_groups?detail=1&limit=10000",
    "/api/jobs/", "/nodes?view=summary", "/nodes?view=hostNameList", "/logical/actors", "/events", "/api/cluster_status",
]
# The dashboard answers these from a copy that the request before had made.
STALE_AT_FIRST = ["/nodes?view=summary", "/nodes?view=details", "/events", "/logical/actors"]
# What only a running cluster can know: statistics of hosts and processes, ports, clocks.
VOLATILE = re.compile(
    r"(^|\.)(now|cpus?|mem|shm|disk(Io(Speed)?)?|network(Speed)?|loadAvg|bootTime|cmdline|workers|gpus|tpus|hostMem|cgroupMem|gcs|numWorkers|"
    r"stateSnapshot|storeStats|nodeLogicalResources|processStats|objectStore\w*|used\w*|objectRefs|objectsTotal|taskQueueLength|workerType|"
    r"num(Executed|Pending|Running|InFlight|InPlasma|Local|Owned|ObjectRefs|OfFailed)\w*|coreWorkersStats|agent|nodeTypeName|timestamp|"
    r"driver_exit_code|(nodeManager|objectManager|runtimeEnvAgent|dashboardAgentListen|metricsAgent|metricsExport)Port|warnings|"
    r"partial_failure_warning|usage|usageByNode|autoscalingStatus|gcsRequestTime|monitorPid|autoscalerUpdateTime|"
    r"nonTerminatedNodesTime)(\.|$|\[)|^data\.clusterStatus(\.time)?$")
CLOCK = re.compile(r"(start|end)_?[tT]ime(_ms|Ms)?$")  # GCS reads its clock a moment before it writes the event
NOTE = re.compile(r"\.?(message|state_message|stateMessage)$")  # null while alive; later it may say that the record ends
# What no record can tell: each node has a Ray root of its own here; ports are given by hand; empty folders are no objects.
UNRECORDED = re.compile(r"(^|\.)(rayletSocketName|tempDir|sessionDir|driver_agent_http_address)$|/\]$")
FORGOTTEN = ("", {}, "0")  # what the dashboard says of a dead node
LISTED_FILES = re.compile(r"^data\.result\.[a-z_]+$")
ROTATED = re.compile(r"\.\d+$")  # the store numbers them from the oldest, Ray from the newest
IDS = [("task_id",), ("actor_id",), ("node_id",), ("worker_id",), ("submission_id",), ("job_id",), ("placement_group_id",), ("actorId",),
       ("jobId",), ("raylet", "nodeId"), ("nodeId",), ("key",), ("name",), ("runtime_env",)]


def ask(base, uri, timeout=60):
    try:
        with urllib.request.urlopen(base.rstrip("/") + uri, timeout=timeout) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def as_json(body):
    try:
        return json.loads(body)
    except ValueError:
        return None


class Recorder:
    """Asks a live dashboard everything that a history server will be asked."""

    def __init__(self, base, folder):
        self.base, self.folder, self.index = base, folder, []
        os.makedirs(folder, exist_ok=True)

    def keep(self, uri):
        status, body = ask(self.base, uri)
        name = f"{len(self.index):04d}"
        with open(os.path.join(self.folder, name), "wb") as file:
            file.write(body)
        self.index.append({"uri": uri, "status": status, "file": name})
        return as_json(body) if status == 200 else None

    def rows(self, uri):
        return (self.keep(uri) or {"data": {"result": {"result": []}}})["data"]["result"]["result"]

    def record(self):
        """Answers when the answers begin to speak of the recorder's own tasks: what happened later is not compared."""
        for _ in range(2):
            for uri in STALE_AT_FIRST:
                ask(self.base, uri)
            time.sleep(3)
        for uri in GENERAL:
            self.keep(uri)
        jobs = {row["submission_id"] or row["job_id"]: row for row in as_json(ask(self.base, "/api/jobs/")[1])}
        for name in jobs:
            self.keep("/api/jobs/" + name)
            if name.startswith("raysubmit"):
                self.keep(f"/api/jobs/{name}/logs")
            else:
                self.keep(f"/api/v0/tasks?detail=1&limit=10000&filter_keys=job_id&filter_predicates=%3D&filter_values={name}")
                self.keep(f"/api/v0/tasks/summarize?summary_by=lineage&filter_keys=job_id&filter_predicates=%3D&filter_values={name}")
        for row in as_json(ask(self.base, "/api/v0/actors?detail=1&limit=10000")[1])["data"]["result"]["result"]:
            self.keep("/logical/actors/" + row["actor_id"])
            self.keep(f"/api/v0/logs/file?actor_id={row['actor_id']}&suffix=out")
        for row in as_json(ask(self.base, "/api/v0/nodes?limit=100")[1])["data"]["result"]["result"]:
            self.node(row)
        self.sample_tasks()
        with open(os.path.join(self.folder, "INDEX.json"), "w", encoding="utf-8") as file:
            json.dump(self.index, file, indent=1)
        return len(self.index)

    def node(self, row):
        node = row["node_id"]
        self.keep("/nodes/" + node)
        if row["state"] != "ALIVE":
            return
        listed = self.keep(f"/api/v0/logs?node_id={node}&glob=**/*")
        for name in sorted({name for names in (listed or {"data": {"result": {}}})["data"]["result"].values() for name in names}):
            # The recorder's own requests make the dashboard's logs grow, and rotate.
            if not name.endswith("/") and not ROTATED.search(name) and not re.match(r"debug_state\.txt|dashboard(_StateHead)?\.log", name):
                self.keep(f"/api/v0/logs/file?node_id={node}&filename={urllib.parse.quote(name)}&lines=20")

    def sample_tasks(self):
        seen = collections.Counter()
        for row in as_json(ask(self.base, "/api/v0/tasks?limit=10000&detail=1")[1])["data"]["result"]["result"]:
            kind = row["name"], row["state"]
            seen[kind] += 1
            if seen[kind] <= 2:
                self.keep(f"/api/v0/logs/file?task_id={row['task_id']}&attempt_number={row['attempt_number']}&suffix=out")


def leaves(value, path=""):
    """Path and value of everything in a JSON answer; rows are named by their id, so that their order says nothing."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from leaves(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and value:
        rows = all(isinstance(item, dict) for item in value)
        seen = collections.Counter()
        for position, item in enumerate(value):
            name = row_name(item) if rows else item if LISTED_FILES.search(path) else demand(item) or f"#{position}"
            seen[name] += 1
            yield from leaves(item, f"{path}[{name}~{seen[name]}]" if seen[name] > 1 else f"{path}[{name}]")
    else:
        yield path, value


def demand(item):
    """Name of a resource demand, [resources, how many], whose order is no order."""
    return json.dumps(item[0], sort_keys=True) if isinstance(item, list) and len(item) == 2 and isinstance(item[0], dict) else None


def row_name(row):
    if "ph" in row:
        return ",".join(str(row.get(key)) for key in ("ph", "name", "ts", "tid"))
    for keys in IDS:
        at = row
        for key in keys:
            at = at.get(key) if isinstance(at, dict) else None
        if at not in (None, "") and not isinstance(at, (dict, list)):
            return f"{'.'.join(keys)}={at}" + (f",attempt={row['attempt_number']}" if "attempt_number" in row else "")
    return "#"


def equal(path, live, ours, resource):
    if isinstance(live, bool) or isinstance(ours, bool):
        return live is ours
    clock = CLOCK.search(path) and "tasks" not in resource
    if isinstance(live, (int, float)) and isinstance(ours, (int, float)):
        return abs(live - ours) <= max(3 if clock else 0, 1e-6 * max(1, abs(live)))
    if live is None and NOTE.search(path):
        return True
    if clock and str(live).isdigit() and str(ours).isdigit():
        return abs(int(live) - int(ours)) <= 3
    return live == ours


class Score:
    """Values that agree with the live dashboard, per endpoint, and examples of those that do not."""

    def __init__(self):
        self.good, self.total, self.misses = collections.Counter(), collections.Counter(), collections.defaultdict(list)

    def count(self, resource, agrees, where):
        self.total[resource] += 1
        self.good[resource] += bool(agrees)
        if not agrees:
            self.misses[resource].append(where[:400])

    def leaves(self):
        return 100 * sum(self.good.values()) / max(1, sum(self.total.values()))

    def mean(self):
        return sum(100 * self.good[r] / self.total[r] for r in self.total) / max(1, len(self.total))

    def text(self, examples=3):
        lines = [f"mean of {len(self.total)} endpoints {self.mean():.2f} %, leaves {self.leaves():.3f} % of {sum(self.total.values())}"]
        for resource in sorted(self.misses):
            lines.append(f"{resource} {self.good[resource]}/{self.total[resource]}")
            lines += ["    " + miss for miss in self.misses[resource][:examples]]
        return "\n".join(lines)


def resource_of(uri):
    path = re.sub(r"raysubmit_\w+", "{id}", re.sub(r"[0-9a-f]{8,}", "{id}", uri.split("?")[0]))
    return path + ("?lineage" if "summary_by=lineage" in uri else "") + (m.group(0) if (m := re.search(r"\?view=\w+", uri)) else "")


def compare(base, folder):
    """Asks everything that was recorded once more, of a history server."""
    score = Score()
    with open(os.path.join(folder, "INDEX.json"), encoding="utf-8") as file:
        index = json.load(file)
    for entry in index:
        with open(os.path.join(folder, entry["file"]), "rb") as file:
            live = file.read()
        uri, resource = entry["uri"], resource_of(entry["uri"])
        status, ours = ask(base, uri)
        if entry["status"] >= 400:
            score.count(resource, status == entry["status"] if entry["status"] < 500 else status < 500, f"{uri}: {entry['status']}, now {status}")
        elif isinstance(as_json(live), (dict, list)):
            compare_json(score, uri, resource, as_json(live), (as_json(ours) or {}) if status == 200 else {}, status)
        else:
            text = live.strip()
            if text not in ours and "/logs/file" in uri:  # the file may have grown since: then it stands somewhere in all of it
                status, ours = ask(base, re.sub(r"&lines=-?\d+", "", uri) + "&lines=-1")
            score.count(resource, status == 200 and text in ours, f"{uri}: status {status}, {len(ours)} bytes without {text[:80]!r}")
    return score


def compare_json(score, uri, resource, live, ours, status):
    mine = dict(leaves(ours))
    known = dict(leaves(live))
    for path, value in known.items():
        rotated = resource == "/api/v0/logs" and ROTATED.search(str(value))
        forgotten = resource.startswith("/nodes") and value in FORGOTTEN and type(value) in (str, dict)
        if not VOLATILE.search(path) and not UNRECORDED.search(path) and not rotated and not forgotten:
            score.count(resource, path in mine and equal(path, value, mine[path], resource),
                        f"{uri}: {path}: live {value!r}, now {mine.get(path, 'absent')!r} ({status})")
    if resource != "/api/v0/logs":  # files may have come since
        for row in sorted(rows_of(mine) - rows_of(known)):
            score.count(resource, False, f"{uri}: a row that the live dashboard did not have: {row}")


def rows_of(paths):
    return {re.match(r".*?\[([^\]]*)\]", path).group(1) for path in paths if "[" in path and not VOLATILE.search(path)}


if __name__ == "__main__":
    if sys.argv[1] == "record":
        print(Recorder(*sys.argv[2:4]).record(), "answers recorded")
    else:
        print(compare(*sys.argv[2:4]).text())
