package io.wavegate.s2s.matrix;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a scripted peer reads and writes. */
final class Elements {
    static final String TLS = "urn:ietf:params:xml:ns:xmpp-tls";
    static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
    static final String STARTTLS = "<starttls xmlns='" + TLS + "'/>";
    static final String PROCEED = "<proceed xmlns='" + TLS + "'/>";
    static final String SUCCESS = "<success xmlns='" + SASL + "'/>";
    static final String CLOSE = "</stream:stream>";
    static final Pattern HEADER = Pattern.compile("<stream:stream\\s[^>]*>");
    static final Pattern FEATURES = Pattern.compile(
            "<stream:features(/>|>.*</stream:features>)|<stream:error>.*</stream:error>", Pattern.DOTALL);
    static final Pattern PROCEEDS = Pattern.compile("<proceed [^>]*/>");
    static final Pattern SASL_OUTCOME = Pattern.compile("<success [^>]*/>|<failure .*</failure>", Pattern.DOTALL);
    static final Pattern DIALBACK_OUTCOME =
            Pattern.compile("<db:(result|verify)\\s[^>]*?/>|<db:(result|verify)\\s.*</db:\\2>", Pattern.DOTALL);
    /** Whatever an initiator may say. */
    static final Pattern REQUEST = Pattern.compile(
            "<starttls\\s[^>]*/>|<auth\\s.*</auth>|<(db:result|db:verify|message)\\s[^>]*[^/]>.*</\\1>|</stream:stream>",
            Pattern.DOTALL);

    private static final Pattern CONDITION =
            Pattern.compile("<([a-z-]+) xmlns=['\"]urn:ietf:params:xml:ns:xmpp-stanzas");

    private Elements() {}

    static String attribute(String element, String name) {
        Matcher matcher =
                Pattern.compile("^<[^>]*?\\s" + name + "=['\"]([^'\"]*)['\"]").matcher(element);
        return matcher.find() ? matcher.group(1) : "";
    }

    static String text(String element) {
        return element.substring(element.indexOf('>') + 1, element.lastIndexOf("</"));
    }

    /** {@code valid}, {@code invalid}, or the condition of an error. */
    static String dialbackAnswer(String element) {
        Matcher condition = CONDITION.matcher(element);
        return condition.find() ? condition.group(1) : attribute(element, "type");
    }

    static String auth(String domain) {
        String identity =
                java.util.Base64.getEncoder().encodeToString(domain.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return "<auth xmlns='" + SASL + "' mechanism='EXTERNAL'>" + identity + "</auth>";
    }

    static String streamError(String condition, String text) {
        return "<stream:error><" + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
                + "<text xmlns='urn:ietf:params:xml:ns:xmpp-streams'>" + text + "</text></stream:error>" + CLOSE;
    }
}
