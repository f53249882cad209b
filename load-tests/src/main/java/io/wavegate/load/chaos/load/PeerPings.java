package io.wavegate.load.chaos.load;

import io.wavegate.load.chaos.lab.PeerServer;
import io.wavegate.s2s.component.ComponentSecret;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A component behind another server that pings (XEP-0199) one of our domains at a fixed pace, whatever comes back, and answers what
 * it is asked: a peer without signs of life would have its streams taken away. A server that goes is connected to again; what is
 * sent meanwhile is not sent at all.
 */
public final class PeerPings implements AutoCloseable {
    private static final Duration PACE = Duration.ofMillis(250);
    private static final Pattern ID = Pattern.compile("<stream:stream[^>]*\\sid=['\"]([^'\"]*)['\"]");
    private static final Pattern IQ = Pattern.compile("<iq\\b[^>]*>");
    private static final Pattern NUMBER = Pattern.compile("\\bid=['\"]p(\\d+)['\"]");
    private static final Pattern QUESTION = Pattern.compile("\\btype=['\"](get|set)['\"]");
    private static final Pattern ATTRIBUTE = Pattern.compile("\\b(id|from)=['\"]([^'\"]*)['\"]");
    private static final int KEPT = 8_192;

    private final PeerServer server;
    private final String to;
    private final Map<Integer, Long> sent = new ConcurrentHashMap<>();
    private final Map<Integer, Long> waited = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile int errors;
    private volatile boolean stopping;
    private int next;

    private PeerPings(PeerServer server, String to) {
        this.server = server;
        this.to = to;
        this.thread = new Thread(this::live, "chaos-pings-" + server.name());
    }

    /** Begins. */
    public static PeerPings start(PeerServer server, String to) {
        PeerPings pings = new PeerPings(server, to);
        pings.thread.setDaemon(true);
        pings.thread.start();
        return pings;
    }

    /** What came of the pings since the last call, for a person. */
    public String take() {
        long unanswered = sent.keySet().stream()
                .filter(number -> !waited.containsKey(number))
                .count();
        long longest = waited.values().stream().mapToLong(Long::longValue).max().orElse(0) / 1_000_000;
        String text = server.name() + ": " + sent.size() + " pings, " + unanswered + " unanswered, " + errors
                + " answered by an error, longest answer " + longest + " ms";
        sent.clear();
        waited.clear();
        errors = 0;
        return text;
    }

    private void live() {
        while (!stopping) {
            try (Socket socket = new Socket()) {
                socket.connect(server.componentAddress(), 2_000);
                talk(socket);
            } catch (IOException gone) {
                LockSupport.parkNanos(PACE.toNanos());
            }
        }
    }

    private void talk(Socket socket) throws IOException {
        write(
                socket,
                "<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept'"
                        + " xmlns:stream='http://etherx.jabber.org/streams' to='" + server.component() + "'>");
        socket.setSoTimeout((int) PACE.toMillis());
        StringBuilder text = new StringBuilder();
        boolean in = false;
        long due = System.nanoTime();
        while (!stopping) {
            Optional<String> more = read(socket);
            if (more.isPresent()) {
                text.append(more.get());
            }
            if (!in) {
                in = handshake(socket, text);
            } else {
                iqs(socket, text);
                if (System.nanoTime() >= due) {
                    ping(socket);
                    due = Math.max(due + PACE.toNanos(), System.nanoTime());
                }
            }
        }
    }

    private boolean handshake(Socket socket, StringBuilder text) throws IOException {
        Matcher header = ID.matcher(text);
        if (header.find()) {
            write(
                    socket,
                    "<handshake>" + new ComponentSecret(server.secret()).handshake(header.group(1)) + "</handshake>");
            text.setLength(0);
        }
        return text.indexOf("<handshake") >= 0;
    }

    private void ping(Socket socket) throws IOException {
        int number = next++;
        sent.put(number, System.nanoTime());
        write(
                socket,
                "<iq type='get' id='p" + number + "' from='" + server.component() + "' to='" + to
                        + "'><ping xmlns='urn:xmpp:ping'/></iq>");
    }

    private void iqs(Socket socket, StringBuilder text) throws IOException {
        Matcher iq = IQ.matcher(text);
        int end = 0;
        while (iq.find()) {
            end = iq.end();
            if (QUESTION.matcher(iq.group()).find()) {
                answer(socket, iq.group());
            } else {
                answered(iq.group());
            }
        }
        text.delete(0, end);
        if (text.length() > KEPT) {
            text.setLength(0);
        }
    }

    private void answer(Socket socket, String question) throws IOException {
        Map<String, String> asked = new HashMap<>();
        Matcher attribute = ATTRIBUTE.matcher(question);
        while (attribute.find()) {
            asked.put(attribute.group(1), attribute.group(2));
        }
        write(
                socket,
                "<iq type='result' id='" + asked.get("id") + "' from='" + server.component() + "' to='"
                        + asked.get("from") + "'/>");
    }

    private void answered(String answer) {
        Matcher number = NUMBER.matcher(answer);
        if (number.find()) {
            int which = Integer.parseInt(number.group(1));
            Long began = sent.get(which);
            if (began != null) {
                waited.put(which, System.nanoTime() - began);
                errors += answer.contains("error") ? 1 : 0;
            }
        }
    }

    // Empty where nothing came in time.
    private static Optional<String> read(Socket socket) throws IOException {
        byte[] buffer = new byte[KEPT];
        try {
            InputStream in = socket.getInputStream();
            int count = in.read(buffer);
            if (count < 0) {
                throw new IOException("closed");
            }
            return Optional.of(new String(buffer, 0, count, StandardCharsets.UTF_8));
        } catch (java.net.SocketTimeoutException nothing) {
            return Optional.empty();
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        thread.join();
    }
}
