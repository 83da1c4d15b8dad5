"""The pages in headless Chromium against the jar: every view with data, empty, loading, broken, partial and hostile; links, keys, axe.

usage: web_pages.py [--pictures DIR]   AXE names axe-core's axe.min.js
"""
import argparse
import asyncio
import json
import os
import sys
import urllib.parse

import hostile
from checks import Checks, Recording, fetch
from page import Page
from web_timeline import clocks, timeline

VIEWS = {"failures": "ValueError: boom 1", "timeline": "spans", "tasks": "attempts", "actors": "Counter", "jobs": "raysubmit_fail", "nodes": "127.0.0.2",
         "groups": "placement group", "events": "Started a ray job", "logs": "raylet.out"}
EMPTY = {"rows": [], "first": 0, "total": 0, "all": 0, "nextCursor": "", "recordEndMs": None}
EMPTIES = {"tasks": ("/tasks?", "No attempt is recorded"), "actors": ("/actors?", "No actor is recorded"), "jobs": ("/jobs?", "No job is recorded"), "nodes": ("/nodes?", "No node is recorded"),
           "groups": ("/placement-groups?", "No placement group is recorded"), "events": ("/events?", "No event is recorded")}
API = {"failures": "/failures", "timeline": "/timeline?", "tasks": "/tasks?", "actors": "/actors?", "jobs": "/jobs?", "nodes": "/nodes?", "groups": "/placement-groups?", "events": "/events?", "logs": "/logs?"}
DOWN = {"status": 503, "title": "Service Unavailable", "detail": "cannot resolve nowhere.example: is the account name right?", "kind": "unavailable"}


class Judge:
    def __init__(self, checks, page, url, pictures, cluster="demo"):
        self.checks, self.page, self.url, self.pictures = checks, page, url, pictures
        self.loop = asyncio.get_running_loop()
        row = next(row for row in json.loads(fetch(url + "/history/v1/sessions"))["rows"] if row["cluster"] == cluster)
        self.row, self.base = row, f"{url}/sessions/{row['path']}"
        self.api = f"{url}/history/v1/sessions/{row['path']}"
        with open(os.environ["AXE"], encoding="utf-8") as axe:
            self.axe_source = axe.read()

    async def check(self, sentence, work):
        await asyncio.to_thread(self.checks.check, sentence, lambda: asyncio.run_coroutine_threadsafe(work(), self.loop).result())

    def view(self, name):
        return self.base if name == "failures" else f"{self.base}/{name}"

    def get(self, path):
        return json.loads(fetch(self.api + path))

    async def open(self, url, *texts, clean=True):
        await self.page.open(url, *texts)
        if clean:
            self.page.clean(self.url)

    async def picture(self, name):
        if self.pictures:
            await self.page.picture(os.path.join(self.pictures, name + ".png"))

    async def axe(self):
        """The policy lets no other script into the page; the debugger may."""
        await self.page.send("Runtime.evaluate", expression=self.axe_source + ";void 0")
        found = await self.page.run("""const r = await axe.run(document, {resultTypes: ["violations"]});
            return r.violations.filter((v) => v.impact === "serious" || v.impact === "critical").map((v) => v.id + ": " + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | "))""")
        assert not found, "axe: " + "; ".join(found)


async def views(j):
    for theme in ("light", "dark"):
        for name, text in {"": "Sessions", **VIEWS}.items():
            async def shown(name=name, text=text, theme=theme):
                await j.page.look(1280, 800, theme)
                await j.open(j.view(name) if name else j.url + "/", text)
                await j.picture(f"{name or 'sessions'}-{theme}")
                await j.axe()
            await j.check(f"{name or 'sessions'} in {theme}, and axe has nothing serious to say", shown)
    for name, text in {"": "Sessions", **VIEWS}.items():
        async def phone(name=name, text=text):
            await j.page.look(390, 844, "dark")
            await j.open(j.view(name) if name else j.url + "/", text)
            wide = await j.page.run("return document.documentElement.scrollWidth")
            assert wide <= 390, f"the page is {wide} pixels wide"
            await j.page.until("(() => { const tab = document.querySelector('nav.tabs [aria-current]'); if (!tab) return true; const r = tab.getBoundingClientRect(); return r.left >= 0 && r.right <= innerWidth; })()", "the tab in sight", 3)
            await j.picture(f"{name or 'sessions'}-phone")
            await j.axe()
        await j.check(f"{name or 'sessions'} on a phone does not go sideways", phone)
    await j.page.look()


