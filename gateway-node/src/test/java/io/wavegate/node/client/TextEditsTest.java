package io.wavegate.node.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.ot.DocOpTransformer;
import org.junit.jupiter.api.Test;

class TextEditsTest {
    private static final Document TEXT = Document.EMPTY.apply(DocOp.of(new Characters("one two three")));

    @Test
    void whatReplacesATextStaysLeftOfWhatOthersInsertBehindIt() {
        DocOp replacement = TextEdits.replace(4, "two", "2", TEXT.length());
        DocOp insertion = TextEdits.replace(7, "", "!", TEXT.length());
        assertThat(TEXT.apply(insertion)
                        .apply(DocOpTransformer.transform(replacement, insertion)
                                .client())
                        .text())
                .as("the replacement is late")
                .isEqualTo("one 2! three");
        assertThat(TEXT.apply(replacement)
                        .apply(DocOpTransformer.transform(insertion, replacement)
                                .client())
                        .text())
                .as("the insertion is late")
                .isEqualTo("one 2! three");
    }
}
