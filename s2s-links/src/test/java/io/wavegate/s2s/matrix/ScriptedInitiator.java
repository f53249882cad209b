package io.wavegate.s2s.matrix;

import static io.wavegate.s2s.matrix.Elements.DIALBACK_OUTCOME;
import static io.wavegate.s2s.matrix.Elements.FEATURES;
import static io.wavegate.s2s.matrix.Elements.HEADER;

import io.wavegate.s2s.matrix.Cell.Direction;
import io.wavegate.s2s.matrix.Outcome.Way;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.Optional;

/** The peer connects to us, in the manner of Prosody or of ejabberd. */
final class ScriptedInitiator {
    private static final SecureRandom RANDOM = new SecureRandom();
    private final Play play;
    private final Wire wire;
    private String streamId = "";

    private ScriptedInitiator(Play play, Wire wire) {
        this.play = play;
        this.wire = wire;
    }

    /** What has come of it; in the reason stands nothing, as a peer does not know ours. */
    static Outcome sendsStanza(Play play, InetSocketAddress gateway) throws IOException {
        try (Wire wire = new Wire(new Socket(gateway.getAddress(), gateway.getPort()))) {
            ScriptedInitiator script = new ScriptedInitiator(play, wire);
            Outcome outcome = script.authenticates();
            if (outcome.isDelivered()) {
                wire.send("<message from='" + play.remote() + "' to='" + play.local() + "'><body>in</body></message>");
                wire.send(Elements.CLOSE);
                wire.read(java.util.regex.Pattern.compile(Elements.CLOSE));
            }
            return outcome;
        }
    }

    /** Asks the authoritative server, which is us. */
    static boolean knows(Play play, InetSocketAddress gateway, String id, String key) throws IOException {
        try (Wire wire = new Wire(new Socket(gateway.getAddress(), gateway.getPort()))) {
            ScriptedInitiator script = new ScriptedInitiator(play, wire);
            if (!play.peer().isProsody()) {
                script.opens();
            } else if (!script.authenticates().isDelivered()) {
                // Prosody has the question wait for its ordinary stream, and drops it with that.
                throw new IOException("the question of " + play.cell() + " cannot be asked");
            }
            wire.send("<db:verify from='" + play.remote() + "' to='" + play.local() + "' id='" + id + "'>" + key
                    + "</db:verify>");
            return Elements.dialbackAnswer(wire.read(DIALBACK_OUTCOME).group()).equals("valid");
        }
    }

    private Outcome authenticates() throws IOException {
        String features = opens();
        if (wire.isSecured() && refusesOurs()) {
            // Prosody says why, ejabberd does not.
            wire.send(
                    play.peer().isProsody()
                            ? Elements.streamError("not-authorized", "Your server's certificate is not trusted")
                            : Elements.CLOSE);
            return Outcome.refused("they refuse ours", "");
        } else if (play.peer().usesExternal() && features.contains(">EXTERNAL<")) {
            return external();
        } else if (!play.peer().dialback() || isTurnedAway(features)) {
            wire.send(Elements.CLOSE);
            return Outcome.refused("they give up", "");
        }
        return dialback();
    }

    /** To the features, after TLS where there is any. */
    private String opens() throws IOException {
        String features = headers();
        if (!play.peer().hasTls() || !features.contains("<starttls")) {
            return features;
        }
        wire.send(Elements.STARTTLS);
        wire.read(Elements.PROCEEDS);
        wire.startTls(false, play.theirs());
        if (play.ours().isPresent()) {
            play.expects(wire);
        }
        return headers();
    }

    private String headers() throws IOException {
        wire.send(play.header(Optional.empty()));
        streamId = Elements.attribute(wire.read(HEADER).group(), "id");
        return wire.read(FEATURES).group();
    }

    /** ejabberd without TLS does not even try where TLS is required. */
    private boolean isTurnedAway(String features) {
        return !play.peer().isProsody() && !wire.isSecured() && features.contains("<required");
    }

    private boolean refusesOurs() {
        return play.peer().demandsCertificate()
                && (play.peer().proof() == Proof.DIALBACK
                        || Verdict.of(play.peer(), Direction.IN, play.cell().ourCertificate()) != Verdict.BELIEVED);
    }

    private Outcome external() throws IOException {
        wire.send(Elements.auth(play.remote()));
        String answer = wire.read(Elements.SASL_OUTCOME).group();
        if (!answer.startsWith("<success")) {
            return Outcome.refused(answer, "");
        }
        headers();
        return Outcome.delivered(Way.EXTERNAL, "");
    }

    private Outcome dialback() throws IOException {
        String key = Long.toHexString(RANDOM.nextLong());
        play.keys().put(streamId, key);
        wire.send("<db:result from='" + play.remote() + "' to='" + play.local() + "'>" + key + "</db:result>");
        String answer = Elements.dialbackAnswer(wire.read(DIALBACK_OUTCOME).group());
        return answer.equals("valid")
                ? Outcome.delivered(wire.isSecured() ? Way.DIALBACK : Way.PLAINTEXT, "")
                : Outcome.refused("db:result " + answer, "");
    }
}
