"""Runs the head's pod of a manifest without a kubelet: Ray from this Python, the collector from the image that
deploy/image/build.sh made, started with what the manifest says and nothing else, into an Azurite under the name it says.

The pod is a namespace of network, mounts and processes: it has an address of its own, its containers share localhost, names of
Services are in its /etc/hosts, and it ends with everything in it. Ray runs as user 1000 as in its images. Needs root, Linux,
and Ray; run by its Python:
    image_pod.py MANIFEST [--server DEPLOYMENT]     the server's manifest is run against the store afterwards
"""
import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

from checks import Checks
from collect_store import CONTAINER, AzuriteStore, find_azurite
from image_container import Container, unpack
from image_sample import POD_ADDRESS, Pod, documents

LIMIT_SECONDS = 420
GREETING = "a greeting from within the pod"
DRIVER = f"""
import ray
ray.init(address="auto")
@ray.remote(num_cpus=0)
def greet(number):
    print("{GREETING}", number, flush=True)
    return number
assert ray.get([greet.remote(number) for number in range(20)]) == list(range(20))
"""
ACCOUNT = "devstoreaccount1"  # Azurite's own, with the key that Microsoft publishes for it
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
CONNECTION = f"DefaultEndpointsProtocol=http;AccountName={ACCOUNT};AccountKey={KEY};BlobEndpoint=http://azurite.ray-history.svc:10000/{ACCOUNT}"


class PodStore(AzuriteStore):
    """An Azurite as the manifests in deploy/ and those of the Go collector start it."""

    def __init__(self, folder):
        super().__init__(folder)
        self.account, self.key, self.port = ACCOUNT, KEY, 10000
        self.more = ["--loose", "--disableProductStyleUrl"]


class Head:
    """The pod: Ray and its collector, and whatever else is started from the image in the same network."""

    def __init__(self, folder, pod):
        self.folder, self.pod, self.root = folder, pod, os.path.join(folder, "image")
        os.mkdir(self.root)
        self.config = unpack(self.root)
        self.folders = {volume["name"]: self.empty(volume["name"]) for volume in pod.spec.get("volumes", [])}
        self.environment = pod.environment(pod.sidecar)
        hosts = {"localhost": "127.0.0.1", pod.cluster + "-head": POD_ADDRESS, pod.head_service(): POD_ADDRESS}
        for host in re.findall(r"http://([^/:;]+)", self.environment.get("AZURE_STORAGE_CONNECTION_STRING", "")):
            hosts[host] = "127.0.0.1"
        self.hosts = os.path.join(folder, "hosts")
        with open(self.hosts, "w", encoding="utf-8") as file:
            file.writelines(f"{address} {name}\n" for name, address in hosts.items())
        self.ray = self.collector = None

    def empty(self, name):
        path = os.path.join(self.folder, "volume-" + name)
        os.mkdir(path)
        os.chmod(path, 0o777)  # as a kubelet makes an emptyDir
        return path

    def open_network(self):
        for command in (["hostname", self.pod.cluster + "-head"], ["ip", "link", "set", "lo", "up"], ["ip", "address", "add", POD_ADDRESS + "/32", "dev", "lo"],
                        ["mount", "--bind", self.hosts, "/etc/hosts"]):
            subprocess.run(command, check=True)
        for folder, place in self.pod.volumes(self.pod.ray, self.folders):
            os.makedirs(place, exist_ok=True)
            subprocess.run(["mount", "--bind", folder, place], check=True)

    def as_ray(self, *command):
        """Starts something in Ray's container: user 1000, who may here also read Ray below another's home folder."""
        known = {"PATH": os.path.dirname(sys.executable) + ":" + os.environ["PATH"], "HOME": self.folders["home"], "RAY_USAGE_STATS_ENABLED": "0", "RAY_ADDRESS": "127.0.0.1:6379"}
        with open(os.path.join(self.folder, "ray.txt"), "ab") as output:
            return subprocess.Popen(["setpriv", "--reuid=1000", "--regid=1000", "--clear-groups", "--inh-caps=+dac_read_search",
                                     "--ambient-caps=+dac_read_search", *command], env=known | self.pod.environment(self.pod.ray),
                                    cwd=self.folders["home"], stdin=subprocess.DEVNULL, stdout=output, stderr=output)

    def start_ray(self):
        """As KubeRay's command line, but for the object store, which is small here."""
        given = {name: str(value) for name, value in self.pod.cluster_spec["headGroupSpec"].get("rayStartParams", {}).items()}
        options = {"dashboard-host": "0.0.0.0", "num-cpus": "1", "metrics-export-port": "8080", "dashboard-agent-listen-port": "52365",
                   "node-ip-address": POD_ADDRESS, "object-store-memory": "100000000"} | given
        self.folders["home"] = self.empty("home")
        self.ray = self.as_ray(sys.executable, "-m", "ray.scripts.scripts", "start", "--head", "--block", *(f"--{name}={value}" for name, value in options.items()))

    def start_collector(self):
        self.collector = self.start(self.pod.sidecar, self.environment, "collector")

    def start(self, container, environment, name):
        with open(os.path.join(self.folder, name + ".txt"), "ab") as output:
            return Container(self.root, self.config, environment, container.get("command"), container.get("args"),
                             [(self.hosts, "/etc/hosts"), *self.pod.volumes(container, self.folders)], self.pod.read_only(container), output)

    def until(self, what, condition, seconds=120):
        deadline = time.monotonic() + seconds
        while True:
            seen = ""
            try:
                if condition():
                    return
            except (OSError, ValueError, KeyError, IndexError) as error:
                seen = f" ({error})"
            assert self.collector.running(), f"the collector ended:\n{self.said('collector')}"
            assert time.monotonic() < deadline, f"after {seconds} s not true: {what}{seen}\n{self.said('ray')}\n{self.said('collector')}"
            time.sleep(0.25)

    def said(self, name, size=3000):
        with open(os.path.join(self.folder, name + ".txt"), "rb") as file:
            return file.read()[-size:].decode("utf-8", "replace")


