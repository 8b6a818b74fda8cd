package palomar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarTest {

    @ParameterizedTest
    @CsvSource({"0s,0", "250ms,250", "30s,30000", "5m,300000", "2h,7200000", "7d,604800000"})
    void durationsAreReadAndPrintedAlike(String text, long millis) {
        assertThat(Durations.parse(text)).contains(Duration.ofMillis(millis));
        assertThat(Durations.print(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "30", "30 s", "-1s", "1.5h", "5M", "1h30m", "99999999999999999999s"})
    void otherDurationsAreRefused(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1B,1", "64KiB,65536", "50MiB,52428800", "2GiB,2147483648", "1025B,1025"})
    void sizesAreReadAndPrintedAlike(String text, long bytes) {
        assertThat(ByteSize.parse(text)).contains(new ByteSize(bytes));
        assertThat(new ByteSize(bytes)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "KiB", "1KB", "-1B", "1 MiB", "99999999999GiB"})
    void otherSizesAreRefused(String text) {
        assertThat(ByteSize.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.168.1.128/25, 192.168.1.129, true",
        "192.168.1.128/25, 192.168.1.127, false",
        "2001:db8::/32, 2001:db8:1::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "10.0.0.0/8, ::1, false",
        "127.0.0.1, 127.0.0.1, true",
        "0.0.0.0/0, 8.8.8.8, true"
    })
    void networksContainTheirAddresses(String network, String address, boolean inside) {
        assertThat(Subnet.parse(network).orElseThrow().contains(InetAddress.ofLiteral(address)))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.org", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/"})
    void otherNetworksAreRefused(String text) {
        assertThat(Subnet.parse(text)).isEmpty();
    }

    @Test
    void fileModesAreOctal() {
        assertThat(FileMode.parse("0660").orElseThrow().permissions())
                .hasToString("[OWNER_READ, OWNER_WRITE, GROUP_READ, GROUP_WRITE]");
        assertThat(FileMode.parse("755").orElseThrow()).hasToString("0755");
        assertThat(FileMode.parse("0888")).isEmpty();
        assertThat(FileMode.parse("66")).isEmpty();
    }
}
