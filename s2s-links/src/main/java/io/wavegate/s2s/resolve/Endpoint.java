package io.wavegate.s2s.resolve;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numeric addresses with ports as they are written in the configuration. Never asks DNS. */
public final class Endpoint {
    private static final Pattern IPV4 = Pattern.compile("((?:\\d{1,3}\\.){3}\\d{1,3})(?::(\\d{1,5}))?");
    private static final Pattern IPV6_WITH_PORT = Pattern.compile("\\[([0-9a-fA-F]*:[0-9a-fA-F:.]*)](?::(\\d{1,5}))?");
    private static final Pattern IPV6 = Pattern.compile("([0-9a-fA-F]*:[0-9a-fA-F:.]*)()");

    private Endpoint() {}

    /** {@code 192.0.2.1}, {@code 192.0.2.1:5269}, {@code 2001:db8::1}, {@code [2001:db8::1]:5269}. */
    public static Optional<InetSocketAddress> parse(String text, int defaultPort) {
        return parse(text, defaultPort, 1);
    }

    /** Like {@link #parse(String, int)}, for an address to listen on: port 0 takes a free one. */
    public static Optional<InetSocketAddress> parseLocal(String text, int defaultPort) {
        return parse(text, defaultPort, 0);
    }

    private static Optional<InetSocketAddress> parse(String text, int defaultPort, int leastPort) {
        for (Pattern form : new Pattern[] {IPV4, IPV6_WITH_PORT, IPV6}) {
            Matcher matcher = form.matcher(text);
            if (matcher.matches()) {
                return endpoint(matcher.group(1), matcher.group(2), defaultPort, leastPort);
            }
        }
        return Optional.empty();
    }

    /** What to tell who wrote something else. */
    public static String complaint(String text) {
        return "has \"" + text + "\", which is not a numeric address with an optional port such as"
                + " 192.0.2.7:5269 or [2001:db8::7]:5269";
    }

    private static Optional<InetSocketAddress> endpoint(String address, String port, int defaultPort, int leastPort) {
        int number = port == null || port.isEmpty() ? defaultPort : Integer.parseInt(port);
        if (number < leastPort || number > 65_535 || (address.indexOf(':') < 0 && !octets(address))) {
            return Optional.empty();
        }
        try {
            // Brackets make the JDK refuse what is no IPv6 literal instead of looking it up.
            InetAddress literal = InetAddress.getByName(address.indexOf(':') < 0 ? address : "[" + address + "]");
            return Optional.of(new InetSocketAddress(literal, number));
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }

    private static boolean octets(String ipv4) {
        for (String octet : ipv4.split("\\.", -1)) {
            if (Integer.parseInt(octet) > 255) {
                return false;
            }
        }
        return true;
    }
}
