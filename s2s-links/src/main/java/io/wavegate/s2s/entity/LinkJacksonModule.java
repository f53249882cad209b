package io.wavegate.s2s.entity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.wavegate.s2s.xml.ElementBytes;
import io.wavegate.s2s.xml.XmlElement;
import java.io.IOException;

/** How elements travel between nodes: as XML, the one form of theirs that never changes. Within a node nothing of this runs. */
public final class LinkJacksonModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    /** Made by Pekko, by the name in {@code reference.conf}. */
    public LinkJacksonModule() {
        super("wavegate-links");
        addSerializer(XmlElement.class, new Writer());
        addDeserializer(XmlElement.class, new Reader());
    }

    private static final class Writer extends StdSerializer<XmlElement> {
        private static final long serialVersionUID = 1L;

        Writer() {
            super(XmlElement.class);
        }

        @Override
        public void serialize(XmlElement element, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeBinary(ElementBytes.write(element));
        }
    }

    private static final class Reader extends StdDeserializer<XmlElement> {
        private static final long serialVersionUID = 1L;

        Reader() {
            super(XmlElement.class);
        }

        @Override
        public XmlElement deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return ElementBytes.read(json.getBinaryValue());
        }
    }
}
