package io.wavegate.s2s.xml;

import static io.wavegate.s2s.xml.StreamErrorCondition.BAD_FORMAT;
import static io.wavegate.s2s.xml.StreamErrorCondition.NOT_WELL_FORMED;
import static io.wavegate.s2s.xml.StreamErrorCondition.POLICY_VIOLATION;
import static io.wavegate.s2s.xml.StreamErrorCondition.RESTRICTED_XML;

import java.nio.charset.StandardCharsets;

/**
 * Finds where the header, each first-level element and the stream end, before the XML parser sees a byte. It counts
 * the bytes of an element and its depth, so both limits hold before their cost is paid; it lets no comment, processing
 * instruction, DTD or invalid UTF-8 through (RFC 6120 section 11.1); and since framer and parser have to agree where an
 * element ends, input that two parsers would read differently ends the stream instead of smuggling a stanza.
 */
final class XmlFramer {
    /** What ends at the index that {@link #scan} returned. */
    enum Boundary {
        NONE,
        HEADER,
        ELEMENT,
        STREAM
    }

    private enum Lexeme {
        TEXT,
        MARKUP_START,
        DECLARATION,
        START_TAG,
        END_TAG,
        APOSTROPHES,
        QUOTES,
        CDATA_START,
        CDATA
    }

    private static final byte[] CDATA_OPENING = "[CDATA[".getBytes(StandardCharsets.US_ASCII);

    /** Bytes that change nothing inside of a tag, and those that change nothing in its values and in content. */
    private static final boolean[] PLAIN_IN_TAG = plain(" .:-_=");

    private static final boolean[] PLAIN_IN_CONTENT = plain(" .:-_=/+,;&@()!?#%*\n\r\t");
    private static final boolean[] NONE_PLAIN = new boolean[128];

    private final Utf8Check utf8 = new Utf8Check();
    private final int maxDepth;
    private int maxBytes;
    private Lexeme lexeme = Lexeme.TEXT;
    private Lexeme quoted = Lexeme.START_TAG;
    private int depth;
    private int bytes;
    private int brackets;
    private int matched;
    private boolean slash;
    private boolean anything;
    private Boundary boundary = Boundary.NONE;

    XmlFramer(XmlLimits limits) {
        maxDepth = limits.depth();
        maxBytes = limits.elementBytes();
    }

    void limitBytes(int limit) {
        maxBytes = limit;
    }

    Boundary boundary() {
        return boundary;
    }

    /** Bytes of the element that is under way, or of the one that has just ended. */
    int bytes() {
        return bytes;
    }

    /** Whether nothing of a first-level element has been seen yet: whitespace here is keepalive. */
    boolean isBetweenElements() {
        return depth <= 1 && bytes == 0;
    }

    /** Goes on to the next element after a boundary was dealt with. */
    void next() {
        bytes = 0;
        boundary = Boundary.NONE;
    }

    /**
     * Reads on until a boundary or the end.
     *
     * @return the index after the last byte read
     */
    int scan(byte[] input, int from, int to) throws XmlViolationException {
        int index = from;
        while (index < to && boundary == Boundary.NONE) {
            index = skip(input, index, to);
            if (index == to) {
                return to;
            }
            if (++bytes > maxBytes) {
                throw new XmlViolationException(POLICY_VIOLATION, "an element is larger than " + maxBytes + " bytes");
            }
            int octet = input[index++] & 0xFF;
            if (octet >= 0x80 || utf8.insideCharacter()) {
                utf8.accept(octet);
            } else if (octet < ' ' && octet != '\n' && octet != '\r' && octet != '\t') {
                // No XML has them anywhere, but UTF-16 has: not refused here, it would wait for a tag to end.
                throw new XmlViolationException(NOT_WELL_FORMED, "a control character, or another encoding");
            }
            step(octet);
        }
        return index;
    }

    /** Passes over bytes that change nothing where we are: most of nearly all input, at a fraction of the cost. */
    private int skip(byte[] input, int from, int to) {
        if (utf8.insideCharacter()) {
            return from;
        }
        boolean[] plain = plainHere();
        long limit = Math.min(to, (long) from + maxBytes - bytes);
        int index = from;
        while (index < limit && input[index] >= 0 && plain[input[index]]) {
            index++;
        }
        if (index > from) {
            bytes += index - from;
            brackets = 0;
            slash = false;
        }
        return index;
    }

