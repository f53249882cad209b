package io.wavegate.wavelet.ot;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.wavelet.document.ListDocument;
import io.wavegate.wavelet.document.RandomOperation;
import io.wavegate.wavelet.model.DocOp;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class TransformPropertiesTest {
    @Property(tries = 5000)
    void bothOrdersGiveTheSameDocument(@ForAll long seed) {
        Random random = new Random(seed);
        ListDocument document = RandomOperation.document(random);
        DocOp client = RandomOperation.on(document, random);
        DocOp server = RandomOperation.on(document, random);

        TransformedPair pair = DocOpTransformer.transform(client, server);

        assertThat(document.apply(server).apply(pair.client()))
                .isEqualTo(document.apply(client).apply(pair.server()));
    }

    @Property(tries = 2000)
    void transformedOperationsAreWellFormedAndInNormalForm(@ForAll long seed) {
        Random random = new Random(seed);
        ListDocument document = RandomOperation.document(random);
        TransformedPair pair =
                DocOpTransformer.transform(RandomOperation.on(document, random), RandomOperation.on(document, random));

        for (DocOp transformed : List.of(pair.client(), pair.server())) {
            assertThat(DocOpWellFormedness.check(transformed)).isEmpty();
            assertThat(transformed).isEqualTo(DocOpNormalizer.normalize(transformed));
        }
    }

    @Property(tries = 2000)
    void theCompositionDoesWhatBothDoOneAfterTheOther(@ForAll long seed) {
        Random random = new Random(seed);
        ListDocument document = RandomOperation.document(random);
        DocOp first = RandomOperation.on(document, random);
        ListDocument between = document.apply(first);
        DocOp second = RandomOperation.on(between, random);

        DocOp both = DocOpComposer.compose(first, second);

        assertThat(document.apply(both)).isEqualTo(between.apply(second));
        assertThat(DocOpWellFormedness.check(both)).isEmpty();
    }

    @Property(tries = 5000)
    void compositionInPlaceDoesTheSame(@ForAll long seed) {
        Random random = new Random(seed);
        ListDocument document = RandomOperation.document(random);
        DocOp first = RandomOperation.on(document, random);
        ListDocument between = document.apply(first);
        DocOp second = RandomOperation.on(between, random);

        DocOp both = DocOpComposer.composeInPlace(first, second);

        assertThat(document.apply(both)).isEqualTo(between.apply(second));
        assertThat(DocOpWellFormedness.check(both)).isEmpty();
    }

    @Property(tries = 2000)
    void compositionIsAssociative(@ForAll long seed) {
        Random random = new Random(seed);
        ListDocument document = RandomOperation.document(random);
        DocOp first = RandomOperation.on(document, random);
        ListDocument afterFirst = document.apply(first);
        DocOp second = RandomOperation.on(afterFirst, random);
        DocOp third = RandomOperation.on(afterFirst.apply(second), random);

        DocOp leftFirst = DocOpComposer.compose(DocOpComposer.compose(first, second), third);
        DocOp rightFirst = DocOpComposer.compose(first, DocOpComposer.compose(second, third));

        assertThat(document.apply(leftFirst)).isEqualTo(document.apply(rightFirst));
        assertThat(DocOpComposer.compose(List.of(first, second, third))).isEqualTo(leftFirst);
    }

    @Property(tries = 2000)
    void theInverseUndoesAndTheInverseOfTheInverseIsTheOperation(@ForAll long seed) {
        Random random = new Random(seed);
        ListDocument document = RandomOperation.document(random);
        DocOp operation = RandomOperation.on(document, random);

        DocOp inverse = DocOpInverter.invert(operation);

        assertThat(document.apply(operation).apply(inverse)).isEqualTo(document);
        assertThat(DocOpInverter.invert(inverse)).isEqualTo(operation);
    }

    @Property(tries = 2000)
    void anOperationInNormalFormDoesTheSame(@ForAll long seed) {
        Random random = new Random(seed);
        ListDocument document = RandomOperation.document(random);
        DocOp operation = RandomOperation.on(document, random);

        assertThat(document.apply(DocOpNormalizer.normalize(operation))).isEqualTo(document.apply(operation));
    }
}
