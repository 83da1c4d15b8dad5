"""Makes a large session out of a recorded one: the same cluster, with every task again and again under new ids.

usage: multiply.py STORE TARGET TIMES

STORE is the folder of a recorded session (such as ray-2.60-20k's, or samples/hello-session), TARGET a folder that does not exist yet.
Every event about a task comes TIMES times, each time with another task id, parent and event id; drivers, jobs, actors, nodes, workers
and logs come once. A copy's events follow those of the copy before in the same file, so that files grow, not their number. Ids
change in their first three bytes, which are the first four characters of their base64; ids of actors and jobs, which task ids end
with, stay. ray-2.60-20k has 84 MB and some 20,000 attempts: 5 times are 100,000, 50 times a million, and 4 GB.
"""
import base64
import os
import re
import shutil
import sys

STEP = 0x9E3779  # odd, so that no two of the first 2^24 copies of an id are the same; far apart, as real ids are
IDS = re.compile(rb'"(eventId|taskId|parentTaskId)":\s*"([A-Za-z0-9+/]{4})')
ABOUT_TASKS = re.compile(rb'"eventType":\s*"(?:ACTOR_)?TASK_[A-Z_]+"')
TASK_ID = re.compile(rb'"taskId":\s*"([^"]*)"')
NOBODY = b"////"  # drivers, and the tasks that create actors: their ids are all one bits, then the job or actor


def is_copied(line):
    """Whether an event is about a task that can have a new id."""
    found = TASK_ID.search(line)
    return bool(ABOUT_TASKS.search(line) and found and not found.group(1).startswith(NOBODY))


def pieces(line):
    """The text around the changing characters, and their numbers: one more text than numbers."""
    texts, numbers, at = [], [], 0
    for found in IDS.finditer(line):
        name, start = found.groups()
        if start != NOBODY:
            texts.append(line[at:found.start(2)])
            numbers.append(int.from_bytes(base64.b64decode(start), "big"))
            at = found.end(2)
    return texts + [line[at:]], numbers


def changed(number, copy):
    return base64.b64encode(((number + copy * STEP) & 0xFFFFFF).to_bytes(3, "big"))


def copy_of(texts, numbers, copy):
    parts = [texts[0]]
    for text, number in zip(texts[1:], numbers):
        parts += changed(number, copy), text
    return b"".join(parts)


def multiply(source, target, times):
    """Answers how many events were written."""
    with open(source, "rb") as lines, open(target, "wb") as out:
        once, copied = [], []
        for line in lines:
            line = line if line.endswith(b"\n") else line + b"\n"
            (copied if is_copied(line) else once).append(line)
        out.writelines(once)
        out.writelines(copied)
        split = [pieces(line) for line in copied] if times > 1 else []
        for copy in range(1, times):
            out.writelines(copy_of(texts, numbers, copy) for texts, numbers in split)
    return len(once) + times * len(copied)


def main():
    if len(sys.argv) != 4 or not sys.argv[3].isdigit() or os.path.exists(sys.argv[2]):
        sys.exit(__doc__)
    store, target, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
    files = events = 0
    for folder, _, names in os.walk(store):
        below = os.path.join(target, os.path.relpath(folder, store))
        os.makedirs(below, exist_ok=True)
        for name in names:
            source, copy = os.path.join(folder, name), os.path.join(below, name)
            if "_events" + os.sep in copy and os.sep + "logs" + os.sep not in copy and name.endswith(".jsonl"):
                events += multiply(source, copy, times)
                files += 1
            else:
                shutil.copyfile(source, copy)
            shutil.copystat(source, copy)  # a session that has just changed has not ended, and gets no snapshot
    if not files:
        sys.exit(f"no event files (*.jsonl) below {store}")
    print(f"{files} event files with {events} events below {target}")


if __name__ == "__main__":
    main()
