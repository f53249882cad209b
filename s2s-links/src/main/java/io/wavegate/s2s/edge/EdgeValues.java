package io.wavegate.s2s.edge;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.wavegate.s2s.edge.proto.End;
import io.wavegate.s2s.edge.proto.Pair;
import io.wavegate.s2s.edge.proto.Stream;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.xml.ElementBytes;
import io.wavegate.s2s.xml.StreamErrorCondition;
import io.wavegate.s2s.xml.XmlElement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The values in messages between edges and entities, to and from their form for other nodes. */
final class EdgeValues {
    private EdgeValues() {}

    static Pair pair(DomainPair pair) {
        return Pair.newBuilder().setLocal(pair.local()).setRemote(pair.remote()).build();
    }

    static DomainPair pair(Pair pair) {
        return new DomainPair(pair.getLocal(), pair.getRemote());
    }

    static Stream stream(StreamFacts facts) {
        return Stream.newBuilder()
                .setStream(facts.stream())
                .setPair(pair(facts.pair()))
                .setAcknowledged(facts.acknowledged())
                .setSilentMillis(facts.silentMillis())
                .setLastBatch(facts.lastBatch())
                .build();
    }

    static StreamFacts stream(Stream stream) {
        return new StreamFacts(
                stream.getStream(),
                pair(stream.getPair()),
                stream.getAcknowledged(),
                stream.getSilentMillis(),
                stream.getLastBatch());
    }

    static End end(StreamEnd end) {
        End.Builder builder = End.newBuilder().setReason(end.reason().name()).setText(end.text());
        end.error().ifPresent(error -> builder.setError(error.name()));
        return builder.build();
    }

    /** A reason or a condition of a later release is none that we could act on. */
    static StreamEnd end(End end) {
        StreamEnd.Reason reason = Arrays.stream(StreamEnd.Reason.values())
                .filter(known -> known.name().equals(end.getReason()))
                .findAny()
                .orElse(StreamEnd.Reason.CONNECTION_LOST);
        Optional<StreamErrorCondition> error = Arrays.stream(StreamErrorCondition.values())
                .filter(known -> known.name().equals(end.getError()))
                .findAny();
        return new StreamEnd(reason, error, end.getText());
    }

    static List<ByteString> bytes(List<XmlElement> elements) {
        return elements.stream()
                .map(element -> UnsafeByteOperations.unsafeWrap(ElementBytes.write(element)))
                .toList();
    }

    static List<XmlElement> elements(List<ByteString> bytes) throws IOException {
        List<XmlElement> elements = new ArrayList<>(bytes.size());
        for (ByteString one : bytes) {
            elements.add(ElementBytes.read(one.toByteArray()));
        }
        return elements;
    }
}
