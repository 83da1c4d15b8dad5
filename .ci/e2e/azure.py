"""The jar against Azurite: sessions, serve, open and check-storage, the same answers as from the folder, and failures told in a sentence."""
import base64
import concurrent.futures
import datetime
import hashlib
import hmac
import json
import os
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

from checks import JAR, Checks, Recording, Server, fetch, session_base

JAVA = os.environ.get("RAYHISTORY_JAVA", "java")
ACCOUNT = "devstoreaccount1"
# Not a secret: printed in the emulator's manual.
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
CONTAINER = "ray-history"
AT_MOST = 10


def connection(port, key=KEY, host="127.0.0.1"):
    return f"DefaultEndpointsProtocol=http;AccountName={ACCOUNT};AccountKey={key};BlobEndpoint=http://{host}:{port}/{ACCOUNT};"


class Azurite:
    """The emulator, on a free port, in memory."""

    def __init__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(["azurite-blob", "--inMemoryPersistence", "--silent", "--disableTelemetry", "--blobPort", str(self.port)],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                assert self.process.poll() is None and time.monotonic() < deadline, "Azurite did not start"
                time.sleep(0.1)

    def put(self, path, query, body=b"", **headers):
        """A signed PUT; the path is the raw name."""
        quoted = "/" + ACCOUNT + "/" + "/".join(urllib.parse.quote(part, safe="") for part in path.split("/"))
        headers = {"x-ms-date": datetime.datetime.now(datetime.timezone.utc).strftime("%a, %d %b %Y %H:%M:%S GMT"), "x-ms-version": "2025-01-05",
                   **{name.replace("_", "-"): value for name, value in headers.items()}}
        signed = "".join(f"{name}:{value}\n" for name, value in sorted(headers.items()))
        resource = f"/{ACCOUNT}{quoted}" + "".join(f"\n{name}:{value}" for name, value in sorted(query.items()))
        text = f"PUT\n\n\n{len(body) or ''}\n\napplication/octet-stream\n\n\n\n\n\n\n{signed}{resource}"
        signature = base64.b64encode(hmac.new(base64.b64decode(KEY), text.encode(), hashlib.sha256).digest()).decode()
        url = f"http://127.0.0.1:{self.port}{quoted}" + ("?" + urllib.parse.urlencode(query) if query else "")
        request = urllib.request.Request(url, data=body, method="PUT", headers={
            **headers, "Authorization": f"SharedKey {ACCOUNT}:{signature}", "Content-Type": "application/octet-stream", "Content-Length": str(len(body))})
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert answer.status == 201

    def upload(self, folder):
        self.put(CONTAINER, {"restype": "container"})
        names = [os.path.relpath(os.path.join(place, name), folder) for place, _, files in os.walk(folder) for name in files]

        def one(name):
            with open(os.path.join(folder, name), "rb") as content:
                self.put(CONTAINER + "/" + name, {}, content.read(), x_ms_blob_type="BlockBlob")
        with concurrent.futures.ThreadPoolExecutor(4) as threads:
            list(threads.map(one, names))
        return len(names)

    def environment(self, **more):
        return {"STORAGE_BACKEND": "azureblob", "STORAGE_ROOT_DIR": "ray", "AZURE_STORAGE_CONNECTION_STRING": connection(self.port),
                "AZURE_STORAGE_CONTAINER": CONTAINER, **more}

    def stop(self):
        self.process.kill()
        self.process.wait()


def run(env, *arguments, code=0):
    done = subprocess.run([JAVA, "-jar", JAR, *arguments], capture_output=True, text=True, timeout=120, env={**os.environ, **env})
    assert done.returncode == code, f"exit code {done.returncode}, expected {code}\n{done.stdout}\n{done.stderr}"
    assert "\tat " not in done.stderr, f"a stack trace:\n{done.stderr}"
    assert KEY not in done.stdout + done.stderr, "the key is shown"
    return done


def has(text, *parts):
    for part in parts:
        assert part in text, f"'{part}' is not in\n{text[:1500]}"


def told(env, sentence, code=1):
    """The command fails soon, with one sentence and no list."""
    started = time.monotonic()
    done = run(env, "sessions", code=code)
    seconds = time.monotonic() - started
    has(done.stderr, sentence)
    assert done.stdout == "" and seconds < AT_MOST, f"{done.stdout} after {seconds:.1f} s"
    return done.stderr.splitlines()[-1]


def main():
    for name in [name for name in os.environ if name.startswith(("AZURE_", "STORAGE_", "SESSION_"))]:
        del os.environ[name]
    checks, live, azurite = Checks("azure"), Recording(), Azurite()
    env = azurite.environment()
    checks.check("the recording goes up", lambda: f"{azurite.upload(live.store)} objects")
    checks.check("sessions", lambda: has(run(env, "sessions").stdout, "session_2026-11-22_20-21-16_964865_19675"))
    checks.check("check-storage", lambda: has(run(env, "check-storage").stdout, "list    ok", "read    ok", "write   ok", "extend  ok", "delete  ok",
                                              "All of it works"))

    def same_answers():
        with live.serve() as folder, Server("serve", "--port", "0", env=env) as cloud:
            mine, theirs = session_base(cloud.url), session_base(folder.url)
            uris = live.uris(r"^/(api/v0/(tasks|actors|jobs|nodes|placement_groups|workers|logs)|api/jobs|logical/actors|nodes|events)")
            assert len(uris) > 20, uris
            for uri in uris:
                try:
                    expected = fetch(theirs + uri)
                except urllib.error.HTTPError:
                    continue
                assert fetch(mine + uri) == expected, f"{uri} differs"
            return f"{len(uris)} answers"
    checks.check("serve answers byte for byte as from the folder", same_answers)

    def opened():
        with Server("open", "--storage-backend", "azureblob", "--port", "0", env=env) as server:
            assert json.loads(fetch(server.url + "/api/v0/nodes"))["result"]
    checks.check("open without a path", opened)

    def from_file():
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump({"storageBackend": "azureblob", "azureContainer": CONTAINER, "azureConnectionString": connection(azurite.port)}, file)
            file.flush()
            bad = {"AZURE_STORAGE_CONTAINER": "elsewhere", "STORAGE_BACKEND_CONFIG_PATH": file.name, "STORAGE_ROOT_DIR": "ray"}
            has(run(bad, "sessions").stdout, "session_2026-11-22")
    checks.check("the configuration file wins over the variables", from_file)

    checks.check("nothing configured", lambda: told({"STORAGE_BACKEND": "azureblob"}, "set AZURE_STORAGE_CONNECTION_STRING or AZURE_STORAGE_ACCOUNT_URL", code=2))
    checks.check("a wrong host name", lambda: told({**env, "AZURE_STORAGE_CONNECTION_STRING": connection(80, host="no-such-account.invalid")},
                                                  "cannot resolve no-such-account.invalid"))
    checks.check("a wrong key", lambda: told({**env, "AZURE_STORAGE_CONNECTION_STRING": connection(azurite.port, KEY.replace("Eby8", "Fby8"))},
                                             "the account key does not match account devstoreaccount1"))
    checks.check("a missing container", lambda: told({**env, "AZURE_STORAGE_CONTAINER": "elsewhere"}, "container elsewhere does not exist yet"))
    checks.check("workload identity outside of a pod", lambda: told({**env, "AZURE_STORAGE_AUTH_MODE": "workload-identity",
                 "AZURE_STORAGE_ACCOUNT_URL": "https://demo.blob.core.windows.net"}, "needs the variable AZURE_CLIENT_ID"))

    def stopped():
        with Server("serve", "--port", "0", env=env) as server:
            assert fetch(server.url + "/readz") == b"ok"
            azurite.stop()
            started = time.monotonic()
            try:
                fetch(server.url + "/s/default/demo/latest/api/v0/nodes")
                raise AssertionError("an answer without a store")
            except urllib.error.HTTPError as refusal:
                text = refusal.read().decode()
                assert refusal.code == 503 and time.monotonic() - started < AT_MOST, f"{refusal.code} after {time.monotonic() - started:.1f} s"
                has(text, "cannot connect to 127.0.0.1")
    checks.check("storage stopped: 503 with the reason, not an empty list", stopped)
    azurite.stop()
    live.close()
    return checks.finish()


if __name__ == "__main__":
    raise SystemExit(main())
