package io.wavegate.load.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What of a module may be used from other modules: its face. All else can change without anybody asking. */
@AnalyzeClasses(packages = "io.wavegate", importOptions = ProductOnly.class)
class ModuleFacesTest {
    private static final String ROOT = "io.wavegate.";

    /** Module, by the second part of its packages' names, and the packages that are its face. */
    private static final Map<String, Set<String>> FACES = Map.of(
            "persistence", Set.of("", "journal", "schema"),
            "cluster", Set.of("settings", "formation", "members"),
            // A Cassandra in a process of its own, for whoever wants one.
            "cassandra", Set.of("runtime"),
            // Documents are what the api gives out to look at.
            "wavelet", Set.of("api", "model", "document", "codec", "trust", "conformance", "placement"),
            // Names of domains and what checks found are values that anyone may hold.
            "s2s", Set.of("api", "jid", "check", "conformance"));

    /** Who may reach behind a face, what for, and why. */
    private record Exception(String user, String module, Set<String> packages) {
        boolean covers(JavaClass from, String toModule, String toPackage) {
            boolean used =
                    from.getPackageName().equals(user) || from.getPackageName().startsWith(user + ".");
            return used
                    && (module.isEmpty() || module.equals(toModule))
                    && (packages.isEmpty() || packages.contains(toPackage));
        }
    }

    private static final List<Exception> EXCEPTIONS = List.of(
            // Puts the parts of a node together, so it has to know them.
            new Exception("io.wavegate.node.wiring", "", Set.of()),
            // Commands that look into a part of a node: conformance, checks, stores.
            new Exception("io.wavegate.node.cli", "", Set.of()),
            // Measures and torments parts.
            new Exception("io.wavegate.load", "", Set.of()),
            // Clients transform for themselves: the algebra, and nothing that a server has.
            new Exception("io.wavegate.node.client", "wavelet", Set.of("ot")),
            new Exception("io.wavegate.node.demo", "wavelet", Set.of("ot")),
            // Issues the files that the links' TLS reads, and checks them by reading them.
            new Exception("io.wavegate.node.devca", "s2s", Set.of("tls")));

    @ArchTest
    static final ArchRule modulesUseEachOthersFaces = classes()
            .that(DescribedPredicate.alwaysTrue())
            .should(new ArchCondition<>("use other modules by their faces only") {
                @Override
                public void check(JavaClass user, ConditionEvents events) {
                    user.getDirectDependenciesFromSelf().stream()
                            .filter(dependency -> !isAllowed(dependency))
                            .forEach(dependency ->
                                    events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription())));
                }
            });

    private static boolean isAllowed(Dependency dependency) {
        JavaClass from = dependency.getOriginClass();
        JavaClass to = dependency.getTargetClass().getBaseComponentType();
        String module = part(to, 0);
        if (!to.getPackageName().startsWith(ROOT) || module.equals(part(from, 0))) {
            return true;
        }
        String inner = part(to, 1);
        return FACES.getOrDefault(module, Set.of()).contains(inner)
                || EXCEPTIONS.stream().anyMatch(exception -> exception.covers(from, module, inner));
    }

    private static String part(JavaClass type, int index) {
        String name = type.getPackageName();
        String[] parts = name.startsWith(ROOT) ? name.substring(ROOT.length()).split("\\.") : new String[0];
        return index < parts.length ? parts[index] : "";
    }
}
