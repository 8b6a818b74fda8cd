package palomar.auth.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import palomar.auth.PassAnswer;
import palomar.auth.PassDb;
import palomar.auth.UserQuery;
import palomar.contract.PassDbContract;

class StaticPassDbTest extends PassDbContract {
    @Override
    protected PassDb database() {
        return new StaticPassDb(JOES, Map.of("allow_nets", "192.0.2.0/24", "userdb_quota_rule", "*:storage=1G"));
    }

    @Override
    protected Optional<PassDb> brokenDatabase() {
        return Optional.empty();
    }

    @Override
    protected boolean everybodyExists() {
        return true;
    }

    @Test
    void variablesAreFilledInForEachUser() {
        PassDb database = new StaticPassDb("", Map.of("nopassword", "yes", "user", "%n@mail.%d"));

        assertThat(database.find(new UserQuery("joe@example.org", "imap")))
                .isInstanceOfSatisfying(PassAnswer.Stored.class, stored -> {
                    assertThat(stored.password()).isEmpty();
                    assertThat(stored.fields()).containsEntry("user", "joe@mail.example.org");
                });
    }

    @Test
    void anUnknownVariableIsRefusedAtOnce() {
        assertThatThrownBy(() -> new StaticPassDb("x", Map.of("user", "%q")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("%q");
    }
}
