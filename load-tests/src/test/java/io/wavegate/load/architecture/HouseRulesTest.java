package io.wavegate.load.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Serializable;
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
