package palomar.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import palomar.auth.PassAnswer;
import palomar.auth.PassDb;
import palomar.auth.UserQuery;
import palomar.password.HashSettings;
import palomar.password.PasswordSettings;
import palomar.password.Passwords;
import palomar.password.Verdict;

/// What every passdb promises. The database under test holds `joe` with the password `tea for two` and, where
/// it can hold fields, `allow_nets=192.0.2.0/24` and `userdb_quota_rule=*:storage=1G`; `nopass` without a
/// password.
public abstract class PassDbContract {
    /// A hash of `tea for two` that costs little.
    protected static final String JOES = "{SHA256}BURHDUz+bjql3wYEVm1fvQ2lZ4wDKgVYLOG49v7ht1M=";

    private static final byte[] RIGHT = "tea for two".getBytes(StandardCharsets.UTF_8);
    private static final Passwords PASSWORDS = new Passwords(
            new PasswordSettings(false, 2, 64 * 1024, Duration.ofMinutes(1), HashSettings.DEFAULT), new SecureRandom());

    /// The filled database.
    protected abstract PassDb database() throws Exception;

    /// The same database when it can't be read; empty when that can't be.
    protected abstract Optional<PassDb> brokenDatabase() throws Exception;

    /// True for databases that do not tell users apart.
    protected boolean everybodyExists() {
        return false;
    }

    @AfterAll
    static void end() {
        PASSWORDS.close();
    }

    @Test
    void theRightPasswordIsRight() throws Exception {
        assertThat(verify(database(), "joe", RIGHT)).isEqualTo(Verdict.MATCH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tea for tw", "tea for two ", "Tea for two", "tea for two\0", "{SHA256}", "*"})
    void anyOtherPasswordIsWrong(String password) throws Exception {
        assertThat(verify(database(), "joe", password.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Verdict.MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jo",
                "joe2",
                "Joe",
                "JOE",
                " joe",
                "joe ",
                "joe:",
                "joe@",
                "joe@example.org",
                "*",
                "j*",
                "%",
                "joe\0",
                "joe\n",
                "#",
                "",
                ":",
                "root",
                "\u00e9",
                "(uid=joe)",
                "joe' OR '1'='1",
                "joe\\",
                "../joe"
            })
    void otherNamesAreUnknown(String name) throws Exception {
        PassDb database = database();
        if (!everybodyExists()) {
            assertThat(database.find(query(name))).isInstanceOf(PassAnswer.Unknown.class);
            assertThat(database.verify(query(name), RIGHT)).isInstanceOf(PassAnswer.Unknown.class);
        }
    }

    @Test
    void aVeryLongNameIsJustUnknown() throws Exception {
        if (!everybodyExists()) {
            assertThat(database().find(query("joe".repeat(50_000)))).isInstanceOf(PassAnswer.Unknown.class);
        }
    }

    @Test
    void fieldsComeAlong() throws Exception {
        Map<String, String> fields = switch (database().verify(query("joe"), RIGHT)) {
            case PassAnswer.Accepted(Map<String, String> accepted) -> accepted;
            case PassAnswer.Stored stored -> stored.fields();
            default -> Map.of();
        };
        assertThat(fields)
                .containsEntry("allow_nets", "192.0.2.0/24")
                .containsEntry("userdb_quota_rule", "*:storage=1G");
    }

    @Test
    void aUserWithoutPasswordIsNotLetInByAnEmptyOne() throws Exception {
        if (!everybodyExists()) {
            assertThat(verify(database(), "nopass", new byte[0])).isEqualTo(Verdict.MISMATCH);
        }
    }

    @Test
    void aDatabaseThatCannotBeReadIsUnavailable() throws Exception {
        Optional<PassDb> broken = brokenDatabase();
        if (broken.isPresent()) {
            assertThat(broken.get().find(query("joe"))).isInstanceOf(PassAnswer.Unavailable.class);
            assertThat(broken.get().verify(query("joe"), RIGHT)).isInstanceOf(PassAnswer.Unavailable.class);
        }
    }

    @Test
    void manyAskAtOnce() throws Exception {
        PassDb database = database();
        List<CompletableFuture<Verdict>> asked = IntStream.range(0, 64)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> verify(database, "joe", RIGHT)))
                .toList();
        assertThat(asked).allSatisfy(verdict -> assertThat(verdict.join()).isEqualTo(Verdict.MATCH));
    }

    @Test
    void theAnswerDoesNotShowThePasswordWhenPrinted() throws Exception {
        assertThat(database().find(query("joe")).toString()).doesNotContain("BURHDUz");
    }

    @Test
    void itHasAName() throws Exception {
        assertThat(database().name()).isNotBlank();
    }

    private static UserQuery query(String user) {
        return new UserQuery(user, "imap");
    }

    private static Verdict verify(PassDb database, String user, byte[] password) {
        return switch (database.verify(query(user), password)) {
            case PassAnswer.Accepted accepted -> Verdict.MATCH;
            case PassAnswer.Mismatch mismatch -> Verdict.MISMATCH;
            case PassAnswer.Stored stored when stored.password().length == 0 -> Verdict.MISMATCH;
            case PassAnswer.Stored stored -> PASSWORDS.verify(password, stored.password(), stored.defaultScheme());
            case PassAnswer.Unknown unknown -> throw new AssertionError("unknown: " + user);
            case PassAnswer.Locked locked -> throw new AssertionError(locked);
            case PassAnswer.NeedsPassword needs -> throw new AssertionError(needs);
            case PassAnswer.Unavailable unavailable -> throw new AssertionError(unavailable);
        };
    }
}
