package palomar.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedNetworksTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.0/24 | 192.0.2.255 | true",
                "192.0.2.0/24 | 192.0.3.0 | false",
                "192.0.2.0/25, 2001:db8::/32 | 2001:db8:1::1 | true",
                "192.0.2.0/25,2001:db8::/32 | 192.0.2.128 | false",
                "192.0.2.1 | 192.0.2.1 | true",
                "0.0.0.0/0 | 203.0.113.1 | true",
                "0.0.0.0/0 | ::1 | false",
                "local | 127.0.0.1 | false",
                "'' | 127.0.0.1 | false",
            })
    void addressesAreInOrOut(String list, String address, boolean inside) {
        assertThat(AllowedNetworks.parse(list).contains(new InetSocketAddress(InetAddress.ofLiteral(address), 1)))
                .isEqualTo(inside);
    }

    @Test
    void aUnixSocketIsLocal() {
        assertThat(AllowedNetworks.parse("192.0.2.1, local").contains(UnixDomainSocketAddress.of("/x")))
                .isTrue();
        assertThat(AllowedNetworks.parse("0.0.0.0/0").contains(UnixDomainSocketAddress.of("/x")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.0/33", "example.org", "192.0.2", "192.0.2.0/x", "192.0.2.1;192.0.2.2", "all"})
    void aListThatCannotBeReadIsRefused(String list) {
        assertThatThrownBy(() -> AllowedNetworks.parse(list)).isInstanceOf(IllegalArgumentException.class);
    }
}
