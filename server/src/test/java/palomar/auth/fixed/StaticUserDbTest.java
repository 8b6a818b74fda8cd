package palomar.auth.fixed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import palomar.auth.UserAnswer;
import palomar.auth.UserDb;
import palomar.auth.UserQuery;
import palomar.contract.UserDbContract;

class StaticUserDbTest extends UserDbContract {
    private static final Map<String, String> FIELDS = Map.of("home", "/mail/%n", "quota_rule", "*:storage=1G");

    @Override
    protected UserDb database() {
        return new StaticUserDb(FIELDS, false);
    }

    @Override
    protected Optional<UserDb> brokenDatabase() {
        return Optional.empty();
    }

    @Override
    protected boolean everybodyExists() {
        return true;
    }

    @Test
    void itIsSureOfAUserOnlyWhenAllAreAllowed() {
        UserQuery joe = new UserQuery("joe@example.org", "lmtp");

        assertThat(database().find(joe)).isInstanceOf(UserAnswer.Assumed.class);
        assertThat(new StaticUserDb(FIELDS, true).find(joe))
                .isEqualTo(new UserAnswer.Found(Map.of("home", "/mail/joe", "quota_rule", "*:storage=1G")));
    }
}
