package io.wavegate.wavelet.entity;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.google.protobuf.ByteString;
import io.wavegate.persistence.schema.DeltaApplied;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.authority.Submission;
import io.wavegate.wavelet.codec.StoredDeltaCodec;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.state.WaveletState;
import java.io.IOException;

/**
 * How the wavelet model travels between nodes: deltas and states in the form in which they are stored, bytes as bytes.
 * Within a node nothing of this runs.
 */
public final class WaveletJacksonModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    public WaveletJacksonModule() {
        super("wavegate-wavelets");
        bytes(ByteString.class, value -> value, value -> value);
        bytes(
                AppliedDelta.class,
                delta -> StoredDeltaCodec.toStored(delta).toByteString(),
                bytes -> read(StoredDeltaCodec.fromStored(DeltaApplied.parseFrom(bytes))));
        bytes(WaveletState.class, StateBytes::write, StateBytes::read);
        bytes(Submission.class, SubmissionBytes::write, SubmissionBytes::read);
        setMixInAnnotation(SubmitResult.class, SubmitResultForm.class);
        setMixInAnnotation(Refusal.Reason.class, ReasonForm.class);
    }

    static <T> T read(Answer<T> answer) throws IOException {
        if (answer instanceof Answer.Ok<T> ok) {
            return ok.value();
        }
        throw new IOException(((Answer.No<T>) answer).refusal().text());
    }

    private <T> void bytes(Class<T> type, Writer<T> writer, Reader<T> reader) {
        addSerializer(type, new StdSerializer<T>(type) {
            private static final long serialVersionUID = 1L;

            @Override
            public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
                json.writeBinary(writer.write(value).toByteArray());
            }
        });
        addDeserializer(type, new StdDeserializer<T>(type) {
            private static final long serialVersionUID = 1L;

            @Override
            public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
                return reader.read(ByteString.copyFrom(json.getBinaryValue()));
            }
        });
    }

    private interface Writer<T> extends java.io.Serializable {
        ByteString write(T value) throws IOException;
    }

    private interface Reader<T> extends java.io.Serializable {
        T read(ByteString bytes) throws IOException;
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({
        @JsonSubTypes.Type(value = SubmitResult.Applied.class, name = "applied"),
        @JsonSubTypes.Type(value = SubmitResult.Refused.class, name = "refused")
    })
    private interface SubmitResultForm {}

    /** A reason of a newer release: nothing is known of the outcome, so it is to be asked for again. */
    private enum ReasonForm {
        @JsonEnumDefaultValue
        STORE_UNAVAILABLE
    }
}
