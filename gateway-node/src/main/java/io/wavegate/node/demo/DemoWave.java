package io.wavegate.node.demo;

import io.wavegate.wavelet.model.Attributes;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.DocOpComponent.ElementEnd;
import io.wavegate.wavelet.model.DocOpComponent.ElementStart;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The wave of the demonstration, made as wave clients make one (spec 11): a manifest with one blip, and the blip. */
final class DemoWave {
    static final String BLIP = "b+demo";

    /** Items before the text: the body's start, and the line. */
    static final int TEXT_OFFSET = 3;

    private DemoWave() {}

    /** The operations of the first delta, beside adding its creator. */
    static List<WaveletOperation> operations(ParticipantId guest, String text) {
        return List.of(
                new AddParticipant(guest),
                new MutateDocument(
                        "conversation",
                        DocOp.of(
                                new ElementStart("conversation", Attributes.NONE),
                                new ElementStart("blip", Attributes.of(Map.of("id", BLIP))),
                                ElementEnd.INSTANCE,
                                ElementEnd.INSTANCE)),
                new MutateDocument(BLIP, blip(text)));
    }

    /** The blip as it is at first. */
    static DocOp blip(String text) {
        List<DocOpComponent> components = new ArrayList<>();
        components.add(new ElementStart("body", Attributes.NONE));
        components.add(new ElementStart("line", Attributes.NONE));
        components.add(ElementEnd.INSTANCE);
        if (!text.isEmpty()) {
            components.add(new Characters(text));
        }
        components.add(ElementEnd.INSTANCE);
        return new DocOp(components);
    }
}
