"""Makes a recorded session fail on a large scale: thousands of failed tasks, of hundreds of kinds, with long tracebacks.

usage: failing.py STORE [FAILURES [KINDS]]   changes the store in that folder, which holds the recorded session
"""
import base64
import datetime
import glob
import json
import os
import sys

CLASSES = ["ValueError", "KeyError", "torch.cuda.OutOfMemoryError", "botocore.exceptions.ClientError", "ConnectionResetError", "my_app.errors.BadShard", "AssertionError", "FileNotFoundError"]
FIRST = datetime.datetime(2026, 11, 22, 20, 21, 40, tzinfo=datetime.timezone.utc)
FRAMES = 24


def message(kind, number):
    """As Ray tells it: frames of libraries around one own frame; every third kind was raised out of another exception."""
    frames = "".join(f'  File "/opt/venv/lib/python3.11/site-packages/pipeline/layer_{i}.py", line {40 + i}, in forward\n    return self.layer_{i}(batch, **options)\n' for i in range(FRAMES))
    own = f'  File "/opt/app/stage_{kind}.py", line {10 + kind % 90}, in stage_{kind}\n    raise Broken(batch)\n'
    inner = f"Traceback (most recent call last):\n{own}LookupError: no entry {number} in table_{kind}\n\nThe above exception was the direct cause of the following exception:\n\n" if kind % 3 == 0 else ""
    text = f"table_{kind}: batch {number} of shard 0x{number * 7919:x} at 10.0.{number % 250}.{kind % 250}:8{kind % 1000:03} is broken after {number / 7:.3f} s"
    long = "x" * 2000 if kind % 50 == 1 else ""
    return f"User exception:\n\x1b[36mray::stage_{kind}()\x1b[39m (pid={20000 + number % 50}, ip=192.0.2.2)\n{inner}{frames}{own}{CLASSES[kind % len(CLASSES)]}: {text}{long}"


def events(template, failures, kinds):
    """One definition and one life for each failed task; kinds are of very different sizes."""
    definition, life = template
    for number in range(failures):
        kind = number % kinds if number < 2 * kinds else int(kinds * (number / failures) ** 3)
        task = base64.b64encode((number * 0x9E3779 % 2**24).to_bytes(3, "big") + number.to_bytes(5, "big") + b"\xff" * 12 + bytes([2, 0, 0, 0])).decode()
        at = FIRST + datetime.timedelta(milliseconds=number * 90_000 // failures)
        one = json.loads(definition)
        one["eventId"] = base64.b64encode(b"\x5b" + number.to_bytes(27, "big")).decode()
        one["timestamp"] = at.isoformat().replace("+00:00", "Z")
        one["taskDefinitionEvent"].update(taskId=task, taskName=f"stage_{kind}")
        one["taskDefinitionEvent"]["taskFunc"]["pythonFunctionDescriptor"].update(functionName=f"stage_{kind}", moduleName=f"stage_{kind}")
        yield one
        end = json.loads(life)
        end["eventId"] = base64.b64encode(b"\x5c" + number.to_bytes(27, "big")).decode()
        end["timestamp"] = (at + datetime.timedelta(milliseconds=40)).isoformat().replace("+00:00", "Z")
        about = end["taskLifecycleEvent"]
        about.update(taskId=task, taskAttempt=0)
        about["rayErrorInfo"]["errorMessage"] = message(kind, number)
        about["stateTransitions"] = [{"state": "RUNNING", "timestamp": one["timestamp"]}, {"state": "FAILED", "timestamp": end["timestamp"]}]
        yield end


def make(store, failures=5000, kinds=300):
    files = glob.glob(os.path.join(store, "ray/cluster-history/raycluster/default/demo/session_*/*/job_events/02000000/*.jsonl"))
    for file in files:
        with open(file, encoding="utf-8") as lines:
            lines = lines.read().splitlines()
        definition = next((line for line in lines if '"taskDefinitionEvent"' in line and '"NORMAL_TASK"' in line), None)
        life = next((line for line in lines if '"taskLifecycleEvent"' in line and '"errorMessage"' in line), None)
        if definition and life:
            with open(file, "a", encoding="utf-8") as out:
                out.writelines(json.dumps(event) + "\n" for event in events((definition, life), failures, kinds))
            return file
    raise AssertionError(f"no failed task is recorded below {store}")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3, 4):
        sys.exit(__doc__)
    print(make(sys.argv[1], *map(int, sys.argv[2:])))
