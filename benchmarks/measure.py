"""Measures whole processes of the history server, and prints one table.

usage: measure.py STORE [--root-dir DIR] [--azurite CONTAINER] [--rounds 50] [--starts 3] [--xmx 1g] [--other URL [--other-pid PID]]
                  [--java JAVA] [--jar JAR | --launcher]

STORE is a folder with sessions; the newest is measured. It is not changed: snapshots go into a copy made of links, which also holds
every cluster twice, so that a server that keeps one session loads again whenever it is asked for the other. Seconds are
seen from outside, connections are kept open; CPU is the server's, all its threads, JIT and collections too, and is what to
compare on a machine that has other things to do. Started is the jar, or with --launcher ./rayhistory with all it does for a start.
Answers are asked ten times as often before they are measured (large ones as often), for the JIT compiler.

--other is another server with the same API that is asked the same: the base URL of a session
(http://host:port/s/NAMESPACE/CLUSTER/SESSION), or for the Go peer http://host:port, which is told the session with
/enter_cluster and cookies; --other-pid its process, if it runs here. Ratios are its p50 over ours. It should not have loaded the
session yet.
"""
import argparse
import glob
import http.client
import json
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

PROJECT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TICKS = os.sysconf("SC_CLK_TCK")
FAILED = "filter_keys=state&filter_predicates=%3D&filter_values=FAILED"
QUESTIONS = [  # what, path, how many of a hundred rounds
    ("tasks?limit=100", "/api/v0/tasks?limit=100", 100),
    ("... state=FAILED", f"/api/v0/tasks?limit=100&{FAILED}", 100),
    ("... name=t", "/api/v0/tasks?limit=100&filter_keys=name&filter_predicates=%3D&filter_values=t", 100),
    ("... of no node", "/api/v0/tasks?limit=100&filter_keys=node_id&filter_predicates=%3D&filter_values=00", 100),
    ("tasks?limit=10000&detail=1", "/api/v0/tasks?limit=10000&detail=1", 20),
    ("timeline", "/api/v0/tasks/timeline", 20),
    ("summarize by function", "/api/v0/tasks/summarize", 100),
    ("summarize by lineage", "/api/v0/tasks/summarize?summary_by=lineage", 50),
    ("actors", "/api/v0/actors?limit=100", 100),
    ("failures", "/history/v1/sessions/{session}/failures", 100),
]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ms(seconds):
    return f"{seconds * 1000:.1f}"