async def details(j):
    task = j.get("/tasks?state=FAILED&limit=1&wait=60")["rows"][0]
    node = j.get("/nodes")["rows"][0]["nodeId"]
    actor = j.get("/actors")["rows"][0]
    group = j.get("/placement-groups")["rows"][0]["placementGroupId"]
    event = j.get("/events")["rows"][0]["id"]
    for what, address, texts in [("a task", f"tasks?sel={task['taskId']}.{task['attempt']}", [task["taskId"], "Traceback" if "Traceback" in task["error"] else "States"]),
                                 ("an actor", f"actors?sel={actor['actorId']}", [actor["actorId"]]), ("a failed job", "jobs?sel=raysubmit_fail", ["Exit code", "Driver's log"]),
                                 ("a node", f"nodes?sel={node}", [node, "Resources"]), ("a placement group", f"groups?sel={group}", [group, "Bundles"]), ("an event", f"events?sel={urllib.parse.quote(event)}", [event]),
                                 ("a span", f"timeline?sel={task['taskId']}.{task['attempt']}", [task["taskId"][:8], "Details"]), ("a log", f"logs/{node}/raylet.out", ["raylet.out", "lines"])]:
        async def opened(address=address, texts=texts):
            await j.open(f"{j.base}/{address}", *texts)
            await j.axe()
        await j.check(f"{what} by a deep link", opened)


async def journeys(j):
    async def three_clicks():
        await j.open(j.url + "/", "demo")
        await j.page.click("table.data a", "demo")
        await j.page.click(".group", "ValueError: boom 1")
        await j.page.until("document.querySelector('.trace')?.textContent.includes('ValueError: boom 1')", "the traceback")
        j.page.clean(j.url)
        return "two clicks"
    await j.check("from the front page to the traceback of a failed task in three clicks, no typing", three_clicks)

    async def back():
        await j.open(j.base, "ValueError: boom 1")
        await j.page.click("nav.tabs a", "Tasks")
        await j.page.until("document.querySelector('table.data')", "the tasks")
        await j.page.click("table.data td.l1 a")
        await j.page.until("document.querySelector('.drawer dl')", "the drawer")
        there = await j.page.where()
        assert "sel=" in there, there
        await j.page.send("Page.reload")
        await j.page.until("document.querySelector('.drawer dl')", "the drawer after a reload")
        await j.page.run("history.back()")
        await j.page.until("!document.querySelector('.drawer') && document.querySelector('table.data')", "the list without a drawer")
        await j.page.run("history.back()")
        await j.page.until("document.querySelector('.group')", "the failures again")
        j.page.clean(j.url)
    await j.check("reload shows the same, and back goes back", back)

    async def keyboard():
        await j.open(j.url + "/", "demo")
        await j.page.press("j")
        await j.page.press("Enter")
        await j.page.until("document.querySelector('.group')", "the failures")
        for _ in range(12):
            await j.page.press("j")
            if "ValueError" in await j.page.run("return document.activeElement.textContent"):
                break
        await j.page.press("Enter")
        await j.page.until("document.querySelector('.trace')?.textContent.includes('ValueError: boom 1')", "the traceback")
        await j.page.press("g")
        await j.page.press("k")
        await j.page.until("location.pathname.endsWith('/tasks') && document.querySelector('table.data')", "the tasks")
        await j.page.press("/")
        assert await j.page.run("return document.activeElement.type") == "search"
        await j.page.press("Escape")
        await j.page.press("?")
        await j.page.until("document.querySelector('dialog[open]')", "the table of keys")
    await j.check("the keyboard alone leads to a traceback", keyboard)

    async def search():
        await j.open(j.view("tasks"), "attempts")
        await j.page.run("const i = document.querySelector('main input[type=search]'); i.value = 'boom'; i.dispatchEvent(new Event('input', {bubbles: true}))")
        await j.page.until("location.search.includes('q=boom') && /^\\d+ of \\d+ attempts/.test(document.querySelector('.total').textContent)", "the hits")
        await j.open(j.view("tasks") + "?q=nothing-is-called-so", "No attempt matches")
        await j.page.click("a", "Clear filters")
        await j.page.until("document.querySelector('table.data')", "all tasks")
    await j.check("search narrows a list, is in the address, and can be cleared", search)

    async def handover():
        await j.open(j.base, "ValueError: boom 1")
        await j.page.click("summary", "Ray Dashboard")
        await j.page.until("document.querySelector('.menu[open]')")
        text = await j.page.run("return document.querySelector('.menu').innerText")
        assert f"ray list tasks --address {j.url}/s/default/demo/session_" in text and "--dashboard-dir" in text, text
        for link in await j.page.run("return [...document.querySelectorAll('.menu a')].map((a) => a.href)"):
            assert fetch(link), link
        await j.axe()
    await j.check("the way to Ray's tools, a file and a trace", handover)

    async def unknown():
        await j.page.open(j.url + "/sessions/default/demo/session_2020-01-01_00-00-00_000000_1", "Not stored")
        await j.page.open(j.url + "/sessions/a/b", "No such page")
    await j.check("what is not stored is said to be so", unknown)


