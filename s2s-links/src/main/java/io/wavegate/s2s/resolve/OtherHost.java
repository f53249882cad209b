package io.wavegate.s2s.resolve;

import io.wavegate.s2s.jid.Domain;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Where a server sends us by {@code see-other-host} (RFC 6120 section 4.9.3.19): {@code host}, {@code host:port},
 * {@code [2001:db8::7]:port}. It can point anywhere, so the address policy counts for it as for DNS.
 */
final class OtherHost {
    /** Two servers that send us to each other get no further than this. */
    static final int MOST_HOPS = 2;

    private static final int DEFAULT_PORT = 5269;
    private static final int MOST_PORT_DIGITS = 5;

    private OtherHost() {}

    /**
     * @param from the target whose server said so; with a port of its own the other host is spoken to in the same way
     * @return empty if it is no place, or none to connect to
     */
    static Optional<Target> target(String place, Target from, AddressPolicy policy) {
        String text = place.strip();
        Optional<InetSocketAddress> numeric = Endpoint.parse(text, DEFAULT_PORT);
        if (numeric.isPresent()) {
            boolean said = text.indexOf(']') >= 0 ? text.contains("]:") : text.matches("[^:]*:\\d+");
            return numeric.filter(
                            address -> policy.refusal(address.getAddress()).isEmpty())
                    .map(address -> new Target(
                            address.getAddress().getHostAddress(),
                            address.getPort(),
                            from.directTls() && said,
                            List.of(address.getAddress())));
        }
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        Optional<Integer> port = colon < 0 ? Optional.of(DEFAULT_PORT) : port(text.substring(colon + 1));
        return port.flatMap(number ->
                Domain.parse(host).map(name -> new Target(name.ascii(), number, from.directTls() && colon >= 0)));
    }

    private static Optional<Integer> port(String text) {
        boolean digits = !text.isEmpty()
                && text.length() <= MOST_PORT_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return Optional.of(text)
                .filter(t -> digits)
                .map(Integer::parseInt)
                .filter(number -> number >= 1 && number <= 65_535);
    }
}