def rank(values, percent):
    values = sorted(values)
    return values[min(len(values) - 1, len(values) * percent // 100)]


class Client:
    """One connection, kept open, with cookies where a server gives them. Bodies are read and thrown away."""

    def __init__(self, url):
        self.parts = urllib.parse.urlsplit(url)
        self.connection = http.client.HTTPConnection(self.parts.hostname, self.parts.port, timeout=900)
        self.cookies = {}

    def ask(self, path):
        """Answers (status, body, seconds)."""
        began = time.perf_counter()
        self.connection.request("GET", path, headers={"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())} if self.cookies else {})
        answer = self.connection.getresponse()
        body = answer.read()
        seconds = time.perf_counter() - began
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, body, seconds


class Server:
    """Our server as a process. Times count from the start of the process."""

    def __init__(self, options, jar, store, snapshots, *more):
        self.port = free_port()
        command = [os.path.join(PROJECT, "rayhistory")] if options.launcher else [options.java, f"-Xmx{options.xmx}", "-jar", jar]
        command += ["serve", "--port", str(self.port), "--snapshots", snapshots, "--snapshot-quiet-time", "1s",
                    "--storage-root-dir", options.root_dir, *more]
        command += ["--storage-backend", "azureblob"] if options.azurite else ["--storage-directory", store]
        env = os.environ | {"RAYHISTORY_JAVA": options.java, "JAVA_OPTS": f"-Xmx{options.xmx}"}
        if options.azurite:
            env["AZURE_STORAGE_CONTAINER"] = options.azurite
        self.log = tempfile.TemporaryFile()
        self.began = time.perf_counter()
        self.process = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        self.url = f"http://127.0.0.1:{self.port}"
        while True:
            try:
                Client(self.url).ask("/livez")
                break
            except OSError:
                if self.process.poll() is not None:
                    sys.exit("the server ended:\n" + self.said())
                time.sleep(0.005)
        Client(self.url).ask("/readz")
        self.ready, self.ready_cpu = time.perf_counter() - self.began, self.cpu()

    def said(self):
        self.log.seek(0)
        return self.log.read().decode(errors="replace")

    def cpu(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def rss(self):
        return resident(self.process.pid)

    def live_heap(self):
        """Megabytes of live objects, by the JVM's own count, 0 if there is no jcmd."""
        jcmd = shutil.which("jcmd", path=os.path.dirname(os.path.realpath(f"/proc/{self.process.pid}/exe")) + os.pathsep + os.environ["PATH"])
        if not jcmd:
            return 0
        said = subprocess.run([jcmd, str(self.process.pid), "GC.class_histogram"], capture_output=True, text=True, check=False).stdout
        total = re.findall(r"^Total\s+\d+\s+(\d+)", said, re.M)
        return int(total[0]) / 2**20 if total else 0

    def stop(self):
        self.process.terminate()
        self.process.wait(60)
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def resident(pid):
    """Megabytes resident now, and the most there were."""
    with open(f"/proc/{pid}/status", encoding="utf-8") as status:
        found = dict(re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB$", status.read(), re.M))
    return int(found["VmRSS"]) / 1024, int(found["VmHWM"]) / 1024


def newest(url):
    """The newest session, of several clusters the first by name, and its twin if it has one."""
    _, body, _ = Client(url).ask("/clusters")
    found = json.loads(body)
    rows = found if isinstance(found, list) else found["clusters"]
    last = max(row["sessionName"] for row in rows)
    return sorted(f"/s/{row['namespace']}/{row['name']}/{row['sessionName']}" for row in rows if row["sessionName"] == last)[:2]


def base(url, session):
    """A client for a session, and what goes before its paths."""
    client = Client(url)
    prefix = client.parts.path.rstrip("/")
    if not prefix and session:
        _, _, namespace, name, wanted = session.split("/")
        status, _, _ = client.ask(f"/enter_cluster/{namespace}/raycluster/{name}/{wanted}")
        assert status == 200, f"{url}/enter_cluster answered {status}"
    return client, prefix


def answers(url, session, rounds, cpu):
    """Every question, many times; rows of what, bytes, p50, p99, CPU per answer, best."""
    client, prefix = base(url, session)
    for what, path, share in QUESTIONS:
        full = path.replace("{session}", session.removeprefix("/s/")) if "{session}" in path else prefix + path
        status, body, _ = client.ask(full)
        if status != 200:
            yield what, None
            continue
        count = max(3, rounds * share // 100)
        for _ in range(count * (10 if share == 100 else 1)):
            client.ask(full)
        used = cpu()
        times = [client.ask(full)[2] for _ in range(count)]
        yield what, (len(body), rank(times, 50), rank(times, 99), (cpu() - used) / count, min(times))


def together(url, session, clients, each):
    """Mixed questions from many clients at once: answers per second, p50, p99."""
    times, failures = [], []

    def run(number):
        client, prefix = base(url, session)
        small = [(what, path) for what, path, share in QUESTIONS if share == 100 and "{session}" not in path]
        for turn in range(each):
            status, _, seconds = client.ask(prefix + small[(number + turn) % len(small)][1])
            (times if status == 200 else failures).append(seconds)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(times) / (time.perf_counter() - began), rank(times, 50), rank(times, 99), len(failures)


def first_page(server, session):
    """The load: the first small page, in seconds and CPU seconds."""
    used = server.cpu()
    status, body, seconds = Client(server.url).ask(f"{session}/api/v0/tasks?limit=100")
    assert status == 200, f"{status}: {body[:500]!r}"
    return seconds, server.cpu() - used, json.loads(body)["data"]["result"]["total"]


def link(source, target):
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copy2(source, target)


def linked(store, target):
    """A copy of a store, without snapshots, that costs no room; every cluster is there twice."""
    shutil.copytree(store, target, copy_function=link, ignore=shutil.ignore_patterns("history-index"))
    for folder, below in [("cluster-history", "*/*/*"), ("cluster-metadata", "*/*")]:
        for cluster in glob.glob(os.path.join(target, "**", folder, below), recursive=True):
            if os.path.isdir(cluster):
                shutil.copytree(cluster, cluster + "-twin", copy_function=link)
    return target


class Report:
    """Rows of a table; a second program's figures go beside the first's."""

    def __init__(self):
        self.rows, self.other = [], {}

    def add(self, what, text):
        self.rows.append((what, text))
        print(f"  {what:34} {text}", flush=True)

    def print(self):
        print("\n| what | measured |" + (" other | ratio |" if self.other else "") + "\n|---|---|" + ("---|---|" if self.other else ""))
        for what, text in self.rows:
            more = self.other.get(what, ("", ""))
            print(f"| {what} | {text} |" + (f" {more[0]} | {more[1]} |" if self.other else ""))


def loads(report, options, jar, store, session):
    """Fresh processes: until ready, until the first page; the best and the middle of several."""
    ready, first = [], []
    for _ in range(options.starts):
        with Server(options, jar, store, "off") as server:
            ready.append((server.ready, server.ready_cpu))
            first.append(first_page(server, session)[:2])
    report.add("start until /readz", spread(ready))
    report.add("load, fresh process, first page", spread(first))


def spread(pairs):
    walls, cpus = zip(*pairs)
    return f"{rank(walls, 50):.2f} s (best {min(walls):.2f}), CPU {rank(cpus, 50):.2f} s"


def snapshots(report, options, jar, store, sessions):
    """Writes snapshots, then loads from them in fresh processes."""
    with Server(options, jar, store, "read-write") as server:
        for session in sessions:
            first_page(server, session)
        deadline = time.monotonic() + 300
        while len(re.findall("Wrote the snapshot|from its snapshot", server.said())) < len(sessions):
            if time.monotonic() > deadline or "cannot" in server.said().lower():
                report.add("from its snapshot, fresh process", "no snapshot was written")
                return
            time.sleep(0.1)
    times = []
    for _ in range(options.starts):
        with Server(options, jar, store, "read") as server:
            times.append(first_page(server, sessions[0])[:2])
    report.add("from its snapshot, fresh process", spread(times))
    again(report, options, jar, store, sessions, "from its snapshot, warm process", "read")


def again(report, options, jar, store, sessions, what, mode):
    """Loads the one session and its twin in turn in a process that keeps one."""
    if len(sessions) == 2:
        with Server(options, jar, store, mode, "--session-cache-size", "1") as server:
            times = [first_page(server, session)[:2] for _ in range(options.again) for session in sessions]
        report.add(what, spread(times[len(times) // 2:]))


def mixed(report, options, jar, store, session):
    """A fresh process and a thousand questions of all kinds, one client."""
    with Server(options, jar, store, "off") as server:
        first_page(server, session)
        now, _ = server.rss()
        client, prefix = base(server.url + session, session)
        for turn in range(1000):
            path = QUESTIONS[turn % len(QUESTIONS)][1]
            client.ask(path.replace("{session}", session.removeprefix("/s/")) if "{session}" in path else prefix + path)
        after, most = server.rss()
        report.add("RSS after the load", f"{now:.0f} MB")
        report.add("RSS after 1,000 mixed questions", f"{after:.0f} MB, at most {most:.0f} MB")


def questions(report, options, jar, store, session):
    """One process that is asked everything."""
    with Server(options, jar, store, "off") as server:
        empty = server.live_heap()
        attempts = first_page(server, session)[2]
        held = server.live_heap() - empty
        kept = answers(server.url + session, session, options.rounds, server.cpu)
        found = {}
        for what, row in kept:
            found[what] = row
            report.add(what, "not answered" if row is None else f"p50 {ms(row[1])} ms (best {ms(row[4])}), p99 {ms(row[2])}, CPU {ms(row[3])}, {row[0]} bytes")
        rate, p50, p99, failures = together(server.url + session, session, 16, max(10, options.rounds // 2))
        report.add("16 clients, small questions", f"{rate:.0f} answers/s, p50 {ms(p50)} ms, p99 {ms(p99)}, {failures} failed")
        now, most = server.rss()
        report.add("RSS after all that", f"{now:.0f} MB, at most {most:.0f} MB")
        report.add("heap held by the session", f"{held:.1f} MB = {held * 2**20 / max(1, attempts):.0f} B for each of {attempts} tasks")
        return found


def compare(report, options, mine, session):
    began = time.perf_counter()
    while True:
        try:
            client, prefix = base(options.other, session)
            client.ask(prefix + QUESTIONS[0][1])
            break
        except http.client.HTTPException:  # the Go peer hangs up after 35 s, and goes on loading
            if time.perf_counter() - began > 900:
                raise
    report.other["load, fresh process, first page"] = (f"{time.perf_counter() - began:.2f} s", "")
    if options.other_pid:
        report.other["RSS after the load"] = (f"{resident(options.other_pid)[0]:.0f} MB, at most {resident(options.other_pid)[1]:.0f} MB", "")
    for what, row in answers(options.other, session, options.rounds, lambda: 0):
        if row and mine.get(what):
            report.other[what] = (f"p50 {ms(row[1])} ms (best {ms(row[4])}), p99 {ms(row[2])}, {row[0]} bytes", f"{row[1] / mine[what][1]:.1f}")


def machine(options):
    version = subprocess.run([options.java, "-version"], capture_output=True, text=True, check=False).stderr.splitlines()
    commit = subprocess.run(["git", "-C", PROJECT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    return (f"{time.strftime('%Y-%m-%d')}, commit {commit}, {os.cpu_count()} x {platform.machine()}, "
            f"load {os.getloadavg()[0]:.1f}, {version[0] if version else options.java}, -Xmx{options.xmx}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store")
    parser.add_argument("--root-dir", default="")
    parser.add_argument("--azurite", default="", metavar="CONTAINER", help="the same sessions in a container; AZURE_STORAGE_CONNECTION_STRING says where")
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--starts", type=int, default=3)
    parser.add_argument("--java", default="java")
    parser.add_argument("--launcher", action="store_true")
    parser.add_argument("--xmx", default="1g")
    parser.add_argument("--jar", default=os.path.join(PROJECT, "bootstrap/target/rayhistory.jar"))
    parser.add_argument("--again", type=int, default=8, help="how often the session and its twin are loaded in a warm process")
    parser.add_argument("--other", default="")
    parser.add_argument("--other-pid", type=int, default=0)
    options = parser.parse_args()
    report = Report()
    folder = tempfile.mkdtemp(prefix="measure-")
    try:
        jar = shutil.copy(options.jar, folder)  # a build must not pull it away
        print(machine(options), flush=True)
        store = options.store if options.azurite else linked(options.store, os.path.join(folder, "store"))
        with Server(options, jar, store, "off") as server:
            sessions = newest(server.url)
        session = sessions[0]
        loads(report, options, jar, store, session)
        again(report, options, jar, store, sessions, "load, warm process, first page", "off")
        snapshots(report, options, jar, store, sessions)
        mixed(report, options, jar, store, session)
        mine = questions(report, options, jar, store, session)
        if options.other:
            compare(report, options, mine, session)
        print(f"\n{machine(options)}")
        report.print()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
