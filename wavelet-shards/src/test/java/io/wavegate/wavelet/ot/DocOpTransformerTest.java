package io.wavegate.wavelet.ot;

import static io.wavegate.wavelet.ot.Ops.attributes;
import static io.wavegate.wavelet.ot.Ops.begin;
import static io.wavegate.wavelet.ot.Ops.cease;
import static io.wavegate.wavelet.ot.Ops.change;
import static io.wavegate.wavelet.ot.Ops.delete;
import static io.wavegate.wavelet.ot.Ops.deleteEnd;
import static io.wavegate.wavelet.ot.Ops.deleteStart;
import static io.wavegate.wavelet.ot.Ops.end;
import static io.wavegate.wavelet.ot.Ops.insert;
import static io.wavegate.wavelet.ot.Ops.replace;
import static io.wavegate.wavelet.ot.Ops.retain;
import static io.wavegate.wavelet.ot.Ops.set;
import static io.wavegate.wavelet.ot.Ops.start;
import static io.wavegate.wavelet.ot.Ops.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wavegate.wavelet.model.DocOp;
import org.junit.jupiter.api.Test;

/** The sentences of spec section 10.4, one test each. */
class DocOpTransformerTest {
    @Test
    void atTheSamePlaceTheClientsInsertionStandsLeftOfTheServers() {
        TransformedPair pair = transform(DocOp.of(insert("c"), retain(2)), DocOp.of(insert("s"), retain(2)));

        assertThat(pair.client()).isEqualTo(DocOp.of(insert("c"), retain(3)));
        assertThat(pair.server()).isEqualTo(DocOp.of(retain(1), insert("s"), retain(2)));
    }

    @Test
    void anInsertionIntoAnElementThatTheOtherDeletesIsDeletedWithIt() {
        TransformedPair pair = transform(
                DocOp.of(retain(2), insert("c"), retain(1)), DocOp.of(deleteStart("p"), delete("x"), deleteEnd()));

        assertThat(pair.client()).isEqualTo(DocOp.of());
        assertThat(pair.server()).isEqualTo(DocOp.of(deleteStart("p"), delete("xc"), deleteEnd()));
    }

    @Test
    void anInsertionBetweenDeletedCharactersSurvives() {
        TransformedPair pair = transform(DocOp.of(retain(1), insert("c"), retain(1)), DocOp.of(delete("xy")));

        assertThat(pair.client()).isEqualTo(DocOp.of(insert("c")));
        assertThat(pair.server()).isEqualTo(DocOp.of(delete("x"), retain(1), delete("y")));
    }

    @Test
    void whatBothDeleteNeitherDeletes() {
        TransformedPair pair =
                transform(DocOp.of(delete("ab"), retain(2)), DocOp.of(retain(1), delete("bc"), retain(1)));

        assertThat(pair.client()).isEqualTo(DocOp.of(delete("a"), retain(1)));
        assertThat(pair.server()).isEqualTo(DocOp.of(delete("c"), retain(1)));
    }

    @Test
    void aDeletionOfAnElementNamesTheAttributesAsTheOtherChangedThem() {
        TransformedPair pair = transform(
                DocOp.of(deleteStart("p", "i", "1"), deleteEnd()),
                DocOp.of(update(change("i", "1", "2"), set("t", "x")), retain(1)));

        assertThat(pair.client()).isEqualTo(DocOp.of(deleteStart("p", "i", "2", "t", "x"), deleteEnd()));
        assertThat(pair.server()).isEqualTo(DocOp.of());
    }

    @Test
    void ofTwoReplacementsTheClientsWins() {
        TransformedPair pair = transform(
                DocOp.of(replace(attributes("i", "1"), attributes("i", "c"))),
                DocOp.of(replace(attributes("i", "1"), attributes("i", "s"))));

        assertThat(pair.client()).isEqualTo(DocOp.of(replace(attributes("i", "s"), attributes("i", "c"))));
        assertThat(pair.server()).isEqualTo(DocOp.of(retain(1)));
    }

    @Test
    void ofTwoUpdatesTheClientsWinsForEachKeyAndOtherKeysAreKept() {
        TransformedPair pair = transform(
                DocOp.of(update(set("a", "c"), set("b", "c"))), DocOp.of(update(set("b", "s"), set("d", "s"))));

        assertThat(pair.client()).isEqualTo(DocOp.of(update(set("a", "c"), change("b", "s", "c"))));
        assertThat(pair.server()).isEqualTo(DocOp.of(update(set("d", "s"))));
    }

    @Test
    void aReplacementWinsOverAnUpdateOnWhicheverSide() {
        DocOp replacement = DocOp.of(replace(attributes(), attributes("i", "r")));
        DocOp update = DocOp.of(update(set("t", "u")));
        DocOp after = DocOp.of(replace(attributes("t", "u"), attributes("i", "r")));

        assertThat(transform(replacement, update)).isEqualTo(new TransformedPair(after, DocOp.of(retain(1))));
        assertThat(transform(update, replacement)).isEqualTo(new TransformedPair(DocOp.of(retain(1)), after));
    }

    @Test
    void whereBothChangeAnAnnotationTheClientsValueWins() {
        TransformedPair pair = transform(
                DocOp.of(begin(set("k", "c")), retain(2), cease("k"), retain(1)),
                DocOp.of(retain(1), begin(set("k", "s")), retain(2), cease("k")));

        assertThat(pair.client())
                .isEqualTo(DocOp.of(
                        begin(set("k", "c")),
                        retain(1),
                        begin(change("k", "s", "c")),
                        retain(1),
                        cease("k"),
                        retain(1)));
        assertThat(pair.server()).isEqualTo(DocOp.of(retain(2), begin(set("k", "s")), retain(1), cease("k")));
    }

    @Test
    void anInsertionStandsOutsideOfAnAnnotationChangeThatTheOtherBeginsThere() {
        TransformedPair pair =
                transform(DocOp.of(insert("c"), retain(1)), DocOp.of(begin(set("k", "s")), retain(1), cease("k")));

        assertThat(pair.server()).isEqualTo(DocOp.of(retain(1), begin(set("k", "s")), retain(1), cease("k")));
    }

    @Test
    void operationsForDifferentItemsAreRefused() {
        assertThatThrownBy(() -> transform(DocOp.of(delete("x"), retain(1)), DocOp.of(deleteStart("p"), deleteEnd())))
                .isInstanceOf(TransformException.class);
        assertThatThrownBy(() -> transform(DocOp.of(retain(3)), DocOp.of(retain(2))))
                .isInstanceOf(TransformException.class);
    }

    /** Spec section 7.2: the second operation of a delta whose first has made the document shorter. */
    @Test
    void aServersOperationForALongerDocumentCountsAsFarAsTheClientsReaches() {
        TransformedPair pair = transform(
                DocOp.of(retain(5), insert("x")), DocOp.of(insert("Z"), retain(3), start("p"), end(), retain(3)));

        assertThat(pair.client()).isEqualTo(DocOp.of(retain(8), insert("x")));
    }

    @Test
    void hostileLengthsCostNothingAndAreRefused() {
        DocOp hostile = DocOp.of(retain(Integer.MAX_VALUE), retain(Integer.MAX_VALUE), insert("x"));

        assertThatThrownBy(() -> transform(hostile, DocOp.of(retain(1)))).isInstanceOf(TransformException.class);
    }

    private static TransformedPair transform(DocOp client, DocOp server) {
        return DocOpTransformer.transform(client, server);
    }
}
