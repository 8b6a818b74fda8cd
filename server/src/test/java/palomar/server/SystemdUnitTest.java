package palomar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SystemdUnitTest {
    @Test
    void theUnitThatComesWithPalomarMakesDirectoriesAndOpensPorts() {
        SystemdUnit unit = SystemdUnit.read(Path.of("../dist/palomar.service")).orElseThrow();
        assertThat(unit.opensLowPorts()).isTrue();
        assertThat(unit.makes(Path.of("/run/palomar"))).isTrue();
        assertThat(unit.makes(Path.of("/var/lib/palomar"))).isTrue();
        assertThat(unit.makes(Path.of("/var/lib"))).isFalse();
        assertThat(unit.makes(Path.of("/srv/palomar"))).isFalse();
    }

    @Test
    void noUnitIsNoUnit() {
        assertThat(SystemdUnit.read(Path.of("/nowhere/palomar.service"))).isEmpty();
    }
}
