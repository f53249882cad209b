package io.wavegate.load.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Serializable;
import java.security.MessageDigest;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;

/** Names, and what may travel between nodes. */
@AnalyzeClasses(packages = "io.wavegate", importOptions = ProductOnly.class)
class HouseRulesTest {
    /** Made by protoc. */
    private static final String GENERATED = "io.wavegate.persistence.schema..";

    /** Exceptions, enums, maps made on the spot, what protoc makes and Jackson's extension points; none is a message. */
    private static final DescribedPredicate<JavaClass> SERIALIZABLE_BY_THEIR_PARENT =
            new DescribedPredicate<>("serializable by their parent") {
                @Override
                public boolean test(JavaClass type) {
                    return type.isAssignableTo(Throwable.class)
                            || type.isEnum()
                            || type.isAssignableTo(Enum.class)
                            || type.isAnonymousClass()
                            || isOfLibrary(type)
                            || type.getEnclosingClass()
                                    .map(HouseRulesTest::isOfLibrary)
                                    .orElse(false);
                }
            };

    @ArchTest
    static final ArchRule namesSayWhatAClassIsFor = noClasses()
            .that()
            .resideOutsideOfPackage(GENERATED)
            .should()
            .haveNameMatching(".*(Manager|Util|Utils|Impl|Helper|Helpers)")
            .orShould()
            .haveNameMatching(".*[.$]Abstract[^.$]*");

    @ArchTest
    static final ArchRule nothingIsMadeForJavaSerialization =
            noClasses().that(are(not(SERIALIZABLE_BY_THEIR_PARENT))).should().beAssignableTo(Serializable.class);

    /** Where what somebody gave us is compared with what only who knows a secret can make. */
    private static final String PROVEN_BY_A_SECRET = "io[.]wavegate[.](s2s[.]stream[.]DialbackKey"
            + "|s2s[.]component[.]ComponentSecret|s2s[.]entity[.]LinkIds|node[.]token[.]TokenKey[$]Secret)";

    /** A comparison that ends at the first difference tells how much of a guess was right (CVE-2021-32921). */
    @ArchTest
    static final ArchRule proofsOfSecretsAreComparedInConstantTime = classes()
            .that()
            .haveNameMatching(PROVEN_BY_A_SECRET)
            .should(callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
                    .as("compare with MessageDigest.isEqual"));

    @ArchTest
    static final ArchRule proofsOfSecretsAreComparedInNoOtherWay = noClasses()
            .that()
            .haveNameMatching(PROVEN_BY_A_SECRET)
            .should()
            .callMethodWhere(target(nameMatching("equals|equalsIgnoreCase|contentEquals|compareTo|compare|mismatch"
                    + "|startsWith|endsWith|contains|regionMatches|deepEquals|hashCode")));

    @ArchTest
    static final ArchRule commandsOfWaveletsTravelAsBytesOrNotAtAll =
            travelOrStay("io.wavegate.wavelet.entity.WaveletCommand", "io.wavegate.wavelet.entity.WaveletMessage");

    @ArchTest
    static final ArchRule commandsOfLinksTravelAsBytesOrNotAtAll =
            travelOrStay("io.wavegate.s2s.entity.LinkCommand", "io.wavegate.s2s.entity.LinkMessage");

    private static ArchRule travelOrStay(String command, String marker) {
        return classes()
                .that()
                .areAssignableTo(command)
                .and()
                .areNotInterfaces()
                .should()
                .beAssignableTo(marker)
                .orShould()
                .beAssignableTo(NoSerializationVerificationNeeded.class);
    }

    private static boolean isOfLibrary(JavaClass type) {
        return type.getAllRawSuperclasses().stream()
                .map(JavaClass::getPackageName)
                .anyMatch(
                        parent -> parent.startsWith("com.fasterxml.jackson.") || parent.equals("com.google.protobuf"));
    }
}
