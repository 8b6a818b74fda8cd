package palomar.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import palomar.auth.UserAnswer;
import palomar.auth.UserDb;
import palomar.auth.UserQuery;
import palomar.mail.MailError;
import palomar.mail.MailException;

/// What every userdb promises. The database under test holds `joe` with the home `/mail/joe` and the field
/// `quota_rule=*:storage=1G`, and `ann` with nothing.
public abstract class UserDbContract {

    protected abstract UserDb database() throws Exception;

    /// The same database when it can't be read; empty when that can't be.
    protected abstract Optional<UserDb> brokenDatabase() throws Exception;

    /// True for databases that do not tell users apart.
    protected boolean everybodyExists() {
        return false;
    }

    @Test
    void fieldsAreThoseOfTheUser() throws Exception {
        assertThat(fields(database().find(query("joe"))))
                .containsEntry("home", "/mail/joe")
                .containsEntry("quota_rule", "*:storage=1G");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jo",
                "joe2",
                "Joe",
                " joe",
                "joe ",
                "joe:",
                "joe@example.org",
                "*",
                "%",
                "joe\0",
                "joe\n",
                "",
                ":",
                "#",
                "\u00e9",
                "(uid=joe)",
                "joe' OR '1'='1",
                "../joe"
            })
    void otherNamesAreUnknown(String name) throws Exception {
        if (!everybodyExists()) {
            assertThat(database().find(query(name))).isInstanceOf(UserAnswer.Unknown.class);
        }
    }

    @Test
    void aDatabaseThatCannotBeReadIsUnavailable() throws Exception {
        Optional<UserDb> broken = brokenDatabase();
        if (broken.isEmpty()) {
            return;
        }
        assertThat(broken.get().find(query("joe"))).isInstanceOf(UserAnswer.Unavailable.class);
        if (broken.get().lists()) {
            assertThatThrownBy(() -> broken.get().forEachUser(name -> {}))
                    .isInstanceOfSatisfying(
                            MailException.class, e -> assertThat(e.kind()).isEqualTo(MailError.UNAVAILABLE));
        }
    }

    @Test
    void listingNamesEveryUserOrNobody() throws Exception {
        UserDb database = database();
        List<String> names = new ArrayList<>();
        database.forEachUser(names::add);

        if (database.lists()) {
            assertThat(names).containsExactlyInAnyOrder("joe", "ann");
        } else {
            assertThat(names).isEmpty();
        }
    }

    private static Map<String, String> fields(UserAnswer answer) {
        return switch (answer) {
            case UserAnswer.Found(Map<String, String> fields) -> fields;
            case UserAnswer.Assumed(Map<String, String> fields) -> fields;
            case UserAnswer.Unknown unknown -> throw new AssertionError(unknown);
            case UserAnswer.Unavailable unavailable -> throw new AssertionError(unavailable);
        };
    }

    private static UserQuery query(String user) {
        return new UserQuery(user, "lmtp");
    }
}
