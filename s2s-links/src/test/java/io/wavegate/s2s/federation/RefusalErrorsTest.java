package io.wavegate.s2s.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.stanza.ErrorCondition;
import io.wavegate.s2s.stanza.ErrorType;
import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.wavelet.api.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class RefusalErrorsTest {
    /** Spec 9.2, as the reference sends them. */
    @ParameterizedTest
    @CsvSource({
        "BAD_REQUEST,bad-request,MODIFY,400",
        "ITEM_NOT_FOUND,item-not-found,CANCEL,404",
        "NOT_ACCEPTABLE,not-acceptable,MODIFY,406",
        "NOT_AUTHORIZED,not-authorized,AUTH,401",
        "RESOURCE_CONSTRAINT,resource-constraint,WAIT,500",
        "UNDEFINED_CONDITION,undefined-condition,WAIT,500",
        "REMOTE_SERVER_TIMEOUT,remote-server-timeout,WAIT,504",
        "UNEXPECTED_REQUEST,unexpected-request,WAIT,400",
        "INTERNAL_SERVER_ERROR,internal-server-error,WAIT,500"
    })
    void conditionsHaveTheReferencesTypeAndCode(ErrorCondition condition, String name, ErrorType type, int code) {
        assertThat(condition.wire()).isEqualTo(name);
        assertThat(condition.type()).isEqualTo(type);
        assertThat(condition.code()).isEqualTo(code);
        assertThat(ErrorCondition.ofWire(name)).isEqualTo(condition);
    }

    @Test
    void whetherAWaveletExistsCannotBeLearned() {
        Refusal none = new Refusal(Refusal.Reason.NO_SUCH_WAVELET, "there is no such wavelet");
        Refusal stranger = new Refusal(Refusal.Reason.NOT_PARTICIPANT, "mallory is not on it");
        assertThat(RefusalErrors.toError(none)).isEqualTo(RefusalErrors.toError(stranger));
    }

    @ParameterizedTest
    @EnumSource(Refusal.Reason.class)
    void everyReasonIsOneOfTheConditionsThatTheReferenceKnows(Refusal.Reason reason) {
        assertThat(RefusalErrors.toError(new Refusal(reason, "because")).condition())
                .isIn(
                        ErrorCondition.BAD_REQUEST,
                        ErrorCondition.NOT_ACCEPTABLE,
                        ErrorCondition.INTERNAL_SERVER_ERROR,
                        ErrorCondition.REMOTE_SERVER_TIMEOUT,
                        ErrorCondition.RESOURCE_CONSTRAINT);
    }

    @ParameterizedTest
    @CsvSource({
        "remote-server-not-found,HOST_UNREACHABLE",
        "remote-server-timeout,HOST_UNREACHABLE",
        "service-unavailable,HOST_UNREACHABLE",
        "resource-constraint,OVERLOADED",
        "bad-request,HOST_REFUSED",
        "forbidden,HOST_REFUSED",
        "made-up,HOST_REFUSED"
    })
    void peersErrorTellsWhetherItIsAwayFullOrRefusing(String condition, Refusal.Reason reason) {
        StanzaError error = StanzaError.of(ErrorCondition.ofWire(condition), "text");
        assertThat(RefusalErrors.toRefusal("b.test", error).reason()).isEqualTo(reason);
    }
}
