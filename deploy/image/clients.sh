#!/bin/sh
# Takes Ray's web client out of Ray's wheels: clients.sh DIR VERSION... makes DIR/VERSION/index.html and so on.
set -eu
dir=$1
shift
mkdir -p "$dir"
wheels=$(mktemp -d)
trap 'rm -rf "$wheels"' EXIT
for version in "$@"; do
    [ ! -f "$dir/$version/index.html" ] || continue
    python3 -m pip download --quiet --no-deps --only-binary :all: --platform manylinux2014_x86_64 --python-version 3.11 \
        --dest "$wheels" "ray==$version"
    python3 - "$wheels" "$dir/$version" <<'PYTHON'
import glob, os, sys, zipfile
wheels, target = sys.argv[1:]
part = "ray/dashboard/client/build/"
[wheel] = glob.glob(os.path.join(wheels, "*.whl"))
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if name.startswith(part) and not name.endswith(("/", ".map")):
            file = os.path.join(target, name[len(part):])
            os.makedirs(os.path.dirname(file), exist_ok=True)
            with open(file, "wb") as out:
                out.write(archive.read(name))
os.remove(wheel)
PYTHON
done
