package io.wavegate.wavelet.ot;

import static io.wavegate.wavelet.ot.Ops.attributes;
import static io.wavegate.wavelet.ot.Ops.begin;
import static io.wavegate.wavelet.ot.Ops.cease;
import static io.wavegate.wavelet.ot.Ops.change;
import static io.wavegate.wavelet.ot.Ops.delete;
import static io.wavegate.wavelet.ot.Ops.deleteEnd;
import static io.wavegate.wavelet.ot.Ops.deleteStart;
import static io.wavegate.wavelet.ot.Ops.insert;
import static io.wavegate.wavelet.ot.Ops.replace;
import static io.wavegate.wavelet.ot.Ops.retain;
import static io.wavegate.wavelet.ot.Ops.set;
import static io.wavegate.wavelet.ot.Ops.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wavegate.wavelet.model.DocOp;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The sentences of spec section 10.3, one test each. */
class DocOpComposerTest {
    @Test
    void whatIsInsertedAndThenDeletedIsNothing() {
        assertThat(compose(DocOp.of(insert("abc")), DocOp.of(retain(1), delete("b"), retain(1))))
                .isEqualTo(DocOp.of(insert("ac")));
    }

    @Test
    void aDeletionStaysAheadOfALaterInsertionAtThatPlace() {
        assertThat(compose(DocOp.of(delete("a"), retain(1)), DocOp.of(insert("x"), retain(1))))
                .isEqualTo(DocOp.of(delete("a"), insert("x"), retain(1)));
    }

    @Test
    void inPlaceAnInsertionStandsNextToWhatWasOnItsLeft() {
        assertThat(DocOpComposer.composeInPlace(
                        DocOp.of(retain(1), delete("b"), retain(1)), DocOp.of(retain(1), insert("y"), retain(1))))
                .isEqualTo(DocOp.of(retain(1), insert("y"), delete("b"), retain(1)));
        assertThat(DocOpComposer.composeInPlace(
                        DocOp.of(retain(2), insert("y"), retain(1)), DocOp.of(retain(1), delete("b"), retain(2))))
                .isEqualTo(DocOp.of(retain(1), delete("b"), insert("y"), retain(1)));
    }

    @Test
    void inPlaceAnElementGoesInWholeWithItsAnnotations() {
        DocOp first = DocOp.of(delete("b"), retain(1));
        DocOp second = DocOp.of(Ops.start("p"), begin(set("k", "1")), insert("y"), cease("k"), Ops.end(), retain(1));

        DocOp both = DocOpComposer.composeInPlace(first, second);

        assertThat(DocOpWellFormedness.check(both)).isEmpty();
        assertThat(both.components()).endsWith(Ops.end(), delete("b"), retain(1));
    }

    @Test
    void attributeChangesMerge() {
        DocOp update = DocOp.of(update(set("i", "1")));
        DocOp replacement = DocOp.of(replace(attributes("i", "1"), attributes("t", "2")));

        assertThat(compose(update, replacement)).isEqualTo(DocOp.of(replace(attributes(), attributes("t", "2"))));
        assertThat(compose(replacement, DocOp.of(update(change("t", "2", "3")))))
                .isEqualTo(DocOp.of(replace(attributes("i", "1"), attributes("t", "3"))));
        assertThat(compose(update, DocOp.of(update(change("i", "1", "2"), set("t", "3")))))
                .isEqualTo(DocOp.of(update(set("i", "2"), set("t", "3"))));
    }

    @Test
    void aChangedElementIsDeletedWithItsOldAttributes() {
        assertThat(compose(
                        DocOp.of(update(set("i", "1")), retain(1)),
                        DocOp.of(deleteStart("p", "i", "1", "t", "2"), deleteEnd())))
                .isEqualTo(DocOp.of(deleteStart("p", "t", "2"), deleteEnd()));
    }

    @Test
    void annotationChangesOfAKeyMergeToTheFirstsOldAndTheSecondsNewValue() {
        assertThat(compose(
                        DocOp.of(begin(change("k", "1", "2")), retain(1), cease("k")),
                        DocOp.of(begin(change("k", "2", "3")), retain(1), cease("k"))))
                .isEqualTo(DocOp.of(begin(change("k", "1", "3")), retain(1), cease("k")));
    }

    @Test
    void operationsThatDoNotFitByLengthAreRefused() {
        assertThatThrownBy(() -> compose(DocOp.of(retain(2)), DocOp.of(retain(1))))
                .isInstanceOf(CompositionException.class);
        assertThatThrownBy(() -> compose(DocOp.of(retain(2)), DocOp.of(retain(3))))
                .isInstanceOf(CompositionException.class);
    }

    @Test
    void aLongListOfOperationsComposesIntoOne() {
        DocOp typed = DocOpComposer.compose(Collections.nCopies(1000, DocOp.of(delete("a"), insert("a"), retain(1))));

        assertThat(typed.components()).hasSizeLessThan(5);
        assertThatThrownBy(() -> DocOpComposer.compose(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static DocOp compose(DocOp first, DocOp second) {
        return DocOpComposer.compose(first, second);
    }
}
