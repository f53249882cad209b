package io.wavegate.wavelet.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class DocumentMapTest {
    @Property(tries = 200)
    void holdsWhatASortedMapHoldsAndOldMapsStayAsTheyWere(
            @ForAll @Size(max = 60) List<@AlphaChars @StringLength(min = 1, max = 2) String> ids) {
        DocumentMap map = DocumentMap.EMPTY;
        TreeMap<String, Document> expected = new TreeMap<>();
        for (String id : ids) {
            DocumentMap before = map;
            TreeMap<String, Document> expectedBefore = new TreeMap<>(expected);
            Document document = Document.EMPTY.apply(DocOp.of(new DocOpComponent.Characters(id + expected.size())));
            map = map.with(id, document);
            expected.put(id, document);
            assertThat(before.toMap()).isEqualTo(expectedBefore);
        }
        assertThat(map.toMap()).isEqualTo(expected);
        assertThat(map.size()).isEqualTo(expected.size());
        assertThat(expected.keySet().stream().map(map::get)).allMatch(java.util.Optional::isPresent);
    }
}
