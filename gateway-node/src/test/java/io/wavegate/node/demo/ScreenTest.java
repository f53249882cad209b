package io.wavegate.node.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.node.client.TextEdits;
import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private Document document = Document.EMPTY.apply(DocOp.of(new Characters("abc")));
    private final Screen screen = new Screen(3);
    private int typed;

    @Test
    void heTypesWhereHeSeesItThoughMoreHasArrived() {
        theOther(1, 0, 0, "12");
        type(1, 0, "x");
        assertThat(document.text()).isEqualTo("12axbc");
    }

    @Test
    void whatHeDoesNotSeeYetHeDoesNotErase() {
        theOther(1, 1, 0, "12");
        type(0, 3, "");
        assertThat(document.text()).isEqualTo("12");
    }

    @Test
    void whatTheOtherErasedHeErasesNoMore() {
        theOther(1, 1, 1, "");
        type(0, 2, "x");
        assertThat(document.text()).isEqualTo("xc");
    }

    @Test
    void placesOnBothSidesOfWhatTheOtherErasedStayTwo() {
        theOther(1, 1, 1, "");
        theOther(2, 1, 0, "left");
        type(2, 0, "right");
        assertThat(document.text()).isEqualTo("aleftrightc");
    }

    @Test
    void whatTheOtherTypedAndErasedIsSeenBetween() {
        theOther(1, 1, 0, "12");
        theOther(2, 1, 1, "");
        screen.show(1, 0);
        type(2, 0, "x");
        screen.show(2, 0);
        type(1, 0, "y");
        assertThat(document.text()).isEqualTo("ayx2bc");
    }

    @Test
    void whatHeErasedUnknownToTheOtherIsRememberedUntilAllOfHisKnowOfIt() {
        type(1, 1, "");
        assertThat(screen.isBesideErased(insertion(1), 0, 1)).isTrue();
        assertThat(screen.isBesideErased(insertion(0), 0, 1)).isFalse();
        assertThat(screen.isBesideErased(insertion(1), 0, 0))
                .as("while it can go out with it in one delta")
                .isFalse();
        screen.show(0, 1);
        assertThat(screen.isBesideErased(insertion(1), 0, 1)).isFalse();
    }

    private static Trace.Transaction insertion(int position) {
        return new Trace.Transaction(0, 0, List.of(new Trace.Patch(position, 0, "x")));
    }

    private void theOther(int upTo, int position, int erased, String inserted) {
        String gone = TextEdits.plain(document, position, position + erased);
        DocOp operation = TextEdits.replace(position, gone, inserted, document.length());
        document = document.apply(operation);
        screen.withhold(List.of(operation), upTo);
    }

    private void type(int position, int erased, String inserted) {
        Trace.Transaction transaction =
                new Trace.Transaction(0, 0, List.of(new Trace.Patch(position, erased, inserted)));
        typed++;
        document = document.apply(screen.type(transaction, typed, 0, document));
    }
}
