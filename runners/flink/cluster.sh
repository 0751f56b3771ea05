#!/bin/sh
# A Flink cluster on this machine, on loopback, for developers.
#
#   runners/flink/cluster.sh start [TASKMANAGERS]   starts a JobManager and TaskManagers (1) of 2 slots, or what is
#                                                   missing of them; they have the environment of this command
#   runners/flink/cluster.sh status                 what runs of it, and its jobs
#   runners/flink/cluster.sh page                   a URL that shows its page to one browser of this machine, for an
#                                                   hour or until Ctrl-C
#   runners/flink/cluster.sh run COMMAND [--option=value ...]
#                                                   a command of ./phusa on it, from the production jar; a stream
#                                                   that was ended leaves no checkpoint, and goes on from the
#                                                   committed offsets when it is run again
#   runners/flink/cluster.sh stop                   stops it; savepoints and logs stay
#
# Whoever asks it something needs a certificate that only its owner can read.
# All of it lies under .phusa/flink, or where PHUSA_FLINK_HOME says. It is built on first use;
# --build as the first word builds again.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=$(CDPATH='' cd -- "$here/../.." && pwd -P)
home=${PHUSA_FLINK_HOME:-$root/.phusa/flink}
target=$here/target
# shellcheck source=runners/jvm.sh
. "$root/runners/jvm.sh"

usage() {
  sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

if [ "${1:-}" = --build ]; then
  rm -f "$target/phusa.jar"
  shift
fi
case ${1:-} in
  start | stop | status | page) ;;
  run) [ $# -ge 2 ] || usage ;;
  *) usage ;;
esac
if [ ! -f "$target/phusa.jar" ] || [ ! -f "$target/classpath" ]; then
  echo "cluster.sh: building..." >&2
  (cd "$root" && mvn -q -B -DskipTests -Dmaven.test.skip=true -Dspotless.check.skip=true \
    -pl runners/flink -am package) >&2
fi

cluster() {
  # shellcheck disable=SC2086
  exec "$java" $jvm_flags \
    -Dphusa.flink.build="$target" -Dphusa.flink.home="$home" \
    -cp "$target/classes:$(cat "$target/classpath")" \
    vn.phusa.runners.flink.cluster.ClusterCommand "$@"
}

if [ "$1" != run ]; then
  cluster "$@"
fi
shift
(cluster status) >/dev/null || {
  echo "cluster.sh: no cluster runs, or not all of it; cluster.sh start" >&2
  exit 3
}
(cluster check "$@") || exit
case " $* " in
  *" --parallelism="*) ;;
  *) set -- "$@" --parallelism=2 ;; # the slots of one TaskManager
esac
# shellcheck disable=SC2086
exec "$java" $jvm_flags \
  -Dlog.file="$home/log/client.log" -Dlogback.configurationFile="$home/conf/logback.xml" \
  -cp "$target/phusa.jar:$(cat "$target/cluster-classpath")" \
  vn.phusa.runners.flink.FlinkMain "$@" \
  --flinkMaster="127.0.0.1:$(cat "$home/rest.port")" --flinkConfDir="$home/conf"