def ask(url):
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read().decode()


def start_pod(head):
    """A native sidecar starts first, an ordinary one with Ray's container."""
    if head.pod.native:
        head.start_collector()
    head.start_ray()
    if not head.pod.native:
        head.start_collector()
    head.until("the collector is ready", lambda: ask("http://127.0.0.1:8085/readz"))
    head.until("Ray's dashboard answers", lambda: ask("http://127.0.0.1:8265/api/version"))
    driver = head.as_ray(sys.executable, "-c", DRIVER)
    assert driver.wait(120) == 0, head.said("ray")
    return f"{head.collector.most_memory():.0f} MiB at most"


def stop_pod(head):
    """Ray's container and an ordinary sidecar are told at once, a native one when Ray has ended."""
    head.ray.send_signal(signal.SIGTERM)
    if not head.pod.native:
        head.collector.terminate()
    head.ray.wait(60)
    if head.pod.native:
        head.collector.terminate()
    memory = head.collector.most_memory() if head.collector.running() else 0
    code = head.collector.wait(60)
    assert code == 0, f"exit {code}:\n{head.said('collector')}"
    assert memory < 256, f"{memory:.0f} MiB, more than KubeRay allows an injected collector"


def stored(head, store):
    """Events of the job, logs and the session's entry are there while the pod runs."""
    def there():
        names = store.names()
        for part in ("job_events/", "node_events/", "raylet.out", "gcs_server.out"):
            if not any(part in name for name in names):
                raise KeyError(part)
        return names
    head.until("events and logs are stored", there, 60)
    return f"{len(store.names())} objects"


def listed(head):
    environment = {name: value for name, value in head.environment.items() if name.startswith(("STORAGE_", "AZURE_"))}
    said = tempfile.NamedTemporaryFile("w+", dir=head.folder)
    container = Container(head.root, head.config, environment, ["rayhistory"], ["sessions"], [(head.hosts, "/etc/hosts")], output=said)
    assert container.wait() == 0, said.read()
    said.seek(0)
    line = next((line for line in said if head.pod.cluster in line), None)
    assert line and "session_" in line, "not listed"
    return " ".join(line.split())


