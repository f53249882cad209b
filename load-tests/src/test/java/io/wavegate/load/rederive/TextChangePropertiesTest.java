package io.wavegate.load.rederive;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.wavelet.codec.DocOpCodec;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.ot.DocOpTransformer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Two implementations of one rule, which share nothing, say the same of texts. */
class TextChangePropertiesTest {
    private static final String TEXT = "abcdefghij";

    @Property(tries = 2_000)
    void theProductTransformsTextAsTheRuleSays(@ForAll("edits") DocOp client, @ForAll("edits") DocOp server) {
        TextChange ours = change(client).over(change(server));
        assertThat(change(DocOpTransformer.transform(client, server).client()).items())
                .isEqualTo(ours.items());
        assertThat(ours.after(change(server).after(TEXT))).isEqualTo(result(client, server));
    }

    private static String result(DocOp client, DocOp server) {
        TextChange theirs = change(DocOpTransformer.transform(client, server).server());
        return theirs.after(change(client).after(TEXT));
    }

    private static TextChange change(DocOp operation) {
        return TextChange.read(DocOpCodec.toProto(operation));
    }

    /** For each character of the text: 0 keeps it, 1 deletes it, 2 and 3 insert something before and keep or delete it. */
    @Provide
    Arbitrary<DocOp> edits() {
        return Arbitraries.integers().between(0, 3).list().ofSize(TEXT.length()).map(TextChangePropertiesTest::edit);
    }

    private static DocOp edit(List<Integer> choices) {
        List<DocOpComponent> parts = new ArrayList<>();
        for (int i = 0; i < choices.size(); i++) {
            if (choices.get(i) >= 2) {
                parts.add(new DocOpComponent.Characters("x" + i));
            }
            parts.add(
                    choices.get(i) % 2 == 0
                            ? new DocOpComponent.Retain(1)
                            : new DocOpComponent.DeleteCharacters(TEXT.substring(i, i + 1)));
        }
        return new DocOp(parts);
    }
}
