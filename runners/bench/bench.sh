#!/bin/sh
# Measures the loads: ./runners/bench/bench.sh --runner=FlinkRunner [--sales=N] [--customers=N] ...
# PHUSA_JAVA_OPTS goes to the JVM, e.g. -Xmx512m.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
(cd "$root" && mvn -q -B -DskipTests -Dspotless.check.skip=true package)
exec java --add-opens=java.base/java.util=ALL-UNNAMED ${PHUSA_JAVA_OPTS:-} \
  -cp "$here/target/classes:$(cat "$here/target/classpath")" \
  vn.phusa.runners.bench.LoadBenchmark --home="$root/.phusa/bench" "$@"
