"""Stores that the checked collectors write to: a folder, or a container in Azurite. Both can be copied into a folder."""
import base64
import email.utils
import hashlib
import hmac
import os
import secrets
import shutil
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree

from checks import free_port

VERSION = "2023-11-03"
CONTAINER = "ray-historyserver"


class FolderStore:
    kind = "folder"

    def __init__(self, folder):
        self.folder = os.path.join(folder, "store")
        os.makedirs(self.folder)
        self.env = {"STORAGE_BACKEND": "filesystem", "STORAGE_DIRECTORY": self.folder, "STORAGE_ROOT_DIR": "ray"}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def names(self):
        return sorted(os.path.relpath(os.path.join(folder, name), self.folder)
                      for folder, _, files in os.walk(self.folder) for name in files if not name.startswith("."))

    def read(self, name):
        with open(os.path.join(self.folder, name), "rb") as file:
            return file.read()


def find_azurite():
    """Path of Azurite's program, or None."""
    cache = os.path.join(os.environ.get("XDG_CACHE_HOME", os.path.expanduser("~/.cache")), "rayhistory-ci")
    found = [os.environ.get("RAYHISTORY_AZURITE"), shutil.which("azurite-blob")]
    if os.path.isdir(cache):
        found += [os.path.join(cache, name, "node_modules/.bin/azurite-blob") for name in sorted(os.listdir(cache)) if "azurite" in name]
    return next((path for path in found if path and os.path.exists(path)), None)


class AzuriteStore:
    """An Azurite of its own, with an account whose key nobody else knows."""
    kind = "azurite"

    def __init__(self, folder, through=None):
        self.folder, self.port, self.account = os.path.join(folder, "azurite"), free_port(), "e2e"
        self.key = base64.b64encode(secrets.token_bytes(48)).decode()
        self.more = []
        self.env = self.settings(through or self.port)

    def settings(self, port):
        """The same store, reached by another port."""
        return {"STORAGE_BACKEND": "azureblob", "STORAGE_ROOT_DIR": "ray", "AZURE_STORAGE_CONTAINER": CONTAINER,
                "AZURE_STORAGE_CONNECTION_STRING": f"DefaultEndpointsProtocol=http;AccountName={self.account};AccountKey={self.key};"
                                                   f"BlobEndpoint=http://127.0.0.1:{port}/{self.account};"}

    def __enter__(self):
        os.makedirs(self.folder)
        self.process = subprocess.Popen(
            [find_azurite(), "--blobHost", "127.0.0.1", "--blobPort", str(self.port), "--location", self.folder, "--silent",
             "--skipApiVersionCheck", "--disableTelemetry", *self.more],
            env={**os.environ, "AZURITE_ACCOUNTS": f"{self.account}:{self.key}"}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 180
        while True:
            try:
                self.answer("GET", {"comp": "list"}, container=False)
                return self
            except urllib.error.HTTPError:
                self.__exit__()
                raise
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    self.__exit__()
                    raise
                time.sleep(0.2)

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait(10)

    def answer(self, method, query, name="", container=True):
        path = f"/{self.account}/" + (CONTAINER if container else "") + ("/" + urllib.parse.quote(name, safe="/") if name else "")
        headers = {"x-ms-date": email.utils.formatdate(usegmt=True), "x-ms-version": VERSION}
        canonical = "".join(f"{key}:{value}\n" for key, value in sorted(headers.items()))
        resource = f"/{self.account}{path}" + "".join(f"\n{key}:{value}" for key, value in sorted(query.items()))
        text = f"{method}\n" + "\n" * 11 + canonical + resource
        signature = base64.b64encode(hmac.new(base64.b64decode(self.key), text.encode(), hashlib.sha256).digest()).decode()
        headers["Authorization"] = f"SharedKey {self.account}:{signature}"
        url = f"http://127.0.0.1:{self.port}{path}" + ("?" + urllib.parse.urlencode(query) if query else "")
        request = urllib.request.Request(url, headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read()

    def names(self):
        found, marker = [], ""
        while True:
            query = {"restype": "container", "comp": "list"} | ({"marker": marker} if marker else {})
            try:
                page = xml.etree.ElementTree.fromstring(self.answer("GET", query).decode("utf-8-sig"))
            except urllib.error.HTTPError as error:
                if error.code == 404:  # the collectors have not made the container yet
                    return []
                raise
            found += [name.text for name in page.iter("Name")]
            marker = page.findtext("NextMarker") or ""
            if not marker:
                return found

    def read(self, name):
        return self.answer("GET", {}, name)


def copy(store, folder, change=lambda name, body: body):
    """Writes every object into a folder of the same shape."""
    for name in store.names():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(change(name, store.read(name)))
