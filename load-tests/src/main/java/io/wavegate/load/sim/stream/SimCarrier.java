package io.wavegate.load.sim.stream;

import io.wavegate.s2s.limit.Admission;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamInput;
import io.wavegate.s2s.vouch.Voucher;
import io.wavegate.s2s.wire.Carrier;
import io.wavegate.s2s.wire.ConnectionLoop;
import io.wavegate.s2s.wire.Handshake;
import io.wavegate.s2s.wire.StreamConnection;
import io.wavegate.s2s.wire.StreamEvents;
import io.wavegate.s2s.wire.StreamMachine;
import io.wavegate.s2s.wire.Written;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A simulated socket under one of the product's streams, with a word in place of TLS where TLS was asked for. */
final class SimCarrier implements Carrier, SimSocket.Owner {
    private final SimSocket socket;
    private final Shared shared;
    private final SimLoop loop;
    private final Admission admission;
    private final StreamConnection stream;
    private final List<Written> waiting = new ArrayList<>();
    private ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private @Nullable NoTls handshake;
    private boolean saysWordLast;
    private boolean secured;

    SimCarrier(
            SimSocket socket,
            SimLoop loop,
            StreamMachine machine,
            Shared shared,
            StreamEvents events,
            Admission admission) {
        this.socket = socket;
        this.loop = loop;
        this.shared = shared;
        this.admission = admission;
        stream = new StreamConnection(
                this, new WatchedMachine(machine, socket.out(), shared), shared.around(socket), events, admission);
    }

    StreamConnection stream() {
        return stream;
    }

    /** The connection is up. */
    void begin() {
        socket.own(this);
        stream.begin();
    }

    // What the stream wants.

    @Override
    public ConnectionLoop loop() {
        return loop;
    }

    @Override
    public void write(byte[] bytes) {
        gathered.writeBytes(bytes);
    }

    @Override
    public void write(byte[] bytes, Written written) {
        gathered.writeBytes(bytes);
        waiting.add(written);
    }

    @Override
    public void flush() {
        if (gathered.size() == 0) {
            return;
        }
        byte[] bytes = gathered.toByteArray();
        gathered = new ByteArrayOutputStream();
        List<Written> all = List.copyOf(waiting);
        waiting.clear();
        socket.write(bytes, well -> all.forEach(written -> written.told(failure(well))));
    }

    @Override
    public void flush(Written written) {
        flush();
        socket.whenTaken(well -> written.told(failure(well)));
    }

    private static Optional<String> failure(boolean well) {
        return well ? Optional.empty() : Optional.of("the connection is gone");
    }

    @Override
    public boolean isWritable() {
        return socket.isWritable();
    }

    @Override
    public void read(boolean wanted) {
        socket.read(wanted);
    }

    @Override
    public void startTls(Handshake asked, byte[] unread) {
        flush();
        handshake = new NoTls();
        saysWordLast = asked instanceof Handshake.Server;
        if (!saysWordLast) {
            sayWord();
        }
        if (unread.length > 0) {
            pass(unread);
        }
    }

    private void sayWord() {
        write(NoTls.word(shared.domain(), shared.trusted()));
        flush();
    }

    @Override
    public Optional<Voucher> voucher(String domain) {
        return Optional.empty();
    }

    @Override
    public String security() {
        return secured ? "a word for TLS" : "plaintext";
    }

    @Override
    public void endOutput() {
        socket.endOutput();
    }

    @Override
    public void close() {
        leave(socket::close);
    }

    @Override
    public void closeForcibly() {
        leave(socket::closeForcibly);
    }

    private void leave(Runnable how) {
        if (!socket.isClosed()) {
            how.run();
            loop.execute(this::gone);
        }
    }

    // What the socket tells.

    @Override
    public void read(byte[] bytes) {
        long wait = admission.read(bytes.length, loop.nanos());
        if (wait > 0) {
            stream.pauseReading(wait);
        }
        pass(bytes);
    }

    private void pass(byte[] bytes) {
        NoTls under = handshake;
        if (under == null) {
            stream.read(bytes);
            return;
        }
        switch (under.feed(bytes)) {
            case WAITING -> {}
            case NO_TLS -> {
                handshake = null;
                stream.handshakeEnded(new StreamInput.TlsFailed("not an SSL/TLS record"));
            }
            case DONE -> {
                handshake = null;
                secured = true;
                if (saysWordLast) {
                    sayWord();
                }
                stream.handshakeEnded(new StreamInput.Secured(under.certificate()));
                if (under.behind().length > 0) {
                    stream.read(under.behind());
                }
            }
        }
    }

    @Override
    public void writable() {
        stream.writabilityChanged();
    }

    @Override
    public void closed() {
        gone();
    }

    @Override
    public void lost(String why) {
        stream.failed(new StreamInput.Disconnected(why));
        gone();
    }

    @Override
    public void timedOut() {
        stream.failed(new StreamInput.Close(
                new StreamEnd(StreamEnd.Reason.UNRESPONSIVE, "the peer took nothing of what was sent for long")));
        gone();
    }

    private void gone() {
        admission.close();
        stream.gone();
    }
}
