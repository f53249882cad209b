package io.wavegate.node.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wavegate.node.json.DocOpJson;
import io.wavegate.node.json.JsonFormException;
import io.wavegate.wavelet.model.Attributes;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.AnnotationBoundary;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.DocOpComponent.DeleteCharacters;
import io.wavegate.wavelet.model.DocOpComponent.DeleteElementEnd;
import io.wavegate.wavelet.model.DocOpComponent.DeleteElementStart;
import io.wavegate.wavelet.model.DocOpComponent.ElementEnd;
import io.wavegate.wavelet.model.DocOpComponent.ElementStart;
import io.wavegate.wavelet.model.DocOpComponent.ReplaceAttributes;
import io.wavegate.wavelet.model.DocOpComponent.Retain;
import io.wavegate.wavelet.model.DocOpComponent.UpdateAttributes;
import io.wavegate.wavelet.model.DocOpComponent.ValueChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationFormTest {
    private static final JsonNode COMPONENT =
            Described.OPENAPI.path("components").path("schemas").path("Component");
    private static final Attributes NONE = Attributes.of(new TreeMap<>());
    private static final Attributes SOME = Attributes.of(new TreeMap<>(Map.of("a", "1", "b", "")));
    private static final List<ValueChange> CHANGES = List.of(
            new ValueChange("k", Optional.empty(), Optional.of("new")),
            new ValueChange("l", Optional.of("old"), Optional.empty()));
    private static final List<DocOpComponent> ALL = List.of(
            new Retain(3),
            new Characters("\u00e9\ud83d\ude00"),
            new DeleteCharacters("x"),
            new ElementStart("p", NONE),
            new ElementStart("p", SOME),
            ElementEnd.INSTANCE,
            new DeleteElementStart("p", SOME),
            DeleteElementEnd.INSTANCE,
            new ReplaceAttributes(NONE, NONE),
            new ReplaceAttributes(SOME, NONE),
            new UpdateAttributes(List.of()),
            new UpdateAttributes(CHANGES),
            new AnnotationBoundary(List.of(), List.of()),
            new AnnotationBoundary(List.of("a"), CHANGES));

    @Test
    void everyComponentIsWrittenAsDescribedAndReadBack() throws Exception {
        TreeSet<String> seen = new TreeSet<>();
        for (DocOpComponent component : ALL) {
            JsonNode written = DocOpJson.write(DocOp.of(component)).get(0);
            Described.conforms(written, COMPONENT, Described.OPENAPI);
            assertThat(DocOpJson.read(List.of(written), "c").components()).containsExactly(component);
            seen.add(written.fieldNames().next());
        }
        TreeSet<String> described = new TreeSet<>();
        COMPONENT.path("properties").fieldNames().forEachRemaining(described::add);
        assertThat(seen).isEqualTo(described);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "7",
                "{\"characters\": 7}",
                "{\"characters\": null}",
                "{\"characters\": \"a\", \"element_end\": true}",
                "{\"chars\": \"a\"}",
                "{\"element_end\": false}",
                "{\"delete_element_end\": \"true\"}",
                "{\"retain_item_count\": -1}",
                "{\"retain_item_count\": 1.5}",
                "{\"retain_item_count\": 2147483648}",
                "{\"retain_item_count\": \"1\"}",
                "{\"element_start\": \"p\"}",
                "{\"element_start\": {}}",
                "{\"element_start\": {\"type\": \"p\", \"attributes\": []}}",
                "{\"element_start\": {\"type\": \"p\", \"attribute\": {\"a\": \"b\"}}}",
                "{\"element_start\": {\"type\": \"p\", \"attribute\": [{\"key\": \"a\"}]}}",
                "{\"element_start\": {\"type\": \"p\", \"attribute\":"
                        + " [{\"key\": \"a\", \"value\": \"1\"}, {\"key\": \"a\", \"value\": \"2\"}]}}",
                "{\"replace_attributes\": {\"empty\": false}}",
                "{\"update_attributes\": {\"attribute_update\": [{\"new_value\": \"1\"}]}}",
                "{\"annotation_boundary\": {\"end\": [1]}}",
                "{\"annotation_boundary\": {\"change\": [{\"key\": \"a\", \"value\": \"1\"}]}}"
            })
    void whatIsOfAnotherFormIsRefusedWithItsPlace(String json) {
        assertThatThrownBy(() -> DocOpJson.read(List.of(Described.json(json)), "operation"))
                .isInstanceOf(JsonFormException.class)
                .hasMessageStartingWith("operation[0]");
    }

    @Test
    void anEmptyComponentMayLeaveOutItsMark() throws Exception {
        ObjectNode bare = JsonNodeFactory.instance.objectNode();
        bare.putObject("annotation_boundary");
        assertThat(DocOpJson.read(List.of(bare), "c").components())
                .containsExactly(new AnnotationBoundary(List.of(), List.of()));
    }
}
