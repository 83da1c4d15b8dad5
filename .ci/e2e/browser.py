"""A headless Chromium over its DevTools protocol: enough to open pages, see what they ask for, and what goes wrong.

Needs aiohttp, which ray[default] brings.
"""
import asyncio
import json
import os
import shutil
import subprocess
import tempfile
import time

import aiohttp

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-extensions", "--disable-dev-shm-usage", "--window-size=1600,1200",
         "--remote-debugging-port=0", "about:blank"]


class Browser:
    """async with Browser() as browser: await browser.open(url)"""

    async def __aenter__(self):
        self.profile = tempfile.mkdtemp(prefix="chromium-")
        program = next(path for path in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if path)
        self.process = subprocess.Popen([program, f"--user-data-dir={self.profile}", *FLAGS], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.http = aiohttp.ClientSession()
        port = await self._port()
        async with self.http.get(f"http://127.0.0.1:{port}/json/list") as answer:
            page = next(target for target in await answer.json(content_type=None) if target["type"] == "page")
        self.socket = await self.http.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0)
        self.number, self.waiting = 0, {}
        self.forget()
        self.reader = asyncio.create_task(self._read())
        for domain in ("Page", "Runtime", "Network"):
            await self.send(domain + ".enable")
        return self

    async def _port(self):
        file = os.path.join(self.profile, "DevToolsActivePort")
        for _ in range(300):
            if os.path.exists(file) and os.path.getsize(file):
                with open(file, encoding="utf-8") as text:
                    return int(text.readline())
            await asyncio.sleep(0.1)
        raise AssertionError("Chromium did not start")

    async def __aexit__(self, *_):
        self.reader.cancel()
        await self.socket.close()
        await self.http.close()
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        shutil.rmtree(self.profile, ignore_errors=True)

    def forget(self):
        """Starts a new page's account."""
        self.requests, self.running, self.errors, self.failed = {}, set(), [], []
        self.quiet_since = time.monotonic()

    async def send(self, method, **parameters):
        self.number += 1
        future = self.waiting[self.number] = asyncio.get_running_loop().create_future()
        await self.socket.send_json({"id": self.number, "method": method, "params": parameters})
        return await asyncio.wait_for(future, 60)

    async def _read(self):
        async for message in self.socket:
            data = json.loads(message.data)
            if "id" in data:
                future = self.waiting.pop(data["id"])
                if "error" in data:
                    future.set_exception(AssertionError(str(data["error"])))
                else:
                    future.set_result(data["result"])
            else:
                self._notice(data["method"], data["params"])

    def _notice(self, method, about):
        request = about.get("requestId")
        if method == "Network.requestWillBeSent":
            self.requests[request] = (about["request"]["method"], about["request"]["url"])
            self.running.add(request)
        elif method == "Network.responseReceived" and about["response"]["status"] >= 400:
            self.failed.append((*self.requests.get(request, ("?", about["response"]["url"])), about["response"]["status"]))
        elif method in ("Network.loadingFinished", "Network.loadingFailed"):
            if method.endswith("Failed") and not about.get("canceled") and request in self.requests:
                self.failed.append((*self.requests[request], about.get("errorText", "failed")))
            self.running.discard(request)
        elif method == "Runtime.exceptionThrown":
            detail = about["exceptionDetails"]
            self.errors.append(detail.get("exception", {}).get("description", detail["text"])[:500])
        if method.startswith("Network."):
            self.quiet_since = time.monotonic()

    async def text(self):
        found = await self.send("Runtime.evaluate", expression="document.body ? document.body.innerText : ''", returnByValue=True)
        return found["result"].get("value", "")

    async def open(self, url, *expected, timeout=40):
        """Loads a page afresh, waits for the expected texts, then until nothing is asked for; answers the page's text."""
        await self.send("Page.navigate", url="about:blank")
        await asyncio.sleep(0.2)
        self.forget()
        await self.send("Page.navigate", url=url)
        deadline, text = time.monotonic() + timeout, ""
        while time.monotonic() < deadline:
            text = await self.text()
            missing = [part for part in expected if part not in text]
            if not missing and not self.running and time.monotonic() - self.quiet_since > 0.7:
                return text
            if not missing and time.monotonic() > deadline - timeout / 2:
                return text  # pages that refresh all the time are never quiet
            await asyncio.sleep(0.1)
        raise AssertionError(f"{[part for part in expected if part not in text]} did not appear in:\n{text[:1500]}")
