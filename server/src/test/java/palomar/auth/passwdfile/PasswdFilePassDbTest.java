package palomar.auth.passwdfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palomar.auth.PassAnswer;
import palomar.auth.PassDb;
import palomar.auth.UserQuery;
import palomar.contract.PassDbContract;
import palomar.event.Event;
import palomar.password.ScramHash;

class PasswdFilePassDbTest extends PassDbContract {
    @TempDir
    Path folder;

    @Override
    protected PassDb database() throws IOException {
        return database("""
                # users
                ann:{PLAIN}other:1000:1000::/mail/ann::
                joe:%s::::::allow_nets=192.0.2.0/24 userdb_quota_rule=*:storage=1G
                nopass
                :no name
                """.formatted(JOES));
    }

    @Override
    protected Optional<PassDb> brokenDatabase() {
        return Optional.of(open(new PasswdFileSettings(folder.resolve("missing"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|",
                "a:{PLAIN}x|SHA_1 SHA_256",
                "a:{SCRAM-SHA-1}4096,AAAA,AAAAAAAAAAAAAAAAAAAAAAAAAAA=,AAAAAAAAAAAAAAAAAAAAAAAAAAA=|SHA_1",
                "a:{SCRAM-SHA-1}4096,AAAA,AAAA,AAAA|",
                "a:{PLAIN}|",
                "a:{SHA}x|",
                "a:{SHA}x::::::scram_sha_1=none,4096,AAAA,AAAAAAAAAAAAAAAAAAAAAAAAAAA=,AAAAAAAAAAAAAAAAAAAAAAAAAAA=|",
            })
    void whatEachUserCanDoIsAnnounced(String lines, String hashes) throws IOException {
        String names = hashes == null ? "" : hashes;

        assertThat(database(lines).scram())
                .extracting(ScramHash::name)
                .containsExactlyInAnyOrder(names.isEmpty() ? new String[0] : names.split(" "));
        assertThat(database(lines + "\nb:{SSHA}AAAA").scram()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "joe:abMbH7WsHr7wQ[13]|{CRYPT}abMbH7WsHr7wQ",
                "joe:5ebe2294ecd0e0f08eab7690d2a6ee69[34]|{PLAIN-MD5}5ebe2294ecd0e0f08eab7690d2a6ee69",
                "joe:{PLAIN}x[13]|{PLAIN}x[13]",
                "joe:$1$x[34]|$1$x[34]",
                "joe:secret|secret",
                "joe::1:2|''",
                "joe|''",
            })
    void passwordsAreTakenAsTheyStandOrAsPamPwdfileWroteThem(String line, String password) throws IOException {
        assertThat(database(line).find(query("joe"))).isInstanceOfSatisfying(PassAnswer.Stored.class, stored -> {
            assertThat(new String(stored.password(), StandardCharsets.UTF_8)).isEqualTo(password);
            assertThat(stored.defaultScheme()).isEqualTo("CRYPT");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "nologin; {nologin=yes}",
                "nologin  nodelay; {nologin=yes, nodelay=yes}",
                "a=b=c d:e=f:g; {a=b=c, d:e=f:g}",
                "user=%n@x userdb_home=/m/%d/%{user | upper}; ERROR",
                "userdb_home=/m/%d/%n; {userdb_home=/m/example.org/joe}",
                "userdb_home=/m/%{user|domain|upper}; {userdb_home=/m/EXAMPLE.ORG}",
                "=x a=; {a=}",
            })
    void extraFieldsAreReadAndFilled(String extra, String fields) throws IOException {
        PassAnswer answer = database("joe@example.org:p::::::" + extra).find(query("joe@example.org"));

        if (fields.equals("ERROR")) { // a space ends a field, and nothing can quote it
            assertThat(answer).isInstanceOf(PassAnswer.Unavailable.class);
        } else {
            assertThat(answer)
                    .isInstanceOfSatisfying(
                            PassAnswer.Stored.class,
                            stored -> assertThat(stored.fields().toString()).isEqualTo(fields));
        }
    }

    @Test
    void theUserFormatDecidesWhatStandsInTheFile() throws IOException {
        Path path = Files.writeString(folder.resolve("users"), "joe:{PLAIN}x\n");
        PassDb database = open(new PasswdFileSettings(path, "PLAIN", "%{user | username}"));

        assertThat(database.find(query("joe@example.org"))).isInstanceOf(PassAnswer.Stored.class);
    }

    @Test
    void crLfAndAMissingLastLineEndAreFine() throws IOException {
        PassDb database = database("ann:{PLAIN}a\r\njoe:{PLAIN}b");

        assertThat(database.find(query("ann")))
                .isInstanceOfSatisfying(
                        PassAnswer.Stored.class,
                        stored -> assertThat(stored.password())
                                .asString(StandardCharsets.UTF_8)
                                .isEqualTo("{PLAIN}a"));
        assertThat(database.find(query("joe"))).isInstanceOf(PassAnswer.Stored.class);
    }

    @Test
    void theUnavailableReasonTellsTheOperatorWhatToDo() {
        assertThat(brokenDatabase().orElseThrow().find(query("joe")))
                .isInstanceOfSatisfying(
                        PassAnswer.Unavailable.class,
                        unavailable -> assertThat(unavailable.reason())
                                .contains(folder.toString())
                                .contains("palomar user add"));
    }

    private PassDb database(String content) throws IOException {
        return open(new PasswdFileSettings(Files.writeString(folder.resolve("users"), content)));
    }

    private static PassDb open(PasswdFileSettings settings) {
        return new PasswdFilePassDb(new PasswdFile(settings, InstantSource.system(), Event.SILENT));
    }

    private static UserQuery query(String user) {
        return new UserQuery(user, "imap");
    }
}
