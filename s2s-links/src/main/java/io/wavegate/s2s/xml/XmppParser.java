package io.wavegate.s2s.xml;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of one stream into events, one at a time, so that whoever takes them can stop after any of them: after
 * {@code <starttls/>} or {@code <auth/>} what follows belongs to another layer or to a new parser. Made anew at every
 * restart of the stream. Never throws on input; not for use by several threads.
 *
 * <p>The framer checks and counts first, then the same bytes go to the XML parser, and always whole elements: fed piecewise,
 * that parser (aalto 1.4.0) loses characters beyond U+FFFF in attributes and lets {@code ]]>} pass. No byte order mark is
 * skipped, nothing is expanded, and no input is kept beyond one element's limit plus what was fed and not asked for.
 */
public final class XmppParser {
    private static final byte[] NOTHING = new byte[0];

    private final XmlFramer framer;
    private final XmlTree tree;
    private byte[] input = NOTHING;
    private int position;
    private int end;
    private boolean finished;
    private ByteArrayOutputStream unfinished = new ByteArrayOutputStream(0);

    public XmppParser(XmlLimits limits) {
        this(limits, Xmlns.SERVER);
    }

    /**
     * @param content the content namespace of the stream; elements in it are given out as those of {@code jabber:server},
     *     which is how stanzas are written and compared everywhere, but not inside of foreign elements (RFC 6120 section
     *     4.8.3: a payload is nobody's to rewrite)
     */
    public XmppParser(XmlLimits limits, String content) {
        framer = new XmlFramer(limits);
        tree = new XmlTree(limits, content);
    }

    /** Changes the byte limit from the next byte on: once the peer has authenticated by dialback, which has no restart. */
    public void limitElementBytes(int bytes) {
        framer.limitBytes(bytes);
    }

    /** Appends input. The array is not copied and must not be changed until it is used up. */
    public void feed(byte[] bytes) {
        if (position == end) {
            input = bytes;
        } else {
            byte[] joined = new byte[end - position + bytes.length];
            System.arraycopy(input, position, joined, 0, end - position);
            System.arraycopy(bytes, 0, joined, end - position, bytes.length);
            input = joined;
        }
        position = 0;
        end = input.length;
    }

    /** The next event, empty if that needs more input. After a violation or the stream's end always empty. */
    public Optional<XmlEvent> next() {
        if (finished) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(advance());
        } catch (XmlViolationException e) {
            finished = true;
            return Optional.of(e.event());
        }
    }

    /** What was fed and not used for an event so far; the parser is empty afterwards. */
    public byte[] takeUnread() {
        byte[] unread = new byte[end - position];
        System.arraycopy(input, position, unread, 0, unread.length);
        input = NOTHING;
        position = 0;
        end = 0;
        return unread;
    }

    private @Nullable XmlEvent advance() throws XmlViolationException {
        skipKeepalive();
        while (position < end) {
            int start = position;
            position = framer.scan(input, start, end);
            XmlFramer.Boundary boundary = framer.boundary();
            if (boundary != XmlFramer.Boundary.NONE) {
                return complete(boundary, start);
            }
            unfinished.write(input, start, position - start);
        }
        return null;
    }

    private XmlEvent complete(XmlFramer.Boundary boundary, int start) throws XmlViolationException {
        int bytes = framer.bytes();
        framer.next();
        finished = boundary == XmlFramer.Boundary.STREAM;
        if (unfinished.size() == 0) {
            tree.feed(input, start, position - start);
        } else {
            unfinished.write(input, start, position - start);
            tree.feed(unfinished.toByteArray(), 0, unfinished.size());
            unfinished = new ByteArrayOutputStream(0);
        }
        return tree.at(boundary, bytes);
    }

    private void skipKeepalive() {
        while (framer.isBetweenElements() && position < end && isSpace(input[position])) {
            position++;
        }
    }

    private static boolean isSpace(byte octet) {
        return octet == ' ' || octet == '\n' || octet == '\r' || octet == '\t';
    }
}
