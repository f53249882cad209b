package io.wavegate.wavelet.document;

import static io.wavegate.wavelet.ot.Ops.delete;
import static io.wavegate.wavelet.ot.Ops.insert;
import static io.wavegate.wavelet.ot.Ops.retain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.wavegate.wavelet.document.InvalidOperationException.Reason;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.AnnotationBoundary;
import io.wavegate.wavelet.model.DocOpComponent.ValueChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Annotations that cost more than the bytes that ask for them. */
class AnnotationCostTest {
    private static AnnotationBoundary boundary(List<String> ends, List<ValueChange> changes) {
        return new AnnotationBoundary(ends, changes);
    }

    private static ValueChange change(String key, Optional<String> from, String to) {
        return new ValueChange(key, from, Optional.of(to));
    }

    private static List<String> keys(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> prefix + "%06d".formatted(i))
                .toList();
    }

    /** One character each, no two neighbours annotated alike. */
    private static Document places(int count, int values) {
        List<DocOpComponent> components = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            components.add(boundary(List.of(), List.of(change("place", Optional.empty(), "v" + i % values))));
            components.add(insert("x"));
        }
        components.add(boundary(List.of("place"), List.of()));
        return Document.EMPTY.apply(new DocOp(components));
    }

    /** Sets keys over some of the items. */
    private static DocOp over(List<String> keys, int skipped, int covered, int rest) {
        List<DocOpComponent> components = new ArrayList<>();
        if (skipped > 0) {
            components.add(retain(skipped));
        }
        components.add(boundary(
                List.of(),
                keys.stream().map(key -> change(key, Optional.empty(), "w")).toList()));
        components.add(retain(covered));
        components.add(boundary(keys, List.of()));
        if (rest > 0) {
            components.add(retain(rest));
        }
        return new DocOp(components);
    }

    private static void assertRefused(Document document, DocOp operation) {
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> assertThatThrownBy(() -> document.apply(operation))
                .asInstanceOf(type(InvalidOperationException.class))
                .returns(Reason.TOO_MANY_ANNOTATIONS, InvalidOperationException::reason));
    }

    @Test
    void thousandsOfKeysOverTensOfThousandsOfPlacesThatAllDifferAreRefused() {
        assertRefused(places(20_000, 20_000), over(keys("k", 5_000), 0, 20_000, 0));
    }

    @Test
    void nothingMoreIsHeldThanTheBoundHoweverManyOperationsAskForIt() {
        int places = 10_000;
        Document document = places(places, places);
        List<String> keys = keys("k", 1_000);
        int taken = 0;
        for (int i = 0; i < 3; i++) {
            document = document.apply(over(keys, taken, 1_000, places - taken - 1_000));
            taken += 1_000;
        }
        assertRefused(document, over(keys, taken, 1_000, places - taken - 1_000));
        assertThat(Document.of(document.toOperation())).isEqualTo(document);
    }

    @Test
    void aDocumentInTwoStylesThatAlternateGetsAsManyObjectsAsItHasStyles() {
        Document document = places(1_000, 2).apply(over(keys("k", 1_000), 0, 1_000, 0));
        assertThat(document.apply(over(keys("l", 1), 0, 1_000, 0)).length()).isEqualTo(1_000);
        assertThat(AnnotationObjects.of(document)).isEqualTo(2);
    }

    @Test
    void anEditInALargeDocumentWithManyStylesIsNoMatter() {
        Document document = places(100_000, 50_000);
        Document styled = document.apply(over(keys("k", 5), 0, 100_000, 0));
        assertThat(styled.apply(over(keys("l", 5), 0, 100_000, 0)).length()).isEqualTo(100_000);
    }

    @Test
    void keysThatAreOnlyLookedAtCostTheSame() {
        List<String> keys = keys("k", 5_000);
        List<ValueChange> none = keys.stream()
                .map(key -> new ValueChange(key, Optional.empty(), Optional.empty()))
                .toList();
        Document document = places(20_000, 20_000);
        assertRefused(document, DocOp.of(boundary(List.of(), none), retain(20_000), boundary(keys, List.of())));
        List<ValueChange> all = new ArrayList<>(none);
        all.add(new ValueChange("place", Optional.of("v0"), Optional.empty()));
        List<String> open = new ArrayList<>(keys);
        open.add("place");
        assertRefused(
                document, DocOp.of(boundary(List.of(), all), delete("x".repeat(20_000)), boundary(open, List.of())));
    }
}
