"""The pages' pure modules, inside the browser that will run them; and how fast the timeline draws."""
import asyncio
import re
import sys

from checks import Checks, Recording, fetch
from page import Page

FRAMES_AT_LEAST = 10  # the aim is 30; below this something is broken, however busy the machine

EQUAL = """const same = (a, b, what) => { const [x, y] = [JSON.stringify(a), JSON.stringify(b)]; if (x !== y) throw new Error(`${what || ""}: ${x} is not ${y}`); };"""

TESTS = {
    "colours become classes, everything else that terminals are told is dropped": ("logs/ansi.js", r"""
        same(m.pieces("a\x1b[1;31mb\x1b[0mc"), [{text: "a", cls: ""}, {text: "b", cls: "b fg-red"}, {text: "c", cls: ""}]);
        same(m.pieces("\x1b[38;5;196mx")[0].cls, "fg-red");
        same(m.pieces("\x1b[48;5;21mx")[0].cls, "bg-blue");
        same(m.pieces("\x1b[38;2;1;2;3mx\x1b[2Jy").map((p) => p.text).join(""), "xy");
        same(m.bare("\x1b]8;;javascript:alert(1)\x07link\x1b]0;t\x1b\\!"), "link!");
        same(m.bare("\0a\x7f"), "^@a^?");
        same(m.bare("\x1b[31"), "");
        same(m.lastState("10%\r50%\r100%"), {text: "100%", updates: 3});
        same(m.lastState("windows\r"), {text: "windows", updates: 1});
        for (const p of m.pieces("\x1b[31;%s<img onerror=1>\x1b[999m")) if (!/^[a-z -]*$/.test(p.cls)) throw new Error(p.cls);"""),
    "line ranges and rows": ("logs/ranges.js", r"""
        same(m.lineRange("L12-20"), {from: 11, to: 19}); same(m.lineRange("L20-L12"), {from: 11, to: 19}); same(m.lineRange("L3"), {from: 2, to: 2});
        for (const bad of ["", "L0", "L-1", "Lx", "12"]) same(m.lineRange(bad), null, bad);
        same(m.hashOf(4, 2), "L3-5"); same(m.hashOf(4, 4), "L5");
        for (const lines of [10, 1000, 5_000_000]) for (const line of [0, Math.floor(lines / 2)]) if (Math.abs(m.topLine(m.topOf(line, lines, 400), lines, 400) - line) > 1) throw new Error(lines + " " + line);"""),
    "numbers and times": ("format.js", r"""
        same(m.duration(0.5), "0.5 ms"); same(m.duration(999), "999 ms"); same(m.duration(1140), "1.14 s"); same(m.duration(131_000), "2m 11s"); same(m.duration(3_725_000), "1h 02m"); same(m.duration(null), "");
        same(m.bytes(999), "999 B"); same(m.bytes(105_478), "105 kB"); same(m.bytes(1_500_000), "1.5 MB");
        same(m.dateTime(1795378876964), "2026-11-22 20:21:16"); same(m.dateTime(null), ""); same(m.time(1795378876964, false, true), "20:21:16.964");
        same(m.shortId("ffffffffffffffff5e5aaab59932da83e04a99ba02000000"), "5e5aaab5"); same(m.shortId("raysubmit_demo"), "raysubmit_demo");
        same(m.words("PENDING_NODE_ASSIGNMENT"), "pending node assignment"); same(m.visible("a\x1b"), "a^[");"""),
    "addresses": ("router.js", r"""
        const p = (path, search = "") => m.parse({pathname: path, search, hash: ""}, "/x/");
        same(p("/x/").page, "sessions"); same(p("/x/sessions").page, "sessions"); same(p("/x/sessions/n/c/s").view, "failures"); same(p("/x/sessions/n/c/s/tasks/").view, "tasks");
        same(p("/x/sessions/n/c%2Fd/s/logs/node/a%2Fb/c").rest, "node/a%2Fb/c"); same(p("/x/sessions/n/c%2Fd/s").path, "n/c%2Fd/s");
        for (const bad of ["/y/", "/x/sessions/a/b", "/x/sessions/a/b/c/nothing", "/x/sessions/a/b/c/tasks/more"]) same(p(bad).page, "unknown", bad);
        same(m.address({path: "n/c/s", view: "tasks", query: {q: "a b", sort: ""}, hash: "L1"}, "/x/"), "/x/sessions/n/c/s/tasks?q=a+b#L1");
        same(m.merged(new URLSearchParams("keep=1&a=2"), {a: "", b: 3}).toString(), "keep=1&b=3"); same(m.decode("%zz"), "%zz");"""),
    "lines are fetched once, kept to a limit, and an error stops the asking": ("logs/blocks.js", r"""
        let asked = 0;
        const blocks = new m.Blocks(async (from, count) => { asked++; return {lines: Array.from({length: count}, (_, i) => ({text: "x".repeat(2000), n: from + i})), totalLines: 100000, size: 1}; }, () => {}, () => {});
        same(blocks.line(700), null); same(blocks.line(701), null); same(asked, 1);
        await new Promise((r) => setTimeout(r)); same(blocks.line(701).n, 701);
        for (let n = 0; n < 20000; n += 500) { blocks.line(n); await new Promise((r) => setTimeout(r)); }
        if (blocks.blocks.size > 7) throw new Error(blocks.blocks.size + " blocks are kept");
        let errors = 0; const broken = new m.Blocks(async () => { throw new Error("no"); }, () => {}, () => errors++);
        broken.line(1); await new Promise((r) => setTimeout(r)); broken.line(1); broken.line(900); await new Promise((r) => setTimeout(r)); same(errors, 1);"""),
    "folds of a traceback hold neighbours": ("failures/traceback.js", r"""
        const f = (own) => ({kind: "frame", own, lines: ["x"]});
        same(m.blocks([f(false), f(false), f(true), f(false), {kind: "text", lines: []}]).map((b) => [b.fold, b.parts.length]), [[true, 2], [false, 1], [true, 1], [false, 1]]);"""),
    "every failure is drawn, and what is found is what lies there": ("timeline/lod.js", r"""
        const {model} = await import(base + "timeline/model.js");
        let seed = 7; const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
        for (let round = 0; round < 40; round++) {
            const lanes = [], start = [], duration = [], lane = [], name = [], state = [];
            for (let l = 0; l < 3; l++) { let t = Math.floor(random() * 50); const first = start.length;
                for (let i = 0; i < 300; i++) { const d = Math.floor(random() ** 3 * 200); start.push(t); duration.push(d); lane.push(l); name.push(0); state.push(random() < 0.03 ? 1 : 0); t += d + Math.floor(random() * 5); }
                lanes.push({node: 0, workerId: "w" + l, pid: l, sub: 0, first, count: 300}); }
            const md = model({t0Ms: 0, recordEndMs: 1e4, unitUs: 100, n: start.length, names: ["f"], nodes: [{}], lanes}, Uint32Array.from(start), Uint32Array.from(duration), Uint16Array.from(lane), Uint16Array.from(name), Uint8Array.from(state));
            for (const perPx of [0.5, 7, 100]) for (let l = 0; l < 3; l++) {
                const from = Math.floor(random() * 1000), width = 400, pixels = new Int8Array(width + 1).fill(-1);
                m.laneRuns(md, l, from, perPx, width, (x0, x1, s) => { if (x0 < 0 || x1 > width || x1 <= x0) throw new Error(`rect ${x0} ${x1}`); for (let x = x0; x < x1; x++) pixels[x] = s; });
                for (let i = lanes[l].first; i < lanes[l].first + 300; i++) { const x = Math.floor((start[i] - from) / perPx), e = (start[i] + duration[i] - from) / perPx;
                    if (x >= 0 && x < width && pixels[x] < 0) throw new Error(`seed ${round}: span ${i} is not drawn`);
                    if (state[i] === 1 && x >= 0 && x < width && e >= 0 && pixels[x] !== 1) throw new Error(`seed ${round}: failure ${i} is not drawn`); }
                const i = lanes[l].first + Math.floor(random() * 300); const found = m.hit(md, l, start[i] + duration[i] / 2, 0);
                if (found < 0 || start[found] > start[i] + duration[i] / 2 || start[found] + duration[found] < start[i] + duration[i] / 2) throw new Error(`seed ${round}: hit ${found} for ${i}`);
            } }"""),
    "the strip above the timeline adds up to the time that ran and the failures that were": ("timeline/activity.js", r"""
        const {model} = await import(base + "timeline/model.js");
        let seed = 11; const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
        for (let round = 0; round < 60; round++) {
            const n = 1 + Math.floor(random() * 200), start = new Uint32Array(n), duration = new Uint32Array(n), state = new Uint8Array(n);
            for (let i = 0; i < n; i++) { start[i] = Math.floor(random() * 900); duration[i] = Math.floor(random() ** 4 * 500); state[i] = random() < 0.1 ? 1 : 0; }
            const md = model({t0Ms: 0, recordEndMs: 1, unitUs: 100, n, names: ["f"], nodes: [], lanes: [{node: -1, workerId: "", sub: 0, first: 0, count: n}]}, start, duration, new Uint16Array(n), new Uint16Array(n), state);
            const until = md.end * 1.02, steps = 1 + Math.floor(random() * 300), {running, failed} = m.activity(md, until, steps);
            const sum = running.reduce((a, b) => a + b, 0) * until / steps, ran = duration.reduce((a, b) => a + b, 0);
            if (Math.abs(sum - ran) > 1e-6 * Math.max(1, ran)) throw new Error(`round ${round}: ${sum} is not ${ran}`);
            for (let s = 0; s < steps; s++) { const a = s * until / steps, b = (s + 1) * until / steps; let here = 0;
                for (let i = 0; i < n; i++) here += Math.max(0, Math.min(b, start[i] + duration[i]) - Math.max(a, start[i])); here /= b - a;
                if (Math.abs(here - running[s]) > 1e-6) throw new Error(`round ${round}, step ${s}: ${running[s]} is not ${here}`); }
            same(failed.reduce((a, b) => a + b, 0), md.failed.length);
        }"""),
    "lanes stand below their node or their job, and those with failures alone": ("timeline/model.js", r"""
        const lanes = [[0, 1], [1, 0], [-1, -1]].map(([node, job], i) => ({node, job, workerId: "w" + i, pid: i, sub: 0, first: i, count: 1}));
        const md = m.model({t0Ms: 0, recordEndMs: 1, unitUs: 100, n: 3, names: ["f"], nodes: [{ip: "10.0.0.1", head: true}, {ip: "10.0.0.2"}], jobs: [{jobId: "01000000", submissionId: ""}, {jobId: "02000000", submissionId: "raysubmit_x"}], lanes},
            new Uint32Array(3), new Uint32Array(3), new Uint16Array(3), new Uint16Array(3), Uint8Array.from([0, 1, 0]));
        const rows = (by, folded = [], failuresOnly = false) => m.rowsOf(md, {by, folded: new Set(folded), failuresOnly}).map((r) => r.label);
        same(rows("node"), ["▾ 10.0.0.1 head", "worker w0", "▾ 10.0.0.2", "worker 1", "▾ node not recorded", "worker 2"]);
        same(rows("job"), ["▾ job 01000000", "1, 10.0.0.2", "▾ raysubmit_x (02000000)", "w0, 10.0.0.1", "▾ job not recorded", "worker 2"]);
        same(rows("job", [1], false), ["▾ job 01000000", "1, 10.0.0.2", "▸ raysubmit_x (02000000) (1)", "▾ job not recorded", "worker 2"]);
        same(rows("node", [], true), ["▾ 10.0.0.2", "worker 1"]);"""),
}

