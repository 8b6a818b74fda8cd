package palomar.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SystemUsersTest {

    @Test
    void rootIsFound() throws IOException {
        assertThat(SystemUsers.find("root")).hasValueSatisfying(root -> {
            assertThat(root.name()).isEqualTo("root");
            assertThat(root.uid()).isZero();
            assertThat(root.gid()).isZero();
            assertThat(root.home()).startsWith("/");
        });
    }

    @Test
    void othersAreNot() throws IOException {
        assertThat(SystemUsers.find("no-such-user-here")).isEmpty();
        assertThat(SystemUsers.find("")).isEmpty();
        assertThat(SystemUsers.find("root\0x")).isEmpty();
    }
}
