"""Runs what deploy/image/build.sh made as a container would: user 1000, nothing writable but /tmp. Needs root and Linux.

What this cannot show: that a kubelet pulls it, and that it runs on arm64.
"""
import os
import shutil
import sys
import tempfile
import time
import urllib.request

from checks import Checks, free_port
from image_container import Container, unpack

SESSION = "session_2026-11-22_10-00-00_000003_300"


def answer(url):
    try:
        with urllib.request.urlopen(url, timeout=30) as response:
            return response.read().decode()
    except OSError as e:
        return f"none: {e}"


def writable(folder):
    """A folder for /tmp with the beginnings of a Ray session and of a store in it."""
    for name in (f"ray/{SESSION}/logs", "store"):
        os.makedirs(os.path.join(folder, name))
    os.symlink(SESSION, os.path.join(folder, "ray/session_latest"))
    os.chmod(folder, 0o1777)
    for parent, folders, _ in os.walk(folder):
        for name in folders:
            os.chown(os.path.join(parent, name), 1000, 1000, follow_symlinks=False)
    return folder


def run(root, config, command, environment, port, path, expected, codes):
    """Starts it, waits until path answers ok, looks for something in an answer, and stops it."""
    folder = tempfile.mkdtemp(prefix="rh-image-tmp-")
    container = Container(root, config, environment, command, [], [(writable(folder), "/tmp")], read_only=True)
    base = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + 120
        while answer(base + path).strip() != "ok" and container.running() and time.monotonic() < end:
            time.sleep(0.5)
        uri, text = expected
        found = answer(base + uri)
        assert text in found, found[:500]
        container.terminate()
        code = container.wait()
        assert code in codes, f"it ended with {code}"
    finally:
        container.kill()
        shutil.rmtree(folder)


def user(config):
    assert config["User"] == "1000:1000", config["User"]


def main():
    checks = Checks("image")
    root = tempfile.mkdtemp(prefix="rh-image-")
    try:
        config = unpack(root)
        checks.check("it runs as user 1000", lambda: user(config))
        for name in ("rayhistory", "historyserver"):
            port = free_port()
            command = ["/usr/local/bin/" + name] + ["serve"] * (name == "rayhistory")
            checks.check(f"{name} shows the sample and ends when told to", lambda: run(
                root, config, command, {"RAYHISTORY_PORT": str(port)}, port, "/readyz",
                ("/s/default/demo/latest/api/v0/tasks", '"result":true'), (0, 143)))
        for name in ("rayhistory", "collector"):
            admin = free_port()
            sidecar = {"RAY_ROLE": "Head", "RAY_CLUSTER_NAME": "demo", "RAY_CLUSTER_NAMESPACE": "ray", "POD_IP": "127.0.0.1",
                       "FQ_RAY_IP": "localhost", "RAY_TMP_ROOT": "/tmp/ray", "STORAGE_BACKEND": "filesystem",
                       "STORAGE_DIRECTORY": "/tmp/store", "EVENTS_PORT": "0", "RAY_COLLECTOR_ADMIN_PORT": str(admin),
                       "RAY_COLLECTOR_SHUTDOWN_GRACE": "1s", "RAY_DASHBOARD_ADDRESS": f"http://localhost:{free_port()}"}
            checks.check(f"{name} collects, told by the Go collector's variables alone, and ends when told to", lambda: run(
                root, config, ["/usr/local/bin/" + name], sidecar, admin, "/livez",
                ("/metrics", "\nrayhistory_collector_dropped_bytes_total 0.0\n"), (0,)))
    finally:
        shutil.rmtree(root)
    return checks.finish()


if __name__ == "__main__":
    sys.exit(main())
