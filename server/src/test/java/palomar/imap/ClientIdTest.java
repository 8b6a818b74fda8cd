package palomar.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import palomar.imap.proto.IdField;

class ClientIdTest {
    private static IdField field(String name, String value) {
        return new IdField(name, Optional.of(value));
    }

    @Test
    void onlyWhatIsWantedIsLogged() {
        List<IdField> fields =
                List.of(field("Name", "Thunderbird"), field("os", "Linux"), new IdField("version", Optional.empty()));
        assertThat(ClientId.logged(fields, Set.of("name", "version"))).containsExactly("client-name", "Thunderbird");
        assertThat(ClientId.logged(fields, Set.of("*")))
                .containsExactly("client-name", "Thunderbird", "client-os", "Linux");
        assertThat(ClientId.logged(fields, Set.of())).isEmpty();
    }

    @Test
    void strangersCanNeitherFillNorForgeTheLog() {
        List<IdField> fields = List.of(field("a=b c", "x"), field("", "x"), field("name", "x".repeat(1000)));
        assertThat(ClientId.logged(fields, Set.of("*"))).containsExactly("client-name", "x".repeat(100) + "...");
    }
}
