package palomar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import palomar.imap.proto.IdField;

class ServerIdTest {
    private static IdField field(String name, String value) {
        return new IdField(name, Optional.of(value));
    }

    @Test
    void theAnswerToIdIsWhatTheOperatorWants() {
        assertThat(Protocols.serverId(Map.of()))
                .containsExactly(field("name", "Palomar"), field("version", Version.number()));
        assertThat(Protocols.serverId(
                        Map.of("version", "", "name", "Mail", "support-url", "https://example.org", "os", "*")))
                .containsExactly(
                        field("name", "Mail"),
                        field("os", System.getProperty("os.name")),
                        field("support-url", "https://example.org"));
        assertThat(Protocols.serverId(Map.of("version", "", "name", ""))).isEmpty();
    }
}
