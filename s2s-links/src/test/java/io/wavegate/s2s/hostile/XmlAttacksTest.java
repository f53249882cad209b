package io.wavegate.s2s.hostile;

import static io.wavegate.s2s.hostile.AttackedGateway.ADA;
import static io.wavegate.s2s.hostile.AttackedGateway.BEE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.netty.RawPeer;
import java.io.IOException;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** XML that is no XMPP, from a stranger and from an authenticated peer alike: its stream ends with the condition named. */
class XmlAttacksTest {
    private static final String HEADER = RawPeer.header(BEE, ADA);
    private static final String LAUGHS = "<!DOCTYPE lolz [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>"
            + "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;'>]>";

    private static final int MOST_READ_AT_ONCE = 16_000;

    @RegisterExtension
    static final AttackedGateway gateway = new AttackedGateway("");

    /** What is sent and the condition of the stream error that comes back. */
    private record Attack(String name, byte[] input, String condition) {
        Attack(String name, String input, String condition) {
            this(name, input.getBytes(UTF_8), condition);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Inside a stream, wherever it stands. */
    static Stream<Attack> inAStream() {
        return Stream.of(
                new Attack("document type", LAUGHS, "restricted-xml"),
                new Attack("comment", "<message><!-- x --></message>", "restricted-xml"),
                new Attack("comment between stanzas", "<!-- x -->", "restricted-xml"),
                new Attack("processing instruction", "<?php phpinfo() ?>", "restricted-xml"),
                new Attack("XML declaration again", "<?xml version='1.0'?>", "restricted-xml"),
                new Attack("second root", HEADER, "restricted-xml"),
                new Attack("internal entity", "<message>&a;</message>", "restricted-xml"),
                new Attack("text between stanzas", "hello", "bad-format"),
                new Attack("byte order mark between stanzas", "\uFEFF", "bad-format"),
                new Attack("attributes", "<message" + many(10_000, " a%d=''") + "/>", "policy-violation"),
                new Attack(
                        "attributes that fit the size", "<message" + many(800, " a%d=''") + "/>", "policy-violation"),
                new Attack(
                        "namespace prefixes", "<message" + many(10_000, " xmlns:p%d='u'") + "/>", "policy-violation"),
                new Attack(
                        "namespaces that fit the size",
                        "<message" + many(400, " xmlns:p%d='u'") + "/>",
                        "policy-violation"),
                new Attack("depth", "<a>".repeat(3_000), "policy-violation"),
                new Attack("name", "<" + "a".repeat(5_000) + "/>", "policy-violation"),
                new Attack("twice the same attribute", "<message id='1' id='2'/>", "not-well-formed"),
                new Attack("prefix that is not declared", "<x:message/>", "not-well-formed"),
                new Attack("prefix that is nobody's", "<xmlns:message/>", "not-well-formed"),
                new Attack("end of another element", "<message></iq> ", "not-well-formed"),
                new Attack("NUL", octets("<message>", "00", "</message>"), "not-well-formed"),
                new Attack("NUL as a reference", "<message>&#0;</message>", "not-well-formed"),
                new Attack("surrogate as a reference", "<message>&#xD800;</message>", "not-well-formed"),
                new Attack("invalid UTF-8", octets("<message>", "FF", "</message>"), "not-well-formed"),
                new Attack("overlong slash", octets("<message>", "C0AF", "</message>"), "not-well-formed"),
                new Attack("overlong angle", octets("<message>", "E080BC", "/message></message>"), "not-well-formed"),
                new Attack("surrogate in UTF-8", octets("<message>", "EDA080", "</message>"), "not-well-formed"),
                new Attack("beyond U+10FFFF", octets("<message>", "F4908080", "</message>"), "not-well-formed"),
                new Attack("character cut by markup", octets("<message>", "C2", "</message>"), "not-well-formed"),
                new Attack("UTF-16", "<message/>".getBytes(UTF_16LE), "not-well-formed"));
    }

    /** Instead of a header. */
    static Stream<Attack> insteadOfAHeader() {
        return Stream.of(
                new Attack("billion laughs", "<?xml version='1.0'?>" + LAUGHS + HEADER, "restricted-xml"),
                new Attack("external entity", "<!DOCTYPE s SYSTEM 'file:///etc/passwd'>" + HEADER, "restricted-xml"),
                new Attack("UTF-16", HEADER.getBytes(UTF_16LE), "not-well-formed"),
                new Attack("UTF-16 with its mark", octets("", "FFFE", ""), "not-well-formed"),
                new Attack("byte order mark", "\uFEFF" + HEADER, "bad-format"),
                new Attack(
                        "another encoding", "<?xml version='1.0' encoding='UTF-7'?>" + plain(), "unsupported-encoding"),
                new Attack(
                        "attributes",
                        plain().replace(" version", many(800, " a%d=''") + " version"),
                        "policy-violation"),
                new Attack("HTTP", "GET / HTTP/1.1\r\n\r\n", "bad-format"));
    }

    private static String plain() {
        return HEADER.substring(HEADER.indexOf("?>") + 2);
    }

    private static String many(int count, String form) {
        return IntStream.range(0, count).mapToObj(form::formatted).collect(Collectors.joining());
    }

    private static byte[] octets(String before, String hex, String after) {
        return (before + new String(HexFormat.of().parseHex(hex), ISO_8859_1) + after).getBytes(ISO_8859_1);
    }

    @ParameterizedTest
    @MethodSource("inAStream")
    void beforeAuthentication(Attack attack) throws IOException, GeneralSecurityException {
        try (RawPeer bee = gateway.secured(BEE)) {
            ends(bee, attack);
        }
    }

    @ParameterizedTest
    @MethodSource("inAStream")
    void afterAuthentication(Attack attack) throws IOException, GeneralSecurityException {
        try (RawPeer bee = gateway.authenticated(BEE)) {
            ends(bee, attack);
        }
    }

    @ParameterizedTest
    @MethodSource("insteadOfAHeader")
    void insteadOfAHeader(Attack attack) throws IOException {
        try (RawPeer stranger = gateway.connect()) {
            ends(stranger, attack);
        }
    }

    private static void ends(RawPeer peer, Attack attack) throws IOException {
        boolean large = attack.input().length > MOST_READ_AT_ONCE;
        String answer;
        try {
            answer = peer.sends(attack.input()).readsToTheEnd();
        } catch (SocketException cut) {
            answer = "";
            assertThat(large).as(cut.toString()).isTrue();
        }
        // Who is cut off while he still sends may lose our last words to the reset that his bytes bring about.
        if (!large || answer.contains("<stream:error>")) {
            assertThat(answer).contains("<" + attack.condition() + " ").endsWith("</stream:stream>");
        }
    }

    /** A gibibyte in one text, if it were let: nothing is kept beyond the limit, and the connection is soon gone. */
    @Test
    void textWithoutEndIsCutAtTheLimit() throws IOException, GeneralSecurityException {
        for (RawPeer peer : List.of(gateway.secured(BEE), gateway.authenticated(BEE))) {
            try (peer) {
                peer.sends("<message>");
                assertThat(takes(peer, "x".repeat(1 << 16).getBytes(UTF_8), 1 << 30))
                        .isLessThan(1 << 29);
            }
        }
    }

    /** The costs of a large token in small pieces grow with its length, not with its square (CVE-2023-52425). */
    @Test
    void largeTokenInSmallPiecesIsTakenPieceByPiece() throws IOException, GeneralSecurityException {
        try (RawPeer bee = gateway.authenticated(BEE)) {
            bee.sends("<message from='" + BEE + "' to='" + ADA + "'><body a='");
            byte[] piece = "xxxxxxx".getBytes(UTF_8);
            for (int i = 0; i < 70_000; i++) {
                bee.sends(piece);
            }
            bee.sends("'>whole</body></message>");
            AttackedGateway.arrives(gateway.ada, "whole");
        }
    }

    /** How many bytes went out until the other side was gone. */
    private static long takes(RawPeer peer, byte[] piece, long most) throws IOException {
        long taken = 0;
        try {
            for (; taken < most; taken += piece.length) {
                peer.sends(piece);
            }
        } catch (SocketException gone) {
            return taken;
        }
        return taken;
    }
}
