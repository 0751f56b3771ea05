#!/bin/sh
# Measures the loads:  ./runners/bench/bench.sh --runner=FlinkRunner [--sales=N] [--customers=N] ...
# Measures the stream: ./runners/bench/bench.sh stream [--events=N] [--runs=N] [--steadySeconds=N] ...
# Measures extraction: ./runners/bench/bench.sh extract --runner=DirectRunner [--records=N] [--rounds=N] ...
# PHUSA_JAVA_OPTS goes to the JVM, e.g. -Xmx512m; --jvm to those that stream.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
# shellcheck source=runners/jvm.sh
. "$root/runners/jvm.sh"
main=LoadBenchmark
if [ "${1:-}" = stream ]; then
  main=stream.StreamBenchmark
  shift
elif [ "${1:-}" = extract ]; then
  main=extract.ExtractBenchmark
  shift
fi
(cd "$root" && mvn -q -B -DskipTests -Dspotless.check.skip=true package)
# shellcheck disable=SC2086
exec "$java" $jvm_flags ${PHUSA_JAVA_OPTS:-} \
  -cp "$here/target/classes:$(cat "$here/target/classpath")" \
  "vn.phusa.runners.bench.$main" --home="$root/.phusa/bench" "$@"
