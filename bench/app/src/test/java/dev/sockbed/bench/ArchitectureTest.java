package dev.sockbed.bench;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The shape of the house: who may know whom. */
@Tag("unit")
class ArchitectureTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(ArchitectureTest::isWrittenByHand)
          .importPackages("dev.sockbed");

  /** What a porter reads. */
  private static final DescribedPredicate<JavaClass> REFERENCE_CORE =
      resideInAnyPackage(
              "dev.sockbed.common",
              "dev.sockbed.common.socket",
              "dev.sockbed.server",
              "dev.sockbed.client")
          .as("reference core");

  /** What people use for its own sake, each with the packages that it is made of. */
  private static final Map<String, String[]> PRODUCTS =
      Map.of(
          "link", new String[] {"dev.sockbed.bench.link.."},
          "checker", new String[] {"dev.sockbed.bench.conformance.."},
          "contest",
              new String[] {
                "dev.sockbed.bench.jmh..",
                "dev.sockbed.bench.garbage..",
                "dev.sockbed.bench.peers..",
                "dev.sockbed.bench.cfloor..",
                "dev.sockbed.bench.scale.."
              },
          "assistant", new String[] {"dev.sockbed.server.assistant.."});

  private static final Set<String> ROOT =
      Set.of(Sockbed.class.getName(), Subcommand.class.getName());

  private static final DescribedPredicate<JavaClass> COMMAND_LINE =
      resideInAnyPackage("..command..")
          .or(describe("commands", type -> topLevel(type).getSimpleName().endsWith("Command")))
          .or(describe("flags", type -> topLevel(type).getSimpleName().endsWith("Options")))
          .or(describe("root", type -> ROOT.contains(topLevel(type).getFullName())));

  @Test
  void theWholeHouseIsLookedAt() {
    assertThat(HOUSE.stream().map(type -> type.getPackageName()))
        .contains(
            "dev.sockbed.common",
            "dev.sockbed.common.socket",
            "dev.sockbed.server",
            "dev.sockbed.client",
            "dev.sockbed.bench");
  }

  /** Who searches for a name finds one thing. */
  @Test
  void noTwoClassesShareAName() {
    Map<String, Set<String>> packages = new TreeMap<>();
    for (JavaClass each : HOUSE) {
      if (each.isTopLevelClass() && !each.getSimpleName().equals("package-info")) {
        packages
            .computeIfAbsent(each.getSimpleName(), _ -> new TreeSet<>())
            .add(each.getPackageName());
      }
    }
    packages.values().removeIf(homes -> homes.size() == 1);

    assertThat(packages).isEmpty();
  }

  @Test
  void importsRunOneWay() {
    noClasses()
        .that()
        .resideInAPackage("dev.sockbed.common..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.sockbed.server..", "dev.sockbed.client..", "dev.sockbed.bench..")
        .check(HOUSE);
    noClasses()
        .that()
        .resideInAnyPackage("dev.sockbed.server..", "dev.sockbed.client..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.sockbed.bench..")
        .check(HOUSE);
  }

  @Test
  void serverAndClientNeverSeeEachOther() {
    noClasses()
        .that()
        .resideInAPackage("dev.sockbed.server..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.sockbed.client..")
        .check(HOUSE);
    noClasses()
        .that()
        .resideInAPackage("dev.sockbed.client..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.sockbed.server..")
        .check(HOUSE);
  }

  /** The modules' dependencies hold this too; here it is told in one place. */
  @Test
  void productsNeverSeeEachOther() {
    for (Map.Entry<String, String[]> product : PRODUCTS.entrySet()) {
      String[] others =
          PRODUCTS.entrySet().stream()
              .filter(other -> !other.equals(product))
              .flatMap(other -> Stream.of(other.getValue()))
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAnyPackage(product.getValue())
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .as("the " + product.getKey() + " should not know the other products")
          .check(HOUSE);
    }
  }

  @Test
  void measuringKnowsNeitherProductsNorReportsNorCommands() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.sockbed.bench.result..",
            "dev.sockbed.bench.stats..",
            "dev.sockbed.bench.bare..",
            "dev.sockbed.bench.load",
            "dev.sockbed.bench.serve..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            Stream.concat(
                    PRODUCTS.values().stream().flatMap(Stream::of),
                    Stream.of(
                        "dev.sockbed.bench.report..", "dev.sockbed.bench.output..", "..command.."))
                .toArray(String[]::new))
        .check(HOUSE);
  }

  @Test
  void theReferenceCoreNeedsNoLibraryButTheLogger() {
    noClasses()
        .that(REFERENCE_CORE)
        .should()
        .dependOnClassesThat(
            DescribedPredicate.not(
                resideInAnyPackage(
                    "java..",
                    "javax..",
                    "sun.nio.ch..",
                    "jdk..",
                    "org.slf4j..",
                    "org.jspecify..",
                    "dev.sockbed.common..",
                    "dev.sockbed.server",
                    "dev.sockbed.client")))
        .check(HOUSE);
  }

  @Test
  void thereIsNoCircleBetweenRooms() {
    slices().matching("dev.sockbed.(**)").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void twinsNeverReferToEachOther() {
    noClasses()
        .that(areNamed("Tcp"))
        .should()
        .dependOnClassesThat(areNamed("Udp"))
        .orShould()
        .dependOnClassesThat(areNamed("BareUdp"))
        .check(HOUSE);
    noClasses()
        .that(areNamed("Udp"))
        .should()
        .dependOnClassesThat(areNamed("Tcp"))
        .orShould()
        .dependOnClassesThat(areNamed("BareTcp"))
        .check(HOUSE);
  }

  @Test
  void theReferenceCoreKnowsNothingOfReportsAndCommandLines() {
    noClasses()
        .that(REFERENCE_CORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "tools.jackson..", "org.HdrHistogram..", "..command..")
        .check(HOUSE);
  }

  @Test
  void onlyCommandsAndTheirFlagsKnowTheCommandLine() {
    noClasses()
        .that(DescribedPredicate.not(COMMAND_LINE))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(HOUSE);
  }

  /**
   * Formats are safe since the command line begins with {@code Locale.ROOT}; nobody undoes that.
   */
  @Test
  void noLettersCaseDependsOnTheLocale() {
    noClasses()
        .should()
        .callMethod(String.class, "toLowerCase")
        .orShould()
        .callMethod(String.class, "toUpperCase")
        .check(HOUSE);
    noClasses()
        .that()
        .doNotBelongToAnyOf(Sockbed.class)
        .should()
        .callMethod(Locale.class, "setDefault", Locale.class)
        .check(HOUSE);
  }

  @Test
  void onlyTheLinuxRoomCallsNativeFunctions() {
    noClasses()
        .that(DescribedPredicate.not(resideInAPackage("dev.sockbed.common.linux..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.foreign..")
        .check(HOUSE);
  }

  @Test
  void onlyTheLauncherEndsTheProcessAndNobodyPrintsBesidesTheCommandLine() {
    noClasses()
        .that(DescribedPredicate.not(describe("main", type -> type.isEquivalentTo(Sockbed.class))))
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(HOUSE);
  }

  private static DescribedPredicate<JavaClass> areNamed(String start) {
    return describe(
        "are named " + start + "…", type -> topLevel(type).getSimpleName().startsWith(start));
  }

  private static JavaClass topLevel(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureTest::topLevel).orElse(type);
  }

  /** JMH writes classes of its own, and the peers of tests come in a jar that is no test's name. */
  private static boolean isWrittenByHand(Location location) {
    return !location.contains("/jmh_generated/") && !location.contains("-tests.jar");
  }
}
