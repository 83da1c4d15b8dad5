"""Containers of the image that deploy/image/build.sh made, without a container daemon. Needs root and Linux.

A container here is what a kubelet would make of an entry of a pod: the image's files as root folder, the image's user,
command, arguments and environment as the entry says, its volumes, and nothing else to be written to if it says so.
"""
import json
import os
import signal
import subprocess
import tarfile

ARCHIVE = os.path.join(os.path.dirname(__file__), "..", "..", "bootstrap", "target", "jib-image.tar")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"  # what containers get whose image sets none
# bash -c MOUNTS ROOT READ_ONLY START JSON [FOLDER_OR_FILE PLACE]...
MOUNTS = """
read_only=$1 start=$2 given=$3; shift 3
mount --bind "$0" "$0"; mount -t proc proc "$0/proc"; mount --bind /dev "$0/dev"
while [ $# -gt 0 ]; do
    if [ -d "$1" ]; then mkdir -p "$0$2"; elif [ ! -e "$0$2" ]; then touch "$0$2"; fi
    mount --bind "$1" "$0$2"; shift 2
done
if [ "$read_only" = yes ]; then mount -o remount,ro,bind "$0"; fi
exec python3 -c "$start" "$given"
"""
START = """
import json, os, sys
root, user, environment, command = json.loads(sys.argv[1])
os.chroot(root); os.chdir("/"); os.setgroups([]); os.setgid(user[1]); os.setuid(user[0])
os.execvpe(command[0], command, environment)
"""


def unpack(folder):
    """Lays the image's files into a folder and gives its configuration."""
    with tarfile.open(ARCHIVE) as archive:
        manifest = json.load(archive.extractfile("manifest.json"))[0]
        config = json.load(archive.extractfile(manifest["Config"]))["config"]
        for name in manifest["Layers"]:
            with tarfile.open(fileobj=archive.extractfile(name), mode="r:gz") as layer:
                layer.extractall(folder, numeric_owner=True, filter="fully_trusted")
    os.chmod(folder, 0o755)
    for name in ("proc", "dev"):
        os.makedirs(os.path.join(folder, name), exist_ok=True)
    return config


class Container:
    """A started container; volumes are pairs of a folder or file and its place in the container."""

    def __init__(self, root, config, environment, command=None, args=None, volumes=(), read_only=False, output=None):
        known = {"PATH": PATH} | dict(entry.split("=", 1) for entry in config.get("Env") or [])
        words = (command or config["Entrypoint"]) + (args if args is not None else [] if command else config.get("Cmd") or [])
        user = [int(part) for part in config["User"].split(":")]
        given = json.dumps([root, user, known | environment, words])
        places = [part for volume in sorted(volumes, key=lambda volume: len(volume[1])) for part in volume]
        self.process = subprocess.Popen(["unshare", "--mount", "bash", "-e", "-c", MOUNTS, root, "yes" if read_only else "no", START, given, *places],
                                        stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT if output else None)

    def running(self):
        return self.process.poll() is None

    def terminate(self):
        """What Kubernetes sends first; answers at once."""
        self.process.send_signal(signal.SIGTERM)

    def wait(self, seconds=60):
        """Its exit code."""
        return self.process.wait(seconds)

    def kill(self):
        if self.running():
            self.process.kill()
            self.process.wait(10)

    def most_memory(self):
        """MiB of memory it had at most."""
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
