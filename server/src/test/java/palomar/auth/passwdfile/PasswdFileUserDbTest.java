package palomar.auth.passwdfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.auth.UserAnswer;
import palomar.auth.UserDb;
import palomar.auth.UserQuery;
import palomar.contract.UserDbContract;
import palomar.event.Event;

class PasswdFileUserDbTest extends UserDbContract {
    @TempDir
    Path folder;

    @Override
    protected UserDb database() throws IOException {
        return database("""
                # users
                joe:x:1001:mail:Joe:/mail/joe:/bin/sh:nologin userdb_quota_rule=*:storage=1G
                ann
                joe:second:::::
                """);
    }

    @Override
    protected Optional<UserDb> brokenDatabase() {
        return Optional.of(open(folder.resolve("missing")));
    }

    @Test
    void theFieldsAreThoseOfTheLineAndTheUserdbOnes() throws IOException {
        assertThat(database().find(query("joe")))
                .isEqualTo(new UserAnswer.Found(
                        Map.of("uid", "1001", "gid", "mail", "home", "/mail/joe", "quota_rule", "*:storage=1G")));
        assertThat(database().find(query("ann"))).isEqualTo(new UserAnswer.Found(Map.of()));
    }

    @Test
    void rootOwnsNoMail() throws IOException {
        assertThat(database("joe:x:0:5").find(query("joe"))).isInstanceOf(UserAnswer.Unavailable.class);
        assertThat(database("joe:x:5:0").find(query("joe"))).isInstanceOf(UserAnswer.Unavailable.class);
        assertThat(database("joe:x:::::: userdb_uid=0").find(query("joe"))).isInstanceOf(UserAnswer.Unavailable.class);
    }

    private UserDb database(String content) throws IOException {
        return open(Files.writeString(folder.resolve("users"), content));
    }

    private static UserDb open(Path path) {
        return new PasswdFileUserDb(new PasswdFile(new PasswdFileSettings(path), InstantSource.system(), Event.SILENT));
    }

    private static UserQuery query(String user) {
        return new UserQuery(user, "lmtp");
    }
}
