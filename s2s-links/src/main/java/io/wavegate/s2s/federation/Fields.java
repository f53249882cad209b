package io.wavegate.s2s.federation;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.util.Base64;
import java.util.Optional;

/**
 * Values as attributes and text. Where the reference is silent or guesses, we are strict (spec 9.4): numbers are decimal
 * digits that fit a signed 64-bit integer; base64 is of the standard alphabet, padded or not, with white space allowed
 * around and inside, and anything else in it is an error instead of being skipped.
 */
final class Fields {
    private Fields() {}

    static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    static ByteString bytes(String base64, String what) throws BadStanzaException {
        try {
            return UnsafeByteOperations.unsafeWrap(Base64.getDecoder().decode(withoutWhiteSpace(base64)));
        } catch (IllegalArgumentException e) {
            throw new BadStanzaException("The " + what + " is not base64.");
        }
    }

    private static String withoutWhiteSpace(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ') {
                return text.replaceAll("[ \\t\\r\\n]+", "");
            }
        }
        return text;
    }

    /** Bytes that must not be empty, in an element's text. */
    static ByteString content(XmlElement element) throws BadStanzaException {
        String what = "content of " + element.name().local();
        ByteString bytes = bytes(element.text(), what);
        if (bytes.isEmpty()) {
            throw new BadStanzaException("The " + what + " is empty.");
        }
        return bytes;
    }

    static String required(XmlElement element, String attribute) throws BadStanzaException {
        Optional<String> value = element.attribute(attribute);
        if (value.isEmpty()) {
            throw new BadStanzaException(element.name().local() + " has no " + attribute + ".");
        }
        return value.get();
    }

    static long number(XmlElement element, String attribute) throws BadStanzaException {
        return number(required(element, attribute), attribute);
    }

    static long number(String text, String what) throws BadStanzaException {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        try {
            if (digits) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException e) {
            throw new BadStanzaException("The " + what + " is out of range.");
        }
        throw new BadStanzaException("The " + what + " is not a number.");
    }

    static ByteString hash(XmlElement element, String attribute) throws BadStanzaException {
        ByteString hash = bytes(required(element, attribute), attribute);
        if (hash.isEmpty()) {
            throw new BadStanzaException("The " + attribute + " is empty.");
        }
        return hash;
    }

    static HashedVersion version(XmlElement element, String version, String hash) throws BadStanzaException {
        return new HashedVersion(number(element, version), hash(element, hash));
    }

    static WaveletName waveletName(XmlElement element) throws BadStanzaException {
        return WaveletName.parseUri(required(element, "wavelet-name"))
                .orElseThrow(() -> new BadStanzaException("The wavelet-name is none; one has the form"
                        + " wave://DOMAIN/[WAVEDOMAIN!]WAVEID/WAVELETID."));
    }

    static XmlElement child(XmlElement parent, String namespace, String local) throws BadStanzaException {
        return parent.child(namespace, local)
                .orElseThrow(() -> new BadStanzaException(parent.name().local() + " has no " + local + "."));
    }
}
