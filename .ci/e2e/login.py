"""Access control as its users meet it: Ray's own command line with and without a token, and a person with a browser.

usage: login.py [--pictures DIR]   runs in a Python that has ray[default]; needs Chromium
"""
import argparse
import asyncio
import hashlib
import os
import subprocess
import sys

from checks import Checks, Recording
from page import Page

RAY = os.path.join(os.path.dirname(sys.executable), "ray")
BASE = "/s/default/demo/session_2026-11-22_20-21-16_964865_19675"


def ray(*arguments, **variables):
    """Exit code and everything said."""
    env = {**{k: v for k, v in os.environ.items() if not k.startswith("RAY_")}, "HOME": "/nonexistent", **variables}
    done = subprocess.run([RAY, *arguments], env=env, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout + done.stderr


def passes(said, *parts):
    assert said[0] == 0, said[1][-1500:]
    for part in parts:
        assert part in said[1], f"'{part}' is not in\n{said[1][-1500:]}"


def refuses(said, sentence):
    assert said[0] != 0 and sentence in said[1], f"exit code {said[0]}, '{sentence}' is not in\n{said[1][-1500:]}"


def command_line(checks, url):
    address, token = ("--address", url + BASE), {"RAY_AUTH_MODE": "token"}
    tasks = ("list", "tasks", "--limit", "3", *address)
    hint = "Authentication required: ray-history: log in with a token of this server (RAY_AUTH_MODE=token RAY_AUTH_TOKEN=...)"
    checks.check("ray list tasks without a token is told how", lambda: refuses(ray(*tasks), hint))
    checks.check("a token alone is not sent by Ray", lambda: refuses(ray(*tasks, RAY_AUTH_TOKEN="alice-token"), hint))
    checks.check("a token and the mode let it in", lambda: passes(ray(*tasks, RAY_AUTH_TOKEN="alice-token", **token), "square"))
    checks.check("a wrong token does not", lambda: refuses(ray(*tasks, RAY_AUTH_TOKEN="wrong", **token), "ray-history: the token is not valid here"))
    checks.check("one for other namespaces does not", lambda: refuses(
        ray(*tasks, RAY_AUTH_TOKEN="bob-token", **token), "Authentication failed: ray-history: bob may not get rayclusters in namespace default"))
    checks.check("ray summary tasks", lambda: passes(ray("summary", "tasks", *address, RAY_AUTH_TOKEN="alice-token", **token), "Counter.__init__"))
    checks.check("ray job list by headers of its own", lambda: passes(
        ray("job", "list", *address, RAY_JOB_HEADERS='{"Authorization": "Bearer alice-token"}'), "raysubmit_demo"))
    checks.check("ray job logs --follow, by WebSocket", lambda: passes(
        ray("job", "logs", "--follow", "raysubmit_demo", *address, RAY_AUTH_TOKEN="alice-token", **token), "39800", "close code 1000"))


async def person(checks, url, pictures):
    loop = asyncio.get_running_loop()

    async def check(sentence, work):
        await asyncio.to_thread(checks.check, sentence, lambda: asyncio.run_coroutine_threadsafe(work(), loop).result())

    async with Page() as page:
        async def go(path):
            await page.send("Page.navigate", url=url + path)
            await page.until("document.getElementById('token')", "the login")

        async def led():
            await go("/sessions/default/demo/" + BASE.split("/")[-1])
            assert (await page.where()).startswith("/login?next=sessions%2Fdefault"), await page.where()
            if pictures:
                await page.picture(os.path.join(pictures, "login.png"))

        async def refused():
            await page.run("document.getElementById('token').value = 'wrong'")
            await page.click("button", "Log in")
            await page.until("document.getElementById('answer').textContent.includes('the token is not valid here')")
            if pictures:
                await page.picture(os.path.join(pictures, "login-refused.png"))

        async def let_in():
            await page.run("document.getElementById('token').value = 'alice-token'")
            await page.click("button", "Log in")
            await page.until("document.body.innerText.includes('ValueError: boom 1')", "the session's failures")
            assert (await page.where()).startswith("/sessions/default/demo/"), await page.where()
            assert await page.run("return document.cookie") == "", "scripts can read the login"

        async def out():
            await page.run("await fetch('/api/logout', {method: 'POST'})")
            await go("/sessions")

        await check("a page leads to the login, and remembers the way back", led)
        await check("a wrong token is told to the person", refused)
        await check("the right one leads back, and the login is out of reach of scripts", let_in)
        await check("logging out ends it", out)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--pictures", default="")
    options = options.parse_args()
    checks, recording = Checks("login"), Recording()
    tokens = os.path.join(recording.folder, "tokens")
    with open(tokens, "w", encoding="utf-8") as out:
        for name, namespaces in (("alice", ""), ("bob", ":other")):
            out.write(f"{name}:{hashlib.sha256(f'{name}-token'.encode()).hexdigest()}{namespaces}\n")
    try:
        with recording.serve("--auth", "token", "--auth-token-file", tokens) as server:
            command_line(checks, server.url)
            asyncio.run(person(checks, server.url, options.pictures))
    finally:
        recording.close()
    return checks.finish()


if __name__ == "__main__":
    sys.exit(main())