def served(head, manifest):
    """The server's Deployment, with what it says; without one the image's own way of serving."""
    container = {"args": ["serve"], "env": []}
    if manifest:
        container = next(document for document in documents(manifest) if document["kind"] == "Deployment")["spec"]["template"]["spec"]["containers"][0]
    environment = head.pod.environment(container)
    if not manifest:
        environment |= {name: value for name, value in head.environment.items() if name.startswith(("STORAGE_", "AZURE_"))}
    server = head.start({name: container[name] for name in ("command", "args") if name in container}, environment, "server")
    try:
        base = f"http://{POD_ADDRESS}:8080"
        deadline = time.monotonic() + 60
        while True:
            try:
                ask(base + "/readyz")
                break
            except OSError:
                assert server.running() and time.monotonic() < deadline, head.said("server")
                time.sleep(0.5)
        row = next(row for row in rows(base) if row["name"] == head.pod.cluster)
        session = f"{base}/s/{row['namespace']}/{row['name']}/{row['sessionName']}"
        tasks = json.loads(ask(session + "/api/v0/tasks?limit=1000"))["data"]["result"]["result"]
        states = [task["state"] for task in tasks if task["name"] == "greet"]
        assert states == ["FINISHED"] * 20, states
        node = json.loads(ask(session + "/api/v0/nodes"))["data"]["result"]["result"][0]["node_id"]
        log = ask(f"{session}/api/v0/logs/file?node_id={node}&filename=raylet.out&lines=10")
        assert log.strip(), "raylet.out is empty"
        workers = json.loads(ask(f"{session}/api/v0/logs?node_id={node}&glob=worker*out"))["data"]["result"]
        lines = [ask(f"{session}/api/v0/logs/file?node_id={node}&filename={name}&lines=1000") for names in workers.values() for name in names]
        assert sum(text.count(GREETING) for text in lines) == 20, workers
    finally:
        server.terminate()
        server.wait()


def rows(base):
    found = json.loads(ask(base + "/clusters"))
    return found if isinstance(found, list) else found["clusters"]


def inside(options):
    """The first process of the pod; the pod ends with it."""
    bomb = threading.Timer(LIMIT_SECONDS, lambda: (print(f"image_pod: more than {LIMIT_SECONDS} s", flush=True), os._exit(1)))
    bomb.daemon = True
    bomb.start()
    secrets = {"azure-storage": {"connectionString": CONNECTION}, "ray-history-storage": {
        "STORAGE_BACKEND": "azureblob", "STORAGE_ROOT_DIR": "ray", "AZURE_STORAGE_CONTAINER": CONTAINER, "AZURE_STORAGE_CONNECTION_STRING": CONNECTION}}
    folder = tempfile.mkdtemp(prefix="rh-pod-")
    os.chmod(folder, 0o755)
    checks = Checks(f"pod of {os.path.basename(options.manifest)}")
    try:
        head = Head(folder, Pod(options.manifest, secrets))
        head.open_network()
        with PodStore(folder) as store:
            started = checks.check("the collector starts beside Ray and gets ready, and Ray works", lambda: start_pod(head))
            if started:
                checks.check("events and logs arrive in the store", lambda: stored(head, store))
                checks.check("it ends with its pod", lambda: stop_pod(head))
                checks.check("rayhistory sessions lists it", lambda: listed(head))
                checks.check("the server shows its tasks and logs", lambda: served(head, options.server))
    finally:
        for process in [head.ray, head.collector and head.collector.process]:
            if process and process.poll() is None:
                process.kill()
        shutil.rmtree(folder, ignore_errors=True)
    return checks.finish()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("manifest")
    parser.add_argument("--server")
    parser.add_argument("--inside", action="store_true")
    options = parser.parse_args()
    if options.inside:
        sys.stdout.flush()
        code = inside(options)
        sys.stdout.flush()
        os._exit(code)
    assert find_azurite(), "azurite-blob is not found"
    os.execvp("unshare", ["unshare", "--net", "--uts", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", sys.executable, *sys.argv, "--inside"])


main()
