"""The recorded session as somebody would make it who wants to break the pages: names, messages and logs full of markup and controls."""
import glob
import os

IMAGE = "<img src=x onerror=document.title='pwned'>"
SCRIPT = "<script>document.title='pwned'</script>"
# As they stand inside of JSON texts: no quotes to escape, controls and marks as escapes.
NAMES = [(b"boom", IMAGE.encode()), (b"Counter", SCRIPT.encode()), (b"flaky", b"\\u001b[31mred\\u0000\\u202eevil\\u001b]8;;javascript:alert(1)\\u0007link")]
LONG_LINE = 10_000_000


def make(store):
    """Changes the store in its folder; answers the name of the worst log file and its node."""
    session = glob.glob(os.path.join(store, "ray/cluster-history/raycluster/default/demo/session_*"))[0]
    for file in glob.glob(session + "/*/*_events/**/*.jsonl", recursive=True):
        with open(file, "rb") as old:
            text = old.read()
        for plain, evil in NAMES:
            text = text.replace(b'"' + plain, b'"' + evil).replace(plain + b".", evil + b".")
        with open(file, "wb") as new:
            new.write(text + b'{"eventId": "a line that was cut off')
    logs = sorted(glob.glob(session + "/*/logs"))[0]
    name = "<img src=x onerror=alert(1)>&'.err"
    with open(os.path.join(logs, name), "wb") as out:
        out.write(b"first line\n" + b"\x1b[1;31mred \x1b[0m" + IMAGE.encode() + b" \x00\x07\x1b]0;title\x07 end\n")
        out.write("right to left: \u202eabc\u202c, broken: ".encode() + b"\xff\xfe\n")
        out.write(b"10%\r50%\r100%\n" + b"x" * LONG_LINE + b"\n" + b"ERROR last line\n")
    return os.path.basename(os.path.dirname(logs)), name
