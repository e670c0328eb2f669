#!/usr/bin/env bash
# javac 25: where a record has a compact constructor, annotations within the types of that constructor's
# parameters are written to the class file as if they were of a field, and who reads the parameters does not
# see them: of List<@Nullable Long> nothing is left, of @Nullable Long all. A record that leaves its
# constructor to the compiler, or writes the parameters out, keeps both. So a nullness checker across
# modules, or a framework by reflection, sees another type than the source has. (openjdk/jdk#29928 mends it
# for a later JDK.)
#
# sockbed's records may have compact constructors; where one with such a type is called from another module,
# a suppression says why (LinkCell).
set -euo pipefail

missing() {
  echo "can't be tried: $1" >&2
  exit 4
}
for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/java/*; do
  if [[ -x $home/bin/javac && $("$home/bin/javac" -version 2>&1) == 'javac 25'* ]]; then
    jdk=$home
    break
  fi
done
[[ -n ${jdk:-} ]] || missing "there is no JDK 25; set JAVA_HOME to one"
command -v mvn >/dev/null || missing "mvn is not installed"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
  -Dartifact=org.jspecify:jspecify:1.0.1 -DoutputDirectory=. >mvn.log 2>&1 || {
  cat mvn.log >&2
  exit 4
}

cat >Look.java <<'JAVA'
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

public class Look {
  record Implicit(List<@Nullable Long> list, @Nullable Long number) {}

  record Compact(List<@Nullable Long> list, @Nullable Long number) {
    Compact {
      Objects.requireNonNull(list);
    }
  }

  record WrittenOut(List<@Nullable Long> list, @Nullable Long number) {
    WrittenOut(List<@Nullable Long> list, @Nullable Long number) {
      this.list = list;
      this.number = number;
    }
  }

  public static void main(String[] arguments) {
    String seen = look(Implicit.class) + look(Compact.class) + look(WrittenOut.class);
    System.out.print(seen);
    boolean asBefore =
        seen.equals(
            """
            Implicit: within the list true, on the number true
            Compact: within the list false, on the number true
            WrittenOut: within the list true, on the number true
            """);
    System.exit(asBefore ? 0 : 1);
  }

  private static String look(Class<?> type) {
    Constructor<?> constructor = type.getDeclaredConstructors()[0];
    AnnotatedType[] parameters = constructor.getAnnotatedParameterTypes();
    AnnotatedType element =
        ((AnnotatedParameterizedType) parameters[0]).getAnnotatedActualTypeArguments()[0];
    return "%s: within the list %b, on the number %b%n"
        .formatted(
            type.getSimpleName(),
            element.isAnnotationPresent(Nullable.class),
            parameters[1].isAnnotationPresent(Nullable.class));
  }
}
JAVA
"$jdk/bin/javac" -version
"$jdk/bin/javac" -cp 'jspecify-1.0.1.jar' Look.java
"$jdk/bin/java" -cp .:jspecify-1.0.1.jar Look || {
  echo "This has changed."
  exit 1
}
