package io.wavegate.s2s.xml;

/**
 * Strict UTF-8, byte by byte (RFC 3629). The XML parser below accepts overlong forms and code points beyond U+10FFFF, the
 * stuff that stanza smuggling is made of (CVE-2022-25235), so nothing reaches it that has not passed here.
 */
final class Utf8Check {
    private int following;
    private int lowest = 0x80;
    private int highest = 0xBF;

    /** Takes a byte that is 0x80 or above, or any byte while a character is unfinished. */
    void accept(int octet) throws XmlViolationException {
        if (following > 0) {
            if (octet < lowest || octet > highest) {
                throw invalid();
            }
            following--;
            lowest = 0x80;
            highest = 0xBF;
        } else if (octet >= 0x80) {
            lead(octet);
        }
    }

    boolean insideCharacter() {
        return following > 0;
    }

    private void lead(int octet) throws XmlViolationException {
        if (octet < 0xC2 || octet > 0xF4) {
            throw invalid();
        }
        following = octet < 0xE0 ? 1 : octet < 0xF0 ? 2 : 3;
        lowest = octet == 0xE0 ? 0xA0 : octet == 0xF0 ? 0x90 : 0x80;
        highest = octet == 0xED ? 0x9F : octet == 0xF4 ? 0x8F : 0xBF;
    }

    private static XmlViolationException invalid() {
        return new XmlViolationException(StreamErrorCondition.NOT_WELL_FORMED, "invalid UTF-8");
    }
}