    private boolean[] plainHere() {
        return switch (lexeme) {
            case TEXT -> depth > 1 ? PLAIN_IN_CONTENT : NONE_PLAIN;
            case CDATA, APOSTROPHES, QUOTES -> PLAIN_IN_CONTENT;
            case START_TAG, END_TAG, DECLARATION -> PLAIN_IN_TAG;
            case MARKUP_START, CDATA_START -> NONE_PLAIN;
        };
    }

    private static boolean[] plain(String punctuation) {
        boolean[] plain = new boolean[128];
        for (int octet = 0; octet < plain.length; octet++) {
            boolean letter = (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z');
            plain[octet] = letter || (octet >= '0' && octet <= '9') || punctuation.indexOf(octet) >= 0;
        }
        return plain;
    }

    private void step(int octet) throws XmlViolationException {
        switch (lexeme) {
            case TEXT -> text(octet);
            case CDATA -> cdata(octet);
            case MARKUP_START -> markupStart(octet);
            case CDATA_START -> cdataStart(octet);
            case APOSTROPHES -> lexeme = octet == '\'' ? quoted : lexeme;
            case QUOTES -> lexeme = octet == '"' ? quoted : lexeme;
            case START_TAG, END_TAG, DECLARATION -> tag(octet);
            default -> throw new IllegalStateException("unknown lexeme " + lexeme);
        }
    }

    private void text(int octet) throws XmlViolationException {
        if (octet == '<') {
            lexeme = Lexeme.MARKUP_START;
        } else if (depth <= 1) {
            throw new XmlViolationException(BAD_FORMAT, "text outside of a first-level element");
        } else if (octet == '>' && brackets >= 2) {
            throw new XmlViolationException(NOT_WELL_FORMED, "]]> in text");
        }
        brackets = octet == ']' ? brackets + 1 : 0;
    }

    private void cdata(int octet) {
        if (octet == '>' && brackets >= 2) {
            lexeme = Lexeme.TEXT;
        }
        brackets = octet == ']' ? brackets + 1 : 0;
    }

    private void markupStart(int octet) throws XmlViolationException {
        slash = false;
        brackets = 0;
        if (octet == '/') {
            lexeme = Lexeme.END_TAG;
        } else if (octet == '?') {
            if (anything) {
                throw new XmlViolationException(RESTRICTED_XML, "processing instruction");
            }
            lexeme = Lexeme.DECLARATION;
        } else if (octet == '!') {
            matched = 0;
            lexeme = Lexeme.CDATA_START;
        } else if (depth >= maxDepth) {
            throw new XmlViolationException(POLICY_VIOLATION, "elements nested deeper than " + maxDepth);
        } else {
            lexeme = Lexeme.START_TAG;
        }
        anything = true;
    }

    private void cdataStart(int octet) throws XmlViolationException {
        if (octet != CDATA_OPENING[matched]) {
            throw new XmlViolationException(RESTRICTED_XML, "comment or document type declaration");
        }
        if (++matched == CDATA_OPENING.length) {
            if (depth <= 1) {
                throw new XmlViolationException(BAD_FORMAT, "text outside of a first-level element");
            }
            lexeme = Lexeme.CDATA;
        }
    }

    private void tag(int octet) {
        if (octet == '>') {
            closeTag();
        } else if (octet == '\'' || octet == '"') {
            quoted = lexeme;
            lexeme = octet == '"' ? Lexeme.QUOTES : Lexeme.APOSTROPHES;
        }
        slash = octet == '/';
    }

    private void closeTag() {
        if (lexeme == Lexeme.START_TAG) {
            depth++;
            if (depth == 1) {
                boundary = Boundary.HEADER;
            }
        }
        if (lexeme == Lexeme.END_TAG || (lexeme == Lexeme.START_TAG && slash)) {
            depth--;
            boundary = depth <= 0 ? Boundary.STREAM : depth == 1 ? Boundary.ELEMENT : Boundary.NONE;
        }
        lexeme = Lexeme.TEXT;
    }
}
