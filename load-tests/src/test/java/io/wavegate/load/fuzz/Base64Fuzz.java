package io.wavegate.load.fuzz;

import com.google.protobuf.ByteString;
import io.wavegate.s2s.federation.BadStanzaException;
import io.wavegate.s2s.federation.SubmitCodec;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlNode;
import io.wavegate.wavelet.model.WaveletName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The text of a delta: of the standard alphabet with white space, or refused; what was read is written and read the same. */
public final class Base64Fuzz {
    private static final WaveletName NAME = new WaveletName("a.test", "w+1", "a.test", "conv+root");
    private static final XmlElement REQUEST = request(ByteString.copyFromUtf8("x"));

    private Base64Fuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws BadStanzaException {
        String text = new String(input, StandardCharsets.UTF_8);
        Optional<ByteString> read = read(withText(REQUEST, text));
        boolean alphabet = text.chars()
                .allMatch(c -> c <= ' '
                        || (c >= 'A' && c <= 'Z')
                        || (c >= 'a' && c <= 'z')
                        || (c >= '0' && c <= '9')
                        || c == '+'
                        || c == '/'
                        || c == '=');
        if (read.isPresent() && (!alphabet || !read(request(read.get())).equals(read))) {
            throw new IllegalStateException("read as " + read.get().size() + " bytes: " + text);
        }
    }

    private static Optional<ByteString> read(XmlElement pubsub) {
        try {
            return Optional.of(SubmitCodec.readRequest(pubsub).signedDelta());
        } catch (BadStanzaException e) {
            return Optional.empty();
        }
    }

    private static XmlElement request(ByteString delta) {
        return SubmitCodec.request(new SubmitCodec.Request(NAME, delta));
    }

    private static XmlElement withText(XmlElement element, String text) {
        List<XmlNode> children = element.children().stream()
                .<XmlNode>map(
                        child -> child instanceof XmlElement inner ? withText(inner, text) : new XmlNode.Text(text))
                .toList();
        return new XmlElement(element.name(), element.attributes(), children);
    }
}
