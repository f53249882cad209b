package io.wavegate.s2s.matrix;

import io.wavegate.s2s.lab.CertificateKind;
import io.wavegate.s2s.matrix.Cell.Direction;
import io.wavegate.s2s.matrix.PeerPolicy.Software;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The matrix as people read it: what the oracle says, cells that end alike in one line. */
final class MatrixDocument {
    static final String COMMAND = "mvn -pl s2s-links -am test -Dtest=MatrixDocumentTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dwavegate.matrix.write=true";

    /** Cells that end alike under one policy of ours. */
    private record Group(OurPolicy ours, Outcome outcome) {}

    /** Groups with the same certificates that end alike, whatever the policy. */
    private record Line(String certificates, Outcome outcome) {}

    private MatrixDocument() {}

    static String text() {
        StringBuilder text = new StringBuilder(
                """
                # Certificates and policy: who delivers to whom, and how

                Every line says how streams between us and a peer end, for a policy of ours, a set-up of the peer and a certificate
                on each side. It is what the tests in `s2s-links` expect: `ScriptedMatrixTest` of every cell, with a peer that plays
                both servers by script; `ProsodyMatrixTest` and `EjabberdMatrixTest` of the %d and %d cells in which a real server's
                judgement or manners decide (`RealProduct` says which and why). `Oracle` there computes it from the specifications
                and from what Prosody 0.12.3 and ejabberd 23.01 were seen to do. Written by

                    %s

                Our policy is `wavegate.s2s.streams.policy`, or `policies` for single domains:

                | here | `tls` | `authentication` |
                | --- | --- | --- |
                """
                        .formatted(
                                RealProduct.cells(Software.PROSODY).size(),
                                RealProduct.cells(Software.EJABBERD).size(),
                                COMMAND));
        Product.ours().forEach(ours -> text.append("| ")
                .append(ours.label())
                .append(" | `")
                .append(ours.setting().replace("tls = ", "").replace(", authentication = ", "` | `"))
                .append("` |\n"));
        text.append(
                """

                A peer "with certificate" demands one of us (Prosody: `s2s_secure_auth`; ejabberd: no dialback module), "with either"
                takes dialback where EXTERNAL does not work, "with dialback" never takes EXTERNAL. Kinds of certificates:

                | kind | what it is |
                | --- | --- |
                """);
        for (CertificateKind kind : CertificateKind.values()) {
            text.append("| ")
                    .append(kind.label())
                    .append(" | ")
                    .append(kind.meaning())
                    .append(" |\n");
        }
        text.append(
                """

                One side's certificate is varied while the other's is good, as nobody's judgement depends on his own certificate;
                "both bad" is ours selfsigned and theirs expired; where one side does not require TLS a sample is taken (good, selfsigned,
                none), as TLS comes about all the same. Of refusals the table shows what there is to see: on streams that
                we open the reason that our log and `wavegate links` give, on those that they open what the peer is told or does.
                """);
        for (PeerPolicy peer : Product.peers()) {
            text.append("\n## ").append(heading(peer)).append('\n');
            for (Direction direction : Direction.values()) {
                table(text, peer, direction);
            }
        }
        return text.toString();
    }

    private static String heading(PeerPolicy peer) {
        return peer.software().label()
                + switch (peer.tls()) {
                    case REQUIRED -> ", TLS required, with ";
                    case OPTIONAL -> ", TLS optional, with ";
                    case NONE -> " without TLS, with ";
                }
                + peer.proof().label()
                + (peer.dialback() ? ", dialback on" : ", dialback off");
    }

    private static void table(StringBuilder text, PeerPolicy peer, Direction direction) {
        text.append(direction == Direction.OUT ? "\nWe connect:\n\n" : "\nThey connect:\n\n");
        text.append("| our policy | certificates | expected | reason |\n| --- | --- | --- | --- |\n");
        Map<Group, List<Cell>> groups = new LinkedHashMap<>();
        Product.cells().stream()
                .filter(cell -> cell.peer().equals(peer) && cell.direction() == direction)
                .forEach(cell -> groups.computeIfAbsent(
                                new Group(cell.ours(), Oracle.of(cell)), key -> new ArrayList<>())
                        .add(cell));
        Map<Line, List<String>> lines = new LinkedHashMap<>();
        groups.forEach((group, cells) -> lines.computeIfAbsent(
                        new Line(certificates(cells), group.outcome()), key -> new ArrayList<>())
                .add(group.ours().label()));
        lines.forEach((line, policies) -> text.append("| ")
                .append(policies.size() == Product.ours().size() ? "any" : String.join("; ", policies))
                .append(" | ")
                .append(line.certificates())
                .append(" | ")
                .append(expected(line.outcome()))
                .append(" | ")
                .append(line.outcome().reason())
                .append(" |\n"));
    }

    private static String certificates(List<Cell> cells) {
        Cell first = cells.get(0);
        int all = Product.certificates(first.peer(), first.ours(), first.direction())
                .size();
        if (cells.size() == all) {
            return first.peer().hasTls() ? "any" : "not seen";
        }
        List<String> parts = new ArrayList<>();
        boolean bothGood =
                cells.stream().anyMatch(cell -> isGood(cell.ourCertificate()) && isGood(cell.peerCertificate()));
        boolean bothBad =
                cells.stream().anyMatch(cell -> !isGood(cell.ourCertificate()) && !isGood(cell.peerCertificate()));
        String ours = cells.stream()
                .filter(cell -> isGood(cell.peerCertificate()) && !isGood(cell.ourCertificate()))
                .map(cell -> cell.ourCertificate().label())
                .collect(Collectors.joining(", "));
        String theirs = cells.stream()
                .filter(cell -> isGood(cell.ourCertificate()) && !isGood(cell.peerCertificate()))
                .map(cell -> cell.peerCertificate().label())
                .collect(Collectors.joining(", "));
        if (bothGood) {
            parts.add("both good");
        }
        if (!ours.isEmpty()) {
            parts.add("ours " + ours);
        }
        if (!theirs.isEmpty()) {
            parts.add("theirs " + theirs);
        }
        if (bothBad) {
            parts.add("both bad");
        }
        return String.join("; ", parts);
    }

    private static boolean isGood(CertificateKind kind) {
        return kind == CertificateKind.GOOD;
    }

    private static String expected(Outcome outcome) {
        return switch (outcome.way()) {
            case EXTERNAL -> "EXTERNAL";
            case DIALBACK -> "dialback";
            case PLAINTEXT -> "dialback in plaintext";
            case REFUSED -> "**refused**: " + outcome.visible();
        };
    }
}
