# Read by the launchers (phusa, cluster.sh, bench.sh): which JVM they start, and how it must be started.
# Sets $java and $jvm_flags, and a locale whose paths and arguments may hold Vietnamese letters.
# shellcheck shell=sh disable=SC2034

# cron, systemd and minimal images have the POSIX locale, where a JVM can neither read nor write such names.
# What a locale's name says does not count: it may not be installed.
if [ "$(locale charmap 2>/dev/null)" != UTF-8 ]; then
  LC_ALL=C.UTF-8
  export LC_ALL
fi

if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
  java=$JAVA_HOME/bin/java
else
  java=$(command -v java || true)
fi
[ -n "$java" ] || {
  echo "${0##*/}: a JDK, 17 or newer, is needed: apt-get install default-jdk-headless" >&2
  exit 2
}

# A JDK says in a file of its own which one it is: asking the JVM would take as long as a start.
java_version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' \
  "$(dirname -- "$(dirname -- "$(readlink -f -- "$java")")")/release" 2>/dev/null || true)
[ -n "$java_version" ] || java_version=$("$java" -XshowSettings:properties -version 2>&1 |
  sed -n 's/^ *java\.specification\.version = //p')
case $java_version in
  '' | 1.* | [0-9] | 1[0-6])
    echo "${0##*/}: a JDK, 17 or newer, is needed; $java is ${java_version:-unknown}" >&2
    exit 2
    ;;
esac

# add-opens: without it Flink's streaming jobs restart for ever in silence.
# user.language: Beam makes fields' names small as the locale does, and in Turkish getId is no id.
jvm_flags="-Duser.language=en --add-opens=java.base/java.util=ALL-UNNAMED -Djava.net.preferIPv4Stack=true -Dfile.encoding=UTF-8"
if [ "$java_version" -ge 24 ]; then
  # Libraries' own native code and memory access, which such a JDK warns of at each start.
  jvm_flags="$jvm_flags --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
fi
