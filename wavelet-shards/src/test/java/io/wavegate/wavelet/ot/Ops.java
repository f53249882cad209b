package io.wavegate.wavelet.ot;

import io.wavegate.wavelet.model.Attributes;
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
import java.util.Optional;
import java.util.TreeMap;

/** Short names for components, so that tests read like operations. */
public final class Ops {
    private Ops() {}

    public static DocOpComponent insert(String text) {
        return new Characters(text);
    }

    public static DocOpComponent delete(String text) {
        return new DeleteCharacters(text);
    }

    public static DocOpComponent retain(int count) {
        return new Retain(count);
    }

    public static DocOpComponent start(String type, String... namesAndValues) {
        return new ElementStart(type, attributes(namesAndValues));
    }

    public static DocOpComponent end() {
        return ElementEnd.INSTANCE;
    }

    public static DocOpComponent deleteStart(String type, String... namesAndValues) {
        return new DeleteElementStart(type, attributes(namesAndValues));
    }

    public static DocOpComponent deleteEnd() {
        return DeleteElementEnd.INSTANCE;
    }

    public static DocOpComponent replace(Attributes before, Attributes after) {
        return new ReplaceAttributes(before, after);
    }

    public static DocOpComponent update(ValueChange... changes) {
        return new UpdateAttributes(List.of(changes));
    }

    public static DocOpComponent begin(ValueChange... changes) {
        return new AnnotationBoundary(List.of(), List.of(changes));
    }

    public static DocOpComponent cease(String... keys) {
        return new AnnotationBoundary(List.of(keys), List.of());
    }

    /** A key whose value was absent. */
    public static ValueChange set(String key, String value) {
        return new ValueChange(key, Optional.empty(), Optional.of(value));
    }

    public static ValueChange change(String key, String before, String after) {
        return new ValueChange(key, Optional.of(before), Optional.of(after));
    }

    public static ValueChange remove(String key, String before) {
        return new ValueChange(key, Optional.of(before), Optional.empty());
    }

    public static Attributes attributes(String... namesAndValues) {
        TreeMap<String, String> values = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Attributes.of(values);
    }
}
