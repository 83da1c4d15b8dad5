#!/usr/bin/env bash
# Builds the image without a container daemon and without a base image, by Jib; for the architecture it runs on.
#   deploy/image/build.sh                                  a file for docker load or podman load
#   deploy/image/build.sh REGISTRY/ray-history:TAG         pushes it there
#   RAY_CLIENTS="2.60.0 2.53.0" deploy/image/build.sh      other versions of Ray's web client; "" is none
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
target=$PWD/bootstrap/target
mvn -q -B -DskipTests package
# shellcheck disable=SC2086 -- several versions
deploy/image/clients.sh "$target/ray-clients" ${RAY_CLIENTS-2.60.0 2.56.1 2.53.0}
deploy/image/rootfs.sh "$target/image-root" "$target/rayhistory.jar" "$target/ray-clients"
architecture=amd64
[ "$(uname -m)" != aarch64 ] || architecture=arm64
if [ $# -gt 0 ]; then
    mvn -q -B -DskipTests package -Pimage -Dimage.architecture=$architecture -Dimage.goal=build -Djib.to.image="$1"
else
    mvn -q -B -DskipTests package -Pimage -Dimage.architecture=$architecture
    echo "$target/jib-image.tar"
fi
