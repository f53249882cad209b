package io.wavegate.load.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.wavegate.s2s.stream.StreamEffect;
import java.time.Instant;
import java.util.Arrays;

/** The shape that the layout promises: three kinds of packages, dependencies one way, no cycles. */
@AnalyzeClasses(packages = "io.wavegate", importOptions = ProductOnly.class)
class ArchitectureTest {
    /** Protocols and decisions: given inputs, returning effects. */
    private static final String[] CORE = {
        "io.wavegate.wavelet.model..",
        "io.wavegate.wavelet.document..",
        "io.wavegate.wavelet.state..",
        "io.wavegate.wavelet.ot..",
        "io.wavegate.wavelet.trust..",
        "io.wavegate.wavelet.codec..",
        "io.wavegate.wavelet.authority..",
        "io.wavegate.wavelet.replica..",
        "io.wavegate.wavelet.delivery..",
        "io.wavegate.s2s.jid..",
        "io.wavegate.s2s.xml..",
        "io.wavegate.s2s.stanza..",
        "io.wavegate.s2s.stream..",
        "io.wavegate.s2s.wire..",
        "io.wavegate.s2s.resolve..",
        "io.wavegate.s2s.limit..",
        "io.wavegate.s2s.link..",
        "io.wavegate.s2s.edge..",
        "io.wavegate.s2s.vouch..",
        "io.wavegate.s2s.check..",
        "io.wavegate.s2s.component..",
        "io.wavegate.s2s.seat..",
        "io.wavegate.s2s.federation.."
    };

    private static final String[] PERSISTENCE = {"io.wavegate.persistence.."};
    private static final String[] CLUSTER = {"io.wavegate.cluster.."};
    private static final String[] WAVELET = {"io.wavegate.wavelet.."};
    private static final String[] S2S = {"io.wavegate.s2s.."};
    private static final String[] NODE = {"io.wavegate.node.."};
    private static final String[] LOAD = {"io.wavegate.load.."};

    @ArchTest
    static final ArchRule coresKnowNoLibraryThatActs = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.pekko..",
                    "io.netty..",
                    "org.xbill..",
                    "org.slf4j..",
                    "org.rocksdb..",
                    "com.datastax..",
                    "java.lang.reflect..");

    @ArchTest
    static final ArchRule coresHaveNoClockThreadOrChance = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.Thread")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.security.SecureRandom")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now");

    @ArchTest
    static final ArchRule persistenceStandsAlone = noClasses()
            .that()
            .resideInAnyPackage(PERSISTENCE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(concat(CLUSTER, WAVELET, S2S, NODE, LOAD));

    @ArchTest
    static final ArchRule clusterConfigStandsAlone = noClasses()
            .that()
            .resideInAnyPackage(CLUSTER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(concat(PERSISTENCE, WAVELET, S2S, NODE, LOAD));

    @ArchTest
    static final ArchRule waveletShardsUsePersistenceOnly = noClasses()
            .that()
            .resideInAnyPackage(WAVELET)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(concat(CLUSTER, S2S, NODE, LOAD));

    @ArchTest
    static final ArchRule linksSeeOnlyThePublicFaceOfWavelets = noClasses()
            .that()
            .resideInAnyPackage(S2S)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(concat(CLUSTER, NODE, LOAD, new String[] {
                "io.wavegate.wavelet.entity..",
                "io.wavegate.wavelet.authority..",
                "io.wavegate.wavelet.replica..",
                "io.wavegate.wavelet.delivery..",
                "io.wavegate.wavelet.ot..",
                "io.wavegate.wavelet.document.."
            }));

    @ArchTest
    static final ArchRule nothingDependsOnLoadTests = noClasses()
            .that()
            .resideOutsideOfPackages(LOAD)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(LOAD);

    /** Not even through what it uses: an application that embeds the client starts no actor system. */
    @ArchTest
    static final ArchRule theJavaClientCarriesNoServer = noClasses()
            .that()
            .resideInAPackage("io.wavegate.node.client..")
            .should()
            .transitivelyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.pekko..",
                    "io.netty..",
                    "org.rocksdb..",
                    "io.wavegate.s2s..",
                    "io.wavegate.persistence..",
                    "io.wavegate.wavelet.entity..");

    /** The JDK's HttpClient, Jackson, and the wavelet's values: enough to talk, draw and transform. */
    @ArchTest
    static final ArchRule theJavaClientUsesValuesOnly = classes()
            .that()
            .resideInAPackage("io.wavegate.node.client..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "com.fasterxml.jackson..",
                    "com.google.protobuf..",
                    "com.google.errorprone.annotations..",
                    "org.jspecify.annotations..",
                    "io.wavegate.node.client..",
                    "io.wavegate.node.json..",
                    "io.wavegate.wavelet.api..",
                    "io.wavegate.wavelet.model..",
                    "io.wavegate.wavelet.document..",
                    "io.wavegate.wavelet.codec..",
                    "io.wavegate.wavelet.ot..");

    @ArchTest
    static final ArchRule dnsjavaStaysInItsAdapter = noClasses()
            .that()
            .resideOutsideOfPackages("io.wavegate.s2s.dns..", "io.wavegate.load..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.xbill..");

    /** One interpreter: over sockets and in the simulation it is the same code that does what stream machines decide. */
    @ArchTest
    static final ArchRule effectsOfStreamsAreCarriedOutInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackages("io.wavegate.s2s.stream..", "io.wavegate.s2s.wire..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(
                    StreamEffect.Deliver.class,
                    StreamEffect.Schedule.class,
                    StreamEffect.Restart.class,
                    StreamEffect.Keep.class,
                    StreamEffect.End.class);

    /** What carries bytes is below: it is given to the streams, and they know none. */
    @ArchTest
    static final ArchRule streamsKnowNoCarrier = noClasses()
            .that()
            .resideInAPackage("io.wavegate.s2s.wire..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.wavegate.s2s.netty..", "io.wavegate.s2s.tls..", "io.wavegate.s2s.entity..");

    @ArchTest
    static final ArchRule nettyStaysAtTheEdge = noClasses()
            .that()
            .resideOutsideOfPackages("io.wavegate.s2s.netty..", "io.wavegate.s2s.tls..", "io.wavegate.load..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule packagesFormNoCycles =
            slices().matching("io.wavegate.(*).(*)..").should().beFreeOfCycles();

    private static String[] concat(String[]... parts) {
        return Arrays.stream(parts).flatMap(Arrays::stream).toArray(String[]::new);
    }
}
