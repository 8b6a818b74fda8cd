package palomar.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "::, *:143",
        "0.0.0.0, *:143",
        "127.0.0.1, 127.0.0.1:143",
        "::1, [::1]:143",
        "2001:db8::, [2001:db8::]:143",
        "2001:db8:0:0:1:0:0:0, [2001:db8:0:0:1::]:143",
        "2001:db8:0:1:1:1:1:1, [2001:db8:0:1:1:1:1:1]:143",
        "fe80::a:0:0:1, [fe80::a:0:0:1]:143"
    })
    void addressesReadAsPeopleWriteThem(String address, String text) {
        assertThat(new Endpoint.Tcp(new InetSocketAddress(InetAddress.ofLiteral(address), 143)))
                .hasToString(text);
    }

    @Test
    void aSocketIsItsPath() {
        assertThat(new Endpoint.Unix(Path.of("/run/lmtp"), 0600)).hasToString("unix:/run/lmtp");
    }
}
