"""Several of Ray's web clients in one folder: each session gets that of its own Ray, and our pages say which, in headless Chromium.

usage: web_versions.py   the second client is a copy, with a mark, of the one of the Ray that this Python has
"""
import asyncio
import glob
import os
import shutil
import sys
import tempfile

import ray

from checks import Checks, Recording
from page import Page

NAME = "session_2026-11-22_20-21-16_964865_19675"
MARKER = "<head>"
METADATA = "fetched_endpoints/restful__api__v0__cluster_metadata"
OWN, OLD = "2.60.0", "2.53.0"
# cluster: the Ray version that its record tells (None: none), the client it gets, what our page says of it
SESSIONS = {"demo": (OWN, OWN, "The web client of Ray 2.60.0, as this session's."),
            "older": (OLD, OLD, "The web client of Ray 2.53.0, as this session's."),
            "patched": ("2.53.7", OLD, "The web client of Ray 2.53.0, the nearest to this session's 2.53.7."),
            "between": ("2.54.1", OWN, "The web client of Ray 2.60.0, the nearest to this session's 2.54.1."),
            "newer": ("2.71.0", OWN, "The web client of Ray 2.60.0, the nearest to this session's 2.71.0."),
            "silent": (None, OWN, "The web client of Ray 2.60.0, the nearest to this session's unknown version.")}


def clients(folder):
    build = os.path.join(os.path.dirname(ray.__file__), "dashboard/client/build")
    for version in (OWN, OLD):
        own = os.path.join(folder, version)
        shutil.copytree(build, own, ignore=shutil.ignore_patterns("*.map", "speedscope*"))
        index = os.path.join(own, "index.html")
        with open(index, encoding="utf-8") as old:
            text = old.read()
        assert MARKER in text, text
        with open(index, "w", encoding="utf-8") as new:
            new.write(text.replace(MARKER, f'{MARKER}<meta name="client" content="{version}">'))


def sessions(store):
    """Copies of the recorded session, each of another Ray."""
    root = os.path.join(store, "ray")
    for cluster, (version, _, _) in SESSIONS.items():
        if cluster == "demo":
            continue
        history = os.path.join(root, "cluster-history/raycluster/default", cluster)
        shutil.copytree(os.path.join(root, "cluster-history/raycluster/default/demo"), history)
        shutil.copytree(os.path.join(root, "cluster-metadata/raycluster/default_demo"), os.path.join(root, "cluster-metadata/raycluster/default_" + cluster))
        metadata = glob.glob(os.path.join(history, "*", METADATA))[0]
        with open(metadata, encoding="utf-8") as old:
            text = old.read()
        assert OWN in text, text
        if version is None:
            os.remove(metadata)
            for logs in glob.glob(os.path.join(history, "*", "*", "logs")):
                shutil.rmtree(logs)  # logs tell the version, too
        else:
            with open(metadata, "w", encoding="utf-8") as new:
                new.write(text.replace(OWN, version))


async def main():
    checks, recording, folder = Checks("versions of the web client"), Recording(), tempfile.mkdtemp(prefix="clients-")
    loop = asyncio.get_running_loop()
    try:
        clients(folder)
        sessions(recording.store)
        with recording.serve("--dashboard-dir", folder) as server:
            async with Page() as page:
                await page.look()
                for cluster, (version, client, sentence) in SESSIONS.items():
                    async def picked(cluster=cluster, client=client, sentence=sentence):
                        await page.open(f"{server.url}/sessions/default/{cluster}/{NAME}", "ValueError: boom 1", "Open in Ray Dashboard")
                        await page.click("summary", "More")
                        await page.until("document.querySelector('.menu[open]')", "the menu")
                        told = await page.run("return document.querySelector('.menu').innerText")
                        assert sentence in told, told
                        page.clean(server.url)
                        await page.click(".menu a", "Open this session in Ray Dashboard")
                        await page.until("location.pathname.startsWith('/s/') && document.body.innerText.includes('Overview')", "Ray's web client")
                        opened = await page.run("return document.querySelector('meta[name=client]').content")
                        assert opened == client, opened
                        assert not page.errors, page.errors[:3]
                    await asyncio.to_thread(checks.check, f"Ray {version or 'of a version nobody recorded'} gets the client of {client}, and the page says so",
                                            lambda: asyncio.run_coroutine_threadsafe(picked(), loop).result())
    finally:
        recording.close()
        shutil.rmtree(folder, ignore_errors=True)
    return checks.finish()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
