package io.wavegate.s2s.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.1.2.3",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.9.9.9",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "64:ff9b::10.0.0.1",
                "64:ff9b:1::1",
                "2001:db8::1",
                "2001::1",
                "2002:7f00:1::1",
                "2002:a00:1::",
                "::127.0.0.1",
                "100::1",
                "192.88.99.1",
                "2001:2::1",
                "2001:10::1",
                "3fff::1",
                "64:ff9b::127.0.0.1",
                "64:ff9b::169.254.169.254",
                "64:ff9b::",
                "2002:c0a8:101::1",
                "2002:7f00:1::",
                "5f00::1"
            })
    void notReachableFromEverywhere(String literal) throws UnknownHostException {
        assertThat(AddressPolicy.PUBLIC.refusal(InetAddress.getByName(literal))).isPresent();
        assertThat(AddressPolicy.ANY.refusal(InetAddress.getByName(literal))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.0.1.1",
                "198.17.0.1",
                "198.20.0.1",
                "223.255.255.255",
                "2600::1",
                "2a00:1450::1",
                "64:ff9b::8.8.8.8",
                "2002:808:808::1"
            })
    void reachableFromEverywhere(String literal) throws UnknownHostException {
        assertThat(AddressPolicy.PUBLIC.refusal(InetAddress.getByName(literal))).isEmpty();
    }

    @Test
    void familiesTakeTurnsIpv6First() throws UnknownHostException {
        InetAddress v4a = InetAddress.getByName("8.8.8.8");
        InetAddress v4b = InetAddress.getByName("8.8.4.4");
        InetAddress v4c = InetAddress.getByName("1.1.1.1");
        InetAddress v6a = InetAddress.getByName("2600::1");
        InetAddress v6b = InetAddress.getByName("2600::2");
        assertThat(AddressOrder.of(List.of(v4a, v4b, v6a, v4c, v6b))).containsExactly(v6a, v4a, v6b, v4b, v4c);
        assertThat(AddressOrder.of(List.of(v4a, v4b))).containsExactly(v4a, v4b);
    }
}
