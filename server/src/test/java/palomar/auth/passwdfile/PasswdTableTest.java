package palomar.auth.passwdfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.testkit.Seeds;

class PasswdTableTest {

    @Test
    void aHundredThousandUsersAreFoundAndTheirNeighboursAreNot() {
        StringBuilder content = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            content.append("user")
                    .append(i)
                    .append("@example.org:{PLAIN}p")
                    .append(i)
                    .append("::::::\n");
        }
        PasswdTable table = table(content.toString());

        assertThat(table.users()).isEqualTo(100_000);
        assertThat(table.complaints()).isEmpty();
        for (int i = 0; i < 100_000; i += 997) {
            assertThat(table.find("user" + i + "@example.org").orElseThrow().password())
                    .isEqualTo(("{PLAIN}p" + i).getBytes(StandardCharsets.UTF_8));
            assertThat(table.find("user" + i)).isEmpty();
            assertThat(table.find("user" + i + "@example.or")).isEmpty();
        }
        assertThat(table.find("user100000@example.org")).isEmpty();
    }

    /// Against a map, with names of few letters so that prefixes, duplicates and empty lines abound.
    @Test
    void randomFilesAgreeWithAModel() {
        RandomGenerator random = Seeds.random("PasswdTableTest");
        for (int round = 0; round < 500; round++) {
            Map<String, String> model = new LinkedHashMap<>();
            StringBuilder content = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                String name = letters(random, 3);
                String password = letters(random, 3);
                boolean bare = random.nextInt(4) == 0;
                content.append(name).append(bare ? "" : ":" + password).append(random.nextBoolean() ? "\n" : "\r\n");
                if (!name.isEmpty() && !name.startsWith("#")) {
                    model.putIfAbsent(name, bare ? "" : password);
                }
            }
            PasswdTable table = table(content.toString());
            assertThat(table.users()).as("seed %d", Seeds.seed()).isEqualTo(model.size());
            Set<String> listed = new HashSet<>();
            table.forEachUser(listed::add);
            assertThat(listed).as("seed %d", Seeds.seed()).isEqualTo(model.keySet());
            for (String name : new String[] {"", "a", "b", "#", "ab", "aab", "bba", "a#b", letters(random, 3)}) {
                assertThat(table.find(name).map(line -> new String(line.password(), StandardCharsets.UTF_8)))
                        .as("%s, seed %d", name, Seeds.seed())
                        .isEqualTo(Optional.ofNullable(model.get(name)));
            }
        }
    }

    @Test
    void anEmptyFileHasNobody() {
        assertThat(table("").find("joe")).isEmpty();
        assertThat(table("\n\n# only\n").users()).isZero();
    }

    private static String letters(RandomGenerator random, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append("ab#".charAt(random.nextInt(3)));
        }
        return text.toString();
    }

    private static PasswdTable table(String content) {
        return PasswdTable.of(content.getBytes(StandardCharsets.UTF_8));
    }
}
