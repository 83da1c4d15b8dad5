"""Ray's stock web client, served below a session's base path, in headless Chromium: every page that matters opens.

usage: web_client.py [--dashboard-dir DIR]   default: the client of the Ray that this Python has
"""
import argparse
import asyncio
import os
import re
import sys
import urllib.parse

import ray

from checks import Checks, Recording, session_base
from page import Page

# http-api section 11: a missing feature answers 404 here to hide its tab; health of things that are gone may be bad.
TOLERATED = [("HEAD", r"/api/v0/platform_events$", {404}), ("GET", r"/api/(grafana|prometheus)_health$", {500})]


def tolerated(method, url, status):
    path = urllib.parse.urlsplit(url).path
    return any(method == m and re.search(p, path) and status in s for m, p, s in TOLERATED)


def pages(live):
    """(what, hash route, texts that must appear)"""
    nodes = live.rows("/api/v0/nodes?limit=10000&detail=1")
    head = next(node for node in nodes if node["is_head_node"])
    actors = live.rows("/api/v0/actors?detail=1&limit=10000")
    counter = next(actor for actor in actors if actor["class_name"] == "Counter" and actor["pid"])
    tasks = live.rows("/api/v0/tasks?limit=10000&detail=1")
    finished = next(task for task in tasks if task["job_id"] == "02000000" and task["type"] == "NORMAL_TASK" and task["state"] == "FINISHED")
    failed = next(task for task in tasks if task["job_id"] == "02000000" and task["state"] == "FAILED" and task["error_type"])
    jobs = live.json("/api/jobs/")
    submitted = next(job for job in jobs if job["submission_id"] == "raysubmit_demo")
    ids = [job["submission_id"] or job["job_id"] for job in jobs]
    return [
        ("the overview", "/overview", ids[:1]),
        ("jobs", "/jobs", ids),
        ("a submitted job", "/jobs/raysubmit_demo", ["raysubmit_demo", submitted["status"]]),
        ("a failed job", "/jobs/raysubmit_fail", ["raysubmit_fail", "FAILED"]),
        ("a driver's job", "/jobs/02000000", ["02000000", "SUCCEEDED"]),
        ("the driver log of a job", "/jobs/raysubmit_demo", ["Running entrypoint for job raysubmit_demo"]),
        ("the cluster", "/cluster", [node["node_ip"] for node in nodes]),
        ("a node", f"/cluster/nodes/{head['node_id']}", [head["node_id"], head["node_ip"]]),
        ("the cluster's facts", "/cluster/info", ["2.60.0"]),
        ("actors", "/actors", ["Counter"]),
        ("an actor", f"/actors/{counter['actor_id']}", [counter["actor_id"], "Counter"]),
        ("an actor of a job", f"/jobs/02000000/actors/{counter['actor_id']}", [counter["actor_id"]]),
        ("a finished task", f"/jobs/02000000/tasks/{finished['task_id']}", [finished["task_id"], finished["name"]]),
        ("a failed task", f"/jobs/02000000/tasks/{failed['task_id']}", [failed["task_id"], "FAILED"]),
        ("logs", "/logs", [head["node_id"]]),
        ("the logs of a node", f"/logs/?nodeId={head['node_id']}", ["raylet.out", "gcs_server.out"]),
        ("a log file", f"/logs/viewer?nodeId={head['node_id']}&fileName=gcs_server.out", ["Ray cluster metadata ray_version=2.60.0"]),
        ("serve", "/serve", ["Serve"]),
    ]


async def visit(browser, base, route, expected):
    await browser.open(base + "/#" + route, *expected)
    bad = [f"{method} {url} -> {status}" for method, url, status in browser.failed if not tolerated(method, url, status)]
    assert not bad, f"{len(bad)} failed requests: {bad[:5]}"
    assert not browser.errors, f"page errors: {browser.errors[:3]}"
    away = [url for _, url in browser.requests.values() if url.startswith("http") and not url.startswith(base + "/")]
    assert not away, f"asked outside of the base path: {away[:5]}"
    return f"{len(browser.requests)} requests"


async def guarded(browser, base):
    """The policy holds, and what it refuses is seen here."""
    await browser.open(base + "/#/jobs", "raysubmit_demo")
    await browser.run("const s = document.createElement('script'); s.textContent = 'window.pwned = 1'; document.head.append(s)")
    await browser.until("true")
    assert not await browser.run("return window.pwned"), "a script that came as text has run"
    refused = await browser.run("return fetch('https://example.invalid/').then(() => 'asked', (error) => String(error))")
    assert refused.startswith("TypeError"), refused
    told = [error for error in browser.errors if "Content Security Policy" in error]
    assert any("script-src" in error for error in told) and any("connect-src" in error for error in told), browser.errors
    return f"{len(told)} refusals"


async def used(browser, base):
    """What opens on clicks is made of styles and elements that no page has from its start."""
    await browser.open(base + "/#/actors", "Counter")
    await browser.click("input")
    await browser.until("document.querySelector('[role=listbox], [role=menu], [role=dialog], [role=option]')", "a list of choices")
    await browser.press("Escape")
    assert not browser.errors, f"page errors: {browser.errors[:3]}"


async def main():
    options = argparse.ArgumentParser()
    options.add_argument("--dashboard-dir", default=os.path.join(os.path.dirname(ray.__file__), "dashboard/client/build"))
    options = options.parse_args()
    checks, live = Checks("web client"), Recording()
    loop = asyncio.get_running_loop()
    try:
        with live.serve("--dashboard-dir", options.dashboard_dir) as server:
            base = session_base(server.url)
            async with Page() as browser:
                for what, route, expected in pages(live):
                    def page(route=route, expected=expected):
                        return asyncio.run_coroutine_threadsafe(visit(browser, base, route, expected), loop).result()
                    await asyncio.to_thread(checks.check, f"{what} (#{route[:60]})", page)
                for sentence, work in (("choices open", used), ("nothing but its own scripts and this server", guarded)):
                    def more(work=work):
                        return asyncio.run_coroutine_threadsafe(work(browser, base), loop).result()
                    await asyncio.to_thread(checks.check, sentence, more)
    finally:
        live.close()
    return checks.finish()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
