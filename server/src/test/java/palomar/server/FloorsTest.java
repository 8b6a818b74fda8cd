package palomar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FloorsTest {

    /// Where the classes under test were loaded from: Maven's folder or that of `./dev`.
    static Path classes() throws Exception {
        return Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @Test
    void nothingPointsUpward() throws Exception {
        assertThat(Floors.violations(classes())).isEmpty();
    }

    @Test
    void theWholeHouseIsLookedAt() throws Exception {
        try (Stream<Path> files = Files.walk(classes())) {
            assertThat(files.filter(f -> f.toString().endsWith(".class")).count())
                    .isGreaterThan(100);
        }
    }

    @Test
    void aPlantedReferenceIsFound(@TempDir Path folder) throws IOException {
        plant(folder, "palomar.bytes.Evil", "palomar.mail.Flags");
        plant(folder, "palomar.storage.loft.v1.Evil", "palomar.auth.Authenticator");
        plant(folder, "palomar.imap.proto.Evil", "palomar.imap.ImapSession");
        plant(folder, "palomar.imap.Good", "palomar.imap.proto.Command");
        plant(folder, "palomar.message.Good", "palomar.mail.Flags");
        plant(folder, "palomar.storage.loft.v1.Good", "palomar.storage.Mailbox");
        plant(folder, "palomar.cellar.Stray", "palomar.mail.Flags");
        assertThat(Floors.violations(folder))
                .containsExactly(
                        "palomar.bytes -> palomar.mail",
                        "palomar.cellar has no floor: give it one in palomar.server.Floors",
                        "palomar.imap.proto -> palomar.imap",
                        "palomar.storage.loft.v1 -> palomar.auth");
    }

    /// A class with one field whose type is `target`.
    private static void plant(Path folder, String name, String target) throws IOException {
        byte[] bytes = ClassFile.of()
                .build(
                        ClassDesc.of(name),
                        builder -> builder.withField("other", ClassDesc.of(target), 0)
                                .withMethodBody(
                                        "<init>", MethodTypeDesc.of(ConstantDescs.CD_void), 0, code -> code.return_()));
        Files.write(folder.resolve(name + ".class"), bytes);
    }
}
