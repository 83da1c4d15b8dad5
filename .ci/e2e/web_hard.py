"""The pages in hard times, nothing of them played: Azurite behind a proxy that delays and refuses, and a session that failed 5,000 times.

usage: web_hard.py [--pictures DIR]   AXE names axe-core's axe.min.js
"""
import argparse
import asyncio
import json
import os
import shutil
import sys

import failing
from azure import Azurite, connection
from checks import Checks, Recording, Server
from collect_proxy import FaultyProxy
from page import Page
from web_pages import Judge

DOWN = "The store does not answer"
PATIENCE = 60  # the client of Azure tries again for some seconds before it gives up
OTHER = "twin"


def twin(store):
    """The same session under another cluster's name, for a load that comes when the first one is loaded already."""
    root = os.path.join(store, "ray")
    shutil.copytree(os.path.join(root, "cluster-history/raycluster/default/demo"), os.path.join(root, "cluster-history/raycluster/default", OTHER))
    shutil.copytree(os.path.join(root, "cluster-metadata/raycluster/default_demo"), os.path.join(root, "cluster-metadata/raycluster/default_" + OTHER))


async def said(page, *texts):
    await page.until(" && ".join(f"document.body.innerText.includes({json.dumps(text)})" for text in texts), " and ".join(texts), PATIENCE)
    wide = await page.run("return document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"the page is {wide} pixels wider than the window"  # stores name objects in words of 300 characters


async def weather(checks, page, server, proxy, pictures):
    async def nothing_yet():
        proxy.weather = "refused"
        await page.send("Page.navigate", url=server.url + "/")
        await said(page, DOWN, "Try again")
        if pictures:
            await page.picture(os.path.join(pictures, "hard-outage.png"))
        proxy.weather = "fair"
        await page.click("button", "Try again")
        await page.until("document.querySelectorAll('table.data tbody tr').length === 2", "both sessions", PATIENCE)

    loop = asyncio.get_running_loop()

    async def check(sentence, work):
        await asyncio.to_thread(checks.check, sentence, lambda: asyncio.run_coroutine_threadsafe(work(), loop).result())

    await check("the list of a store that refuses connections, and of the same store when it is back", nothing_yet)
    proxy.weather = "fair"
    j = Judge(checks, page, server.url, pictures, "demo")

    async def slow():
        proxy.weather = "slow"
        await page.send("Page.navigate", url=j.base)
        await page.until("/Reading [1-9]\\d* of \\d+ objects/.test(document.body.innerText) && document.querySelector('progress[value]')", "the progress", PATIENCE)
        await j.picture("hard-slow")
        await j.axe()
        await said(page, "ValueError: boom 1")
        proxy.weather = "fair"
    await check("a session from a slow store: how far the reading is, then what failed", slow)

    async def half():
        await page.open(j.base, "ValueError: boom 1")
        node = next(node["nodeId"] for node in j.get("/nodes")["rows"])
        proxy.weather = "refused"
        await page.send("Page.navigate", url=f"{j.base}/logs/{node}/raylet.out")
        await said(page, DOWN, "Try again")
        await j.picture("hard-log")
        await j.axe()
        await page.click("nav.tabs a", "Tasks")
        await page.until("document.querySelector('table.data')", "the tasks, which are in memory")
        proxy.weather = "fair"
        await page.run("history.back()")
        await page.until("document.querySelector('main')?.innerText.includes('raylet.out')", "the log's page")
        if await page.run("return [...document.querySelectorAll('button')].some((b) => b.textContent.includes('Try again'))"):
            await page.click("button", "Try again")
        await page.until("/\\d+ lines/.test(document.body.innerText) && document.querySelector('.lines, [class*=line]')", "the lines", PATIENCE)
    await check("the store goes away under a loaded session: logs say so, lists go on, logs come back", half)

    async def broken_load():
        proxy.weather = "slow"
        await page.send("Page.navigate", url=j.base.replace("/demo/", f"/{OTHER}/"))
        await page.until("document.querySelector('progress[value]')", "the progress", PATIENCE)
        proxy.weather = "refused"
        await said(page, "The session cannot be read", "Try again")
        await j.picture("hard-load")
        await j.axe()
        proxy.weather = "fair"
        await page.click("button", "Try again")
        await said(page, "ValueError: boom 1")
    await check("the store goes away while a session is read: never half a result, and another try brings all of it", broken_load)


async def many(checks, page, pictures):
    recording = Recording()
    loop = asyncio.get_running_loop()
    failing.make(recording.store)
    try:
        with recording.serve() as server:
            j = Judge(checks, page, server.url, pictures)
            j.get("/nodes?wait=60")

            async def readable():
                await page.look()
                await j.open(j.base, "ValueError: boom 1", "more causes")
                paint = await page.run("return performance.getEntriesByName('first-contentful-paint')[0].startTime")
                shown = await page.run("return document.querySelectorAll('.group').length")
                assert shown < 60, f"{shown} causes at first"
                await j.picture("hard-many")
                await j.axe()
                await page.click("button", "more causes")
                await page.until("document.querySelectorAll('.group').length > 100 && location.search.includes('all=')", "all causes")
                await page.run("document.querySelectorAll('.group')[140].scrollIntoView({block: 'center'}); document.querySelectorAll('.group')[140].click()")
                await page.until("document.querySelector('.detail .trace')", "a cause far down")
                place = await page.run("const r = document.querySelector('.detail h2').getBoundingClientRect(); return [r.top, innerHeight]")
                assert 0 <= place[0] < place[1], f"the cause's title is at {place}"
                page.clean(server.url)
                return f"{shown} causes at first, first paint after {paint:.0f} ms"
            await asyncio.to_thread(checks.check, "5,000 failures of 300 kinds: some causes at first, all on request, each beside the list",
                                    lambda: asyncio.run_coroutine_threadsafe(readable(), loop).result())
    finally:
        recording.close()


async def main():
    options = argparse.ArgumentParser()
    options.add_argument("--pictures", default="")
    options = options.parse_args()
    checks, recording = Checks("pages in hard times"), Recording()
    twin(recording.store)
    azurite = Azurite()
    try:
        azurite.upload(recording.store)
        proxy = FaultyProxy(azurite.port, 1)
        try:
            with Server("serve", "--port", "0", "--snapshots", "off", env=azurite.environment(AZURE_STORAGE_CONNECTION_STRING=connection(proxy.port))) as server:
                async with Page() as page:
                    await page.look()
                    await weather(checks, page, server, proxy, options.pictures)
            async with Page() as page:
                await many(checks, page, options.pictures)
        finally:
            proxy.stop()
    finally:
        azurite.stop()
        recording.close()
    return checks.finish()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
