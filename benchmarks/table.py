"""Measures every figure of the table of goals in README.md, one table after another.

usage: table.py STORE WORK [--java JAVA] [--peer HISTORYSERVER --kubeconfig FILE] [--only PART,...] [--starts 5] [--rounds 50]

STORE is the folder of ray-2.60-20k (it holds ray/). WORK is a folder for the multiplied sessions, 5 GB, kept for the next time. Needed are
built classes (mvn -q -B -DskipTests package), and azurite-blob on PATH for the parts azurite and lists. PARTS, in this order:

  jar       the jar as it is, store in a folder: java -Xmx1g -jar
  launcher  ./rayhistory from its second start on: measured after a rehearsal
  azurite   the launcher, store in Azurite; beside it the Go peer, if its program is given (one that listens at $PEER_PORT, and a
            kubeconfig of an API server without clusters)
  growth    the launcher with 5 and 50 times as many tasks
  lists     a page of 20,000 sessions on Azurite, without and with the index
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PROJECT = os.path.dirname(HERE)
sys.path[:0] = [HERE, os.path.join(PROJECT, ".ci/e2e")]
import azure  # noqa: E402 pylint: disable=wrong-import-position
import measure  # noqa: E402 pylint: disable=wrong-import-position

PARTS = ["jar", "launcher", "azurite", "growth", "lists"]


def run(title, *command, **env):
    print(f"\n## {title}\n", flush=True)
    subprocess.run(command, check=True, env=os.environ | env)


def measured(options, title, store, *more, **env):
    run(title, sys.executable, os.path.join(HERE, "measure.py"), store, "--root-dir", "ray", "--java", options.java, "--starts", str(options.starts),
        "--rounds", str(options.rounds), *more, **env)


def with_azurite(options):
    folder, azurite, peer = tempfile.mkdtemp(prefix="table-"), azure.Azurite(), None
    try:
        azurite.upload(measure.linked(options.store, os.path.join(folder, "store")))
        env, more = azurite.environment(), ["--azurite", azure.CONTAINER, "--launcher"]
        if options.peer:
            port = measure.free_port()
            with open(os.path.join(folder, "peer.log"), "wb") as log:
                peer = subprocess.Popen([options.peer, "--storage-root-dir=ray", "--dashboard-dir=" + folder, "--kubeconfigs=" + options.kubeconfig],
                                        env=os.environ | env | {"PEER_PORT": f"127.0.0.1:{port}"}, stdout=log, stderr=log)
            more += ["--other", f"http://127.0.0.1:{port}", "--other-pid", str(peer.pid)]
        measured(options, "launcher, Azurite", options.store, *more, AZURE_STORAGE_CONNECTION_STRING=env["AZURE_STORAGE_CONNECTION_STRING"])
    finally:
        if peer:
            peer.kill()
            peer.wait()
        azurite.stop()
        shutil.rmtree(folder, ignore_errors=True)


def growth(options):
    for name, times in [("100k", 5), ("1m", 50)]:
        store = os.path.join(options.work, name)
        if not os.path.exists(store):
            subprocess.run([sys.executable, os.path.join(HERE, "multiply.py"), options.store, store, str(times)], check=True)
        measured(options, f"launcher, {times} times the tasks", store, "--launcher", "--rounds", "10", "--again", "2", "--starts", "1")


def lists(options):
    azurite = azure.Azurite()
    try:
        classes = os.pathsep.join([os.path.join(PROJECT, "bootstrap/target", part) for part in ("test-classes", "rayhistory.jar")])
        run("lists of 20,000 sessions of 60 days, Azurite", options.java, "-Xmx1g", "-cp", classes,
            "io.rayhistory.application.read.SessionListMeasure", str(azurite.port), "20000", "60")
    finally:
        azurite.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store")
    parser.add_argument("work")
    parser.add_argument("--java", default="java")
    parser.add_argument("--peer", default="")
    parser.add_argument("--kubeconfig", default="")
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=50)
    options = parser.parse_args()
    parts = options.only.split(",")
    if set(parts) - set(PARTS):
        sys.exit(f"--only {options.only}: expected some of {', '.join(PARTS)}")
    print(f"{time.strftime('%Y-%m-%d %H:%M')}, load {os.getloadavg()}")
    if set(parts) & {"launcher", "azurite", "growth"}:
        subprocess.run([os.path.join(PROJECT, "rayhistory"), "rehearse"], check=True, env=os.environ | {"RAYHISTORY_JAVA": options.java, "JAVA_OPTS": "-Xmx1g"})
    steps = {"jar": lambda: measured(options, "the jar, store in a folder", options.store),
             "launcher": lambda: measured(options, "launcher, store in a folder", options.store, "--launcher"),
             "azurite": lambda: with_azurite(options), "growth": lambda: growth(options), "lists": lambda: lists(options)}
    for part in PARTS:
        if part in parts:
            steps[part]()


if __name__ == "__main__":
    main()