async def states(j):
    for name in VIEWS:
        async def broken(name=name):
            j.page.answers = [(API[name], 503, DOWN, 0)]
            try:
                await j.page.open(j.view(name), "The store does not answer", DOWN["detail"], "Try again")
                j.page.answers = []
                await j.page.click("button", "Try again")
                await j.page.until(f"document.body.innerText.includes({json.dumps(VIEWS[name])})", "the data after another try")
            finally:
                j.page.answers = []
        await j.check(f"{name} while the store is down, and after it came back", broken)
    for name, (api, text) in EMPTIES.items():
        async def empty(name=name, api=api, text=text):
            j.page.answers = [(api, 200, EMPTY, 0)]
            try:
                await j.open(j.view(name), text)
                await j.axe()
            finally:
                j.page.answers = []
        await j.check(f"{name} of a session that has none", empty)

    async def slow():
        j.page.answers = [("/tasks?", None, None, 1.5)]
        try:
            await j.page.send("Page.navigate", url=j.view("tasks"))
            await j.page.until("document.querySelector('.skeleton')", "the skeleton")
            await j.page.until("document.querySelector('table.data')", "the data")
        finally:
            j.page.answers = []
    await j.check("a slow answer shows a skeleton first", slow)

    async def loading():
        facts = {"session": j.row, "load": {"state": "loading", "progress": {"filesRead": 37, "files": 269, "bytesRead": 41_000_000, "bytes": 84_000_000, "events": 1234}, "error": None},
                 "facts": None, "outcome": "", "causes": 0, "verdict": [], "warnings": [], "loss": {}, "links": {}}
        j.page.answers = [(j.row["path"], 200, facts, 0)]
        try:
            await j.page.send("Page.navigate", url=j.base)
            await j.page.until("document.body.innerText.includes('Reading 37 of 269 objects, 41.0 MB of 84.0 MB') && document.querySelector('progress').value > 0.4", "the progress")
            await j.picture("loading")
            await j.axe()
            j.page.answers = [(j.row["path"], 200, {**facts, "load": {"state": "failed", "progress": None, "error": DOWN}}, 0)]
            await j.page.until("document.body.innerText.includes('cannot resolve nowhere.example')", "the failed load")
            j.page.answers = []
            await j.page.click("button", "Try again")
            await j.page.until("document.querySelector('.group')", "the failures")
        finally:
            j.page.answers = []
    await j.check("a session that is being read shows how far, then that it failed, then itself", loading)

    async def nothing():
        j.page.answers = [("/v1/sessions?", 200, {**EMPTY, "namespaces": [], "damaged": [{"object": "ray/x", "reason": "no name"}], "store": "/nowhere"}, 0)]
        try:
            await j.open(j.url + "/", "No session is stored there", "/nowhere", "Not readable")
            await j.axe()
        finally:
            j.page.answers = []
    await j.check("an empty store says where it looked", nothing)

    async def outage():
        await j.open(j.url + "/", "demo")
        j.page.answers = [("/v1/sessions?", 503, DOWN, 0)]
        try:
            await j.page.click("th button", "Cluster")
            await j.page.until("document.body.innerText.includes('The store does not answer') && document.body.innerText.includes('What is shown was read at') && document.querySelector('table.data')", "the outage beside the last list")
        finally:
            j.page.answers = []
    await j.check("in an outage the last list stays, with its age", outage)


async def speed(j):
    async def paints():
        await j.open(j.url + "/", "demo")
        await j.open(j.url + "/", "demo")
        front = await j.page.run("return performance.getEntriesByName('first-contentful-paint')[0].startTime")
        await j.open(j.base, "ValueError: boom 1")
        session = await j.page.run("return performance.getEntriesByName('first-contentful-paint')[0].startTime")
        assert front < 5000 and session < 5000, (front, session)
        return f"front page {front:.0f} ms, session {session:.0f} ms"
    await j.check("first contentful paints", paints)


async def evil(checks, pictures):
    recording = Recording()
    node, file = hostile.make(recording.store)
    try:
        with recording.serve() as server:
            async with Page() as page:
                j = Judge(checks, page, server.url, pictures)
                await page.look()
                names = {name: "" for name in VIEWS} | {f"logs/{node}/{urllib.parse.quote(file)}": "ERROR last line", f"logs/{node}/{urllib.parse.quote(file)}?find=%5B": "hit"}
                for name, text in names.items():
                    async def harmless(name=name, text=text):
                        await j.open(j.view(name), "demo", text)
                        assert "pwned" not in await page.run("return document.title")
                        strange = await page.run("return document.querySelectorAll('#app img, #app script, #app iframe').length")
                        assert not strange, f"{strange} elements came out of names or logs"
                        await j.picture("hostile-" + name.split("/")[0].split("?")[0])
                    await j.check(f"hostile names and logs do nothing: {name[:40]}", harmless)

                async def shown():
                    await j.open(j.view("tasks") + "?q=onerror", hostile.IMAGE, "record is damaged")
                    await j.open(j.view("actors"), hostile.SCRIPT)
                await j.check("hostile names are shown as they are, and the damage is told", shown)
    finally:
        recording.close()


async def main():
    options = argparse.ArgumentParser()
    options.add_argument("--pictures", default="")
    options = options.parse_args()
    checks = Checks("pages")
    recording = Recording()
    try:
        with recording.serve() as server:
            async with Page() as page:
                j = Judge(checks, page, server.url, options.pictures)
                await page.look()
                j.get("/tasks?limit=1&wait=60")
                for part in (views, details, journeys, timeline, clocks, states, speed):
                    await part(j)
        await evil(checks, options.pictures)
    finally:
        recording.close()
    return checks.finish()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
