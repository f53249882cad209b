package io.wavegate.s2s.matrix;

import static io.wavegate.s2s.matrix.Elements.HEADER;
import static io.wavegate.s2s.matrix.Elements.REQUEST;

import io.wavegate.s2s.matrix.Cell.Direction;
import io.wavegate.s2s.matrix.Outcome.Way;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The peer accepts a connection of ours, in the manner of Prosody or of ejabberd. */
final class ScriptedReceiver {
    private final Map<String, Play> plays;
    private final InetSocketAddress gateway;
    private final Wire wire;
    private Play play;
    private String id = "";
    private Optional<Way> authenticated = Optional.empty();

    private ScriptedReceiver(Map<String, Play> plays, InetSocketAddress gateway, Wire wire) {
        this.plays = plays;
        this.gateway = gateway;
        this.wire = wire;
    }

    /** @param plays by the peer's domain, which stands in {@code to} */
    static void serves(Map<String, Play> plays, InetSocketAddress gateway, Wire wire) throws IOException {
        ScriptedReceiver script = new ScriptedReceiver(plays, gateway, wire);
        boolean open = script.headers();
        while (open) {
            open = script.takes(wire.read(REQUEST).group());
        }
        wire.close();
    }

    private boolean headers() throws IOException {
        String header = wire.read(HEADER).group();
        play = plays.get(Elements.attribute(header, "to"));
        id = UUID.randomUUID().toString();
        wire.send(play.header(Optional.of(id)));
        if (wire.isSecured() && authenticated.isEmpty()) {
            play.expects(wire);
            if (play.peer().isProsody() && play.peer().demandsCertificate() && !isBelieved()) {
                wire.send(Elements.streamError("not-authorized", "Your server's certificate is not trusted"));
                return false;
            }
        }
        wire.send("<stream:features>" + features() + "</stream:features>");
        return true;
    }

    private boolean isBelieved() {
        return verdict() == Verdict.BELIEVED;
    }

    private Verdict verdict() {
        return Verdict.of(play.peer(), Direction.OUT, play.cell().ourCertificate());
    }

    private String features() {
        String dialback = play.peer().dialback() ? "<dialback xmlns='urn:xmpp:features:dialback'/>" : "";
        if (!wire.isSecured()) {
            boolean required = play.peer().tls() == Encryption.REQUIRED;
            return (play.servesTls()
                            ? "<starttls xmlns='" + Elements.TLS + "'>" + (required ? "<required/>" : "")
                                    + "</starttls>"
                            : "")
                    + dialback;
        }
        return (offersExternal()
                        ? "<mechanisms xmlns='" + Elements.SASL + "'><mechanism>EXTERNAL</mechanism></mechanisms>"
                        : "")
                + dialback;
    }

    private boolean offersExternal() {
        boolean may = !play.peer().isProsody() || (play.peer().proof() != Proof.DIALBACK && isBelieved());
        return may && authenticated.isEmpty();
    }

    private boolean takes(String request) throws IOException {
        if (request.startsWith("<starttls")) {
            return startsTls();
        } else if (request.startsWith("<auth")) {
            return judges();
        } else if (request.startsWith("<db:result")) {
            return verifies(request);
        } else if (request.startsWith("<db:verify")) {
            boolean known = Elements.text(request).equals(play.keys().get(Elements.attribute(request, "id")));
            wire.send("<db:verify from='" + play.remote() + "' to='" + play.local() + "' id='"
                    + Elements.attribute(request, "id") + "' type='" + (known ? "valid" : "invalid") + "'/>");
            return true;
        } else if (request.startsWith("<message")) {
            play.arrived().complete(authenticated.orElse(Way.REFUSED));
            return true;
        }
        wire.send(Elements.CLOSE);
        return false;
    }

    private boolean startsTls() throws IOException {
        if (play.servesTls()) {
            wire.send(Elements.PROCEED);
            wire.startTls(true, play.theirs());
            return headers();
        }
        wire.send(
                play.peer().isProsody() && !play.peer().hasTls()
                        ? Elements.streamError("unsupported-stanza-type", "starttls")
                        : "<failure xmlns='" + Elements.TLS + "'/>" + Elements.CLOSE);
        return false;
    }

    private boolean judges() throws IOException {
        boolean nobody = play.peer().proof() == Proof.DIALBACK;
        if (!nobody && verdict() == Verdict.CRASH) {
            wire.send(Elements.CLOSE);
            return false;
        } else if (nobody || verdict() == Verdict.REFUSED) {
            wire.send("<failure xmlns='" + Elements.SASL + "'><not-authorized/></failure>");
            return true;
        }
        wire.send(Elements.SUCCESS);
        authenticated = Optional.of(Way.EXTERNAL);
        return headers();
    }

    private boolean verifies(String request) throws IOException {
        if (!play.peer().dialback()) {
            wire.send(Elements.streamError("not-authorized", "dialback"));
            return false;
        }
        boolean valid = ScriptedInitiator.knows(play, gateway, id, Elements.text(request));
        wire.send("<db:result from='" + play.remote() + "' to='" + play.local() + "' type='"
                + (valid ? "valid" : "invalid") + "'/>");
        if (valid) {
            authenticated = Optional.of(wire.isSecured() ? Way.DIALBACK : Way.PLAINTEXT);
        }
        return true;
    }
}
