package io.wavegate.wavelet.authority;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.wavelet.model.Attributes;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.AnnotationBoundary;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.DocOpComponent.DeleteCharacters;
import io.wavegate.wavelet.model.DocOpComponent.ElementEnd;
import io.wavegate.wavelet.model.DocOpComponent.ElementStart;
import io.wavegate.wavelet.model.DocOpComponent.ValueChange;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnnotationWorkTest {
    private static List<String> keys(int count) {
        return IntStream.range(0, count).mapToObj("k%05d"::formatted).toList();
    }

    private static ValueChange change(String key) {
        return new ValueChange(key, Optional.empty(), Optional.of("v"));
    }

    private static AnnotationBoundary begin(List<String> keys) {
        return new AnnotationBoundary(
                List.of(), keys.stream().map(AnnotationWorkTest::change).toList());
    }

    private static AnnotationBoundary end(List<String> keys) {
        return new AnnotationBoundary(keys, List.of());
    }

    private static Optional<String> refusal(List<DocOpComponent> components) {
        return OperationChecks.illFormed(List.of(new MutateDocument("b+1", new DocOp(components))));
    }

    @Test
    void manyKeysOverManyItemsAreOneChange() {
        List<String> keys = keys(10_000);
        List<DocOpComponent> components = new ArrayList<>(List.of(begin(keys)));
        for (int i = 0; i < 10_000; i++) {
            components.add(new ElementStart("x", Attributes.NONE));
            components.add(ElementEnd.INSTANCE);
        }
        components.add(end(keys));
        assertThat(refusal(components)).isEmpty();
    }

    @Test
    void keysThatBeginOneAfterTheOtherAddUp() {
        assertThat(refusal(staircase(1_000))).isEmpty();
        assertThat(refusal(staircase(2_000)).orElseThrow()).contains("too many annotations", "split it");
    }

    private static List<DocOpComponent> staircase(int steps) {
        List<DocOpComponent> components = new ArrayList<>();
        for (String key : keys(steps)) {
            components.add(begin(List.of(key)));
            components.add(new Characters("x"));
        }
        components.add(end(keys(steps)));
        return components;
    }

    @Test
    void deletionsLookAtEveryKeyThatIsOpen() {
        List<String> keys = keys(1_000);
        List<DocOpComponent> components = new ArrayList<>(List.of(begin(keys)));
        for (int i = 0; i < 2_000; i++) {
            components.add(new DeleteCharacters("x"));
        }
        components.add(end(keys));
        assertThat(refusal(components)).isPresent();
    }
}
