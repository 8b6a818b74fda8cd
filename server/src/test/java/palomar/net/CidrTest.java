package palomar.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class CidrTest {

    @Test
    void aNetworkContainsWhatSharesItsBits() {
        assertThat(contains("10.0.0.0/8", "10.255.1.2")).isTrue();
        assertThat(contains("10.0.0.0/8", "11.0.0.0")).isFalse();
        assertThat(contains("192.0.2.128/25", "192.0.2.255")).isTrue();
        assertThat(contains("192.0.2.128/25", "192.0.2.127")).isFalse();
        assertThat(contains("192.0.2.7", "192.0.2.7")).isTrue();
        assertThat(contains("192.0.2.7", "192.0.2.6")).isFalse();
        assertThat(contains("0.0.0.0/0", "203.0.113.9")).isTrue();
        assertThat(contains("0.0.0.0/0", "2001:db8::1")).isFalse();
        assertThat(contains("2001:db8::/33", "2001:db8:7fff::1")).isTrue();
        assertThat(contains("2001:db8::/33", "2001:db8:8000::1")).isFalse();
        assertThat(contains("10.0.0.0/8", "::ffff:10.1.2.3")).isTrue();
    }

    @Test
    void whatIsNoNetworkIsRefusedWithoutAskingANameServer() {
        for (String text :
                List.of("", "localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "::/129", "10.0.0.0/")) {
            assertThatIllegalArgumentException().as(text).isThrownBy(() -> Cidr.parse(text));
        }
    }

    private static boolean contains(String network, String address) {
        return Cidr.parse(network).contains(InetAddress.ofLiteral(address));
    }
}
