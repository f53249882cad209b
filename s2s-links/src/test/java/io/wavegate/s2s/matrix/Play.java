package io.wavegate.s2s.matrix;

import io.wavegate.s2s.lab.LabCertificate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One cell being played by a scripted peer.
 *
 * @param cell what is set up
 * @param local our domain, which has our certificate
 * @param remote the peer's domain
 * @param ours our certificate
 * @param theirs the peer's certificate
 * @param keys dialback keys that the peer made, by the stream they are for
 * @param arrived how the peer had authenticated us when a stanza of ours came to it
 */
record Play(
        Cell cell,
        String local,
        String remote,
        Optional<LabCertificate> ours,
        Optional<LabCertificate> theirs,
        Map<String, String> keys,
        CompletableFuture<Outcome.Way> arrived) {
    static Play of(
            Cell cell, String local, String remote, Optional<LabCertificate> ours, Optional<LabCertificate> theirs) {
        return new Play(cell, local, remote, ours, theirs, new ConcurrentHashMap<>(), new CompletableFuture<>());
    }

    PeerPolicy peer() {
        return cell.peer();
    }

    /** A server without a certificate has no TLS. */
    boolean servesTls() {
        return peer().hasTls() && theirs.isPresent();
    }

    /** The header of either side, with or without an id. */
    String header(Optional<String> id) {
        return "<?xml version='1.0'?><stream:stream xmlns='jabber:server'"
                + " xmlns:stream='http://etherx.jabber.org/streams'"
                + (peer().dialback() || !peer().isProsody() ? " xmlns:db='jabber:server:dialback'" : "")
                + id.map(text -> " id='" + text + "'").orElse("")
                + " from='" + remote + "' to='" + local + "' version='1.0' xml:lang='en'>";
    }

    /** The peer looks at what we showed: it has to be the certificate that is configured, before it is judged. */
    void expects(Wire wire) {
        if (!wire.shown().equals(ours.map(LabCertificate::leaf))) {
            String subject = wire.shown()
                    .map(leaf -> leaf.getSubjectX500Principal().getName())
                    .orElse("nothing");
            throw new IllegalStateException(
                    "we showed " + subject + " where " + cell.ourCertificate() + " is configured");
        }
    }
}
