package io.wavegate.s2s.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ConnectionQuotaTest {
    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void oneAddressGetsItsShareAndOthersTheirs() {
        ConnectionQuota quota = new ConnectionQuota(10, 2);
        assertThat(quota.tryAcquire(address("192.0.2.1"))).isTrue();
        assertThat(quota.tryAcquire(address("192.0.2.1"))).isTrue();
        assertThat(quota.tryAcquire(address("192.0.2.1"))).isFalse();
        assertThat(quota.tryAcquire(address("192.0.2.2"))).isTrue();
        quota.release(address("192.0.2.1"));
        assertThat(quota.tryAcquire(address("192.0.2.1"))).isTrue();
    }

    @Test
    void oneNetworkOfIpv6IsOneAddress() {
        ConnectionQuota quota = new ConnectionQuota(10, 1);
        assertThat(quota.tryAcquire(address("2001:db8::1"))).isTrue();
        assertThat(quota.tryAcquire(address("2001:db8::ffff:1"))).isFalse();
        assertThat(quota.tryAcquire(address("2001:db8:0:1::1"))).isTrue();
    }

    @Test
    void allTogetherAreLimited() {
        ConnectionQuota quota = new ConnectionQuota(1, 1);
        assertThat(quota.tryAcquire(address("192.0.2.1"))).isTrue();
        assertThat(quota.tryAcquire(address("192.0.2.2"))).isFalse();
        quota.release(address("192.0.2.1"));
        assertThat(quota.tryAcquire(address("192.0.2.2"))).isTrue();
    }
}