FRAMES = """
const {model} = await import(base + "timeline/model.js"); const {View} = await import(base + "timeline/view.js"); const {MiniMap} = await import(base + "timeline/minimap.js");
const lanes = [], start = [], duration = [], lane = [], name = [], state = []; let seed = 3; const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
for (let l = 0; l < 128; l++) { let t = 0; const first = start.length;
  for (let i = 0; i < N / 128; i++) { const d = Math.floor(-Math.log(random()) * 1.2e6 / (N / 128)) + 1; start.push(t); duration.push(d); lane.push(l); name.push(i % 5); state.push(random() < 0.01 ? 1 : 0); t += d + Math.floor(random() * 300); }
  lanes.push({node: l >> 4, job: 0, workerId: "w" + l, pid: 20000 + l, sub: 0, first, count: start.length - first}); }
const m = model({t0Ms: 1.795e12, recordEndMs: 1.795e12 + 120000, unitUs: 100, n: start.length, names: ["tokenize", "train_step", "reduce_partial", "load_shard", "square"], nodes: Array.from({length: 8}, (_, i) => ({ip: "10.0.0." + i})), lanes},
  Uint32Array.from(start), Uint32Array.from(duration), Uint16Array.from(lane), Uint16Array.from(name), Uint8Array.from(state));
const box = document.createElement("div"); box.className = "tl-box"; box.append(document.createElement("canvas"), document.createElement("div")); box.style.cssText = "position:fixed;inset:60px 0 auto 0;height:600px;z-index:99"; document.body.append(box);
const strip = document.createElement("canvas"); strip.className = "tl-map"; strip.style.cssText = "position:fixed;inset:0 0 auto 0;z-index:99"; document.body.append(strip);
const view = new View(box, box.children[0], box.children[1], () => {}); view.map = new MiniMap(strip, view); view.show(m); view.arrange({by: "node", folded: new Set(), failuresOnly: false});
const result = [];
for (const zoom of [1, 4, 64]) {
  view.range(0, m.end / zoom); const script = []; const draw = view.draw; view.draw = function () { const t = performance.now(); const r = draw.call(this); script.push(performance.now() - t); return r; };
  await new Promise(requestAnimationFrame); const began = performance.now();
  for (let i = 0; i < 60; i++) { view.pan(i % 20 < 10 ? 25 : -25); box.scrollTop += i % 20 < 10 ? 9 : -9; view.change(); await new Promise(requestAnimationFrame); }
  const seconds = (performance.now() - began) / 1000; view.draw = draw; script.sort((a, b) => a - b);
  result.push([zoom, Math.round(60 / seconds), +script[script.length >> 1].toFixed(1), +script[Math.floor(script.length * 0.95)].toFixed(1)]);
}
view.close(); box.remove(); strip.remove(); return result;
"""


