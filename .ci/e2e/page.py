"""A page in Chromium as a person has it: clicks, keys, themes, sizes; and as a judge has it: every complaint of the browser."""
import asyncio
import base64
import json

from browser import Browser

KEYS = {"Enter": 13, "Escape": 27, "Tab": 9, "ArrowRight": 39, "ArrowLeft": 37}


class Page(Browser):
    """What went wrong since forget() is in `errors` (exceptions, console errors, violations of the policy) and `failed` (requests)."""

    async def __aenter__(self):
        self.answers = []
        await super().__aenter__()
        await self.send("Log.enable")
        await self.send("Fetch.enable", patterns=[{"urlPattern": "*/history/v1/*"}])
        return self

    def _notice(self, method, about):
        if method == "Fetch.requestPaused":
            asyncio.ensure_future(self._answer(about))
        elif method == "Log.entryAdded" and about["entry"]["level"] == "error" and about["entry"]["source"] != "network":
            self.errors.append("log: " + about["entry"]["text"][:300])
        elif method == "Runtime.consoleAPICalled" and about["type"] in ("error", "assert"):
            self.errors.append("console: " + " ".join(str(a.get("value", a.get("description"))) for a in about["args"])[:300])
        super()._notice(method, about)

    async def _answer(self, about):
        """Lets a request through, or answers it as `self.answers` says: (part of the URL, status, body, seconds to wait)."""
        found = next((a for a in self.answers if a[0] in about["request"]["url"]), None)
        if found:
            await asyncio.sleep(found[3])
        try:
            if not found or found[1] is None:
                await self.send("Fetch.continueRequest", requestId=about["requestId"])
            else:
                kind = "application/json" if found[1] < 400 else "application/problem+json"
                await self.send("Fetch.fulfillRequest", requestId=about["requestId"], responseCode=found[1],
                                responseHeaders=[{"name": "Content-Type", "value": kind}], body=base64.b64encode(json.dumps(found[2]).encode()).decode())
        except AssertionError:
            pass  # the page has gone on meanwhile

    async def run(self, script):
        """The value of an async function's body in the page."""
        found = await self.send("Runtime.evaluate", expression=f"(async () => {{ {script} }})()", awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in found:
            raise AssertionError(found["exceptionDetails"].get("exception", {}).get("description", "failed")[:800])
        return found["result"].get("value")

    async def until(self, script, what="", seconds=20):
        """Waits until an expression is true in the page."""
        for _ in range(int(seconds * 20)):
            try:
                if await self.run(f"return Boolean({script})"):
                    return
            except AssertionError:
                pass  # between two documents
            await asyncio.sleep(0.05)
        raise AssertionError(f"{what or script} did not come true at {await self.where()}:\n{(await self.text())[:800]}")

    async def where(self):
        return await self.run("return location.pathname + location.search + location.hash")

    async def click(self, selector, text=""):
        """A real click in the middle of the first visible element that matches and holds the text."""
        find = f"[...document.querySelectorAll({json.dumps(selector)})].find((e) => e.checkVisibility() && e.textContent.includes({json.dumps(text)}))"
        await self.until(find, f"{selector} with '{text}'")
        x, y = await self.run(f"const e = {find}; e.scrollIntoView({{block: 'center'}}); const r = e.getBoundingClientRect(); return [r.x + Math.min(r.width / 2, 60), r.y + r.height / 2]")
        for kind in ("mousePressed", "mouseReleased"):
            await self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    async def press(self, key):
        code = KEYS.get(key)
        more = {"windowsVirtualKeyCode": code} if code else {"text": key}
        if key == "Enter":
            more["text"] = "\r"
        await self.send("Input.dispatchKeyEvent", type="keyDown", key=key, **more)
        await self.send("Input.dispatchKeyEvent", type="keyUp", key=key, **{k: v for k, v in more.items() if k != "text"})

    async def look(self, width=1280, height=800, theme="light"):
        await self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500)
        await self.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": theme}])

    async def picture(self, file):
        found = await self.send("Page.captureScreenshot", format="png")
        with open(file, "wb") as out:
            out.write(base64.b64decode(found["data"]))

    def clean(self, origin):
        """Fails if the browser complained about anything, or asked anybody else."""
        assert not self.errors, f"the browser says: {self.errors[:4]}"
        assert not self.failed, f"failed requests: {self.failed[:4]}"
        away = [url for _, url in self.requests.values() if not url.startswith((origin + "/", "data:", "about:"))]
        assert not away, f"asked elsewhere: {away[:4]}"
