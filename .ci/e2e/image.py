"""Runs what deploy/image/build.sh made as a container would: user 1000, nothing writable but /tmp. Needs root and Linux.

What this cannot show: that a kubelet pulls it, and that it runs on arm64.
"""
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.request

ARCHIVE = os.path.join(os.path.dirname(__file__), "..", "..", "bootstrap", "target", "jib-image.tar")
START = """
import json, os, sys
root, environment, *command = json.loads(sys.argv[1])
os.chroot(root); os.chdir("/"); os.setgroups([]); os.setgid(1000); os.setuid(1000)
os.execve(command[0], command, environment)
"""
MOUNTS = """
mount --bind "$0" "$0"; mount -o remount,ro,bind "$0"; mount -t proc proc "$0/proc"; mount --bind /dev "$0/dev"
mount -t tmpfs tmpfs "$0/tmp"; chmod 1777 "$0/tmp"
for folder in ray/session_2026-11-22_10-00-00_000003_300/logs store; do mkdir -p "$0/tmp/$folder"; done
ln -s session_2026-11-22_10-00-00_000003_300 "$0/tmp/ray/session_latest"; chown -R 1000:1000 "$0/tmp/ray" "$0/tmp/store"
exec python3 -c "$1" "$2"
"""
passed = failed = 0


def check(what, fine):
    global passed, failed
    passed, failed = passed + bool(fine), failed + (not fine)
    print(f"{'ok' if fine else 'FAILED'}: {what}", flush=True)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def unpack(folder):
    with tarfile.open(ARCHIVE) as archive:
        manifest = json.load(archive.extractfile("manifest.json"))[0]
        config = json.load(archive.extractfile(manifest["Config"]))["config"]
        for name in manifest["Layers"]:
            with tarfile.open(fileobj=archive.extractfile(name), mode="r:gz") as layer:
                layer.extractall(folder, numeric_owner=True, filter="fully_trusted")
    os.chmod(folder, 0o755)
    for name in ("proc", "dev"):
        os.makedirs(os.path.join(folder, name), exist_ok=True)
    return config


def answer(url):
    try:
        with urllib.request.urlopen(url, timeout=30) as response:
            return response.read().decode()
    except OSError as e:
        return f"none: {e}"


def run(root, config, command, environment, port, path, look):
    """Starts it, waits until path answers ok, looks at it, and stops it; gives its exit code."""
    known = dict(entry.split("=", 1) for entry in config["Env"])
    start = json.dumps([root, {**known, **environment}, *command])
    process = subprocess.Popen(["unshare", "--mount", "bash", "-e", "-c", MOUNTS, root, START, start])
    base = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + 120
        while answer(base + path).strip() != "ok" and process.poll() is None and time.monotonic() < end:
            time.sleep(0.5)
        look(base)
        process.send_signal(signal.SIGTERM)
        return process.wait(60)
    finally:
        if process.poll() is None:
            process.kill()


def main():
    root = tempfile.mkdtemp(prefix="rh-image-")
    try:
        config = unpack(root)
        check("it runs as user 1000", config["User"] == "1000:1000")
        for name in ("rayhistory", "historyserver"):
            port = free_port()
            code = run(root, config, ["/usr/local/bin/" + name] + ["serve"] * (name == "rayhistory"), {"RAYHISTORY_PORT": str(port)},
                       port, "/readyz", lambda base: check(f"{name} shows the sample",
                                                            '"result":true' in answer(base + "/s/default/demo/latest/api/v0/tasks")))
            check(f"{name} ends when told to: {code}", code in (0, 143))
        for name in ("rayhistory", "collector"):
            admin = free_port()
            sidecar = {"RAY_ROLE": "Head", "RAY_CLUSTER_NAME": "demo", "RAY_CLUSTER_NAMESPACE": "ray", "POD_IP": "127.0.0.1",
                       "FQ_RAY_IP": "localhost", "RAY_TMP_ROOT": "/tmp/ray", "STORAGE_BACKEND": "filesystem",
                       "STORAGE_DIRECTORY": "/tmp/store", "EVENTS_PORT": "0", "RAY_COLLECTOR_ADMIN_PORT": str(admin),
                       "RAY_COLLECTOR_SHUTDOWN_GRACE": "1s", "RAY_DASHBOARD_ADDRESS": f"http://localhost:{free_port()}"}
            code = run(root, config, ["/usr/local/bin/" + name], sidecar, admin, "/livez", lambda base: check(
                f"{name} collects, told by the Go collector's variables alone",
                "\nrayhistory_collector_dropped_bytes_total 0.0\n" in answer(base + "/metrics")))
            check(f"{name} ends when told to: {code}", code == 0)
    finally:
        shutil.rmtree(root)
    print(f"image: {passed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
