"""A collector process as a pod's sidecar has it."""
import os
import re
import signal
import subprocess
import threading
import time
import urllib.request

from checks import PROJECT, free_port


class Collector:
    """One per node; it can be killed and started again on the same spool."""

    def __init__(self, folder, role, ray_root, store_env, head_ip, pod_ip, dashboard="http://127.0.0.1:8265", more_env=None):
        self.name = f"{role} collector"
        self.events_port, self.admin_port = free_port(), free_port()
        self.spool = os.path.join(folder, f"{role}-events")
        self.output = os.path.join(folder, f"{role}-collector.txt")
        self.command = [os.path.join(PROJECT, "rayhistory"), "collect", f"--events-port={self.events_port}",
                        f"--admin-port={self.admin_port}", f"--event-data-dir={self.spool}", f"--ray-dashboard-address={dashboard}"]
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("RAY_", "STORAGE_", "AZURE_"))} | store_env | {
            "RAY_ROLE": role.capitalize(), "RAY_CLUSTER_NAME": "e2e", "RAY_CLUSTER_NAMESPACE": "ci", "POD_IP": pod_ip,
            "FQ_RAY_IP": f"{head_ip}:{dashboard.rpartition(':')[2]}", "RAY_TMP_ROOT": ray_root, "RAY_COLLECTOR_POLL_INTERVAL": "5s",
            "RAYHISTORY_JAVA": os.environ.get("RAYHISTORY_JAVA", "java"),
        } | (more_env or {})
        self.process = None

    def start(self, wait=True):
        with open(self.output, "ab") as output:
            self.process = subprocess.Popen(self.command, env=self.env, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        if wait:
            self.until("it takes events", lambda: self.ask("/livez"), 120)
        return self

    def ask(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.admin_port}{path}", timeout=30) as answer:
            return answer.read().decode()

    def until(self, what, condition, seconds):
        deadline = time.monotonic() + seconds
        while True:
            try:
                if condition():
                    return
            except OSError:
                pass
            assert self.process.poll() is None, f"the {self.name} ended with {self.process.returncode}:\n{self.said()}"
            assert time.monotonic() < deadline, f"the {self.name}, after {seconds} s not true: {what}\n{self.said()}"
            time.sleep(0.2)

    def metric(self, name):
        """Sum of all lines of a metric, None if there is none."""
        found = re.findall(rf"^{name}(?:\{{[^}}]*\}})? (\S+)$", self.ask("/metrics"), re.M)
        return sum(map(float, found)) if found else None

    def rss(self):
        """Resident bytes now, and the most there were."""
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as status:
            sizes = dict(re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB$", status.read(), re.M))
        return int(sizes["VmRSS"]) << 10, int(sizes["VmHWM"]) << 10

    def terminate(self):
        self.process.send_signal(signal.SIGTERM)

    def wait(self, seconds=60):
        code = self.process.wait(seconds)
        self.ended = time.time()
        return code

    def kill(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)

    def said(self, size=3000):
        with open(self.output, "rb") as file:
            return file.read()[-size:].decode("utf-8", "replace")


def at_once(*actions):
    """Runs them at the same moment, as a pod's end comes to both of its containers."""
    threads = [threading.Thread(target=action) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
