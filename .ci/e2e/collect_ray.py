"""A real Ray cluster of two nodes on one machine: each node has its own loopback address and its own Ray root.

Every process a node starts carries a mark in its environment, so that a node can be killed as the kernel would do it
with a pod, and so that nothing survives the check.
"""
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid

import ray.util

from checks import free_port

MARK = "RAYHISTORY_E2E"
# Nodes notice the death of another in seconds, end in seconds; log files rotate early.
FAST_RAY = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_health_check_period_ms": "1000",
    "RAY_health_check_timeout_ms": "10000",  # a busy machine is no dead one
    "RAY_health_check_failure_threshold": "5",
    "RAY_GRACEFUL_SHUTDOWN_DRAIN_TIMEOUT_S": "2",
    "RAY_ROTATION_MAX_BYTES": "65536",
    "RAY_ROTATION_BACKUP_COUNT": "3",
}


class NotStarted(AssertionError):
    """A node ended, or was not there in time, before anything was asked of it."""


def marked(mark):
    """Ids of all processes that inherited the mark."""
    wanted = f"{MARK}={mark}\0".encode()
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/environ", "rb") as environ:
                if wanted in environ.read() + b"\0":
                    found.append(int(pid))
        except OSError:
            pass  # ended meanwhile, or another user's
    return found


def kill(mark):
    """SIGKILL to every process with the mark, until none is left."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        left = [pid for pid in marked(mark) if not zombie(pid)]
        if not left:
            return
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        time.sleep(0.1)
    raise AssertionError(f"processes survive SIGKILL: {marked(mark)}")


def zombie(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
            return stat.read().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


class RayNode:
    """`ray start --block` with an own address, Ray root and port for its events."""

    def __init__(self, address, root):
        self.address, self.root, self.mark = address, root, uuid.uuid4().hex
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("RAY_")} | FAST_RAY | {
            MARK: self.mark,
            "RAY_TMP_ROOT": root,
            "RAY_enable_ray_event": "true",
            "RAY_enable_core_worker_ray_event_to_aggregator": "true",
            "RAY_DASHBOARD_AGGREGATOR_AGENT_EXPOSABLE_EVENT_TYPES": "ALL",
        }
        self.process = None

    def post_to(self, place):
        self.env["RAY_DASHBOARD_AGGREGATOR_AGENT_EVENTS_EXPORT_ADDR"] = f"http://{place}/v1/events"

    def start(self, *arguments):
        os.makedirs(self.root, exist_ok=True)
        self.output = open(os.path.join(os.path.dirname(self.root), os.path.basename(self.root) + "-ray.txt"), "ab")
        command = [os.path.join(os.path.dirname(sys.executable), "ray"), "start", "--block", "--disable-usage-stats", "--log-style=record",
                   "--node-ip-address", self.address, "--temp-dir", self.root, "--object-store-memory=100000000",
                   "--min-worker-port=0", "--max-worker-port=0", f"--dashboard-agent-listen-port={free_port(self.address)}", *arguments]
        self.process = subprocess.Popen(command, env=self.env, stdin=subprocess.DEVNULL, stdout=self.output, stderr=self.output,
                                        start_new_session=True)
        return self

    def session(self):
        return os.path.basename(os.readlink(os.path.join(self.root, "session_latest")))

    def logs(self, session=None):
        return os.path.join(self.root, session or self.session(), "logs")

    def terminate(self):
        """What Kubernetes sends first; answers at once."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def wait(self, seconds=40):
        if self.process:
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                pass
        self.kill()

    def kill(self):
        """SIGKILL to all of the node's processes at once, as when the pod is lost."""
        kill(self.mark)
        if self.process:
            self.process.wait(10)
            self.output.close()
            self.process = None


class RayCluster:
    """Head on the machine's address, one worker on 127.0.0.2; `with RayCluster(folder) as ray`. Ray itself replaces 127.0.0.1 by the machine's address."""

    def __init__(self, folder):
        self.head = RayNode(ray.util.get_node_ip_address(), os.path.join(folder, "head"))
        self.worker = RayNode("127.0.0.2", os.path.join(folder, "worker"))
        self.port, self.dashboard_port = free_port(), free_port()
        self.address = f"{self.head.address}:{self.port}"
        self.dashboard = f"http://127.0.0.1:{self.dashboard_port}"
        self.drivers = []

    def __enter__(self):
        return self

    def start_head(self):
        self.head.start("--head", f"--port={self.port}", f"--dashboard-port={self.dashboard_port}", "--dashboard-host=127.0.0.1",
                        "--num-cpus=2", f"--ray-client-server-port={free_port()}", '--resources={"on_head": 8}')
        self.until("the dashboard answers", lambda: self.ask("/api/version"), 120, NotStarted)

    def start_worker(self):
        self.worker.start(f"--address={self.address}", "--num-cpus=2", '--resources={"on_worker": 8}')
        self.until("both nodes are alive", lambda: sum(row["state"] == "ALIVE" for row in self.nodes()) == 2, 120, NotStarted)

    def nodes(self):
        return json.loads(self.ask("/api/v0/nodes?detail=1&limit=100"))["data"]["result"]["result"]

    def node_id(self, node):
        return next(row["node_id"] for row in self.nodes() if row["node_ip"] == node.address)

    def ask(self, uri, timeout=30):
        with urllib.request.urlopen(self.dashboard + uri, timeout=timeout) as answer:
            return answer.read()

    def until(self, what, condition, seconds, error=AssertionError):
        """Waits for something of the cluster; a node that ended meanwhile is an error."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                if condition():
                    return
            except (OSError, ValueError, KeyError, StopIteration):
                pass
            for node in (self.head, self.worker):
                if node.process and node.process.poll() is not None:
                    raise error(f"ray start on {node.address} ended with {node.process.returncode}:\n{tail(node.output.name)}")
            if time.monotonic() > deadline:
                raise error(f"after {seconds} s not true: {what}\n{tail(self.head.output.name)}")
            time.sleep(0.25)

    def drive(self, script, *arguments, wait=True, seconds=240):
        """Runs a driver against the cluster from the head node."""
        output = open(os.path.join(os.path.dirname(self.head.root), f"driver-{len(self.drivers)}.txt"), "wb")
        driver = subprocess.Popen([sys.executable, script, self.address, *arguments], env=self.head.env | {"RAY_ADDRESS": self.address},
                                  stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        self.drivers.append((driver, output))
        if wait:
            code = driver.wait(seconds)
            assert code == 0, f"the driver {arguments} ended with {code}:\n{tail(output.name)}"
        return driver, output.name

    def submit(self, submission_id, entrypoint):
        body = json.dumps({"entrypoint": entrypoint, "submission_id": submission_id, "runtime_env": {}, "metadata": {}}).encode()
        request = urllib.request.Request(self.dashboard + "/api/jobs/", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def job_ended(self, submission_id):
        return json.loads(self.ask("/api/jobs/" + submission_id))["status"] in ("SUCCEEDED", "FAILED", "STOPPED")

    def __exit__(self, *_):
        for node in (self.worker, self.head):
            node.kill()
        for driver, output in self.drivers:
            driver.wait(10)
            output.close()


def tail(path, size=3000):
    with open(path, "rb") as file:
        return file.read()[-size:].decode("utf-8", "replace")
