package palomar.message.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.bytes.ByteSource;
import palomar.message.RandomMail;
import palomar.testkit.Seeds;

/// Random edits of random mail: nothing throws, versions stay, and whoever reads the result sees what the model
/// says.
class EditsFuzzTest {
    private static final String[] NAMES = {"Subject", "From", "X-New", "Received", "Content-Type"};
    private static final String[] TEXTS = {"", "a", "grüße 😀", "--b1\n--b2--\n", "x ".repeat(300), "\r\n\r\n.\n", "=?x"
    };
    private static final String[] ENTITIES = {
        "Content-Type: text/html\n\n<p>x",
        "\nno header",
        "Content-Type: multipart/mixed; boundary=new\n\n--new\n\none\n--new\nContent-Type: message/rfc822\n\nA: b\n\nc\n--new--",
        "garbage",
        ""
    };

    @Test
    void wellFormedMailAgreesWithItsModel() throws IOException {
        RandomGenerator random = Seeds.random("wellFormedMailAgreesWithItsModel");
        for (int i = 0; i < 700; i++) {
            byte[] mail = RandomMail.make(random).getBytes(StandardCharsets.ISO_8859_1);
            run(random, mail, true);
        }
    }

    @Test
    void brokenMailIsEditedToo() throws IOException {
        RandomGenerator random = Seeds.random("brokenMailIsEditedToo");
        for (int i = 0; i < 700; i++) {
            byte[] mail = RandomMail.make(random).getBytes(StandardCharsets.ISO_8859_1);
            for (int j = random.nextInt(12); j > 0 && mail.length > 0; j--) {
                mail[random.nextInt(mail.length)] = (byte) "\r\n-: \u00ff=a\0".charAt(random.nextInt(9));
            }
            run(random, mail, false);
        }
    }

    private static void run(RandomGenerator random, byte[] mail, boolean wellFormed) throws IOException {
        EditedMessage message = EditedMessage.of(ByteSource.of(mail));
        List<MessageVersion> versions = new ArrayList<>();
        List<byte[]> contents = new ArrayList<>();
        boolean structureKept = true;
        for (int i = 0; i < 6; i++) {
            structureKept &= edit(random, message);
            look(random, message);
            versions.add(message.version());
            contents.add(message.version().content().bytes());
        }
        for (int i = 0; i < versions.size(); i++) {
            assertThat(versions.get(i).content().bytes())
                    .as("seed %d", Seeds.seed())
                    .isEqualTo(contents.get(i));
        }
        assertThat(message.original().content().bytes()).isEqualTo(mail);
        EditedMessage again = EditedMessage.of(message.version().content());
        assertThat(message.size()).isEqualTo(contents.getLast().length);
        assertThat(fields(again)).as("seed %d", Seeds.seed()).isEqualTo(fields(message));
        if (wellFormed && structureKept) {
            assertThat(parts(again))
                    .as("seed %d%n%s", Seeds.seed(), new String(contents.getLast(), StandardCharsets.UTF_8))
                    .isEqualTo(parts(message));
        }
    }

    /// False when the edit may change how the rest of the message is read.
    private static boolean edit(RandomGenerator random, EditedMessage message) throws IOException {
        PartCursor part = somePart(random, message);
        switch (random.nextInt(9)) {
            case 0, 1 -> {
                String name = NAMES[random.nextInt(NAMES.length)];
                message.add(Field.of(name, one(random, TEXTS)), random.nextBoolean());
                return !name.equals("Content-Type");
            }
            case 2, 3 -> {
                String name = NAMES[random.nextInt(NAMES.length)];
                message.remove(message.header().all(FieldName.of(name)));
                return !name.equals("Content-Type");
            }
            case 4 -> message.replace(part, one(random, TEXTS));
            case 5 -> message.replaceByEntity(part, one(random, ENTITIES));
            case 6 ->
                message.convert(
                        part, "text/plain; charset=utf-8", one(random, TEXTS).getBytes(StandardCharsets.UTF_8));
            case 7 ->
                message.replaceAll(one(random, TEXTS), Optional.of(one(random, TEXTS)), Optional.of("a@b.example"));
            default -> message.enclose(new Enclosure(Optional.empty(), List.of(), List.of(), one(random, TEXTS), "b"));
        }
        return true;
    }

    private static PartCursor somePart(RandomGenerator random, EditedMessage message) throws IOException {
        int count = 0;
        for (PartCursor parts = message.parts(); parts.next(); count++) {}
        PartCursor chosen = message.parts();
        for (int left = random.nextInt(count); left >= 0; left--) {
            assertThat(chosen.next()).isTrue();
        }
        return chosen;
    }

    private static void look(RandomGenerator random, EditedMessage message) throws IOException {
        for (Field field : message.header().fields()) {
            field.text();
            field.addresses();
            field.date();
        }
        PartCursor parts = message.parts();
        while (parts.next()) {
            parts.part().extractText(20);
            parts.part().header();
        }
        List<BodyString> strings = new ArrayList<>(message.body().content(List.of("")));
        strings.addAll(message.body().raw());
        strings.addAll(message.body().text());
        for (BodyString each : strings) {
            String text = each.text(random.nextInt(2000));
            assertThat(each.contains(text.getBytes(StandardCharsets.UTF_8), random.nextBoolean())
                            || text.contains("\ufffd"))
                    .isTrue();
        }
    }

    private static List<String> fields(EditedMessage message) {
        return message.header().fields().stream().map(Field::toString).toList();
    }

    private static List<String> parts(EditedMessage message) throws IOException {
        List<String> found = new ArrayList<>();
        PartCursor parts = message.parts();
        while (parts.next()) {
            Part part = parts.part();
            found.add(part.type() + "/" + part.subtype() + " " + part.header().fields() + " " + part.size());
        }
        return found;
    }

    private static String one(RandomGenerator random, String[] of) {
        return of[random.nextInt(of.length)];
    }
}
