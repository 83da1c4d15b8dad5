"""The runnable jar as a stranger meets it: help, version, errors, the bundled sample, a folder, an archive, SIGTERM."""
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import zipfile

from checks import JAR, PROJECT, Checks, Recording, Server, fetch, session_base

JAVA = os.environ.get("RAYHISTORY_JAVA", "java")


def run(*arguments, code=0, env=None):
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("STORAGE_", "SESSION_", "RAYHISTORY_"))}
    done = subprocess.run([JAVA, "-jar", JAR, *arguments], capture_output=True, text=True, timeout=120, env={**clean, **(env or {})})
    assert done.returncode == code, f"exit code {done.returncode}, expected {code}\n{done.stdout}\n{done.stderr}"
    assert "\tat " not in done.stderr, f"a stack trace:\n{done.stderr}"
    return done


def has(text, *parts):
    for part in parts:
        assert part in text, f"'{part}' is not in\n{text[:1500]}"


def error(sentence, *arguments, code, env=None):
    done = run(*arguments, code=code, env=env)
    has(done.stderr, sentence)
    assert done.stdout == "", f"on standard output: {done.stdout}"
    return done.stderr.splitlines()[0]


def main():
    checks, live = Checks("jar"), Recording()
    store = ("--storage-directory", live.store, "--storage-root-dir", "ray")
    processes = []
    checks.check("without arguments prints help", lambda: has(run().stdout, "Usage: rayhistory", "serve", "open", "sessions"))
    checks.check("--help", lambda: has(run("--help").stdout, "Usage: rayhistory"))
    checks.check("serve --help names every setting", lambda: has(run("serve", "--help").stdout, "--storage-backend", "--storage-directory", "--storage-root-dir",
                 "--storage-backend-config-path", "--host", "--port", "--dashboard-dir", "--session-cache-max-memory", "--session-cache-size",
                 "--session-cache-ttl", "--session-process-timeout", "STORAGE_BACKEND"))
    checks.check("--version", lambda: has(run("--version").stdout, "rayhistory 0.") or run("--version").stdout.strip())
    checks.check("an unknown option is exit code 2", lambda: error("Unknown option", "serve", "--nonsense", code=2))
    checks.check("an unknown command is exit code 2", lambda: error("nonsense", "nonsense", code=2))
    checks.check("a bad port is exit code 2, naming the variable", lambda: error("RAYHISTORY_PORT", "serve", code=2, env={"RAYHISTORY_PORT": "70000"}))
    checks.check("an unknown backend is exit code 2", lambda: error("STORAGE_BACKEND", "serve", code=2, env={"STORAGE_BACKEND": "floppy"}))
    checks.check("a folder that is not there is exit code 2", lambda: error("/nowhere", "sessions", "--storage-directory", "/nowhere", code=2))
    checks.check("open of nothing is exit code 2", lambda: error("there is no such file", "open", "/nowhere.zip", code=2))
    checks.check("open of a folder without history is exit code 1", lambda: error("holds no Ray history", "open", live.live, code=1))
    checks.check("sessions of a folder", lambda: has(run("sessions", *store).stdout, "session_2026-11-22_20-21-16_964865_19675", "demo"))
    checks.check("sessions --json", lambda: [s["cluster"] for s in json.loads(run("sessions", "--json", *store).stdout)["sessions"]].index("demo") and None)
    with tempfile.TemporaryDirectory() as empty:
        checks.check("sessions of an empty store says where it looked", lambda: has(run("sessions", "--storage-directory", empty).stdout, empty))
    checks.check("sessions of the bundled sample", lambda: has(run("sessions").stdout, "session_2026-11-22"))

    def unreadable():
        """Another user than the superuser, whom no permission stops, asks for a store with a folder that is shut."""
        with tempfile.TemporaryDirectory() as top:
            os.chmod(top, 0o755)
            jar = shutil.copy(JAR, top)
            store_there = shutil.copytree(live.store, os.path.join(top, "store"))
            node = glob.glob(os.path.join(store_there, "ray", "cluster-history", "raycluster", "default", "demo", "session_*", "*"))[0]
            os.chmod(node, 0)
            user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
            server = subprocess.Popen([*user, JAVA, "-jar", jar, "serve", "--port", "0", "--storage-directory", store_there,
                                       "--storage-root-dir", "ray"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            try:
                url = next(line.split()[-1] for line in server.stdout if line.startswith("Ready:"))
                try:
                    fetch(session_base(url.rstrip("/")) + "/api/v0/tasks")
                except urllib.error.HTTPError as refused:
                    assert refused.code == 503, refused.code
                    has(json.loads(refused.read())["msg"], os.path.basename(node))
                else:
                    raise AssertionError("answered in spite of a folder that cannot be read")
            finally:
                server.terminate()
                server.wait(30)
                os.chmod(node, 0o755)
    checks.check("a folder without permission is an error, not an empty session", unreadable)

    def sample():
        with Server("serve", "--port", "0", java=JAVA) as server:
            processes.append(server.process.pid)
            has("\n".join(server.output), "bundled sample")
            assert glob.glob(os.path.join(tempfile.gettempdir(), f"rayhistory-{server.process.pid}-*")), "the sample is nowhere"
            has(fetch(server.url + "/livez").decode(), "ok")
            has(fetch(server.url + "/").decode(), "<title>Ray History</title>")
            has(fetch(server.url + "/history/v1/sessions").decode(), "session_2026-11-22")
            rows = json.loads(fetch(session_base(server.url) + "/api/v0/tasks?limit=10"))["data"]["result"]["result"]
            assert len(rows) == 10, f"{len(rows)} rows"
            return f"stopped in {server.stop():.1f}s"
    checks.check("serve without storage shows the bundled sample", sample)

    def folder():
        with live.serve(java=JAVA) as server:
            result = json.loads(fetch(session_base(server.url) + "/api/v0/tasks?limit=1"))["data"]["result"]
            has(fetch(server.url + "/metrics").decode(), "# TYPE")
            try:
                fetch(server.url + "/nonsense")
            except urllib.error.HTTPError as missing:
                assert missing.code == 404, missing.code
            return f"{result['total']} tasks"
    checks.check("serve of a folder", folder)
    session = glob.glob(os.path.join(live.store, "ray/cluster-history/raycluster/default/demo/session_*_19675"))[0]
    zipped = os.path.join(live.folder, "session.zip")
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        for parent, _, names in os.walk(session):
            for name in names:
                archive.write(os.path.join(parent, name), os.path.relpath(os.path.join(parent, name), os.path.dirname(session)))
    counts = []

    def opened(path):
        with Server("open", path, "--port", "0", java=JAVA) as server:
            processes.append(server.process.pid)
            server.expect("export RAY_ADDRESS=" + server.url)
            counts.append(json.loads(fetch(server.url + "/api/v0/tasks?limit=1"))["data"]["result"]["total"])
            assert counts[-1] == counts[0] and counts[0] > 400, counts
            assert server.stop() < 15, "stopping took too long"
            return f"{counts[-1]} tasks"
    for what, path in (("a .tar.gz of a store", live.archive), ("a store's folder", live.store), ("one session's folder", session), ("a .zip of one session", zipped)):
        checks.check(f"open of {what}", lambda path=path: opened(path))

    def launched(cache, *arguments, code=0):
        env = {**os.environ, "RAYHISTORY_JAVA": JAVA, "RAYHISTORY_CACHE": cache}
        done = subprocess.run([os.path.join(PROJECT, "rayhistory"), *arguments], capture_output=True, text=True, timeout=300, env=env)
        assert done.returncode == code, f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def rehearsed():
        """What a rehearsal keeps is used, or ignored, without a word."""
        with tempfile.TemporaryDirectory() as folder:
            cache = os.path.join(folder, "cache")
            assert launched(cache, "rehearse").stdout == ""
            kept = os.listdir(cache)
            assert len(kept) == 1, kept
            path = os.path.join(cache, kept[0])
            size = os.path.getsize(path)
            for junk in (False, True):
                if junk:
                    os.unlink(path)
                    with open(path, "wb") as other:
                        other.write(b"of another java")
                done = launched(cache, "--version")
                assert done.stdout.startswith("rayhistory 0.") and done.stdout.count("\n") == 1 and done.stderr == "", done
            launched(os.path.join(path, "no folder"), "--version")
            has(launched(os.path.join(path, "no folder"), "rehearse", code=1).stderr, "cannot write")
            return f"{size >> 20} MB"
    checks.check("the launcher keeps what a rehearsal loaded, and takes no harm from what it cannot use", rehearsed)

    def tidy():
        assert processes, "no server was started"
        left = [found for pid in processes for found in glob.glob(os.path.join(tempfile.gettempdir(), f"rayhistory-{pid}-*"))]
        assert not left, f"left behind: {left}"
    checks.check("nothing is left in the temporary folder", tidy)
    live.close()
    return checks.finish()


if __name__ == "__main__":
    sys.exit(main())
