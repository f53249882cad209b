package io.wavegate.wavelet.document;

import static io.wavegate.wavelet.ot.Ops.begin;
import static io.wavegate.wavelet.ot.Ops.cease;
import static io.wavegate.wavelet.ot.Ops.delete;
import static io.wavegate.wavelet.ot.Ops.deleteEnd;
import static io.wavegate.wavelet.ot.Ops.deleteStart;
import static io.wavegate.wavelet.ot.Ops.end;
import static io.wavegate.wavelet.ot.Ops.insert;
import static io.wavegate.wavelet.ot.Ops.remove;
import static io.wavegate.wavelet.ot.Ops.retain;
import static io.wavegate.wavelet.ot.Ops.set;
import static io.wavegate.wavelet.ot.Ops.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.wavegate.wavelet.document.InvalidOperationException.Reason;
import io.wavegate.wavelet.model.Attributes;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.AnnotationBoundary;
import io.wavegate.wavelet.model.DocOpComponent.ElementEnd;
import io.wavegate.wavelet.model.DocOpComponent.ElementStart;
import io.wavegate.wavelet.model.DocOpComponent.ValueChange;
import io.wavegate.wavelet.ot.Rule;
import io.wavegate.wavelet.ot.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The sentences of spec section 10.2, one test each. */
class DocumentTest {
    @Test
    void insertedItemsInheritTheAnnotationsOfTheItemToTheLeft() {
        Document bold = document(begin(set("bold", "1")), insert("ab"), cease("bold"), insert("c"));

        assertThat(bold.apply(DocOp.of(retain(2), insert("x"), retain(1))).toOperation())
                .isEqualTo(DocOp.of(begin(set("bold", "1")), insert("abx"), cease("bold"), insert("c")));
    }

    @Test
    void theItemToTheLeftCountsEvenIfThisOperationDeletesIt() {
        Document bold = document(begin(set("bold", "1")), insert("a"), cease("bold"), insert("c"));
        DocOp operation = DocOp.of(begin(remove("bold", "1")), delete("a"), cease("bold"), insert("x"), retain(1));

        assertThat(bold.apply(operation).toOperation())
                .isEqualTo(DocOp.of(begin(set("bold", "1")), insert("x"), cease("bold"), insert("c")));
    }

    @Test
    void aDeletionMustResetTheAnnotationsOfWhatItDeletes() {
        Document bold = document(begin(set("bold", "1")), insert("a"), cease("bold"));

        assertRefused(bold, DocOp.of(delete("a")), Reason.DELETION_MISSING_ANNOTATION_RESET);
        assertThat(bold.apply(DocOp.of(begin(remove("bold", "1")), delete("a"), cease("bold"))))
                .isEqualTo(Document.EMPTY);
    }

    @Test
    void whatIsDeletedMustBeThere() {
        Document document = document(start("p", "i", "1"), insert("ab"), end());

        assertRefused(document, DocOp.of(retain(1), delete("ax"), retain(1)), Reason.DELETED_CHARACTER_DIFFERS);
        assertRefused(document, DocOp.of(retain(1), delete("abc")), Reason.DELETE_TOO_MANY_CHARACTERS);
        assertRefused(
                document,
                DocOp.of(deleteStart("q", "i", "1"), delete("ab"), deleteEnd()),
                Reason.OLD_ELEMENT_TYPE_DIFFERS);
        assertRefused(document, DocOp.of(deleteStart("p"), delete("ab"), deleteEnd()), Reason.OLD_ATTRIBUTES_DIFFER);
    }

    @Test
    void theWholeDocumentMustBeConsumed() {
        assertRefused(document(insert("ab")), DocOp.of(retain(1)), Reason.OPERATION_TOO_SHORT);
        assertRefused(document(insert("ab")), DocOp.of(retain(3)), Reason.RETAIN_PAST_END);
    }

    @Test
    void hostileLengthsAreRefusedWithoutCost() {
        assertRefused(document(insert("ab")), DocOp.of(retain(Integer.MAX_VALUE)), Reason.RETAIN_PAST_END);
        assertRefused(
                document(insert("ab")),
                new DocOp(Collections.nCopies(5, retain(Integer.MAX_VALUE))),
                Reason.RETAIN_PAST_END);
    }

    @Test
    void anIllFormedOperationIsRefusedWithItsRule() {
        assertThatThrownBy(() -> document(start("p")))
                .asInstanceOf(type(InvalidOperationException.class))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.ILL_FORMED))
                .satisfies(e -> assertThat(e.violation().map(Violation::rule)).contains(Rule.UNCLOSED_ELEMENT_START));
    }

    /** Their product would be a hundred million. */
    @Test
    void manyKeysOverManyItemsCostTheirSum() {
        List<ValueChange> changes = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            changes.add(new ValueChange("k%05d".formatted(i), Optional.empty(), Optional.of("v")));
        }
        List<DocOpComponent> components = new ArrayList<>();
        components.add(new AnnotationBoundary(List.of(), changes));
        for (int i = 0; i < 20_000; i++) {
            components.add(new ElementStart("x", Attributes.NONE));
            components.add(ElementEnd.INSTANCE);
        }
        components.add(
                new AnnotationBoundary(changes.stream().map(ValueChange::key).toList(), List.of()));
        DocOp operation = new DocOp(components);

        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertThat(Document.EMPTY.apply(operation).toOperation()).isEqualTo(operation));
    }

    @Test
    void deepNestingDoesNotExhaustTheStack() {
        int depth = 100_000;
        DocOpComponent[] components = new DocOpComponent[2 * depth];
        for (int i = 0; i < depth; i++) {
            components[i] = start("p");
            components[2 * depth - 1 - i] = end();
        }
        Document deep = document(components);

        assertThat(deep.length()).isEqualTo(2 * depth);
        assertThat(deep.toXml()).startsWith("<p><p>").endsWith("</p></p>");
    }

    @Test
    void xmlEscapesWhatXmlReserves() {
        assertThat(document(start("p", "t", "\"<&"), insert("a<b>&\""), end(), start("br"), end())
                        .toXml())
                .isEqualTo("<p t=\"&quot;&lt;&amp;\">a&lt;b&gt;&amp;\"</p><br/>");
    }

    private static Document document(DocOpComponent... components) {
        return Document.EMPTY.apply(DocOp.of(components));
    }

    private static void assertRefused(Document document, DocOp operation, Reason reason) {
        assertThatThrownBy(() -> document.apply(operation))
                .asInstanceOf(type(InvalidOperationException.class))
                .extracting(InvalidOperationException::reason)
                .isEqualTo(reason);
    }
}
