package io.wavegate.load.sim.stream;

import io.wavegate.s2s.resolve.DialEffect;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.wire.Dialer;
import org.jspecify.annotations.Nullable;

/** Dials over the simulated network. */
final class SimDialer implements Dialer {
    private final ByteNetwork network;
    private final SimSocket.Place from;
    private final Streams streams;

    /** Puts streams on connections. */
    @FunctionalInterface
    interface Streams {
        SimCarrier on(SimSocket socket, boolean directTls, Told told);
    }

    SimDialer(ByteNetwork network, SimSocket.Place from, Streams streams) {
        this.network = network;
        this.from = from;
        this.streams = streams;
    }

    @Override
    public Connecting connect(DialEffect.Connect connect, Told told) {
        boolean directTls = connect.target().directTls();
        Tcp tcp = new Tcp();
        network.connect(
                from,
                connect.address(),
                directTls,
                socket -> {
                    if (tcp.abandoned) {
                        socket.close();
                    } else {
                        SimCarrier carrier = streams.on(socket, directTls, told);
                        tcp.carrier = carrier;
                        told.connected();
                        carrier.begin();
                    }
                },
                told::failed);
        return tcp;
    }

    /** One connection. */
    private static final class Tcp implements Connecting {
        private @Nullable SimCarrier carrier;
        private boolean abandoned;

        @Override
        public void abandon(StreamEnd end) {
            abandoned = true;
            if (carrier != null) {
                carrier.stream().close(end);
            }
        }
    }
}
