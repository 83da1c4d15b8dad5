#!/usr/bin/env bash
# What the image needs besides our classes, made on Debian or its like without any container tool: a Java runtime with the
# modules in use, the C library it was linked to, a shell for the start script, and Ray's web clients.
#   rootfs.sh DIR JAR CLIENTS_DIR
set -euo pipefail
root=$1 jar=$2 clients=$3
home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
rm -rf "$root"
mkdir -p "$root"/{opt,etc,bin,tmp,usr/local/bin}

# What jdeps cannot see: elliptic curves of TLS, zips as file systems, names of hosts.
modules=$("$home/bin/jdeps" --multi-release 17 --ignore-missing-deps --print-module-deps "$jar"),jdk.crypto.ec,jdk.zipfs,java.naming
"$home/bin/jlink" --add-modules "$modules" --strip-debug --no-man-pages --no-header-files --output "$root/opt/java"
cp -L "$home/lib/security/cacerts" "$root/opt/java/lib/security/cacerts" # a link to the system's on Debian

cp "$(readlink -f "$(command -v dash)")" "$root/bin/sh"
for program in "$root/bin/sh" "$root"/opt/java/bin/java "$root"/opt/java/lib/{libjli,libnet,libnio,libzip,libjava,libextnet,libmanagement}.so "$root/opt/java/lib/server/libjvm.so"; do
    [ ! -f "$program" ] || ldd "$program"
done | sed -n 's#^\t\(.* => \)\{0,1\}\(/[^ ]*\) (0x.*$#\2#p' | sort -u | while read -r library; do
    case $library in "$root"/*) continue ;; esac
    # The loader looks into the same folders there as here.
    install -D "$(readlink -f "$library")" "$root$library"
done
printf 'root:x:0:0::/:/bin/false\nray:x:1000:1000::/tmp:/bin/false\n' > "$root/etc/passwd"
printf 'root:x:0:\nray:x:1000:\n' > "$root/etc/group"
printf 'hosts: files dns\n' > "$root/etc/nsswitch.conf"

for name in rayhistory historyserver collector; do install -m 755 "$here/rayhistory" "$root/usr/local/bin/$name"; done
mkdir -p "$root/opt/ray-clients"
cp -r "$clients"/. "$root/opt/ray-clients/"