async def main():
    checks = Checks("page modules")
    recording, loop = Recording(), asyncio.get_running_loop()
    try:
        with recording.serve() as server:
            build = re.search(r"assets/(\w+)/", fetch(server.url + "/").decode()).group(1)
            async with Page() as page:
                await page.look()
                await page.open(server.url + "/", "demo")
                begin = f"const base = '{server.url}/assets/{build}/js/'; {EQUAL} "

                async def check(sentence, script):
                    await asyncio.to_thread(checks.check, sentence, lambda: asyncio.run_coroutine_threadsafe(script(), loop).result())

                for sentence, (module, body) in TESTS.items():
                    async def test(module=module, body=body):
                        await page.run(f"{begin} const m = await import(base + '{module}'); {body}")
                    await check(sentence, test)
                for spans in (20_000, 100_000):
                    async def frames(spans=spans):
                        runs = [await page.run(f"{begin} const N = {spans}; {FRAMES}") for _ in range(3)]
                        told = []
                        for zoom, at in enumerate((1, 4, 64)):
                            middle = sorted(run[zoom] for run in runs)[1]
                            told.append(f"zoom {at}: {middle[1]} frames/s, script {middle[2]} / {middle[3]} ms")
                            assert middle[1] >= FRAMES_AT_LEAST, told
                        return "; ".join(told)
                    await check(f"the timeline of {spans} spans pans and scrolls", frames)
                page.clean(server.url)
    finally:
        recording.close()
    return checks.finish()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
