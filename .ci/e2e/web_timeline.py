"""What the pages' end-to-end script asks of the timeline's address, the strip above it (real drags, reload, back), and of clocks."""
import asyncio
import urllib.parse

REST = 0.5  # the address follows the hand after 0.2 s


async def place(page):
    """What the address says once it has come to rest, and what the scrolling element says."""
    await asyncio.sleep(REST)
    found = urllib.parse.parse_qs(urllib.parse.urlsplit(await page.where()).query)
    number = {name: int(found[name][0]) for name in ("from", "to", "y") if name in found}
    row = await page.run("return Math.round(document.querySelector('.tl-box').scrollTop / 18)")
    assert row == number.get("y", 0), f"row {row} is on top, the address says {number}"
    return number.get("from"), number.get("to"), number.get("y", 0), found.get("by", [""])[0]


async def strip(page):
    """Left edge of the plot, its width, and the strip's middle, in pixels of the page."""
    return await page.run("const c = document.querySelector('.tl-map'), r = c.getBoundingClientRect(), b = document.querySelector('.tl-box'); return [r.left + 151, b.clientWidth - 150, r.top + r.height / 2]")


async def drag(page, x, to, y):
    await page.send("Input.dispatchMouseEvent", type="mousePressed", x=x, y=y, button="left", clickCount=1)
    for step in range(1, 6):
        await page.send("Input.dispatchMouseEvent", type="mouseMoved", x=x + (to - x) * step / 5, y=y, button="left", buttons=1)
    await page.send("Input.dispatchMouseEvent", type="mouseReleased", x=to, y=y, button="left", clickCount=1)


async def timeline(j):
    page = j.page
    header = j.get("/timeline?format=json")
    first, all_ms = header["t0Ms"], (header["recordEndMs"] - header["t0Ms"]) * 1.02

    def near(at, share, what):
        assert abs(at - first - share * all_ms) < 0.02 * all_ms, f"{what}: {(at - first) / all_ms:.3f} of the record, expected {share}"

    async def dragged():
        await page.look(1280, 640)
        await j.open(j.view("timeline"), "spans")
        left, width, y = await strip(page)
        await drag(page, left + width * 0.2, left + width * 0.4, y)
        start, end, *_ = await place(page)
        near(start, 0.2, "a new frame's beginning")
        near(end, 0.4, "its end")
        await drag(page, left + width * 0.3, left + width * 0.5, y)
        start, end, *_ = await place(page)
        near(start, 0.4, "the moved frame's beginning")
        near(end, 0.6, "its end")
        await drag(page, left + width * (end - first) / all_ms, left + width * 0.8, y)
        start, end, *_ = await place(page)
        near(start, 0.4, "the beginning when the end is dragged")
        near(end, 0.8, "the dragged end")
        await drag(page, left + width * 0.1, left + width * 0.1, y)
        start, end, *_ = await place(page)
        near(start, 0, "the beginning after a click before it")
        near(end, 0.4, "its end, as far away as before")
        await page.press("0")
        assert (await place(page))[:2] == (None, None), "everything is shown, and the address says so"
        await j.picture("timeline-strip")
        page.clean(j.url)
    await j.check("the strip above the timeline: a frame is drawn, moved, stretched, and undone", dragged)

    async def restored():
        await page.look(1280, 640)
        want = (first + 10_000, first + 40_000, 12, "job")
        await j.open(f"{j.view('timeline')}?from={want[0]}&to={want[1]}&y={want[2]}&by=job", "spans")
        assert await place(page) == want
        await page.press("d")
        panned = await place(page)
        assert panned[0] > want[0] and abs((panned[1] - panned[0]) - 30_000) <= 2 and panned[2:] == want[2:], f"{want} became {panned}"
        await page.run("document.querySelector('.tl-box').scrollTop += 90")
        scrolled = await place(page)
        assert scrolled == (*panned[:2], 17, "job"), scrolled
        await page.send("Page.reload")
        await page.until("document.querySelector('.tl-box')?.scrollTop > 0", "the timeline after a reload")
        assert await place(page) == scrolled
        await page.click("nav.tabs a", "Nodes")
        await page.until("document.querySelector('table.data')", "the nodes")
        await page.run("history.back()")
        await page.until("document.querySelector('.tl-box')?.scrollTop > 0", "the timeline after going back")
        assert await place(page) == scrolled
        page.clean(j.url)
    await j.check("zoom, grouping and row are in the timeline's address: deep link, reload and back restore them", restored)

    async def grouped():
        await page.look(1280, 640)
        address = f"{j.view('timeline')}?from={first + 10_000}&to={first + 40_000}&y=9"
        await j.open(address, "spans")
        await page.run("const s = document.querySelector('.tl-bar select'); s.value = 'job'; s.dispatchEvent(new Event('change', {bubbles: true}))")
        assert await place(page) == (first + 10_000, first + 40_000, 0, "job"), "other lanes begin at the top"
        await j.picture("timeline-by-job")
        await page.run("history.back()")
        await page.until("document.querySelector('.tl-bar select').value === ''", "the grouping of before")
        assert await place(page) == (first + 10_000, first + 40_000, 9, "")
        page.clean(j.url)
    await j.check("lanes by job: the choice is a step that back undoes, place and all", grouped)

    async def bottom():
        await page.look(1280, 640)
        await j.open(j.view("timeline"), "spans")
        rows = len({lane["node"] for lane in header["lanes"]}) + len(header["lanes"])
        seen = await page.run("const b = document.querySelector('.tl-box'); b.scrollTop = 1e6; return Math.round((b.scrollTop + b.clientHeight - 26) / 18)")
        assert seen >= rows, f"scrolled to the end, row {seen} of {rows} is the last in sight"
    await j.check("the last lane can be scrolled to", bottom)
    await page.look()


async def clocks(j):
    page = j.page

    async def switched():
        await page.send("Emulation.setTimezoneOverride", timezoneId="Asia/Kolkata")
        try:
            for width, height in ((1280, 800), (390, 844)):
                await page.look(width, height)
                await j.open(j.url + "/", "demo", "2026-11-22 20:21:16")
                if width > 1000:
                    assert "Started (UTC)" in await page.text()
                await page.click("a.zone")
                await page.until("location.search.includes('tz=local') && document.body.innerText.includes('2026-11-23 01:51:16')", "the session's start on this browser's clock")
                if width > 1000:
                    assert "Started (local)" in await page.text()
                await page.click("table.data a", "demo")
                await page.until("location.search.includes('tz=local') && document.body.innerText.includes('01:51:20 – 01:53:31 local')", "the record's times on the same clock")
                await page.click("a.zone")
                await page.until("!location.search.includes('tz=') && document.body.innerText.includes('20:21:20 – 20:23:31 UTC')", "the record's times in UTC")
                page.clean(j.url)
        finally:
            await page.send("Emulation.setTimezoneOverride", timezoneId="")
            await page.look()
    await j.check("times say which clock they are of; the other is one click away, in the address, and on phones", switched)
